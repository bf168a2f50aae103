"""The scorer: what it answers, and how its client survives what it scores."""

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from apps.content import registry
from apps.scoring.child import Limits, Material, Scorer, ScorerFailed
from apps.scoring.domain.engines import engine, given_for
from apps.scoring.semantic.cache import MemoryCache
from tests.scoring.documents import STEPS, all_of, make_document

MEGABYTE = 1024 * 1024
TIMEOUT_S = 20
PRODUCT = Path(__file__).parents[3]


class Cancelled(Exception):
    """Whoever asked wants no answer any more."""


def make_material(notes: dict[str, str] | None = None, problem: bool = True) -> Material:
    document = make_document(notes or all_of("strong"))
    rubric, _ = given_for(document)
    pack = registry.pack("problem", str(document["problem"]["id"])) if problem else None
    return Material(document, rubric, pack, model=None)


def make_faulty(**limits: Any) -> Scorer:
    return Scorer(Limits(**limits), program="tests.scoring.child.faulty")


@pytest.fixture(scope="module")
def scorer() -> Iterator[Scorer]:
    started = Scorer()
    yield started
    started.stop()


@pytest.fixture
def faulty() -> Iterator[Scorer]:
    started = make_faulty(memory_bytes=192 * MEGABYTE, cpu_s=1.0, wall_s=3.0, answer_s=TIMEOUT_S)
    yield started
    started.stop()


def process_ids(scorer: Scorer) -> list[int]:
    return [child.process_id for child in scorer.idle]


# What it answers ---------------------------------------------------------------------------------


def test_it_answers_as_the_engine_does(scorer: Scorer) -> None:
    material = make_material()
    scoring = engine().start(material.document, *given_for(material.document))

    hashes = scorer.put("hashes", material)
    steps = {step: scorer.put("score_step", material, {"step": step}) for step in STEPS}
    reply = scorer.put("combine", material, {"steps": steps})

    assert hashes == {step: scoring.input_hash(step) for step in STEPS}
    assert reply == scoring.reply()


def test_coverage_scores_only_steps_that_are_not_known(scorer: Scorer) -> None:
    before: Any = scorer.put("cover", make_material(), {"known": {}})
    known = {step: one["input_hash"] for step, one in before.items()}
    notes = {**all_of("strong"), "metrics": "ROC AUC, because classes are balanced."}

    now: Any = scorer.put("cover", make_material(notes), {"known": known})

    assert set(before["metrics"]) == {"input_hash", "score", "levels"}
    changed = [step for step, one in now.items() if "levels" in one]
    assert "metrics" in changed
    assert len(changed) < len(STEPS)


def test_one_child_answers_question_after_question(scorer: Scorer) -> None:
    scorer.put("hashes", make_material())
    before = process_ids(scorer)

    scorer.put("hashes", make_material({"metrics": "Other notes."}))

    assert process_ids(scorer) == before


def test_it_is_given_a_document_once(scorer: Scorer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it was given lately it keeps, so that nine steps do not send it nine times."""
    given: list[Any] = []
    material = make_material({"data": "Given once."})
    whole = Material.given

    def count(material: Material, names: Any) -> Any:
        given.append(names)
        return whole(material, names)

    monkeypatch.setattr(Material, "given", count)

    for step in STEPS:
        scorer.put("score_step", material, {"step": step})

    assert len(given) == 1
    assert "document" in given[0]


def test_many_threads_get_the_answers_to_their_own_questions(scorer: Scorer) -> None:
    def hash_of(number: int) -> str:
        material = make_material({"metrics": f"We measure {number} clicks a day."})
        return str(scorer.put("hashes", material)["metrics"])

    with ThreadPoolExecutor(6) as threads:
        hashes = list(threads.map(hash_of, range(30)))

    assert len(set(hashes)) == 30
    assert hashes == [hash_of(number) for number in range(30)]


def test_a_model_that_is_not_there_is_refused_in_words(scorer: Scorer) -> None:
    material = make_material()
    other = Material(material.document, material.rubric, None, model="0" * 64)

    with pytest.raises(ScorerFailed, match="has not the model of sentences"):
        scorer.put("score_step", other, {"step": "metrics"})

    assert scorer.put("hashes", material)


# What it survives --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("HANG", "One step took longer than 1 s."),
        ("SLEEP", "One step took longer than 3 s."),
        ("EAT", "It needed more than 192 MB of memory."),
        ("FAIL", "The scorer met a fault (ValueError). The log has the details."),
        ("CRASH", "The scorer crashed (SIGSEGV)."),
        ("EXIT", "The scorer crashed (status 3)."),
        ("KILLED", "The scorer was stopped from outside, for example for want of memory."),
    ],
)
def test_notes_that_harm_the_scorer_cost_one_child(faulty: Scorer, word: str, why: str) -> None:
    """The reason is for people, and quotes no note."""
    with pytest.raises(ScorerFailed) as failure:
        faulty.put("score_step", make_material({"metrics": word}), {"step": "metrics"})

    assert str(failure.value) == why
    assert process_ids(faulty) == []
    assert faulty.put("score_step", make_material(), {"step": "metrics"})["result"]


def test_what_the_engine_prints_is_no_answer(faulty: Scorer) -> None:
    scored = faulty.put("score_step", make_material({"metrics": "SAY"}), {"step": "metrics"})

    assert scored["result"]["criteria"]


def test_others_are_answered_while_one_is_stuck() -> None:
    """The stuck one is only let go after the others have been answered."""
    scorer = make_faulty(cpu_s=0, wall_s=0, answer_s=TIMEOUT_S)
    is_over = threading.Event()

    def let_go() -> None:
        if is_over.is_set():
            raise Cancelled

    def get_stuck() -> None:
        with pytest.raises(Cancelled):
            scorer.put(
                "score_step",
                make_material({"metrics": "SLEEP"}),
                {"step": "metrics"},
                while_waiting=let_go,
            )

    with ThreadPoolExecutor(1) as threads:
        stuck = threads.submit(get_stuck)
        answers = [scorer.put("hashes", make_material()) for _ in range(20)]
        assert not stuck.done()
        is_over.set()
        stuck.result(TIMEOUT_S)

    assert all(set(one) == set(STEPS) for one in answers)
    scorer.stop()


def test_work_that_is_cancelled_ends_its_child() -> None:
    """Nobody waits for the limit: who asks looks up every second."""
    scorer = make_faulty(cpu_s=0, wall_s=0, answer_s=600)
    scorer.put("hashes", make_material())
    [child] = process_ids(scorer)
    watch = os.pidfd_open(child)

    def lose() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        scorer.put(
            "score_step", make_material({"data": "HANG"}), {"step": "data"}, while_waiting=lose
        )

    ended, _, _ = select.select([watch], [], [], TIMEOUT_S)
    os.close(watch)
    assert ended


def test_a_child_killed_while_it_waits_is_replaced(scorer: Scorer) -> None:
    scorer.put("hashes", make_material())
    for process_id in process_ids(scorer):
        os.kill(process_id, signal.SIGKILL)

    assert set(scorer.put("hashes", make_material())) == set(STEPS)


def test_an_absurdly_long_answer_is_refused() -> None:
    terse = Scorer()
    terse.put("hashes", make_material())
    terse.limits = Limits(message_bytes=100)

    with pytest.raises(ScorerFailed, match="far too long"):
        terse.put("hashes", make_material())

    assert terse.idle == []


def test_a_program_that_does_not_start_is_told_in_words() -> None:
    broken = Scorer(program="json.tool")  # ends at once, for want of input

    with pytest.raises(ScorerFailed, match="did not start"):
        broken.put("hashes", make_material())


@pytest.mark.parametrize("word", ["", "HANG"])
def test_the_child_ends_when_its_parent_is_killed(word: str) -> None:
    """Also in the middle of its work: its limits are the kernel's, not its parent's."""
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, word], stdout=subprocess.PIPE, text=True, cwd=PRODUCT
    )
    assert parent.stdout
    child = int(parent.stdout.readline())
    watch = os.pidfd_open(child)

    parent.kill()
    parent.communicate()

    ended, _, _ = select.select([watch], [], [], TIMEOUT_S)
    os.close(watch)
    assert ended


PARENT = """
import sys, threading, time
from tests.scoring.child.test_client import make_faulty, make_material
scorer = make_faulty(cpu_s=2, wall_s=4, answer_s=600)
scorer.put("hashes", make_material())
print(scorer.idle[0].process_id, flush=True)
if sys.argv[1]:
    scorer.put("score_step", make_material({"data": sys.argv[1]}), {"step": "data"})
time.sleep(600)
"""


def test_the_child_knows_no_framework_and_no_secret() -> None:
    code = "import sys, apps.scoring.child.program; print(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PRODUCT,
        env={},
        capture_output=True,
        text=True,
        check=True,
    )

    frameworks = {"django", "channels", "celery", "psycopg", "redis", "sqlite3"}
    assert not frameworks & set(found.stdout.split())


# Vectors -----------------------------------------------------------------------------------------


def test_vectors_outlive_the_child() -> None:
    """A program that embeds each step's name stands in for the model."""
    store = MemoryCache()
    scorer = Scorer(vectors=store, program="tests.scoring.child.embedding")
    first = scorer.put("score_step", make_material(), {"step": "metrics"})
    scorer.stop()

    again = scorer.put("score_step", make_material(), {"step": "metrics"})

    scorer.stop()
    assert (first["trace"], again["trace"]) == ({"embedded": 1}, {"embedded": 0})
    assert store.get_many(["metrics"]) == {"metrics": b"\x00vector"}


def test_two_thousand_words_are_scored_in_less_than_a_third_of_a_second(scorer: Scorer) -> None:
    """Warm, and of one process's time: the machine may be busy with other tests."""
    sentence = "We measure recall at {} because {} users a day see twenty items each."
    notes = {
        step: "\n".join(sentence.format(n, n * 100 + i) for n in range(18))
        for i, step in enumerate(STEPS)
    }
    assert sum(len(text.split()) for text in notes.values()) > 2_000
    scorer.put("hashes", make_material({"metrics": "Warm."}))
    [child] = process_ids(scorer)[-1:]
    before = cpu_s_of(child)

    material = make_material(notes)
    scorer.put("hashes", material)
    steps = {step: scorer.put("score_step", material, {"step": step}) for step in STEPS}
    scorer.put("combine", material, {"steps": steps})

    assert cpu_s_of(child) - before <= 0.3


def cpu_s_of(process_id: int) -> float:
    stat = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
