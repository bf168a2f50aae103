"""The page "Why this score" and its file: what it says, and that only interviewers get it."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from apps.content import registry
from apps.core.permissions import Role
from apps.designs.models import DesignSession
from apps.scoring.domain.runs import score_as_is
from apps.scoring.models import ScoreRun
from apps.web.why_words import match_words, predicate_words
from tests.factories import (
    browser_of,
    make_design,
    make_guest,
    make_participant,
    make_user,
    owner_of,
)
from tests.scoring.documents import all_of, make_document
from tests.scoring.working import work_off
from tests.web.score_runs import FIRST, SECOND, make_result, make_run

pytestmark = pytest.mark.django_db

Become = Callable[[DesignSession], Client]


def address(name: str, run: ScoreRun) -> str:
    return reverse(name, args=[run.design_id, run.id])


def text_of(page: HttpResponseBase) -> str:
    content: bytes = page.content  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", strip_tags(content.decode()))


def owner(design: DesignSession) -> Client:
    return browser_of(owner_of(design))


def taking_part(role: Role) -> Become:
    def become(design: DesignSession) -> Client:
        guest = make_guest()
        make_participant(design, role, guest)
        return browser_of(guest)

    return become


def owner_of_another(_design: DesignSession) -> Client:
    other = make_design()
    make_run(other)
    return owner(other)


def stranger(_design: DesignSession) -> Client:
    return Client()


@pytest.mark.parametrize("name", ["why", "trace_file"])
@pytest.mark.parametrize(
    ("become", "status"),
    [
        pytest.param(owner, 200, id="owner"),
        pytest.param(taking_part(Role.INTERVIEWER), 200, id="interviewer"),
        pytest.param(taking_part(Role.CANDIDATE), 404, id="candidate"),
        pytest.param(taking_part(Role.OBSERVER), 404, id="observer"),
        pytest.param(owner_of_another, 404, id="owner of another session"),
        pytest.param(stranger, 404, id="stranger"),
    ],
)
def test_only_owner_and_interviewers_get_it(name: str, become: Become, status: int) -> None:
    design = make_design()
    run = make_run(design)

    answer = become(design).get(address(name, run))

    assert answer.status_code == status
    assert (b"ROC AUC" in answer.content) == (status == 200)


@pytest.mark.parametrize("name", ["why", "trace_file"])
def test_a_run_is_found_under_its_own_session_only(name: str) -> None:
    user = make_user()
    design, other = make_design(user), make_design(user)
    run = make_run(other)

    answer = browser_of(user).get(reverse(name, args=[design.id, run.id]))

    assert answer.status_code == 404


@pytest.mark.parametrize("status", ["queued", "running", "failed"])
def test_a_run_without_a_result_has_no_page(status: str) -> None:
    design = make_design()
    run = make_run(design)
    ScoreRun.objects.update(status=status, result=None, reason="It was too large.")

    assert owner(design).get(address("why", run)).status_code == 404


def test_page_says_where_the_score_of_a_step_comes_from() -> None:
    design = make_design()

    text = text_of(owner(design).get(address("why", make_run(design))))

    assert "Its criteria are worth 0.80 on average, by their weights, of 1 at most." in text
    assert "0 of 2 lines name something of the problem, so 83 % of it is kept." in text
    assert "100 × 0.80 × 1.00 × 0.83 = 62.0" in text
    assert (
        "(foot 0.55 + span 0.24 × within 0.6000) × trust 0.9500 × substance 1.0000 = 0.6593"
    ) in text
    assert "margin 1.00 × agreement 0.90 × quality 0.83 = 0.75" in text
    assert "0 of 2 lines name something of the problem" in text


def test_page_says_of_each_line_whether_it_counted_and_why() -> None:
    design = make_design()

    page = owner(design).get(address("why", make_run(design)))

    [step] = page.context["why"].steps
    [criterion] = step.criteria
    assert [(row.quote, row.counted, row.why) for row in criterion.evidence] == [
        (FIRST, True, ""),
        (SECOND, False, "holds general words only"),
    ]
    assert [row.how for row in criterion.evidence] == [
        "says “ROC AUC”",
        "means much the same as “We want a number for quality” (0.51 alike)",
    ]
    assert [(term.count, term.each, round(term.adds, 3)) for term in criterion.terms] == [
        (None, None, 1.6),
        (2, 0.16, 0.32),
        (0.5, 1.8, 0.9),
        (None, None, 0.1),
    ]
    assert criterion.reading == 2.92
    assert [(rule.level, rule.met) for rule in criterion.rules] == [(2, True), (4, False)]
    assert [(line.quote, line.holds, line.guards) for line in step.lines] == [
        (FIRST, "1 name, a reason", []),
        (SECOND, "", ["holds general words only"]),
    ]
    text = text_of(page)
    assert "Not sure, please check. Most of what is written about it did not count." in text
    assert "This line holds general words only." in text


def test_page_adds_the_steps_up_and_names_the_cap() -> None:
    design = make_design()

    page = owner(design).get(address("why", make_run(design)))

    [share] = page.context["why"].shares
    assert (share.name, share.share, share.points) == ("Metrics, offline and online", 100.0, 62.0)
    assert "Nothing is found in “Model and offline evaluation”. Limit: 50." in text_of(page)


def test_page_of_a_real_run_tells_every_criterion_and_adds_up() -> None:
    design = make_design()
    document = make_document(all_of("strong"))
    done = score_as_is(design, document, 7)
    work_off()

    why = owner(design).get(address("why", done)).context["why"]

    rubric: Any = registry.rubric().data
    told = [criterion.id for step in why.steps for criterion in step.criteria]
    assert told == [one["id"] for one in rubric["criteria"] if one["step"]]
    assert round(sum(share.points for share in why.shares), 1) == why.score
    for step in why.steps:
        counted = [row for one in step.criteria for row in one.evidence if row.counted]
        assert all(row.quote in document["steps"][step.number - 1]["notes"] for row in counted)
        rated = [one for one in step.criteria if one.terms]
        sums = [(one.reading, sum(term.adds for term in one.terms)) for one in rated]
        assert all(abs(said - added) < 0.001 for said, added in sums if said is not None)


def test_page_says_what_it_cannot_know() -> None:
    design = make_design()

    text = text_of(owner(design).get(address("why", make_run(design))))

    assert "checks what is written, not whether it is true" in text
    assert "Not validated: never compared with people's ratings here." in unescape(text)


def test_a_result_from_before_traces_is_shown_without_arithmetic() -> None:
    design = make_design()
    run = make_run(design, make_result())

    text = text_of(owner(design).get(address("why", run)))

    assert "Score the session again to see it here." in text
    assert "It is worked out for this design." in text


def test_notes_are_shown_as_text_never_as_markup() -> None:
    design = make_design()
    run = make_run(design)
    run.document["steps"][1]["notes"] = "<script>alert(1)</script> <b>ROC</b> AUC for all of this"
    run.save()

    content = owner(design).get(address("why", run)).content

    assert b"<script>alert" not in content
    assert b"&lt;script&gt;alert(1)" in content


def test_file_holds_all_that_was_stored() -> None:
    design = make_design(title="Feed & more")
    run = make_run(design)

    answer = owner(design).get(address("trace_file", run))

    stored = json.loads(answer.content)
    assert stored["result"] == run.result
    assert stored["document"] == run.document
    assert stored["rubric"]["sha256"] == run.rubric_sha256
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Feed-more-score.json"'


@pytest.mark.parametrize(
    ("channel", "matched", "words"),
    [
        ("lexical", "nDCG", "says “nDCG”"),
        ("lexical", "retrieval & $recall|hits", "says “retrieval with recall or hits”"),
        ("lexical", "?", "asks a question"),
        (
            "lexical",
            "We check how often the film is in the first ten",
            "reads much like “We check how often the film is in the first ten”",
        ),
        ("semantic", "One number decides", "means much the same as “One number decides” (0.52"),
    ],
)
def test_a_match_is_told_without_the_notation_of_the_rubric(
    channel: str, matched: str, words: str
) -> None:
    assert match_words(channel, matched, 0.52).startswith(words)


def test_a_question_to_the_board_is_told_with_the_names_of_the_parts() -> None:
    names = {"event-logger": "Event log", "sql-db": "SQL database"}

    assert predicate_words("exists event-logger", names) == "One of: Event log"
    assert predicate_words("path from event-logger to sql-db", names) == (
        "A path from Event log to SQL database"
    )
    assert predicate_words("labelled 0.5", names) == "Labelled 0.5"
