"""What all tests share: fast passwords, repeatable random inputs, a word on missing services."""

import os

import pytest
from hypothesis import settings as hypothesis_settings

# Tests know what words alone give. Those of tests/scoring/semantic ask for the other channel.
os.environ["NINESTEP_SCORING_CHANNELS"] = "lexical"

hypothesis_settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis_settings.load_profile("repeatable")

NEEDS_SERVICES = pytest.mark.skip(reason="needs PostgreSQL and Valkey: run `make test`")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        return
    for item in items:
        if item.get_closest_marker("services"):
            item.add_marker(NEEDS_SERVICES)


@pytest.fixture(autouse=True)
def _fast_passwords(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
