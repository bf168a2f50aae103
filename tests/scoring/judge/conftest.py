from collections.abc import Iterator

import pytest

from tests.scoring.judge.endpoint import FakeEndpoint, serving


@pytest.fixture
def fake() -> Iterator[FakeEndpoint]:
    with serving() as endpoint:
        yield endpoint
