"""Rows follow the document, lose nothing of it, and never go back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis.extra.django import TestCase

from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse
from apps.designs.domain.projection import document_of_rows, project
from apps.designs.models import Annotation, Component, DesignSession
from tests.designs.document.documents import EXAMPLE, documents, example, patiently


def design() -> DesignSession:
    yesterday = timezone.now() - timedelta(days=1)
    return DesignSession.objects.create(
        kind="practice", title="T", flow_id="ml-9-step", flow_version="1.0.0", updated_at=yesterday
    )


def content(document: DesignDocument) -> object:
    return document["steps"], document["board"]


class RowsLoseNothing(TestCase):
    """A TestCase, because Hypothesis needs a transaction for each of its examples."""

    @given(documents())
    @patiently
    def test_there_and_back(self, document: DesignDocument) -> None:
        session = design()

        assert project(session, document, 1)

        assert content(document_of_rows(session)) == content(document)


@pytest.mark.django_db
def test_columns_hold_what_queries_ask_for() -> None:
    session = design()

    project(session, parse(EXAMPLE), 3)

    log = Component.objects.get(design=session, item_id="log")
    assert (log.type, log.name, log.group) == ("event-logger", "Event log", "events")
    assert Annotation.objects.filter(design=session).count() == 3
    assert session.projected_seq == 3
    assert session.updated_at > timezone.now() - timedelta(hours=1)


@pytest.mark.django_db
def test_rows_are_replaced_whole() -> None:
    session = design()
    smaller = example()
    smaller["board"] = {"texts": [{"id": "only", "text": "left"}]}

    project(session, parse(EXAMPLE), 1)
    project(session, parse(smaller), 2)

    assert content(document_of_rows(session)) == content(parse(smaller))


@pytest.mark.django_db
@pytest.mark.parametrize("seq", [4, 5])
def test_an_older_document_does_not_undo_a_newer_one(seq: int) -> None:
    session = design()
    project(session, parse(EXAMPLE), 5)
    older = example()
    older["steps"] = []

    assert not project(session, parse(older), seq)

    assert session.projected_seq == 5
    assert len(document_of_rows(session)["steps"]) == 2
