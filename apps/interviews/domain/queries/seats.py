"""Which interviews may somebody read the panel of, and how far?

`designs.domain.access` decides it for one design; these are the same rules for a list.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from apps.accounts.actors import Actor
from apps.core.permissions import Action, Role
from apps.designs.domain.queries.people import has_right
from apps.designs.models import Participant
from apps.designs.rules import RULES
from apps.interviews.domain.withholding import begun
from apps.interviews.models import Interview, Reveal, ScoreCard
from apps.teams.domain.invitations import confirmed_addresses
from apps.teams.domain.second_factor import has_second_factor
from apps.teams.models import Membership
from apps.teams.rules import MemberRole

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Seat(TypedDict):
    """What `panels_of` adds to an interview."""

    is_own_card_in: bool
    is_own: bool


SeatedInterview: TypeAlias = "WithAnnotations[Interview, Seat]"
Panels: TypeAlias = "QuerySet[SeatedInterview, SeatedInterview]"

PANEL: Final = [role.value for role in RULES[Action.READ_PANEL]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the list asks of a person, read once: a few ids, however many interviews there are.

    led: organisations that they administer. barred: those that let them see nothing.
    addresses, claimed: by which they are a candidate; designs, of those they came to as a guest.
    """

    led: list[UUID]
    barred: list[UUID]
    addresses: set[str]
    claimed: list[UUID]


def panels_of(actor: Actor) -> Panels:
    """Interviews whose panel the actor may read, with `is_own_card_in` and `is_own`.

    Until their own card is in, everything that others gave is withheld from them. Who gave up
    theirs has seen the others'; administrators give none, and wait for all. See `withholding`.

    Everything is asked of `place`, the one row that an actor has on a design, found by its key.
    """
    if actor.is_stranger:
        none = Interview.objects.none()
        return none.annotate(is_own_card_in=Value(False), is_own=Value(False))
    is_seated = Q(place__isnull=False, place__role__in=PANEL) & has_right("place__")
    is_own = Q(place__role=Role.OWNER.value) & is_seated
    interviews: QuerySet[Any] = Interview.objects.alias(place=_place_of(actor))
    is_in: Q | Case = _is_own_in()
    if actor.user_id is None:
        interviews = interviews.filter(is_seated)
    else:
        standing = _standing_of(actor.user_id)
        interviews = _visible(interviews, standing, is_seated, is_own)
        if standing.led:
            is_in = _either(is_seated, is_in, _all_cards_are_in())
    panels: Panels = interviews.annotate(
        is_own_card_in=ExpressionWrapper(is_in, output_field=BooleanField()),
        is_own=_either(is_own, Value(True), Value(False)),
    )
    return panels


def rated_by(actor: Actor) -> Q:
    """Cards of this actor. Not for strangers, who have none."""
    if actor.user_id:
        return Q(rater__user_id=actor.user_id)
    return Q(rater__guest_id=actor.guest_id)


def _place_of(actor: Actor) -> FilteredRelation:
    people = "design__participants"
    is_actor = (
        Q(**{f"{people}__user_id": actor.user_id})
        if actor.user_id
        else Q(**{f"{people}__guest_id": actor.guest_id})
    )
    return FilteredRelation(people, condition=is_actor)


def _either(condition: Q, then: Any, otherwise: Any) -> Case:
    return Case(When(condition, then=then), default=otherwise, output_field=BooleanField())


def _is_own_in() -> Q:
    """Of somebody with a seat: their card is in, or they gave it up and saw the others'."""
    card = _submitted().filter(rater_id=OuterRef("place__id"))
    seen = Reveal.objects.filter(
        interview_id=OuterRef("pk"), participant_id=OuterRef("place__id"), what=Reveal.What.PEERS
    )
    return Q(Exists(card)) | Q(Exists(seen))


def _submitted() -> QuerySet[ScoreCard]:
    return ScoreCard.objects.filter(status=ScoreCard.Status.SUBMITTED, interview_id=OuterRef("pk"))


def _all_cards_are_in() -> Q:
    """As `withholding.all_are_in` says it for one interview."""
    drafts = ScoreCard.objects.filter(
        status=ScoreCard.Status.DRAFT, is_training=False, interview_id=OuterRef("pk")
    )
    is_any_in = Q(Exists(_submitted().filter(is_training=False)))
    return Q(ended_at__isnull=False) & is_any_in & ~Q(Exists(begun(drafts)))


def _visible(
    interviews: QuerySet[Any], standing: Standing, is_seated: Q, is_own: Q
) -> QuerySet[Any]:
    """What organisations give and take: administrators are let in; who has left or lacks the second
    factor is not, and neither is a former candidate."""
    if standing.led:
        by_office = Q(design__organisation_id__in=standing.led, place__isnull=True)
        interviews = interviews.filter(is_seated | by_office)
    else:
        interviews = interviews.filter(is_seated)
    if standing.barred:
        interviews = interviews.exclude(design__organisation_id__in=standing.barred)
    was_candidate = Q()
    if standing.addresses:
        was_candidate |= Q(candidate_email__in=standing.addresses)
    if standing.claimed:
        was_candidate |= Q(pk__in=standing.claimed)
    return interviews.filter(~was_candidate | is_own) if was_candidate else interviews


def _standing_of(user_id: UUID) -> Standing:
    rows = Membership.objects.filter(user_id=user_id).values_list(
        "organisation_id", "role", "ended_at", "organisation__requires_two_factor"
    )
    memberships = list(rows)
    lacks_factor = any(asks for *_, asks in memberships) and not has_second_factor(user_id)
    claimed = Participant.objects.filter(role=Role.CANDIDATE.value, guest__claimed_by=user_id)
    return Standing(
        led=[one for one, role, end, _ in memberships if role == MemberRole.ADMIN and not end],
        barred=[one for one, _, end, asks in memberships if end or (asks and lacks_factor)],
        addresses=confirmed_addresses(user_id),
        claimed=list(claimed.values_list("design_id", flat=True)),
    )
