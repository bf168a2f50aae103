"""One process that scores and says what it cost: `python -m bench.scoring.work lexical`.

Times are of the processor, in seconds, all threads. Each is the best of a few repeats: a busy
neighbour makes a run dearer, never cheaper.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse
from apps.scoring.domain.engines import engine, given_for
from apps.scoring.engine.interface import Scoring, StepScored, Vectors
from apps.scoring.semantic import channel
from apps.scoring.semantic.cache import MemoryCache
from bench.scoring import peer, sessions

REPEATS: Final = 3
DOCUMENTS: Final = {"keywords": 30, "lexical": 30, "semantic": 8}
NewVectors = Callable[[], Vectors | None]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mode", choices=DOCUMENTS)
    mode = parser.parse_args().mode
    figures = of_peer() if mode == peer.NAME else of_engine(mode)
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


def of_peer() -> dict[str, Any]:
    designs = _notes(sessions.answers(DOCUMENTS[peer.NAME]))
    peer.points("", designs[0])  # compiles its terms
    return {"ms_per_1000_words": _per_1000(designs, best(lambda: _all_points(designs)))}


def of_engine(mode: str) -> dict[str, Any]:
    """new: no sentence was seen before. cached: every sentence was."""
    new_vectors = _vectors_of(mode)
    documents = [parse(one) for one in sessions.answers(DOCUMENTS[mode])]
    long, longer = (
        parse(one)
        for one in (
            sessions.long_session(),
            sessions.with_one_sentence_more(sessions.long_session()),
        )
    )
    loaded = time.process_time()
    start(documents[-1], new_vectors()).reply()  # compiles the rubric
    designs = _notes(documents)
    figures = {
        "ready_s": loaded,
        "ms_per_1000_words": _per_1000(designs, best(lambda: _score_all(documents, new_vectors()))),
        "session_s": best(lambda: start(long, new_vectors()).reply()),
    }
    figures["changed_s"] = min(_changed(long, longer, new_vectors()) for _ in range(REPEATS))
    if mode == "semantic":
        figures["cached_ms_per_1000_words"] = _cached(documents, designs)
    return figures


def start(document: DesignDocument, vectors: Vectors | None) -> Scoring:
    return engine().start(document, *given_for(document), vectors)


def _changed(long: DesignDocument, longer: DesignDocument, known: Vectors | None) -> float:
    """What the second scoring costs: a sentence was added, all others are known."""
    scored = by_hash(start(long, known))
    return _timed(lambda: score_changed(start(longer, known), scored))


def by_hash(scoring: Scoring) -> dict[str, StepScored]:
    """What a worker keeps of an earlier scoring."""
    return {scoring.input_hash(step): scoring.score_step(step) for step in scoring.step_ids}


def score_changed(scoring: Scoring, known: dict[str, StepScored]) -> None:
    """Steps whose inputs are as before are taken over, as a worker does."""
    steps = {}
    for step in scoring.step_ids:
        kept = known.get(scoring.input_hash(step))
        steps[step] = scoring.score_step(step) if kept is None else kept
    scoring.combine(steps)


def best(task: Callable[[], object]) -> float:
    return min(_timed(task) for _ in range(REPEATS))


def _vectors_of(mode: str) -> NewVectors:
    """Gives the model with nothing remembered but what every scoring needs."""
    if mode == "lexical":
        return lambda: None
    model = channel.load()
    return lambda: model.with_cache(MemoryCache())


def _cached(documents: Sequence[DesignDocument], designs: Sequence[dict[str, str]]) -> float:
    known = channel.load()
    _score_all(documents, known)
    return _per_1000(designs, best(lambda: _score_all(documents, known)))


def _score_all(documents: Sequence[DesignDocument], vectors: Vectors | None) -> None:
    for document in documents:
        start(document, vectors).reply()


def _all_points(designs: Sequence[dict[str, str]]) -> None:
    for notes in designs:
        peer.points("", notes)


def _notes(documents: Sequence[Any]) -> list[dict[str, str]]:
    return [{body["id"]: body["notes"] for body in one["steps"]} for one in documents]


def _per_1000(designs: Sequence[dict[str, str]], seconds: float) -> float:
    words = sum(sessions.words_of(text) for notes in designs for text in notes.values())
    return seconds * 1e6 / words


def _timed(task: Callable[[], object]) -> float:
    started = time.process_time()
    task()
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
