"""The policy: who may do what with a design session. The only place that decides it.

Pages, REST, sockets, tasks and exports all ask `can` or `check`. The table is data, so that the
tests walk through every cell of it on every transport.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.core.errors import NotFound
from apps.core.permissions import Action, Role

_EVERYBODY = frozenset(Role)
_WRITERS = frozenset({Role.OWNER, Role.INTERVIEWER, Role.CANDIDATE})
_INTERVIEWERS = frozenset({Role.OWNER, Role.INTERVIEWER})
_PANEL = _INTERVIEWERS | {Role.ADMIN}
_HEADS = frozenset({Role.OWNER, Role.ADMIN})

RULES: Final[dict[Action, frozenset[Role]]] = {
    Action.VIEW_BRIEF: _EVERYBODY,
    Action.VIEW: _EVERYBODY,
    Action.PRESENT: _EVERYBODY,
    Action.EDIT: _WRITERS,
    Action.SWITCH_FLOW: _INTERVIEWERS,
    Action.EXPORT: _WRITERS | {Role.ADMIN},
    Action.REPLAY: _EVERYBODY,
    Action.READ_HISTORY: _PANEL,
    Action.KEEP_VERSION: _INTERVIEWERS,
    Action.COPY: _EVERYBODY,
    Action.READ_PRIVATE: _INTERVIEWERS,
    Action.EDIT_PRIVATE: _INTERVIEWERS,
    Action.READ_SCORES: _PANEL,
    Action.RUN_SCORING: _PANEL,
    Action.SEE_PEOPLE: _PANEL,
    Action.MANAGE_LINKS: _PANEL,
    Action.MANAGE_SESSION: _HEADS,
    Action.END_SESSION: _PANEL,
    Action.RUN_INTERVIEW: _INTERVIEWERS,
    Action.SKIP_STEP: _WRITERS,
    Action.RATE: _INTERVIEWERS,
    Action.READ_PANEL: _PANEL,
    Action.DECIDE: _HEADS,
    Action.SIGN_OFF: _INTERVIEWERS,
    Action.RELEASE_REPORT: _HEADS,
    Action.EXPORT_RECORD: _PANEL,
    Action.REOPEN: _PANEL,
    Action.SET_ACCOMMODATIONS: frozenset({Role.OWNER}),
    Action.ERASE: _HEADS,
    Action.READ_AUDIT: _HEADS,
}

# Once a session has ended its record is final.
_NOT_AFTER_THE_END = frozenset(
    {
        Action.EDIT,
        Action.EDIT_PRIVATE,
        Action.KEEP_VERSION,
        Action.SWITCH_FLOW,
        Action.SKIP_STEP,
        Action.SET_ACCOMMODATIONS,
    }
)
# What the policy of an organisation may add to its administrators' rights.
_NOTES = frozenset({Action.READ_PRIVATE})
# What a candidate may do who waits in the lobby, and what none may while editing is frozen.
_WHILE_WAITING = frozenset({Action.VIEW_BRIEF})
_NOT_WHILE_FROZEN = frozenset({Action.EDIT, Action.SKIP_STEP})


@dataclass(frozen=True)
class Access:
    """What one actor is on one design session, as found by `designs.domain.access`.

    participant_id is None for somebody who only holds a read-only link, and for administrators.
    is_waiting: in the lobby. is_frozen: candidates cannot edit now. reads_notes: an administrator
    whose organisation lets them read the interviewers' private notes. ends_at: when the link that
    let them in expires, if it does.
    """

    design_id: UUID
    role: Role
    name: str
    color: int
    ended: bool = False
    participant_id: UUID | None = None
    is_waiting: bool = False
    is_frozen: bool = False
    reads_notes: bool = False
    ends_at: datetime | None = None


def can(access: Access | None, action: Action) -> bool:
    if access is None:
        return False
    if access.role not in RULES[action] and not (access.reads_notes and action in _NOTES):
        return False
    if access.is_waiting and action not in _WHILE_WAITING:
        return False
    if access.is_frozen and access.role == Role.CANDIDATE and action in _NOT_WHILE_FROZEN:
        return False
    return not (access.ended and action in _NOT_AFTER_THE_END)


def check(access: Access | None, action: Action) -> Access:
    """The access, if it allows the action. Raises NotFound otherwise: never says which."""
    if access is None or not can(access, action):
        raise NotFound("There is no such design, or this link does not open it.")
    return access


def allowed_actions(access: Access) -> list[Action]:
    return [action for action in Action if can(access, action)]
