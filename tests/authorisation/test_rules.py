"""The rules of the product beside the table that was written without looking at them."""

from typing import Any
from uuid import uuid4

import pytest

from apps.core.permissions import Action, Role
from apps.designs.rules import Access, can
from tests.authorisation.table import TABLE, may


def access(role: Role, **state: Any) -> Access:
    return Access(uuid4(), role, "Kim", 1, participant_id=uuid4(), **state)


def test_table_knows_every_action_and_role() -> None:
    assert set(TABLE["actions"]) == {action.value for action in Action}
    assert set(TABLE["roles"]) == {role.value for role in Role}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_rule_is_as_the_table_has_it(action: Action, role: Role) -> None:
    assert can(access(role), action) == may(role, action)


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.OBSERVER])
@pytest.mark.parametrize("action", Action)
def test_in_the_lobby(action: Action, role: Role) -> None:
    allowed = action.value in TABLE["waiting"][role.value]

    assert can(access(role, is_waiting=True), action) == allowed


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_while_frozen(action: Action, role: Role) -> None:
    taken = TABLE["frozen"].get(role.value, {"not": []})["not"]

    allowed = may(role, action) and action.value not in taken

    assert can(access(role, is_frozen=True), action) == allowed


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_after_the_end(action: Action, role: Role) -> None:
    allowed = may(role, action) and action.value not in TABLE["ended"]["everybody"]["not"]

    assert can(access(role, ended=True), action) == allowed
