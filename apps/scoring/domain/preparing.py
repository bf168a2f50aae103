"""What can the semantic channel know before the first scoring? The rubrics' own sentences.

    python -m apps.scoring.domain.preparing         says what became of it, in a line

Plain Python: scripts/setup calls it before there is a database.
"""

import sys
from pathlib import Path

from apps.content import registry
from apps.scoring.domain.engines import compiled
from apps.scoring.semantic.model import MADE, ModelDamaged, ModelMissing, find_model, load_model
from apps.scoring.semantic.prepared import prepare


def main() -> int:
    try:
        new = prepare_vectors()
    except (ModelMissing, ModelDamaged, OSError) as error:
        sys.stderr.write(f"Scoring goes by words alone: {error}.\n")
        return 1
    sys.stderr.write(f"Scoring compares meanings too: {new} sentences of the rubrics are new.\n")
    return 0


def prepare_vectors(folder: Path = MADE) -> int:
    """How many sentences had to be embedded?

    Raises ModelMissing, ModelDamaged, or OSError where the folder cannot be written.
    """
    model = load_model(find_model(folder))
    # Here, since it needs numpy, which is there when the model is.
    from apps.scoring.engine.similarity import prepared_texts

    texts = [text for pack in registry.rubrics() for text in prepared_texts(compiled(pack))]
    return prepare(model, texts, folder)


if __name__ == "__main__":
    sys.exit(main())
