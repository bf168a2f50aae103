"""How is one step judged? Asked, read, verified, asked twice more at doubt; or why it was not.

The result is plain JSON, as it is stored. A step that could not be judged says so, and the
engine's result stands alone.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from apps.core.json import Json, JsonObject
from apps.scoring.engine.claimed import Basis, CardClaim, Claim, weigh
from apps.scoring.judge.client import AskFailed, Patience
from apps.scoring.judge.prompt import LONGEST_PROMPT, StepAsked, body
from apps.scoring.judge.reply import BadReply, read_reply
from apps.scoring.judge.verification import Dropped, Held, Sent, verify
from apps.scoring.judge.votes import VOTES, EngineSays, Vote, criterion_json, is_doubtful

SEED: Final = 9

JUDGED, FAILED, NOT_SENT = "judged", "failed", "not_sent"
EMPTY: Final = "EMPTY"
NOT_IN_PLAY: Final = "NOT_IN_PLAY"
TOO_LONG: Final = "TOO_LONG"
GIVEN_UP: Final = "GIVEN_UP"
# Two steps in a row without an answer: the endpoint is down, and the others would wait in vain.
FAILURES_TO_GIVE_UP: Final = 2

# Sends a body, given how long the step may still take, and returns the answer's bytes.
Ask = Callable[[bytes, Patience], bytes]


@dataclass(frozen=True)
class Case:
    """One step before the judge. facets: the engine's place of each facet key."""

    sent: Sent
    basis: Basis
    engine: EngineSays
    facets: Mapping[str, int]
    in_play: bool = True


@dataclass(frozen=True)
class Judge:
    """delimiter: a new random line for each request. clock: seconds, for durations."""

    model: str
    ask: Ask
    delimiter: Callable[[], str]
    patience: Callable[[], Patience] = Patience
    clock: Callable[[], float] = field(default=time.monotonic)

    def step(self, case: Case) -> JsonObject:
        if why := _why_not_sent(case):
            return not_judged(NOT_SENT, why)
        patience, began = self.patience(), self.clock()
        try:
            votes = [self._vote(case, SEED, patience)]
        except (AskFailed, BadReply) as error:
            return {**not_judged(FAILED, error.code), "duration_ms": self._since(began)}
        note = ""
        if is_doubtful(votes[0], case.engine):
            try:
                votes += [self._vote(case, SEED + more, patience) for more in range(1, VOTES)]
            except (AskFailed, BadReply) as error:
                note = error.code
        return {
            "state": JUDGED,
            "note": note,
            "duration_ms": self._since(began),
            "votes": list[Json](vote.as_json() for vote in votes),
            "criteria": list[Json](
                criterion_json(votes, id_, level) for id_, level in case.engine.levels.items()
            ),
        }

    def _vote(self, case: Case, seed: int, patience: Patience) -> Vote:
        began = self.clock()
        asked = case.sent.asked
        answer = self.ask(body(asked, self.model, seed, self.delimiter()), patience)
        held, dropped = verify(read_reply(answer, asked), case.sent)
        claims = {one: _claim(one, case) for one in held if one.start is not None}
        cards = [
            CardClaim(case.facets[one.facet], one.quote.id) for one in held if one.start is None
        ]
        weighed = weigh(case.basis, claims.values(), cards)
        refused = {one: weighed.refused.get(claim) for one, claim in claims.items()}
        return Vote(
            seed,
            answer.decode(),
            self._since(began),
            {id_: weighed.levels[id_] for id_ in case.engine.levels},
            tuple(one for one in held if not refused.get(one)),
            (*dropped, *_refused(refused)),
        )

    def _since(self, began: float) -> int:
        return round(1000 * (self.clock() - began))


def not_judged(state: str, note: str) -> JsonObject:
    return {"state": state, "note": note, "duration_ms": 0, "votes": [], "criteria": []}


def _why_not_sent(case: Case) -> str:
    asked = case.sent.asked
    if not case.in_play:
        return NOT_IN_PLAY
    if not asked.notes.strip():
        return EMPTY
    return TOO_LONG if _size(asked) > LONGEST_PROMPT else ""


def _size(asked: StepAsked) -> int:
    return len(body(asked, "", 0, ""))


def _claim(held: Held, case: Case) -> Claim:
    return Claim(case.facets[held.facet], held.start or 0, held.end or 0)


def _refused(refused: Mapping[Held, str | None]) -> list[Dropped]:
    return [Dropped(one.facet, one.quote.text, why) for one, why in refused.items() if why]
