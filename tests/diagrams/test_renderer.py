"""Whatever Graphviz does, the answer is a picture or a sentence, and nothing is left behind."""

import os
import sys
from pathlib import Path

import pytest

from apps.diagrams import renderer
from apps.diagrams.errors import (
    GraphvizMissing,
    GraphvizStopped,
    LayoutTooHard,
    PictureTooLarge,
    RenderFailed,
)
from apps.diagrams.renderer import ICONS, convert_svg, run_graphviz

SMALL = "digraph { a -> b }"
AN_ICON = "light-ranker-violet.png"


@pytest.fixture
def fake_dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `dot` that is found first; a test writes what it does."""
    program = tmp_path / "dot"
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return program


def write_program(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("fmt", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")]
)
def test_graphviz_draws(fmt: str, start: bytes) -> None:
    assert run_graphviz(SMALL, fmt).startswith(start)


@pytest.mark.parametrize(("fmt", "engine"), [("ps", "dot"), ("svg", "dot -v"), ("xdot", "dot")])
def test_other_formats_and_engines_are_refused(fmt: str, engine: str) -> None:
    with pytest.raises(ValueError, match="not a format or engine of ours"):
        run_graphviz(SMALL, fmt, engine)


@pytest.mark.parametrize(
    ("body", "failure", "words"),
    [
        ("kill -KILL $$", LayoutTooHard, "more time or memory"),
        ("kill -SEGV $$", GraphvizStopped, "stopped unexpectedly"),
        ("echo 'out of memory' >&2; kill -SEGV $$", LayoutTooHard, "more time or memory"),
        ("exit 0", GraphvizStopped, "wrote nothing"),
        ("echo '<script>alert(1)</script>' >&2; exit 1", GraphvizStopped, "(status 1)"),
        ("while :; do :; done", LayoutTooHard, "more time or memory"),
        ("exec head -c 20000000 /dev/zero > out", PictureTooLarge, "larger than 16 MB"),
    ],
)
def test_each_bad_end_has_its_sentence(
    fake_dot: Path,
    monkeypatch: pytest.MonkeyPatch,
    body: str,
    failure: type[RenderFailed],
    words: str,
) -> None:
    monkeypatch.setattr(renderer, "WALL_LIMIT_S", 0.5)
    write_program(fake_dot, body)

    with pytest.raises(failure) as caught:
        run_graphviz(SMALL, "svg")

    assert words in str(caught.value)
    assert "script" not in str(caught.value)


def test_slow_graphviz_and_its_children_are_killed(
    fake_dot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renderer, "WALL_LIMIT_S", 0.5)
    write_program(fake_dot, f"sleep 600 & echo $! > {tmp_path}/child; wait")

    with pytest.raises(LayoutTooHard):
        run_graphviz(SMALL, "svg")

    child = int((tmp_path / "child").read_text())
    assert not is_running(child)


def is_running(pid: int) -> bool:
    """Whether there is such a process; one that is dead and not yet buried is not running."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_all_attempts_at_one_picture_share_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer, "PICTURE_LIMIT_S", 0)

    with renderer.one_picture(), pytest.raises(LayoutTooHard):
        run_graphviz(SMALL, "svg")

    assert run_graphviz(SMALL, "svg")


def test_missing_graphviz_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(sys, "prefix", "/nowhere")

    with pytest.raises(GraphvizMissing, match="Run `apt-get install graphviz`"):
        run_graphviz(SMALL, "svg")


def test_missing_converter_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    assert convert_svg(b"<svg/>", "png", 1) is None


def test_too_much_input_is_refused_before_it_runs() -> None:
    with pytest.raises(PictureTooLarge):
        run_graphviz(" " * (renderer.MAX_INPUT_BYTES + 1), "svg")


def test_later_graphviz_is_run_without_the_variables_it_refuses(fake_dot: Path) -> None:
    refusal = "This sandboxing mechanism is no longer supported"
    asked = 'echo "$GV_FILE_PATH" >> "$0.log"'
    write_program(
        fake_dot,
        f'{asked}; [ -z "$GV_FILE_PATH" ] || {{ echo {refusal} >&2; exit 1; }}; echo "$@" > out',
    )

    answers = [run_graphviz(SMALL, "svg") for _ in range(2)]

    assert all(f"-Gimagepath={ICONS}".encode() in answer for answer in answers)
    assert fake_dot.with_suffix(".log").read_text().split("\n") == [str(ICONS), "", "", ""]


def test_port_beside_python_is_found_and_measures_in_its_own_font(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    write_program(folder / "graphviz-pure", "exit 0")
    (folder / "dot").symlink_to("graphviz-pure")
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))

    assert renderer.font() == "Arial"


def test_graphviz_sees_nothing_of_ours(fake_dot: Path) -> None:
    write_program(fake_dot, "{ env; pwd; ls -A; } > /dev/null; env > out")

    names = {line.split(b"=")[0].decode() for line in run_graphviz(SMALL, "svg").splitlines()}

    ours = {"PATH", "LC_ALL", "HOME", "SERVER_NAME", "GV_FILE_PATH"}
    assert names - {"PWD", "OLDPWD", "SHLVL", "_"} == ours


def picture_of(path: str) -> bytes:
    cell = f'<TD><IMG SRC="{path}"/></TD>'
    return run_graphviz(f"digraph {{ a [label=<<TABLE><TR>{cell}</TR></TABLE>>] }}", "svg")


@pytest.mark.parametrize("path", ["/etc/hostname", "../renderer.py", "icons/none.png"])
def test_graphviz_opens_nothing_else(path: str) -> None:
    with pytest.raises(GraphvizStopped):
        picture_of(path)


def test_graphviz_opens_an_icon_by_its_name() -> None:
    assert b"<image" in picture_of(AN_ICON)


def test_too_many_at_once_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer, "QUEUE_LIMIT_S", 0.01)

    with renderer._slot(), renderer._slot(), pytest.raises(RenderFailed, match="at once"):
        run_graphviz(SMALL, "svg")
