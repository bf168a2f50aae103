"""What happens in an organisation is written into the audit log, with who did it."""

from collections.abc import Mapping

from apps.accounts.models import User
from apps.audit import domain as audit
from apps.core.json import Json
from apps.teams.models import Organisation


def record(kind: str, actor: User, organisation: Organisation, details: Mapping[str, Json]) -> None:
    audit.record(
        kind,
        actor_id=actor.id,
        actor_name=actor.display_name,
        organisation_id=organisation.id,
        details=dict(details),
    )
