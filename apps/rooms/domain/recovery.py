"""Lets documents in quarantine go on, when their owner says so."""

import logging
from uuid import UUID

from django.db import transaction

from apps.core.errors import Conflict
from apps.core.events import Audience, broadcast, publish
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain.log import EMPTY_UPDATE, logs_of, restart
from apps.rooms.domain.projecting import request_projection
from apps.rooms.domain.quarantine import open_readable, quarantined_keys
from apps.rooms.groups import RELOAD, room_group
from apps.rooms.models import Log

NOTHING_TO_DO = "All of this session can be read. There is nothing to recover."

logger = logging.getLogger(__name__)


def recover(design_id: UUID) -> list[DocumentName]:
    """Restarts those of a design's documents that are in quarantine. Raises Conflict if none is."""
    keys = quarantined_keys(design_id)
    recovered = [key.name for key in keys if restart_from_last_good(key)]
    if not recovered:
        raise Conflict(NOTHING_TO_DO)
    return sorted(set(recovered))


def restart_from_last_good(key: DocumentKey) -> bool:
    """Lets a document go on from its last good state. False if it is in no quarantine.

    No row is deleted; those that could not be read are left out from now on. The epoch is a new
    one: what browsers hold beyond that state is put aside there rather than merged in.
    """
    logs = logs_of(key).exclude(quarantine="")
    with transaction.atomic():
        log = logs.select_for_update().first()
        if log is None:
            return False
        seq = restart(log.id, open_readable(key).base or EMPTY_UPDATE)
        left_out = [*log.left_out, [(log.good_seq or 0) + 1, seq - 1]]
        Log.objects.filter(id=log.id).update(quarantine="", good_seq=None, left_out=left_out)
        broadcast(room_group(key), RELOAD)
        publish(key.design_id, Audience.EVERYBODY, "document.recovered", {})
    logger.warning("%s goes on at row %d from its state of row %d", log, seq, log.good_seq)
    if key.name == DocumentName.BOARD:
        request_projection(key.design_id)
    return True
