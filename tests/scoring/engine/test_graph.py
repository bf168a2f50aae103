"""The board as a typed graph: named, connected parts count; a request is walked both ways."""

from typing import Any

import pytest

from apps.scoring.engine.graph import Predicates, graph_of
from tests.scoring.documents import make_board, make_document

TYPES = {
    "u": "user-client",
    "a": "app-server",
    "p": "prediction-service",
    "l": "event-logger",
    "t": "trainer",
    "r": "model-registry",
}
LOOP = "u>a request: HTTPS; a>p request; u>l event; l>t data; t>r training; r>p training"


def predicates(board: dict[str, Any]) -> Predicates:
    graph = graph_of(make_document(board=board)["board"], {"gbdt ranker": "ranker"}.get)
    return Predicates(graph, {"logs": ["event-logger", "prediction-log"]})


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        ({"exists": ["trainer"]}, ("t",)),
        ({"exists": ["ranker"]}, None),
        ({"path": {"from": ["@logs"], "to": ["trainer"]}}, ("l", "t")),
        ({"path": {"from": ["trainer"], "to": ["prediction-service"]}}, ("t", "r", "p")),
        ({"path": {"from": ["prediction-service"], "to": ["user-client"]}}, ("p", "a", "u")),
        ({"path": {"from": ["trainer"], "to": ["event-logger"]}}, ("t", "r", "p", "a", "u", "l")),
        ({"path": {"from": ["model-registry"], "to": ["@logs"], "through": ["app-server"]}},
         ("r", "p", "a", "u", "l")),
        ({"feeds": {"from": ["user-client"], "to": ["prediction-service"]}}, None),
        ({"incoming": {"to": ["prediction-service"], "kind": "training"}}, ("r", "p")),
        ({"labelled": {"least": 0.5, "of": 4}}, None),
        ({"connected": {"least": 1, "of": 4}}, ("a", "l", "p")),
        ({"orphans": {}}, None),
    ],
)  # fmt: skip
def test_predicate(predicate: dict[str, Any], expected: tuple[str, ...] | None) -> None:
    shown = predicates(make_board(TYPES, LOOP)).holds(predicate)

    assert (shown.components if shown else None) == expected


def test_loose_boxes_show_nothing() -> None:
    loose = predicates(make_board(TYPES, ""))

    assert loose.holds({"exists": ["trainer"]}) is None
    assert loose.holds({"orphans": {}}) is not None


def test_nameless_part_shows_nothing() -> None:
    board = make_board({"u": "user-client", "a": "app-server"}, "u>a", names={"a": " "})

    assert predicates(board).holds({"exists": ["app-server"]}) is None


def test_part_of_no_type_is_known_by_its_name() -> None:
    board = make_board({"x": "other", "a": "app-server"}, "a>x", names={"x": "gbdt ranker"})

    assert predicates(board).holds({"exists": ["ranker"]}) is not None


def test_connection_to_a_group_reaches_its_members() -> None:
    board = make_board({"a": "app-server", "p": "prediction-service"}, "a>g")
    board["groups"] = [{"id": "g", "name": "Serving"}]
    board["components"][1]["group"] = "g"

    shown = predicates(board).holds(
        {"feeds": {"from": ["app-server"], "to": ["prediction-service"]}}
    )

    assert shown is not None
