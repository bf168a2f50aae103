"""Counts which small words stand beside which, in the prose of the content packs.

    python -m scripts.build_word_pairs

Writes the table that `apps/scoring/engine/word_order.py` reads. Run it again when the list of small
words changes; new prose hardly moves it.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from apps.scoring.engine.units import units_of
from apps.scoring.engine.word_order import TABLE, Pair, pairs_of

PACKS: Final = Path(__file__).parents[1] / "apps" / "content" / "packs"
# Lists of terms are no sentences.
NO_PROSE: Final = frozenset(("criteria", "lexicons"))
FEWEST_WORDS: Final = 5


def main() -> None:
    counts: Counter[Pair] = Counter()
    for text in sorted(set(_texts())):
        for unit in units_of(text):
            if len(unit.clean.split()) >= FEWEST_WORDS:
                counts.update(pairs_of(unit.clean))
    rows = (f"{left}\t{right}\t{count}\n" for (left, right), count in sorted(counts.items()))
    TABLE.write_text("".join(rows), encoding="utf-8")


def _texts() -> Iterator[str]:
    for path in sorted(PACKS.rglob("*")):
        if NO_PROSE.isdisjoint(path.parts):
            if path.suffix == ".md":
                yield path.read_text(encoding="utf-8")
            elif path.suffix == ".yaml":
                yield from _strings(yaml.safe_load(path.read_text(encoding="utf-8")))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


if __name__ == "__main__":
    main()
