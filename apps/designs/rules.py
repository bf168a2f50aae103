"""The policy: who may do what with a design session. The only place that decides it.

Pages, REST, sockets, tasks and exports all ask `can` or `check`. The table is data, so that the
tests walk through every cell of it on every transport.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from apps.core.errors import NotFound
from apps.core.permissions import Action, Role

_EVERYBODY = frozenset(Role)
_WRITERS = frozenset({Role.OWNER, Role.INTERVIEWER, Role.CANDIDATE})
_INTERVIEWERS = frozenset({Role.OWNER, Role.INTERVIEWER})

RULES: Final[dict[Action, frozenset[Role]]] = {
    Action.VIEW: _EVERYBODY,
    Action.PRESENT: _EVERYBODY,
    Action.EDIT: _WRITERS,
    Action.SWITCH_FLOW: _INTERVIEWERS,
    Action.EXPORT: _WRITERS,
    Action.REPLAY: _EVERYBODY,
    Action.READ_HISTORY: _INTERVIEWERS,
    Action.READ_PRIVATE: _INTERVIEWERS,
    Action.EDIT_PRIVATE: _INTERVIEWERS,
    Action.READ_SCORES: _INTERVIEWERS,
    Action.RUN_SCORING: _INTERVIEWERS,
    Action.SEE_PEOPLE: _INTERVIEWERS,
    Action.MANAGE_LINKS: _INTERVIEWERS,
    Action.MANAGE_SESSION: frozenset({Role.OWNER}),
}

# Once a session has ended its record is final.
_NOT_AFTER_THE_END = frozenset({Action.EDIT, Action.EDIT_PRIVATE, Action.SWITCH_FLOW})


@dataclass(frozen=True)
class Access:
    """What one actor is on one design session, as found by `designs.domain.access`.

    participant_id is None for somebody who only holds a read-only link.
    """

    design_id: UUID
    role: Role
    name: str
    color: int
    ended: bool = False
    participant_id: UUID | None = None


def can(access: Access | None, action: Action) -> bool:
    if access is None or access.role not in RULES[action]:
        return False
    return not (access.ended and action in _NOT_AFTER_THE_END)


def check(access: Access | None, action: Action) -> Access:
    """The access, if it allows the action. Raises NotFound otherwise: never says which."""
    if access is None or not can(access, action):
        raise NotFound("There is no such design, or this link does not open it.")
    return access


def allowed_actions(access: Access) -> list[Action]:
    return [action for action in Action if can(access, action)]
