"""Vectors of sentences outlive the worker that embedded them, and go when nobody needs them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.scoring.child import scorer
from apps.scoring.domain.sentence_store import BATCH, KEPT, NOTED, SentenceStore, prune
from apps.scoring.models import SentenceVector

pytestmark = pytest.mark.django_db


def used(key: str, ago: timedelta) -> None:
    SentenceVector.objects.create(key=key, vector=b"1", used_at=timezone.now() - ago)


def kept() -> set[str]:
    return set(SentenceVector.objects.values_list("key", flat=True))


def test_what_one_worker_puts_another_finds() -> None:
    SentenceStore().put_many({"a": b"\x00\x01", "b": b"\x02"})

    assert SentenceStore().get_many(["a", "c"]) == {"a": b"\x00\x01"}


def test_more_keys_than_fit_into_one_statement() -> None:
    many = {f"{number:04}": b"1" for number in range(BATCH * 2 + 1)}
    SentenceStore().put_many(many)

    assert SentenceStore().get_many(many) == many


def test_two_workers_may_put_the_same() -> None:
    SentenceStore().put_many({"a": b"1"})

    SentenceStore().put_many({"a": b"1", "b": b"2"})

    assert kept() == {"a", "b"}


def test_a_use_is_noted_when_the_last_one_is_a_day_ago() -> None:
    used("old", NOTED + timedelta(minutes=1))
    before = timezone.now()

    SentenceStore().get_many(["old"])

    assert SentenceVector.objects.get(key="old").used_at >= before


def test_what_was_not_used_for_long_goes() -> None:
    used("old", KEPT + timedelta(minutes=1))
    used("new", timedelta())

    prune(timezone.now())

    assert kept() == {"new"}


def test_of_too_many_the_least_used_go() -> None:
    for days in range(4):
        used(f"{days} days ago", timedelta(days=days))

    prune(timezone.now(), most=2)

    assert kept() == {"0 days ago", "1 days ago"}


def test_putting_prunes_once_an_hour() -> None:
    store = SentenceStore()
    used("old", KEPT + timedelta(minutes=1))
    store.put_many({"a": b"1"})
    used("old too", KEPT + timedelta(minutes=1))

    store.put_many({"b": b"1"})

    assert kept() == {"a", "b", "old too"}


def test_the_scorer_of_every_process_uses_the_table() -> None:
    assert isinstance(scorer().vectors, SentenceStore)
