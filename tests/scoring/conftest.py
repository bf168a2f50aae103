from typing import TypeAlias
from uuid import UUID

import pytest
from django.utils import timezone

from apps.content import registry
from apps.core.events import Audience
from apps.core.jobs import queue
from apps.core.json import JsonObject
from apps.designs.models import DesignSession
from apps.scoring.domain import coverage, runs
from apps.scoring.domain.engines import compiled
from apps.scoring.engine.rubric import Rubric

Told: TypeAlias = list[tuple[UUID, Audience, str, JsonObject]]


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return compiled(registry.rubric())


@pytest.fixture
def design(db: None) -> DesignSession:
    return DesignSession.objects.create(
        kind="practice", title="A design", flow_id="ml-9-step", updated_at=timezone.now()
    )


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The ids of jobs that were given to Celery, in order."""
    ids: list[UUID] = []
    monkeypatch.setattr(queue, "send", ids.append)
    return ids


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """The events that were published, in order."""
    events: Told = []
    for module in (runs, coverage):
        monkeypatch.setattr(module, "publish", lambda *event: events.append(event))
    return events
