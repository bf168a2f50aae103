"""The line protocol of `manage.py score --stdio`: one reply a line, whatever a line holds."""

import copy
import io
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from apps.designs.document.validation import parse
from apps.scoring import stdio
from apps.scoring.stdio import MAX_LINE, answer, serve
from tests.scoring.documents import STEPS, all_of, make_board, make_document

ROOT = Path(__file__).resolve().parents[2]


def ask(request: object) -> dict[str, Any]:
    return answer(json.dumps(request).encode())


def score_request() -> dict[str, Any]:
    board = make_board({"u": "user-client", "a": "app-server"}, "u>a request")
    return {"task": "score", "document": make_document(all_of("strong"), board)}


@pytest.mark.parametrize(
    ("line", "path", "message"),
    [
        (b"{", "$", "is not JSON"),
        (b'{"task": NaN}', "$.task", "must be one of"),
        (b'{"task": "score", "document": NaN}', "$.document", "must be a finite number"),
        (b"", "$", "is an empty line"),
        (b" \r\n", "$", "is an empty line"),
        (b'{"task": "score", "task": "match"}', "$", "is not JSON"),
        (b"[1, 2]", "$", "must be an object"),
        (b"null", "$", "must be an object"),
        (b"[" * 200_000, "$", "is nested too deep"),
        (b'\xff{"task": "rubric"}', "$", "is not UTF-8"),
        (b"{}", "$.task", "must be one of score, match, rubric"),
        (b'{"task": "grade"}', "$.task", "must be one of"),
        (b'{"task": ["score"]}', "$.task", "must be one of"),
        (b'{"task": "score"}', "$.document", "is missing"),
        (b'{"task": "score", "document": 7}', "$.document", ""),
        (b'{"task": "score", "document": {"format": "ninestep/design"}}', "$.document.version", ""),
        (b'{"task": "match", "reference": "a"}', "$.answer", "must be a text"),
        (b'{"task": "match", "answer": "a"}', "$.reference", "must be a text"),
        (
            b'{"task": "match", "reference": "a", "answer": "a", "criteria": [1]}',
            "$.criteria[0]",
            "",
        ),
        (b'{"task": "match", "reference": "a", "answer": 1}', "$.answer", "must be a text"),
        (b'{"task": "score", "document": {}, "channels": "lexical"}', "$.channels", "a list of"),
        (b'{"task": "score", "document": {}, "channels": []}', "$.channels", "a list of"),
        (b'{"task": "score", "document": {}, "channels": ["smell"]}', "$.channels", "lexical or"),
        (b'{"task": "score", "document": {}, "channels": [["lexical"]]}', "$.channels", "a list"),
        (b'{"task": "score", "document": {}, "trace": 1}', "$.trace", "must be true or false"),
        (None, "$", "is longer than"),
    ],
)
def test_bad_request_says_where_and_why(line: bytes | None, path: str, message: str) -> None:
    error: Any = answer(line)["error"]

    assert error["path"] == path
    assert message in error["message"]
    assert error["message"]


def test_request_says_by_which_channels_and_whether_with_a_trace() -> None:
    request = {**score_request(), "channels": ["lexical"]}

    plain, traced = ask(request), ask({**request, "trace": True})

    assert plain["channels"] == ["lexical"]
    assert "trace" not in plain
    assert traced.pop("trace")["channels"] == ["lexical"]
    assert traced == plain


def test_channel_that_is_not_installed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stdio, "vectors", lambda: None)

    error: Any = ask({**score_request(), "channels": ["semantic"]})["error"]

    assert error["message"].startswith("The semantic channel cannot be used.")


def test_options_hold_where_a_request_does_not_say() -> None:
    asked = stdio.Asked(frozenset(("lexical",)), trace=True)

    reply: Any = answer(json.dumps(score_request()).encode(), asked)

    assert (reply["channels"], reply["trace"]["model"]) == (["lexical"], None)


def test_serve_goes_on_after_a_bad_line_and_flushes_each_reply() -> None:
    lines = [b"nonsense", b"", b'{"task": "match", "reference": "queue", "answer": "queue"}']
    replies = Flushed()

    serve(io.BytesIO(b"\n".join(lines)), replies)

    kinds = [list(json.loads(line)) for line in replies.getvalue().splitlines()]
    assert kinds == [["error"], ["error"], ["score"]]
    assert replies.flushes == 3


def test_serve_reads_past_a_huge_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stdio, "MAX_LINE", 50)
    replies = io.StringIO()

    serve(io.BytesIO(b"x" * 220 + b"\n" + b'{"task": "grade"}\n'), replies)

    paths = [json.loads(line)["error"]["path"] for line in replies.getvalue().splitlines()]
    assert paths == ["$", "$.task"]
    assert MAX_LINE > 1_000_000


class Flushed(io.StringIO):
    flushes = 0

    def flush(self) -> None:
        self.flushes += 1
        super().flush()


def test_fault_of_the_program_is_answered_and_not_told_in_detail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_: object) -> None:
        raise KeyError("/secret/path")

    monkeypatch.setitem(stdio.TASKS, "rubric", broken)

    error: Any = ask({"task": "rubric"})["error"]

    assert (error["path"], "secret" in error["message"]) == ("$", False)


def test_match_puts_a_right_answer_above_a_wrong_one() -> None:
    question = {
        "task": "match",
        "question": "What does a load balancer do?",
        "reference": "It spreads requests over several servers so that none is overloaded.",
        "criteria": ["spreads requests over servers", "avoids overload"],
    }

    right, partly, wrong, none = (
        ask({**question, "answer": text})["score"]
        for text in (
            "Requests are spread over many servers, so no server gets overloaded.",
            "It sends requests to servers.",
            "It stores rows on a disk and sorts them by date.",
            "",
        )
    )

    assert right > partly > wrong >= none == 0


def test_rubric_lists_its_own_words_and_sentences_by_step() -> None:
    reply = ask({"task": "rubric"})

    assert list(reply) == ["terms", "sentences"]
    assert list(reply["terms"]) == list(reply["sentences"]) == list(STEPS)
    assert all(len(words) > 50 for words in reply["terms"].values())


# Faults put into a document at random: each gets a clear answer and none ends the process


def spoil(document: dict[str, Any], chooser: random.Random) -> dict[str, Any]:
    """One fault: a wrong type, a key removed, an id that leads nowhere or stands twice."""
    faults = (
        lambda d: d.update(format=chooser.choice(["ninestep", 1, None, "x" * 999])),
        lambda d: d.update(version=chooser.choice([0, 2, "1", None, -1])),
        lambda d: d.pop(chooser.choice(["format", "version", "steps", "board"])),
        lambda d: d.update(steps=chooser.choice([None, {}, "steps", [7], [{}]])),
        lambda d: d.update(board=chooser.choice([None, [], "board", 1.5])),
        lambda d: chooser.choice(d["steps"]).update(notes=chooser.choice([None, 1, ["a"], {}])),
        lambda d: chooser.choice(d["steps"]).update(status=chooser.choice(["", "done", 1, None])),
        lambda d: chooser.choice(d["steps"]).update(id=chooser.choice([None, 3, "metrics", ""])),
        lambda d: chooser.choice(d["board"]["components"]).update(id=chooser.choice([None, [], 1])),
        lambda d: chooser.choice(d["board"]["components"]).update(
            x=chooser.choice(["1", None, []])
        ),
        lambda d: d["board"]["components"].append(copy.deepcopy(d["board"]["components"][0])),
        lambda d: chooser.choice(d["board"]["connections"]).update(source="nowhere"),
        lambda d: chooser.choice(d["board"]["connections"]).update(kind="telepathy"),
        lambda d: d["board"].update(connections=chooser.choice([{}, "none", [None]])),
    )
    spoilt = copy.deepcopy(document)
    chooser.choice(faults)(spoilt)
    return spoilt


def test_a_hundred_spoilt_documents_give_a_hundred_clear_errors() -> None:
    chooser = random.Random(2026)
    request = score_request()
    whole = json.loads(json.dumps(request["document"]))
    spoilt = [
        document for document in (spoil(whole, chooser) for _ in range(130)) if _is_bad(document)
    ]

    replies = [ask({"task": "score", "document": document}) for document in spoilt[:100]]

    assert len(replies) == 100
    for reply in replies:
        error: Any = reply["error"]
        assert error["path"].startswith("$.document")
        assert error["message"]


def _is_bad(document: dict[str, Any]) -> bool:
    """Renaming a step to another's id is the one spoiling that may leave the document as it was."""
    try:
        parse(document)
    except Exception:
        return True
    return False


# The command itself, as a process


def run(*arguments: str, lines: bytes = b"", seed: str = "0") -> subprocess.CompletedProcess[bytes]:
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    return subprocess.run(
        [sys.executable, "manage.py", "score", *arguments],
        cwd=ROOT,
        env=environment,
        input=lines,
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_two_processes_give_the_same_bytes_without_database_or_broker() -> None:
    request = {**score_request(), "trace": True}
    lines = json.dumps(request).encode() + b'\n{"task": "rubric"}\n'

    first, second = (run("--stdio", lines=lines, seed=seed) for seed in ("1", "4711"))

    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert first.stdout == second.stdout
    assert len(first.stdout.splitlines()) == 2


def test_files_are_scored_as_a_table_or_as_json(tmp_path: Path) -> None:
    file = tmp_path / "design.json"
    file.write_text(json.dumps(score_request()["document"]), encoding="utf-8")

    table, reply = run(str(file)), run(str(file), "--json")

    assert b"problem-formulation" in table.stdout
    assert json.loads(reply.stdout) == ask(score_request())


def test_file_with_a_fault_is_named_with_path_and_reason(tmp_path: Path) -> None:
    file = tmp_path / "design.json"
    file.write_text('{"format": "ninestep/design", "version": 1, "steps": [], "board": 3}')

    result = run(str(file), str(tmp_path / "missing.json"))

    assert result.returncode == 2
    assert b"$.board" in result.stderr
    assert b"missing.json: cannot be read" in result.stderr
