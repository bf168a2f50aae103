"""A session keeps the version of a pack that it began with."""

from dataclasses import replace

import pytest

from apps.content import registry
from apps.content.domain.library import flow_at
from apps.content.domain.versions import pack_at, record_versions
from apps.content.loader import Pack, pack_from
from apps.content.models import PackVersion
from apps.core.errors import Invalid, NotFound

pytestmark = pytest.mark.django_db


def earlier_flow(**changes: object) -> Pack:
    """The flow as an earlier release had it."""
    document = {**registry.pack("flow", "ml-9-step").document, "version": "0.9.0", **changes}
    return pack_from("flow", document)


def test_recording_twice_changes_nothing() -> None:
    packs = [registry.pack("flow", "ml-9-step"), earlier_flow()]

    assert record_versions(packs) == 2
    before = list(PackVersion.objects.values())
    assert record_versions(packs) == 0
    assert list(PackVersion.objects.values()) == before


def test_an_earlier_version_is_read_as_it_was() -> None:
    record_versions([earlier_flow(name="The flow of old")])

    assert flow_at("ml-9-step", "0.9.0").name == "The flow of old"
    assert flow_at("ml-9-step", registry.flow().version) == registry.flow()


def test_a_version_never_in_use_here_is_not_found() -> None:
    with pytest.raises(NotFound, match=r"no version 0\.1\.0 of the flow"):
        pack_at("flow", "ml-9-step", "0.1.0")


def test_a_version_cannot_come_to_say_something_else() -> None:
    record_versions([earlier_flow(name="One")])

    with pytest.raises(Invalid, match=r"\$\.version is 0\.9\.0 as before"):
        record_versions([earlier_flow(name="Two")])

    assert flow_at("ml-9-step", "0.9.0").name == "One"


def test_an_author_may_replace_a_version() -> None:
    record_versions([earlier_flow(name="One")])

    assert record_versions([earlier_flow(name="Two")], replace=True) == 1

    assert flow_at("ml-9-step", "0.9.0").name == "Two"


def test_all_versions_are_recorded_or_none() -> None:
    record_versions([earlier_flow(name="One")])
    fine = registry.pack("problem", "rec-video")

    with pytest.raises(Invalid):
        record_versions([replace(fine, folder=None), earlier_flow(name="Two")])

    assert not PackVersion.objects.filter(kind="problem").exists()
