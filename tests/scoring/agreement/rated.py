"""A folder of rated sessions for tests: worked answers as designs, ratings made up."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from apps.content import registry
from apps.content.worked import answer_document
from apps.scoring.agreement.levels import Levels

Ratings = Mapping[str, Levels]


def write_session(folder: Path, name: str, ratings: Ratings, answer: str = "level-3") -> None:
    document = answer_document(registry.problem("rec-video"), answer)
    (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    write_ratings(folder, name, ratings_of(ratings))


def write_ratings(folder: Path, name: str, data: Any) -> None:
    (folder / f"{name}.ratings.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")


def ratings_of(ratings: Ratings) -> dict[str, Any]:
    rubric = registry.rubric()
    return {
        "format": "ninestep/ratings",
        "version": 1,
        "rubric": {"id": rubric.id, "version": rubric.version},
        "ratings": [{"rater": name, "levels": dict(of)} for name, of in ratings.items()],
    }
