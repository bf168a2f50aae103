"""Every quote is exactly what stands in the notes, and every level from 2 on has one."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.content import registry
from apps.content.types import RubricPack
from apps.designs.document.types import DesignDocument
from apps.scoring.domain.engines import LexicalEngine, given_for
from apps.scoring.engine.units import units_of
from tests.scoring.documents import STEPS, all_of, make_board, make_document, score

SENTENCES = [
    sentence.strip()
    for text in all_of("strong").values()
    for line in text.splitlines()
    for sentence in line.split(". ")
    if len(sentence.split()) > 4
]
AROUND = [
    "{}",
    "{}.",
    "- {}",
    "  - {}",
    "      * {}",
    "12. {}",
    "> {}",
    ">> - {}",
    "| {} | 200 ms |",
    "## {}",
    "**{}**",
    "*{}*, and `nDCG`",
    "<b>{}</b>",
    "<!-- {} -->",
    "<!-- {}",
    "[{}](https://example.org/a_(b))",
    "https://example.org/x {}",
    "```\n{}\n```",
    "~~~py\n{}",
    "- [ ] {}",
    "🎬 {} 🎬",
    "e\u0301te\u0301 {}",
    "\u202e{}",
    "\ufeff{}",
    "{}\u2028{}",
    "名前 {}。",
    "👩\u200d👩\u200d👧 {}!",
    "\t{}",
    "&nbsp;{} &amp; more",
]
NEWLINES = ["\n", "\r\n", "\n\n", "\r", "  \n", "\n\u00a0\n"]


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """Sentences that say something, in every dress that Markdown and Unicode have for them."""
    lines = draw(
        st.lists(st.tuples(st.sampled_from(AROUND), st.sampled_from(SENTENCES)), max_size=12)
    )
    dressed = [around.replace("{}", sentence) for around, sentence in lines]
    return "".join(line + draw(st.sampled_from(NEWLINES)) for line in dressed)


def quotes_of(reply: Any, step: str) -> list[Any]:
    criteria = reply["steps"][step]["criteria"]
    evidence = [one for criterion in criteria for one in criterion["evidence"]]
    guards = [one for criterion in criteria for one in criterion["guards"]]
    return [one for one in evidence if one["source"] == "notes"] + guards


@settings(derandomize=True, max_examples=150, deadline=None)
@given(markdown(), st.sampled_from(STEPS))
def test_quotes_are_exact_and_levels_have_them(notes: str, step: str) -> None:
    document = make_document({step: notes})
    written = document["steps"][STEPS.index(step)]["notes"]

    reply: Any = score(document).reply()

    for one in quotes_of(reply, step):
        assert one["quote"] == written[one["start"] : one["end"]]
        assert one["quote"].strip() == one["quote"] != ""
    for criterion in reply["steps"][step]["criteria"]:
        assert bool(criterion["evidence"]) == (criterion["level"] is not None)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n`|#*->[]()<.")))
def test_units_of_any_text_are_in_order_and_exact(notes: str) -> None:
    units = units_of(notes)

    assert all(len(unit.clean) == unit.end - unit.start for unit in units)
    assert all(one.end <= other.start for one, other in pairwise(units))
    assert all(notes[unit.start : unit.end].strip() for unit in units)


@pytest.mark.parametrize("newline", ["\r\n", "\n\n"])
def test_other_line_ends_move_the_quotes_and_change_no_level(newline: str) -> None:
    notes = all_of("strong")["data"]
    other = notes.replace("\n", newline)

    plain, moved = (criteria(make_document({"data": text})) for text in (notes, other))

    assert {one: found["level"] for one, found in plain.items()} == {
        one: found["level"] for one, found in moved.items()
    }


def criteria(document: DesignDocument) -> dict[str, Any]:
    reply: Any = score(document).reply()
    return {one["id"]: one for step in reply["steps"].values() for one in step["criteria"]}


def test_order_of_criteria_in_the_rubric_changes_no_level() -> None:
    pack = registry.rubric()
    items: Any = pack.data["criteria"]
    turned = RubricPack(pack.id, pack.version, "turned", {**pack.data, "criteria": items[::-1]})
    document = make_document(all_of("strong"), make_board({"t": "trainer"}, ""))
    _, problem = given_for(document)

    plain, other = (
        levels(LexicalEngine().start(document, rubric, problem).reply())
        for rubric in (pack, turned)
    )

    assert plain == other


def levels(reply: Any) -> dict[str, tuple[int | None, str]]:
    return {
        one["id"]: (one["level"], json.dumps(one["evidence"]))
        for step in reply["steps"].values()
        for one in step["criteria"]
    }
