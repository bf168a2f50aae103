"""What happens in an organisation is written down, with who did it."""

import logging
from collections.abc import Mapping

from apps.accounts.models import User
from apps.core.json import Json
from apps.teams.models import Organisation

log = logging.getLogger(__name__)


def record(kind: str, actor: User, organisation: Organisation, details: Mapping[str, Json]) -> None:
    log.info("%s in team %s by %s: %s", kind, organisation.id, actor.id, details)
