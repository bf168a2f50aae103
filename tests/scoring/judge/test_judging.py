"""One step before the judge: what is sent, what of the answer counts, what a bad one does."""

from typing import Any

import pytest

from apps.scoring.engine.evidence import CRITERIA_PER_UNIT
from tests.scoring.documents import all_of, answer, make_board
from tests.scoring.judge.designs import case, cases, criterion, dropped, judged, verified
from tests.scoring.judge.endpoint import (
    Behaviour,
    FakeEndpoint,
    answers,
    breaks_off,
    completion,
    fails,
    http,
    never_ends,
    obeys,
    says,
    sends,
    shows,
    stalls,
)

NDCG = (
    "Offline we use nDCG@10 with graded relevance, because only ten titles of a row are visible "
    "without scrolling."
)
SEGMENTS = "New viewers are reported on their own, since the average over 30 million hides them."
NOTES = f"{NDCG}\n\n{SEGMENTS}\n"

Row = dict[str, Any]


def test_quotes_that_hold_earn_the_level_that_the_rules_give(fake: FakeEndpoint) -> None:
    fake.behave(shows(("me.offline/metric", NDCG), ("me.offline/slices", SEGMENTS)))

    result = judged(fake, case(NOTES))

    row = criterion(result, "me.offline")
    assert (result["state"], result["note"]) == ("judged", "")
    assert row["level"] in {2, 3, 4}
    first, second = row["verified"]
    assert (first["facet"], second["facet"]) == ("metric", "slices")
    assert NOTES[first["start"] : first["end"]] == NDCG
    assert NOTES[second["start"] : second["end"]] == SEGMENTS
    assert row["dropped"] == []


def test_nothing_shown_is_no_evidence(fake: FakeEndpoint) -> None:
    fake.behave(shows())

    result = judged(fake, case(NOTES))

    assert verified(result) == []
    assert {row["level"] for row in result["criteria"]} == {None}


def test_white_space_does_not_matter_and_the_offsets_are_those_of_the_notes(
    fake: FakeEndpoint,
) -> None:
    notes = NOTES.replace("graded relevance, ", "graded\n  relevance,\t")
    fake.behave(shows(("me.offline/metric", NDCG)))

    ((_, row),) = verified(judged(fake, case(notes)))

    start, end = row["start"], row["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert " ".join(notes[start:end].split()) == NDCG


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("Offline we use MRR on a million graded queries.", "INVENTED"),
        (NDCG.replace("ten", "twelve"), "INVENTED"),
        (NDCG.upper(), "INVENTED"),
        ("", "INVENTED"),
        ("nDCG@10", "TOO_SHORT"),
        ("without scrolling", "TOO_SHORT"),
    ],
)
def test_a_quote_that_is_not_in_the_notes_is_dropped(
    fake: FakeEndpoint, quote: str, reason: str
) -> None:
    fake.behave(shows(("me.offline/metric", quote)))

    result = judged(fake, case(NOTES))

    assert dropped(result, "me.offline") == [("metric", reason)]
    assert verified(result) == []


@pytest.mark.parametrize("id_", ["metrics", "data", "no-such-step"])
def test_a_quote_from_another_step_is_dropped(fake: FakeEndpoint, id_: str) -> None:
    one = cases({"metrics": SEGMENTS, "data": NDCG})["metrics"]
    fake.behave(shows(("me.offline/metric", NDCG), id_=id_))

    result = judged(fake, one)

    assert dropped(result, "me.offline") == [("metric", "OTHER_STEP")]


@pytest.mark.parametrize(
    ("notes", "quote"),
    [
        ("We do not measure nDCG or recall on the test set.", ""),
        ("We do not measure nDCG or recall on the test set.", "measure nDCG or recall"),
        ("A ranking metric such as nDCG is overkill here.", "A ranking metric such as nDCG"),
        ("There will be no offline metric, no nDCG and no recall.", "offline metric, no nDCG"),
    ],
)
def test_a_denied_quote_is_dropped(fake: FakeEndpoint, notes: str, quote: str) -> None:
    """However the model cuts the denial off."""
    fake.behave(shows(("me.offline/metric", quote or notes)))

    result = judged(fake, case(notes))

    assert dropped(result, "me.offline") == [("metric", "NEGATED")]
    assert criterion(result, "me.offline")["level"] is None


def test_a_quote_that_repeats_the_problem_is_dropped(fake: FakeEndpoint) -> None:
    notes = "Viewers should find something they will watch to the end."
    fake.behave(shows(("me.online/online", notes)))

    result = judged(fake, case(notes))

    assert dropped(result, "me.online") == [("online", "PROMPT_COPY")]


LINE = (
    "Offline nDCG and online watch time are reported together with latency, because a guardrail "
    "on hide rate above 1 % stops the test."
)


def test_one_line_serves_a_few_criteria_at_most(fake: FakeEndpoint) -> None:
    facets = ("me.offline/metric", "me.online/online", "me.counter/guard", "me.cost/latency")
    fake.behave(shows(*((facet, LINE) for facet in facets)))

    result = judged(fake, case(LINE))

    assert len({id_ for id_, _ in verified(result)}) == CRITERIA_PER_UNIT
    reasons = [one["reason"] for row in result["criteria"] for one in row["dropped"]]
    assert reasons == ["EXCLUSIVE"] * (len(facets) - CRITERIA_PER_UNIT)


@pytest.mark.parametrize("cut", [0, 20])
def test_a_line_given_for_everything_shows_nothing(fake: FakeEndpoint, cut: int) -> None:
    fake.behave(obeys(LINE, LINE[cut:]))

    result = judged(fake, case(LINE))

    assert verified(result) == []
    reasons = {one["reason"] for row in result["criteria"] for one in row["dropped"]}
    assert reasons == {"INDISCRIMINATE"}


def test_a_quote_of_everything_is_worth_one_line(fake: FakeEndpoint) -> None:
    notes = answer("metrics", "strong")
    fake.behave(shows(("me.offline/metric", notes.strip()), ("me.rank/order", notes.strip())))

    result = judged(fake, case(notes))

    assert len({row["quote"] for _, row in verified(result)}) == 1
    assert [row["id"] for row in result["criteria"] if row["level"]] == ["me.offline", "me.rank"]


def test_a_facet_without_a_quote_is_dropped(fake: FakeEndpoint) -> None:
    row = {"facet": "me.offline/metric", "shown": True, "evidence": []}
    fake.behave(answers(lambda _: [row]))

    assert dropped(judged(fake, case(NOTES)), "me.offline") == [("metric", "NO_QUOTE")]


# Cards -----------------------------------------------------------------------------------------

BOARD = make_board(
    {"a": "api-gateway", "b": "ranking-service"},
    "a>b request",
    {"a": "Guardrail metrics check", "b": "Ranking"},
)


def test_a_card_shows_what_stands_on_it(fake: FakeEndpoint) -> None:
    quote = ("me.counter/guard", "Guardrail metrics check")
    fake.behave(shows(quote, source="component", id_="a"))

    result = judged(fake, case(NOTES, board=BOARD))

    (row,) = criterion(result, "me.counter")["verified"]
    assert row == {"facet": "guard", "quote": quote[1], "source": "component", "id": "a"}
    assert criterion(result, "me.counter")["level"] == 2


@pytest.mark.parametrize(
    ("id_", "quote", "reason"),
    [
        ("z", "Guardrail metrics check", "NO_COMPONENT"),
        ("metrics", "Guardrail metrics check", "NO_COMPONENT"),
        ("b", "Guardrail metrics check", "NOT_ON_CARD"),
        ("a", "", "NOT_ON_CARD"),
        ("a", "Ranking", "NOT_ON_CARD"),
    ],
)
def test_a_card_that_is_not_there_or_says_something_else_is_dropped(
    fake: FakeEndpoint, id_: str, quote: str, reason: str
) -> None:
    fake.behave(shows(("me.counter/guard", quote), source="component", id_=id_))

    result = judged(fake, case(NOTES, board=BOARD))

    assert dropped(result, "me.counter") == [("guard", reason)]
    assert criterion(result, "me.counter")["level"] is None


# Doubt -----------------------------------------------------------------------------------------


def test_three_votes_are_taken_where_the_engine_is_far_away(fake: FakeEndpoint) -> None:
    """The first and the last see nothing; the median is nothing too."""
    one = case(answer("metrics", "strong"))
    assert one.engine.levels["me.offline"] in {3, 4}
    fake.behave(shows(), shows(("me.offline/metric", "Offline we use nDCG@10")), shows())

    result = judged(fake, one)

    assert [asked.body["seed"] for asked in fake.asked] == [9, 10, 11]
    assert len(result["votes"]) == 3
    row = criterion(result, "me.offline")
    assert (row["level"], row["flagged"], row["verified"]) == (None, True, [])


def test_two_votes_of_three_decide(fake: FakeEndpoint) -> None:
    one = case(answer("metrics", "strong"))
    quote = ("me.offline/metric", "Offline we use nDCG@10 with graded relevance")
    fake.behave(shows(), shows(quote), shows(quote))

    row = criterion(judged(fake, one), "me.offline")

    assert row["level"] in {2, 3, 4}
    assert [held["quote"] for held in row["verified"]] == [quote[1]]


def test_one_vote_is_enough_where_both_agree(fake: FakeEndpoint) -> None:
    fake.behave(shows())

    result = judged(fake, case("We think about this step later today."))

    assert (len(fake.asked), len(result["votes"])) == (1, 1)


def test_votes_that_fail_leave_the_first_with_a_note(fake: FakeEndpoint) -> None:
    fake.behave(shows(), fails("500 Oops"))

    result = judged(fake, case(answer("metrics", "strong")))

    assert (result["state"], result["note"], len(result["votes"])) == ("judged", "SERVER_ERROR", 1)


# Bad answers -----------------------------------------------------------------------------------


def altered(**changes: Any) -> Behaviour:
    """One facet shown by a good quote, but for the changes."""
    row: Row = {
        "facet": "me.offline/metric",
        "shown": True,
        "evidence": [{"source": "notes", "id": "metrics", "quote": NDCG}],
    }
    row.update(changes)
    return answers(lambda _: [row])


GOOD = {"step": "metrics", "facets": []}
SILENT = {"facet": "me.offline/metric", "shown": False, "evidence": []}


@pytest.mark.parametrize(
    ("behaviour", "note"),
    [
        (says("not JSON at all"), "BAD_JSON"),
        (says('{"step": "metrics", "facets": ['), "BAD_JSON"),
        (says('{"step": "metrics", "facets": [], "facets": []}'), "BAD_JSON"),
        (says('{"step": NaN, "facets": []}'), "BAD_JSON"),
        (says("[" * 100_000), "BAD_JSON"),
        (sends(http(b"{")), "BAD_JSON"),
        (sends(http(b"\xff\xfe")), "BAD_JSON"),
        (sends(http(b"[]")), "BAD_REPLY"),
        (sends(http(b'{"choices": []}')), "BAD_REPLY"),
        (sends(http(b'{"choices": [{"message": {"content": null}}]}')), "BAD_REPLY"),
        (says(GOOD, finish="length"), "BAD_REPLY"),
        (says([]), "BAD_REPLY"),
        (says({**GOOD, "step": "data"}), "BAD_REPLY"),
        (says({**GOOD, "level": 4}), "BAD_REPLY"),
        (says({"step": "metrics"}), "BAD_REPLY"),
        (altered(level=4), "BAD_REPLY"),
        (altered(level=99), "BAD_REPLY"),
        (altered(shown=4), "BAD_REPLY"),
        (altered(shown="yes"), "BAD_REPLY"),
        (altered(facet="me.offline/invented"), "BAD_REPLY"),
        (altered(facet="da.sources/logs"), "BAD_REPLY"),
        (altered(evidence=NDCG), "BAD_REPLY"),
        (altered(evidence=[{"source": "web", "id": "metrics", "quote": NDCG}]), "BAD_REPLY"),
        (altered(evidence=[{"source": "notes", "id": "metrics"}]), "BAD_REPLY"),
        (altered(evidence=[{"source": "notes", "id": "metrics", "quote": 7}]), "BAD_REPLY"),
        (
            altered(evidence=[{"source": "notes", "id": "metrics", "quote": NDCG}] * 4),
            "BAD_REPLY",
        ),
        (
            altered(evidence=[{"source": "notes", "id": "metrics", "quote": "x" * 3_000}]),
            "BAD_REPLY",
        ),
        (answers(lambda _: [SILENT, SILENT]), "BAD_REPLY"),
        (sends(http(b"<html>", "200 OK", "text/html")), "WRONG_TYPE"),
        (sends(http(completion("x" * 300_000))), "TOO_LARGE"),
        (never_ends, "TOO_LARGE"),
        (breaks_off, "CUT_OFF"),
        (stalls, "TIMEOUT"),
        (fails("429 Too Many Requests"), "BUSY"),
        (fails("502 Bad Gateway"), "SERVER_ERROR"),
        (fails("401 Unauthorized"), "REFUSED"),
        (sends(http(b"", "302 Found", "text/plain", "Location: http://127.0.0.1:1/")), "REDIRECT"),
    ],
)
def test_a_bad_answer_leaves_the_step_to_the_engine(
    fake: FakeEndpoint, behaviour: Behaviour, note: str
) -> None:
    fake.behave(behaviour)

    result = judged(fake, case(NOTES), seconds=0.5 if note == "TIMEOUT" else 20.0)

    assert (result["state"], result["note"]) == ("failed", note)
    assert (result["votes"], result["criteria"]) == ([], [])


# What is sent ----------------------------------------------------------------------------------


def test_the_request_is_strict_and_repeatable(fake: FakeEndpoint) -> None:
    fake.behave(shows())

    judged(fake, case("We think about this step later today."))

    body = fake.asked[0].body
    form = body["response_format"]
    assert (body["model"], body["temperature"], body["seed"]) == ("some-model", 0, 9)
    assert (form["type"], form["json_schema"]["strict"]) == ("json_schema", True)
    assert "level" not in form["json_schema"]["schema"]["properties"]


def test_a_step_is_sent_alone_with_its_facets_and_the_problem(fake: FakeEndpoint) -> None:
    notes = all_of("strong")
    fake.behave(shows())

    judged(fake, cases(notes)["metrics"])

    sent = fake.asked[0]
    assert "me.offline/metric" in sent.facets
    assert {facet[:2] for facet in sent.facets} == {"me"}
    assert "A streaming service opens on a personal home page" in sent.text
    assert "nDCG per segment" in sent.text
    assert "keeps the lights on" not in sent.text
    for step in notes.keys() - {"metrics"}:
        assert notes[step].strip().splitlines()[-1] not in sent.text


def test_what_candidates_wrote_stands_as_data_between_random_lines(fake: FakeEndpoint) -> None:
    notes = 'One line.\n0123456789abcdef\n"}]} and another line.'
    fake.behave(shows())

    judged(fake, case(notes))

    task: str = fake.asked[0].body["messages"][1]["content"]
    lines = task.split("\n")
    assert [at for at, line in enumerate(lines) if line == "0123456789abcdef"] == [
        len(lines) - 3,
        len(lines) - 1,
    ]


def test_names_and_addresses_stay_here(fake: FakeEndpoint) -> None:
    notes = (
        "Priya Raman says: offline we use nDCG@10 with graded relevance. "
        "PRIYA RAMAN asked Tomasz; write to priya@example.org about recall."
    )
    board = make_board({"a": "user", "b": "ranking-service"}, "a>b request", {"a": "Tomasz"})
    quote = "[name] says: offline we use nDCG@10 with graded relevance"
    fake.behave(shows(("me.offline/metric", quote)))

    one = case(notes, names=["Priya Raman", "Tomasz"], board=board)
    result = judged(fake, one)

    for word in ("Priya", "Raman", "PRIYA", "Tomasz", "example.org"):
        assert word not in fake.asked[0].text
    ((_, row),) = verified(result)
    start, end = row["start"], row["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert notes[start:end] == quote.replace("[name]", "Priya Raman")


@pytest.mark.parametrize(
    ("notes", "status", "note"),
    [
        (" \n\t", "in_play", "EMPTY"),
        (NOTES, "skipped_by_interviewer", "NOT_IN_PLAY"),
        (NOTES, "not_reached", "NOT_IN_PLAY"),
        ("word " * 39_999, "in_play", "TOO_LONG"),
    ],
)
def test_steps_that_need_no_judge_are_not_sent(
    fake: FakeEndpoint, notes: str, status: str, note: str
) -> None:
    result = judged(fake, case(notes, statuses={"metrics": status}))

    assert (result["state"], result["note"]) == ("not_sent", note)
    assert fake.connections == 0
