"""The board as a typed graph: named, connected parts count; a request is walked both ways."""

from typing import Any

import pytest

from apps.scoring.engine.graph import graph_of
from apps.scoring.engine.predicates import Predicates
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


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        ({"count": {"of": ["*"], "least": 6}}, ("a", "l", "p")),
        ({"count": {"of": ["@logs"], "least": 2}}, None),
        ({"count": {"of": ["trainer"], "most": 0}}, None),
        ({"path": {"from": ["trainer"], "to": ["user-client"], "by": ["training"]}}, None),
        ({"path": {"from": ["trainer"], "to": ["prediction-service"], "by": ["training"]}},
         ("t", "r", "p")),
        ({"path": {"from": ["trainer"], "to": ["prediction-service"],
                   "avoiding": ["model-registry"]}}, None),
        ({"outgoing": {"from": ["user-client"], "kind": "event"}}, ("u", "l")),
        ({"outgoing": {"from": ["trainer"], "kind": "event"}}, None),
        ({"row": {"from": ["user-client"], "longer": 1}}, ("u", "a", "p")),
        ({"row": {"from": ["user-client"], "longer": 2}}, None),
        ({"dead_ends": {"except": ["app-server"]}}, None),
        ({"any": [{"exists": ["ranker"]}, {"exists": ["trainer"]}]}, ("t",)),
        ({"all": [{"exists": ["@logs"]}, {"exists": ["trainer"]}]}, ("l", "t")),
        ({"all": [{"exists": ["ranker"]}, {"exists": ["trainer"]}]}, None),
        ({"none": [{"exists": ["ranker"]}]}, ()),
        ({"none": [{"exists": ["trainer"]}]}, None),
    ],
)  # fmt: skip
def test_predicate_of_rules(predicate: dict[str, Any], expected: tuple[str, ...] | None) -> None:
    shown = predicates(make_board(TYPES, LOOP)).holds(predicate)

    assert (shown.components if shown else None) == expected


def test_request_passes_one_part_that_says_nothing_of_copies() -> None:
    alone = {"from": ["user-client"], "to": ["prediction-service"], "unsaid": ["replicas"]}
    board = make_board(TYPES, LOOP)

    asked = predicates(board).holds({"bottleneck": alone})
    board["components"][1]["notes"] = "three replicas"
    answered = predicates(board).holds({"bottleneck": alone})

    assert asked is not None
    assert asked.components == ("a",)
    assert answered is None


def test_two_ways_to_the_model_are_no_bottleneck() -> None:
    board = make_board(
        {"u": "user-client", "a": "app-server", "b": "app-server", "p": "prediction-service"},
        "u>a; u>b; a>p; b>p",
    )

    shown = predicates(board).holds(
        {"bottleneck": {"from": ["user-client"], "to": ["prediction-service"], "unsaid": ["x"]}}
    )

    assert shown is None


@pytest.mark.parametrize(
    ("arrows", "met"),
    [("f>j data; l>j training; j>t training", True), ("f>t data; l>t training", False)],
)
def test_features_and_labels_meet_before_training(arrows: str, met: bool) -> None:
    types = {"f": "featurizer-offline", "l": "label-generator", "j": "joiner", "t": "trainer"}
    ends = {"these": ["featurizer-offline"], "those": ["label-generator"], "before": ["trainer"]}

    shown = predicates(make_board(types, arrows)).holds(
        {"meet": {**ends, "by": ["data", "training"]}}
    )

    assert (shown is not None) is met


@pytest.mark.parametrize(
    ("arrows", "related"),
    [("t>a training; t>b training", True), ("t>a training; a>b data", False)],
)
def test_encoders_of_one_training(arrows: str, related: bool) -> None:
    board = make_board({"a": "encoder", "b": "encoder", "t": "trainer"}, arrows)

    shown = predicates(board).holds({"common_source": {"of": ["encoder"], "by": ["training"]}})

    assert (shown is not None) is related


def test_part_that_only_takes_is_a_dead_end() -> None:
    board = make_board({"f": "featurizer-offline", "j": "joiner"}, "f>j data")

    shown = predicates(board).holds({"dead_ends": {"except": ["cache"]}})

    assert shown is not None
    assert shown.components == ("j",)


def test_words_of_cards_and_of_notes() -> None:
    board = make_board({"a": "ranker", "b": "cache"}, "a>b data: warm keys")
    board["components"][0]["notes"] = "retrained daily, two towers"
    graph = graph_of(make_document(board=board)["board"], lambda _: None)
    answers = Predicates(graph, {}, {"data": "We keep the slot of each impression."})

    def holds(predicate: dict[str, Any]) -> bool:
        return answers.holds(predicate) is not None

    assert holds({"noted": {"of": ["ranker"], "words": ["tower"]}})
    assert holds({"noted": {"of": ["cache"], "words": ["warm key"]}})
    assert not holds({"noted": {"of": ["ranker"], "words": ["tower", "weekly"], "least": 2}})
    assert holds({"written": {"steps": ["data"], "words": ["slots"]}})
    assert not holds({"written": {"steps": ["metrics"], "words": ["slots"]}})


@pytest.mark.parametrize(
    ("notes", "fields", "above"),
    [
        ("scores all 2M titles", {}, True),
        ("scores 2,000,000 new titles", {}, True),
        ("scores 500 titles", {}, False),
        ("2M rows, 500 titles", {}, False),
        ("20 ms for the list", {"titles": 50_000}, True),
        ("", {"max_titles": 50}, False),
    ],
)
def test_sizes_on_a_card(notes: str, fields: dict[str, int], above: bool) -> None:
    board = make_board({"a": "ranker", "b": "cache"}, "a>b data")
    board["components"][0] |= {"notes": notes, "fields": fields}

    shown = predicates(board).holds(
        {"sized": {"of": ["ranker"], "above": 10_000, "units": ["titles"]}}
    )

    assert (shown is not None) is above


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
