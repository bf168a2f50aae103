"""The product in a process of its own."""

from collections.abc import Iterator

import pytest

from tests.rooms.product import Product


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    product = Product(tmp_path_factory.mktemp("data"))
    product.migrate()
    product.start()
    yield product
    product.stop()


@pytest.fixture
def product(running: Product) -> Product:
    """A running product on SQLite; a test may kill it."""
    if not running.is_running:
        running.start(running.port)
    return running
