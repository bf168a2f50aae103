"""The model of the semantic channel, loaded once for all tests that need it."""

import os

import pytest

from apps.scoring.semantic import channel
from apps.scoring.semantic.model import Model, find_model, load_model
from apps.scoring.semantic.vectors import SentenceVectors


@pytest.fixture(scope="session")
def model() -> Model:
    need_the_extra()
    return load_model(find_model())


@pytest.fixture(scope="session")
def vectors() -> SentenceVectors:
    need_the_extra()
    return channel.load()


def need_the_extra() -> None:
    """Where it cannot be installed these tests say so; where everything is checked it must be."""
    if reason := channel.why_not():
        if os.environ.get("CI"):
            pytest.fail(f"The semantic channel is not tested: {reason}")
        pytest.skip(reason)
