"""A list shows and withholds the panels that each interview by itself would, whoever asks."""

import random
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from apps.accounts.models import Guest, User
from apps.core.permissions import Action, Role
from apps.designs.domain.access import access_for
from apps.designs.models import Participant, ShareLink
from apps.designs.rules import can
from apps.interviews.domain.queries.seats import panels_of
from apps.interviews.domain.withholding import may_see_peers
from apps.interviews.models import Interview, Rating, Reveal, ScoreCard
from apps.teams.models import Membership, Organisation
from apps.teams.rules import MemberRole
from tests.factories import actor_for, make_guest, make_interview, make_user

INTERVIEWS, PEOPLE = 16, 6
HELD_ROLES = [Role.INTERVIEWER.value, Role.CANDIDATE.value, Role.OBSERVER.value]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_a_list_says_what_each_interview_says(seed: int) -> None:
    chance = random.Random(seed)
    users = [make_user(f"Person {number}") for number in range(PEOPLE)]
    guests = [make_guest(f"Guest {number}") for number in range(2)]
    Guest.objects.filter(pk=guests[0].pk).update(claimed_by=users[0])
    organisations = some_organisations(chance, users)
    interviews = [some_interview(chance, organisations, users, guests) for _ in range(INTERVIEWS)]

    seen = 0
    for somebody in (*users, *guests, None):
        actor = actor_for(somebody)
        listed = {one.pk: (one.is_own_card_in, one.is_own) for one in panels_of(actor)}
        assert listed == by_each_alone(somebody, interviews)
        seen += len(listed)
    assert seen > INTERVIEWS


def by_each_alone(somebody: User | Guest | None, interviews: list[Interview]) -> object:
    found = {}
    for interview in interviews:
        access = access_for(actor_for(somebody), interview.design)
        if access is not None and can(access, Action.READ_PANEL):
            is_own = access.role == Role.OWNER
            found[interview.pk] = (may_see_peers(interview, access), is_own)
    return found


def some_organisations(chance: random.Random, users: list[User]) -> list[Organisation]:
    organisations = [
        Organisation.objects.create(
            name=str(number), slug=f"o{number}", requires_two_factor=number == 2
        )
        for number in range(3)
    ]
    for user in users:
        EmailAddress.objects.create(user=user, email=user.email, verified=chance.random() < 0.5)
        for organisation in chance.sample(organisations, 2):
            has_left = chance.random() < 0.2
            Membership.objects.create(
                organisation=organisation,
                user=user,
                role=chance.choice([MemberRole.ADMIN, MemberRole.INTERVIEWER]),
                ended_at=timezone.now() if has_left else None,
            )
    return organisations


def some_interview(
    chance: random.Random,
    organisations: list[Organisation],
    users: list[User],
    guests: list[Guest],
) -> Interview:
    owner, *others = chance.sample(users, 4)
    interview = make_interview(owner, candidate_email=chance.choice([users[0].email, ""]))
    interview.ended_at = chance.choice([None, timezone.now(), timezone.now()])
    interview.save()
    interview.design.organisation = chance.choice([None, *organisations])
    interview.design.save()
    newcomers: list[User | Guest] = [*others, chance.choice(guests)]
    for somebody in newcomers:
        sit_down(chance, interview, somebody)
    for seat in interview.design.participants.all():
        rate(chance, interview, seat)
    return interview


def sit_down(chance: random.Random, interview: Interview, somebody: User | Guest) -> None:
    link = ShareLink.objects.create(
        design=interview.design,
        role=Role.INTERVIEWER.value,
        token_hash=str(chance.random()),
        revoked_at=chance.choice([None, None, timezone.now()]),
        expires_at=chance.choice([None, None, timezone.now() - timedelta(days=1)]),
    )
    Participant.objects.create(
        design=interview.design,
        user=somebody if isinstance(somebody, User) else None,
        guest=somebody if isinstance(somebody, Guest) else None,
        role=chance.choice(HELD_ROLES),
        name="Somebody",
        color=1,
        link=chance.choice([None, link]),
        removed_at=chance.choice([None, None, None, timezone.now()]),
    )


def rate(chance: random.Random, interview: Interview, seat: Participant) -> None:
    now = timezone.now()
    status = chance.choice(["", "draft", "begun", "submitted", "submitted"])
    if status:
        card = ScoreCard.objects.create(
            interview=interview,
            rater=seat,
            status="submitted" if status == "submitted" else "draft",
            verdict="yes" if status == "submitted" else "",
            submitted_at=now if status == "submitted" else None,
            is_training=chance.random() < 0.2,
            created_at=now,
            updated_at=now,
        )
        if status == "begun":
            Rating.objects.create(card=card, item="data", kind="step", level=2, updated_at=now)
    if chance.random() < 0.2:
        Reveal.objects.create(interview=interview, participant=seat, what="peers", at=now)
