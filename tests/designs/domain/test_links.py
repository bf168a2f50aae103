"""Share links: what is stored, what they open, and when they stop."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from apps.core.errors import Invalid, NotFound
from apps.core.permissions import Role
from apps.designs import signals
from apps.designs.domain.links import create_link, exchange, revoke_link
from tests.factories import make_design, make_link, owner_access

pytestmark = pytest.mark.django_db


def test_token_opens_its_link_and_is_not_stored() -> None:
    link, token = make_link(make_design())

    assert exchange(token) == link
    assert token not in str(vars(link))


def test_two_links_have_different_tokens_of_enough_bits() -> None:
    design = make_design()

    tokens = {make_link(design)[1] for _ in range(20)}

    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 32


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000, "\x00", "ä"])
def test_unknown_token_opens_nothing(token: str) -> None:
    with pytest.raises(NotFound):
        exchange(token)


def test_revoked_and_expired_tokens_open_nothing_in_the_same_words() -> None:
    design = make_design()
    revoked, revoked_token = make_link(design)
    revoke_link(design, revoked.id)
    _, expired_token = make_link(design)
    design.links.filter(revoked_at=None).update(expires_at=timezone.now() - timedelta(seconds=1))

    answers = set()
    for token in (revoked_token, expired_token, "unknown"):
        with pytest.raises(NotFound) as caught:
            exchange(token)
        answers.add(str(caught.value))

    assert len(answers) == 1


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN])
def test_link_makes_neither_owner_nor_administrator(role: Role) -> None:
    design = make_design()

    with pytest.raises(Invalid):
        create_link(owner_access(design), design, role)


def test_link_must_end_in_the_future() -> None:
    design = make_design()

    with pytest.raises(Invalid):
        create_link(owner_access(design), design, Role.CANDIDATE, timezone.now())


def test_link_of_another_design_cannot_be_revoked() -> None:
    link, _ = make_link(make_design())

    with pytest.raises(NotFound):
        revoke_link(make_design(), link.id)


def test_revoking_tells_the_rooms_after_the_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    design = make_design()
    link, _ = make_link(design)
    told: list[UUID] = []

    def listen(design_id: UUID, **_: object) -> None:
        told.append(design_id)

    signals.access_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            revoke_link(design, link.id)
            assert told == []
    finally:
        signals.access_changed.disconnect(listen)

    assert told == [design.id]
