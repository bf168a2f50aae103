"""Steps before the judge, for the tests: made from notes as the product makes them."""

from collections.abc import Iterable
from typing import Any

from apps.core.json import JsonObject
from apps.scoring.domain.engines import engine, given_for
from apps.scoring.domain.judging.cases import cases_for
from apps.scoring.judge.client import Client, Patience
from apps.scoring.judge.judging import Case, Judge
from tests.scoring.documents import make_document
from tests.scoring.judge.endpoint import FakeEndpoint

DELIMITER = "0123456789abcdef"
STEP = "metrics"


def cases(
    notes: dict[str, str],
    names: Iterable[str] = (),
    board: dict[str, Any] | None = None,
    statuses: dict[str, str] | None = None,
) -> dict[str, Case]:
    document = make_document(notes, board, statuses)
    pack, problem = given_for(document)
    scored = dict(engine().start(document, pack, problem).steps())
    return cases_for(document, scored, pack, problem, names)


def case(notes: str, step: str = STEP, **given: Any) -> Case:
    return cases({step: notes}, **given)[step]


def judged(fake: FakeEndpoint, one: Case, seconds: float = 20.0) -> Any:
    """The step's result, by way of the real client. Pauses between tries are not slept."""
    client = Client(fake.endpoint, lambda: None, lambda: None, sleep=lambda _: None)
    judge = Judge(fake.endpoint.model, client.ask, lambda: DELIMITER, lambda: Patience(seconds))
    return judge.step(one)


def criterion(result: Any, id_: str) -> Any:
    return next(row for row in result["criteria"] if row["id"] == id_)


def verified(result: Any) -> list[tuple[str, JsonObject]]:
    """Criterion and row of every quote that counts."""
    return [(row["id"], one) for row in result["criteria"] for one in row["verified"]]


def dropped(result: Any, id_: str) -> list[tuple[str, str]]:
    """Facet and reason."""
    return [(one["facet"], one["reason"]) for one in criterion(result, id_)["dropped"]]
