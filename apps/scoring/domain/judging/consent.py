"""May a design's notes be sent to the judge? Only where its owner says so, and until then.

A consent names the host and the model. When the operator changes either, nobody has consented yet.
"""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.core.errors import Conflict
from apps.core.permissions import Action
from apps.designs.models import DesignSession
from apps.designs.rules import Access, check
from apps.scoring.judge.client import Endpoint
from apps.scoring.models import JudgeConsent


def configured() -> Endpoint | None:
    """The operator's endpoint; None where the judge is off."""
    url, key, model = settings.JUDGE_URL, settings.JUDGE_KEY, settings.JUDGE_MODEL
    return Endpoint(url, key, model) if url and key and model else None


def consent_that_holds(design: DesignSession, endpoint: Endpoint | None) -> JudgeConsent | None:
    """Read anew each time: it may be withdrawn at any moment."""
    if endpoint is None:
        return None
    given = JudgeConsent.objects.filter(design=design, withdrawn_at__isnull=True)
    return given.filter(host=endpoint.host, model=endpoint.model).first()


def give(design: DesignSession, access: Access | None) -> None:
    """Raises NotFound unless the owner asks, Conflict where there is no judge."""
    access = check(access, Action.MANAGE_SESSION)
    endpoint = configured()
    if endpoint is None:
        raise Conflict("This server has no judge to send anything to.")
    with transaction.atomic():
        DesignSession.objects.select_for_update().get(id=design.id)
        if consent_that_holds(design, endpoint) is None:
            withdraw(design, access)  # one for another model
            JudgeConsent.objects.create(
                design=design,
                host=endpoint.host,
                model=endpoint.model,
                given_by_id=access.participant_id,
                given_by_name=access.name,
            )


def withdraw(design: DesignSession, access: Access | None) -> None:
    """Nothing is sent from here on. Raises NotFound unless the owner asks."""
    access = check(access, Action.MANAGE_SESSION)
    given = JudgeConsent.objects.filter(design=design, withdrawn_at__isnull=True)
    given.update(withdrawn_at=timezone.now(), withdrawn_by_name=access.name)
