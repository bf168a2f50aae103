"""Static files: served whole, compressed where the build has done so, kept where that is safe."""

from pathlib import Path

import pytest
from django.test import AsyncClient, Client
from pytest_django import Settings

SCRIPT = "assets/board-0a1B2c3D.js"


@pytest.fixture(autouse=True)
def build(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / SCRIPT).write_text("draw();\n" * 9)
    (tmp_path / f"{SCRIPT}.gz").write_bytes(b"gzipped")
    (tmp_path / f"{SCRIPT}.br").write_bytes(b"brotli")
    settings.STATICFILES_DIRS = [tmp_path]


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("", b"draw();\n" * 9), ("gzip", b"gzipped"), ("gzip, br", b"brotli")],
)
def test_script_comes_as_small_as_the_browser_takes_it(accepted: str, expected: bytes) -> None:
    answer = Client().get(f"/static/{SCRIPT}", headers={"Accept-Encoding": accepted})

    assert answer.content == expected
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["Cache-Control"]


def test_script_is_not_sent_again() -> None:
    tag = Client().get(f"/static/{SCRIPT}").headers["ETag"]

    answer = Client().get(f"/static/{SCRIPT}", headers={"If-None-Match": tag})

    assert (answer.status_code, answer.content) == (304, b"")


async def test_static_file_is_served_without_a_warning_under_asgi() -> None:
    answer = await AsyncClient().get(f"/static/{SCRIPT}")

    assert not answer.streaming
    assert answer.content == b"draw();\n" * 9
