"""Which share links open something now."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.designs.models import DesignSession, ShareLink


def is_live(link: ShareLink) -> bool:
    if link.revoked_at is not None:
        return False
    return link.expires_at is None or link.expires_at > timezone.now()


def live(prefix: str, now: datetime) -> Q:
    """`is_live` as a condition on the link at `prefix`, such as "" or "link__"."""
    no_end = Q(**{f"{prefix}expires_at__isnull": True})
    later = Q(**{f"{prefix}expires_at__gt": now})
    return Q(**{f"{prefix}revoked_at__isnull": True}) & (no_end | later)


def live_links(design: DesignSession) -> QuerySet[ShareLink]:
    return design.links.filter(live("", timezone.now())).order_by("created_at")
