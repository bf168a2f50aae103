"""The packs that ship: all valid, all fitting together, and what the interface counts on."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from apps.content import registry
from apps.content.browser import catalogue_json, flow_json
from apps.content.checks import check_packs
from apps.content.types import Flow, FlowStep, Problem
from apps.designs.document.types import ProblemRef

ROOT = Path(__file__).parents[2]
STEP_IDS = [
    "problem-formulation",
    "metrics",
    "architecture",
    "data",
    "features",
    "model",
    "prediction-service",
    "online-testing",
    "scaling-monitoring",
]


def test_every_pack_is_valid_and_fits_the_others() -> None:
    names = [pack.id for pack in check_packs()]

    assert {"ml-9-step", "ml-systems", "rec-video", "search-semantic", "rank-feed"} <= set(names)


@pytest.mark.django_db
def test_load_content_lists_every_pack(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_content")

    *listed, last = capsys.readouterr().out.splitlines()
    assert len(listed) == len(check_packs())
    assert last == f"{len(listed)} packs are fine."


def test_the_flow_takes_forty_five_minutes_in_nine_steps() -> None:
    steps = registry.flow().steps

    assert [step.id for step in steps] == STEP_IDS
    assert [step.number for step in steps] == list(range(1, 10))
    assert sum(step.minutes for step in steps) == 45


@pytest.mark.parametrize(
    ("flow", "step"),
    [(flow, step) for flow in registry.flows() for step in flow.steps],
    ids=lambda value: value.id,
)
def test_a_guide_asks_and_does_not_answer(flow: Flow, step: FlowStep) -> None:
    """Candidates see the guide; what earns a level is the interviewers' to know."""
    secrets = {_words(text) for text in _rubric_sentences(flow.rubric)}

    for prompt in step.prompts:
        told = _words(f"{prompt.title} {prompt.question} {prompt.why} {prompt.example}")
        assert not [secret for secret in secrets if secret in told]


@pytest.mark.parametrize("problem", registry.problems(), ids=lambda problem: problem.id)
def test_a_problem_fits_a_design_document(problem: Problem) -> None:
    """What a design copies of it must be importable again."""
    copied: ProblemRef = {
        "id": problem.id,
        "version": problem.version,
        "title": problem.title,
        "prompt": problem.prompt,
    }

    assert all(copied.values())
    assert "\n" not in problem.prompt.strip()


def test_the_browser_gets_exactly_what_it_declares() -> None:
    sources = ("workspace/bootstrap.ts", "document/catalogue.ts")
    declared = _interfaces("".join((ROOT / "frontend/src" / name).read_text() for name in sources))
    catalogue = catalogue_json(registry.catalogue())
    flow = flow_json(registry.flow())

    assert set(catalogue) == declared["Catalogue"]
    assert {frozenset(item) for item in catalogue["components"]} == {declared["ComponentType"]}  # type: ignore[union-attr,arg-type]
    assert {frozenset(item) for item in catalogue["categories"]} == {declared["Category"]}  # type: ignore[union-attr,arg-type]
    steps: Any = flow["steps"]
    assert {frozenset(step) for step in steps} == {declared["FlowStep"]}
    prompts = [prompt for step in steps for prompt in step["prompts"]]
    assert {frozenset(prompt) for prompt in prompts} == {declared["Prompt"]}


def test_problems_are_read_with_their_whole_text() -> None:
    problem = registry.problem("rec-video")

    assert problem.clarifications[0].question == "How many viewers and titles are there?"
    assert len(problem.twists) == 3


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def _rubric_sentences(rubric_id: str) -> list[str]:
    """Every text of the rubric that is long enough to be a sentence."""
    found: list[str] = []
    waiting: list[object] = [registry.rubric(rubric_id).data["criteria"]]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and len(value.split()) > 4:
            found.append(value)
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return found


def _interfaces(source: str) -> dict[str, frozenset[str]]:
    bodies = re.findall(r"export interface (\w+) \{(.*?)\n\}", source, re.DOTALL)
    fields = re.compile(r"^  readonly (\w+)", re.MULTILINE)
    return {name: frozenset(fields.findall(body)) for name, body in bodies}
