"""When is one answer not enough, and what do three say? Doubt, the median, and flags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from apps.core.json import Json, JsonObject
from apps.scoring.judge.verification import Dropped, Held

VOTES: Final = 3
# The judge's level stands beside the engine's; further apart than this, people should look.
MOST_APART: Final = 1

Levels = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class EngineSays:
    """levels: by criterion, of those that are asked. doubts: where the engine abstains."""

    levels: Levels
    doubts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Vote:
    """One answer, checked. raw: as it came, for whoever has to look into it later."""

    seed: int
    raw: str
    duration_ms: int
    levels: Levels
    verified: tuple[Held, ...]
    dropped: tuple[Dropped, ...]

    def as_json(self) -> JsonObject:
        return {
            "seed": self.seed,
            "raw": self.raw,
            "duration_ms": self.duration_ms,
            "levels": dict(self.levels),
        }


def is_doubtful(vote: Vote, engine: EngineSays) -> bool:
    """The engine itself was not sure, or the two are far apart."""
    apart = any(are_apart(vote.levels[id_], level) for id_, level in engine.levels.items())
    return apart or not engine.doubts.isdisjoint(engine.levels)


def are_apart(level: int | None, engine_level: int | None) -> bool:
    return abs(_rank(level) - _rank(engine_level)) > MOST_APART


def median_of(votes: Sequence[Vote], criterion: str) -> Vote:
    """The vote whose level is in the middle; of two votes the lower one."""
    ordered = sorted(votes, key=lambda vote: (_rank(vote.levels[criterion]), vote.seed))
    return ordered[(len(ordered) - 1) // 2]


def criterion_json(votes: Sequence[Vote], criterion: str, engine_level: int | None) -> JsonObject:
    vote = median_of(votes, criterion)
    level = vote.levels[criterion]
    return {
        "id": criterion,
        "level": level,
        "engine_level": engine_level,
        "flagged": are_apart(level, engine_level),
        "vote": vote.seed,
        "verified": list[Json](
            _facet_alone(held.as_json()) for held in vote.verified if _of(held.facet, criterion)
        ),
        "dropped": list[Json](
            {"facet": _name(one.facet), "quote": one.quote, "reason": one.reason}
            for one in vote.dropped
            if _of(one.facet, criterion)
        ),
    }


def _rank(level: int | None) -> int:
    """No evidence is worth as much as the lowest level: nothing."""
    return 1 if level is None else level


def _of(facet: str, criterion: str) -> bool:
    return facet.startswith(f"{criterion}/")


def _name(facet: str) -> str:
    return facet.partition("/")[2]


def _facet_alone(row: JsonObject) -> JsonObject:
    return {**row, "facet": _name(str(row["facet"]))}
