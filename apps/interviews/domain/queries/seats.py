"""Which interviews may somebody read the panel of, and how far?

`designs.domain.access` decides it for one design; these are the same rules for a list.
"""

from typing import TYPE_CHECKING, TypeAlias, TypedDict
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value

from apps.accounts.actors import Actor
from apps.core.permissions import Action, Role
from apps.designs.domain.queries.people import has_right, is_actor
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

PANEL = [role.value for role in RULES[Action.READ_PANEL]]


def panels_of(actor: Actor) -> Panels:
    """Interviews whose panel the actor may read, with `is_own_card_in` and `is_own`.

    Until their own card is in, everything that others gave is withheld from them. Who gave up
    theirs has seen the others'; administrators give none, and wait for all. See `withholding`.
    """
    if actor.is_stranger:
        none = Interview.objects.none()
        return none.annotate(is_own_card_in=Value(False), is_own=Value(False))
    places = Participant.objects.filter(is_actor(actor))
    seats = places.filter(has_right(), role__in=PANEL)
    owned = seats.filter(role=Role.OWNER.value)
    interviews = Interview.objects.filter(pk__in=seats.values("design_id"))
    if actor.user_id is not None:
        interviews = _with_the_organisations(actor.user_id, seats, places, owned)
    seen = Reveal.objects.filter(
        interview_id=OuterRef("pk"), what=Reveal.What.PEERS, participant__in=seats
    )
    is_in = (
        Q(Exists(_submitted().filter(rated_by(actor))))
        | Q(Exists(seen))
        | (~Q(Exists(seats.filter(design_id=OuterRef("pk")))) & _all_cards_are_in())
    )
    return interviews.annotate(
        is_own_card_in=ExpressionWrapper(is_in, output_field=BooleanField()),
        is_own=Exists(owned.filter(design_id=OuterRef("pk"))),
    )


def rated_by(actor: Actor) -> Q:
    """Cards of this actor. Not for strangers, who have none."""
    if actor.user_id:
        return Q(rater__user_id=actor.user_id)
    return Q(rater__guest_id=actor.guest_id)


def _submitted() -> QuerySet[ScoreCard]:
    return ScoreCard.objects.filter(status=ScoreCard.Status.SUBMITTED, interview_id=OuterRef("pk"))


def _all_cards_are_in() -> Q:
    """As `withholding.all_are_in` says it for one interview."""
    drafts = ScoreCard.objects.filter(
        status=ScoreCard.Status.DRAFT, is_training=False, interview_id=OuterRef("pk")
    )
    is_any_in = Q(Exists(_submitted().filter(is_training=False)))
    return Q(ended_at__isnull=False) & is_any_in & ~Q(Exists(begun(drafts)))


def _with_the_organisations(
    user_id: UUID,
    seats: QuerySet[Participant],
    places: QuerySet[Participant],
    owned: QuerySet[Participant],
) -> QuerySet[Interview]:
    """What organisations give and take: administrators are let in; who has left or lacks the second
    factor is not, and neither is a former candidate."""
    memberships = Membership.objects.filter(user_id=user_id)
    barred = Q(ended_at__isnull=False)
    if not has_second_factor(user_id):
        barred |= Q(organisation__requires_two_factor=True)
    led = memberships.filter(role=MemberRole.ADMIN, ended_at__isnull=True)
    by_place = Q(pk__in=seats.values("design_id"))
    by_office = Q(design__organisation_id__in=led.values("organisation_id")) & ~Q(
        pk__in=places.values("design_id")
    )
    was_candidate = Q(candidate_email__in=confirmed_addresses(user_id)) | Q(
        pk__in=Participant.objects.filter(
            role=Role.CANDIDATE.value, guest__claimed_by=user_id
        ).values("design_id")
    )
    is_barred = Q(design__organisation_id__isnull=False) & Q(
        design__organisation_id__in=memberships.filter(barred).values("organisation_id")
    )
    return Interview.objects.filter(by_place | by_office).exclude(
        is_barred | (was_candidate & ~Q(pk__in=owned.values("design_id")))
    )
