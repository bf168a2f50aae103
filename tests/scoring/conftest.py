import pytest

from apps.content import registry
from apps.scoring.domain.engines import compiled
from apps.scoring.engine.rubric import Rubric


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return compiled(registry.rubric())
