"""No byte that a candidate's browser gets in a whole interview holds what is not for them.

The interview is the one that `whole` plays: three interviewers, reveal, debrief and reports, on
PostgreSQL and Valkey with a worker. Canaries are in private and shared notes, reasons, verdicts, a
revision, the debrief and its decision, and in text that was deleted before the candidate came;
interviewers' e-mail addresses and the hidden parts of problem and rubric are canaries already.
"""

import base64
import gzip
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from apps.content.registry import rubric
from tests.e2e.canaries import find
from tests.e2e.whole import CANARIES, EMAILS, MESSAGE, PRIVATE, REASON, Played, missed_nothing

in_the_whole_interview = [pytest.mark.services, pytest.mark.xdist_group("whole interview")]


def everywhere(test: Callable[..., None]) -> Callable[..., None]:
    for mark in in_the_whole_interview:
        test = mark(test)
    return test


@pytest.mark.parametrize(
    "written",
    [
        str.encode,
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.encode().hex().encode(),
        lambda text: base64.b64encode(text.encode()),
        lambda text: base64.b64encode(b"x" + text.encode()),
        lambda text: base64.urlsafe_b64encode(b"xx" + text.encode()),
        lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text).encode(),
        lambda text: b"before" + gzip.compress(text.encode()) + b"after",
        lambda text: b"before" + zlib.compress(text.encode()),
        lambda text: gzip.compress(base64.b64encode(zlib.compress(text.encode())) + text.encode()),
    ],
)
@pytest.mark.parametrize("around", [b"", b"\x78\x9c", b"\x1f\x8b\x08 not a stream "])
def test_the_search_finds_what_was_planted(written: Callable[[str], bytes], around: bytes) -> None:
    assert find([PRIVATE], {"place": around + written(PRIVATE)})
    assert not find([REASON], {"place": around + written(PRIVATE)})


@everywhere
def test_candidate_gets_no_canary(played: Played) -> None:
    parts = played.recording.parts

    assert played.recording.lost() == []
    assert played.recording.frames(), "no socket was recorded"
    assert find(["Video recommendation"], parts), "the pages were not recorded"
    assert find([MESSAGE], parts), "the released report was not recorded"
    assert find([*CANARIES, *EMAILS.values(), *_hidden(played)], parts) == []


@everywhere
def test_server_leaves_no_canary_behind(played: Played) -> None:
    """Where operators look, and where what a page shows is kept for a while."""
    jobs = played.rows("SELECT kind, key, payload, reason, result FROM core_job")
    places = {
        "log": played.server.log.read_bytes(),
        "log of the worker": played.worker_log.read_bytes(),
        "jobs": repr(jobs).encode(),
        "audit log": repr(played.rows("SELECT details_text FROM audit_auditentry")).encode(),
        "files": repr(played.rows("SELECT body FROM diagrams_diagramfile")).encode(),
        **{f"Valkey #{number}": part for number, part in enumerate(played.valkey)},
    }

    assert {"score.combine", "project"} <= {kind for kind, *_ in jobs}, "the worker had no work"
    assert any(b":diagram:" in part for part in played.valkey), "no picture was kept"
    assert find([*CANARIES, *EMAILS.values()], places) == []


@everywhere
def test_canaries_were_planted(played: Played) -> None:
    """Else nothing was found because nothing was there."""
    stored = [
        played.rows(f"SELECT {column} FROM {table}")
        for table, column in {
            "interviews_rating": "reason",
            "interviews_scorecard": "verdict_reason",
            "interviews_revision": "reason",
            "interviews_debriefnote": "text",
            "interviews_decision": "reason",
            "rooms_update": "payload",
            "accounts_user": "email",
        }.items()
    ]

    text = repr(stored)
    assert [one for one in (*CANARIES, *EMAILS.values()) if one not in text] == []


@everywhere
def test_what_is_withheld_and_what_never_was_answer_alike(played: Played) -> None:
    """In status, length and headers: nobody learns from outside that there is a card or a note."""
    told_apart = {address: pair for address, pair in played.withheld.items() if pair[0] != pair[1]}

    assert {own.status for own, _ in played.withheld.values()} == {404}
    assert told_apart == {}


@everywhere
def test_candidate_hears_nothing_while_others_write(played: Played) -> None:
    """But that they are there still, at the same step, which their browsers say now and then."""
    assert played.recording.frames(), "no socket was recorded"
    assert [one for one in played.frames_while_others_wrote if not _is_at_rest(one)] == []


def _is_at_rest(frame: bytes) -> bool:
    """docs/protocol.md: 106 says that the own document is whole, 1 who is where."""
    is_here = b'"cursor":null' in frame and b'"caret":null' in frame
    return (
        frame[0] == 106
        or missed_nothing(frame)
        or (frame[0] == 1 and is_here and b'"step":"data"' in frame)
    )


def _hidden(played: Played) -> list[str]:
    """Of the rubric: ids and whole sentences. Of the problem: what only interviewers are told."""
    data: dict[str, Any] = rubric().data
    ids = [criterion["id"] for criterion in data["criteria"]]
    kept = _sentences(played.hidden)
    assert kept, "the problem hides nothing"
    return [*ids, *kept, *_sentences([data["criteria"], data["levels"], data["graph_rules"]])]


def _sentences(value: object) -> list[str]:
    """Every text in it of six words and more, in ASCII; shorter ones are terms of the trade."""
    match value:
        case str():
            return [value] if len(value.split()) >= 6 and value.isascii() else []
        case dict():
            return [text for part in value.values() for text in _sentences(part)]
        case list() | tuple():
            return [text for part in value for text in _sentences(part)]
    return []
