"""Design documents for tests: one worth reading, and any number at random."""

from copy import deepcopy
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from apps.core.json import JsonObject
from apps.designs.document.items import CONNECTION_KINDS, STEP_STATUSES
from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse

# The same examples on every run, and no fault of theirs if the machine is busy.
patiently = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)

EXAMPLE: JsonObject = {
    "format": "ninestep/design",
    "version": 1,
    "id": "8c9d01de-5725-4392-bcdc-57a3cd7dadab",
    "title": "Video recommendation",
    "created_at": "2026-11-23T10:00:00Z",
    "updated_at": "2026-11-23T10:45:00+01:00",
    "flow": {"id": "ml-9-step", "version": "1.0.0"},
    "problem": {
        "id": "rec-video",
        "version": "1.0.0",
        "title": "Video",
        "prompt": "Fill the rows.",
    },
    "steps": [
        {"id": "metrics", "number": 2, "status": "deep_dive", "notes": "nDCG@10 😀\n\n- slices"},
        {"id": "data", "number": 4, "status": "in_play", "notes": ""},
    ],
    "board": {
        "components": [
            {
                "id": "log",
                "type": "event-logger",
                "name": "Event log",
                "notes": "row and slot",
                "x": -12.5,
                "y": 40,
                "width": 172,
                "height": 52,
                "group": "events",
                "pinned": True,
                "tags": ["v1"],
                "fields": {"qps": 1200, "own": {"a": [None, True, 0.25, "ü"]}},
            },
            {"id": "rank", "type": "ranker", "name": "Ranker"},
        ],
        "connections": [
            {
                "id": "c1",
                "source": "log",
                "target": "events",
                "source_port": "e",
                "kind": "event",
                "label": "keyed by viewer",
                "waypoints": [[1, 2.5], [3, 4]],
            },
            {"id": "c2", "source": "log", "target": "rank"},
        ],
        "groups": [
            {"id": "events", "name": "Events", "parent": "all"},
            {
                "id": "all",
                "name": "All",
                "kind": "frame",
                "x": 0,
                "y": 0,
                "width": 900,
                "height": 600,
            },
        ],
        "stickies": [{"id": "s", "text": "Why not batch?", "x": 5, "y": 6, "color": "blue"}],
        "strokes": [
            {"id": "p", "points": [[0, 0], [1, 1.5, 0.75]], "color": "#ff0000", "width": 3}
        ],
        "texts": [{"id": "t", "text": "v2", "x": 9, "y": 8}],
    },
    "comments": [{"id": "k", "anchor": {"kind": "component", "id": "log"}, "thread": []}],
    "x-tool": {"zoom": 1.5, "names": ["a", None]},
}


def example() -> dict[str, Any]:
    """A copy to spoil."""
    return deepcopy(EXAMPLE)


# Everything that may be written, but not what nothing can store: NUL and surrogates.
_texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
_coordinates = st.integers(-(10**6), 10**6) | st.floats(-1e6, 1e6)
_sizes = st.integers(1, 10**5) | st.floats(0.001, 1e5)
_points = st.lists(_coordinates, min_size=2, max_size=2)
_keys = _texts.filter(lambda key: key not in {"__proto__", "constructor", "prototype"})
_scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _texts
)
_json = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=8,
)
_places = {"x": _coordinates, "y": _coordinates}
_boxes = {**_places, "width": _sizes, "height": _sizes}
_types = st.sampled_from(["ranker", "event-logger", "other", "not-in-the-catalogue"])
_colors = st.sampled_from(["yellow", "p1", "#aabbcc"])


@st.composite
def documents(draw: st.DrawFn) -> DesignDocument:
    """A normalised document with everything a document may hold."""
    ids = iter(draw(st.lists(_ids, min_size=12, max_size=12, unique=True)))
    groups = _some(draw, ids, 3, {**_boxes, "name": _texts, "kind": st.just("group")})
    for group, outer in pairwise(groups):
        group["parent"] = draw(st.sampled_from([None, outer["id"]]))
    components = _some(draw, ids, 3, _component(groups))
    ends = [item["id"] for item in groups + components]
    connections = _some(draw, ids, 3, _connection(ends)) if ends else []
    board = {
        "groups": groups,
        "components": components,
        "connections": connections,
        "stickies": _some(draw, ids, 1, {**_boxes, "text": _texts, "color": _colors}),
        "strokes": _some(draw, ids, 1, _STROKE),
        "texts": _some(draw, ids, 1, {**_places, "text": _texts}),
    }
    own = draw(st.dictionaries(_keys.map("x-{}".format), _json, max_size=2))
    steps = draw(st.lists(_steps, max_size=4, unique_by=lambda step: step["id"]))
    head = {"format": "ninestep/design", "version": 1, "title": draw(_texts)}
    return parse({**head, "steps": steps, "board": board, **own})


_ids = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)
_STROKE = {
    "points": st.lists(_points.map(lambda point: [*point, 0.5]), max_size=3),
    "color": _colors,
    "width": _sizes,
}
_steps = st.fixed_dictionaries(
    {
        "id": _ids,
        "number": st.integers(1, 20),
        "status": st.sampled_from(STEP_STATUSES),
        "notes": _texts,
    }
)


def _component(groups: list[dict[str, Any]]) -> dict[str, st.SearchStrategy[Any]]:
    return {
        **_boxes,
        "type": _types,
        "name": _texts,
        "notes": _texts,
        "group": st.sampled_from([None, *(group["id"] for group in groups)]),
        "pinned": st.booleans(),
        "tags": st.lists(_texts, max_size=2),
        "fields": st.dictionaries(_keys, _json, max_size=3),
    }


def _connection(ends: list[str]) -> dict[str, st.SearchStrategy[Any]]:
    return {
        "source": st.sampled_from(ends),
        "target": st.sampled_from(ends),
        "source_port": st.sampled_from([None, "n", "e"]),
        "target_port": st.sampled_from([None, "s", "w"]),
        "kind": st.sampled_from(CONNECTION_KINDS),
        "label": _texts,
        "waypoints": st.lists(_points, max_size=2),
    }


def _some(
    draw: st.DrawFn, ids: Any, most: int, values: dict[str, st.SearchStrategy[Any]]
) -> list[dict[str, Any]]:
    bodies = draw(st.lists(st.fixed_dictionaries(values), max_size=most))
    return [{"id": next(ids), **body} for body in bodies]
