"""What the cells of all transports share."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from apps.designs.models import DesignSession
from apps.interviews.models import ReleasedReport

NOISE = re.compile(r'nonce="[^"]+"|csrf\w*" value="[^"]+"|/(designs|teams)/[0-9a-f-]{36}')


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is taken back, so that many cells can share one interview."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def seen(answer: HttpResponse) -> tuple[int, str]:
    """Without what differs from one answer to the next anyway."""
    return answer.status_code, NOISE.sub("", answer.content.decode())


def make_report(design: DesignSession) -> ReleasedReport:
    """One that its candidate may read."""
    return ReleasedReport.objects.create(
        interview_id=design.id, token_hash="0" * 64, body={}, released_at=timezone.now()
    )
