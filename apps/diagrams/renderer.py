"""How is Graphviz run without trusting it? As a bounded child process, one per picture.

The bounds were measured: memory, CPU, wall clock, output and open files are capped from outside
(`prlimit`, not preexec_fn, which is unsafe in a process with threads), the working folder is empty
and thrown away. SERVER_NAME and GV_FILE_PATH together let Graphviz 2 open base names in the icon
folder and nothing else. Later versions refuse to run with them; there only the escapes keep it from
other files, since no word of a user reaches an attribute. Formats and engines come from fixed sets;
no flag is ever a user's.

Where Graphviz cannot be installed, `scripts/setup` puts a port of it, the wheel `graphviz-pure`,
beside Python as `dot`. It knows the widths of a few fonts only, and it makes no PDF.
"""

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from apps.diagrams.errors import (
    GraphvizMissing,
    GraphvizStopped,
    LayoutTooHard,
    PictureTooLarge,
    RenderFailed,
)
from apps.diagrams.pipeline.themes import FONT

ENGINES: Final = frozenset({"dot", "neato", "fdp", "sfdp", "circo", "twopi", "osage"})
# Never ps, eps or xdot: those formats carry file contents or drawing code along.
FORMATS: Final = frozenset({"svg", "png", "pdf", "json0"})
ICONS: Final = Path(__file__).parent / "icons"

CPU_LIMIT_S: Final = 5
WALL_LIMIT_S: Final = 6
# Of all attempts at one picture together.
PICTURE_LIMIT_S: Final = 12
QUEUE_LIMIT_S: Final = 6
_HOW_TO_GET_IT: Final = "Graphviz is not installed. Run `apt-get install graphviz`."
# Of the DOT text, and of any file written from it.
MAX_INPUT_BYTES: Final = 16 * 1024 * 1024
MAX_OUTPUT_BYTES: Final = 16 * 1024 * 1024
_LIMITS: Final = (
    "--as=536870912",
    f"--cpu={CPU_LIMIT_S}",
    "--core=0",
    f"--fsize={MAX_OUTPUT_BYTES}",
    "--nofile=64",
)
_ENVIRONMENT: Final = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

_FILES_OF_GRAPHVIZ_2: Final = {"SERVER_NAME": "1", "GV_FILE_PATH": str(ICONS)}
_REFUSES_THEM: Final = b"sandboxing mechanism is no longer supported"
# Programs that were seen to refuse, so that each is asked once.
_later_versions: set[str] = set()

# Two renders at once are what two cores take; more would only slow one another down.
_slots = threading.BoundedSemaphore(2)
_deadline: ContextVar[float] = ContextVar("deadline", default=float("inf"))
_log = logging.getLogger(__name__)


class _RefusedEnvironment(GraphvizStopped):
    """A version of Graphviz that wants no SERVER_NAME and GV_FILE_PATH."""


def run_graphviz(source: str, fmt: str, engine: str = "dot", flags: Sequence[str] = ()) -> bytes:
    """Graphviz's answer to DOT text that this app wrote. Raises a RenderFailed."""
    if fmt not in FORMATS or engine not in ENGINES:
        raise ValueError(f"not a format or engine of ours: {fmt!r}, {engine!r}")
    program = _graphviz()
    command = [program, f"-K{engine}", f"-T{fmt}", *flags, "-oout"]
    if program not in _later_versions:
        try:
            return _run_bounded(command, source.encode(), _FILES_OF_GRAPHVIZ_2)
        except _RefusedEnvironment:
            _later_versions.add(program)
    return _run_bounded([*command, f"-Gimagepath={ICONS}"], source.encode(), {})


@contextmanager
def one_picture() -> Iterator[None]:
    """Whatever is run inside ends within PICTURE_LIMIT_S, or raises LayoutTooHard."""
    token = _deadline.set(time.monotonic() + PICTURE_LIMIT_S)
    try:
        yield
    finally:
        _deadline.reset(token)


def font() -> str:
    """The font that cards are to be measured with."""
    try:
        is_port = Path(_graphviz()).resolve().name == "graphviz-pure"
    except GraphvizMissing:
        return FONT
    # Of the fonts that the port has widths of, the one nearest to ours.
    return "Arial" if is_port else FONT


def convert_svg(svg: bytes, fmt: str, zoom: float) -> bytes | None:
    """The cleaned SVG as png or pdf; None where librsvg's converter is not installed."""
    program = shutil.which("rsvg-convert")
    if program is None:
        return None
    command = [program, f"--format={fmt}", f"--zoom={zoom:.3f}", "--output=out"]
    return _run_bounded(command, svg, {})


def _graphviz() -> str:
    beside_python = shutil.which("dot", path=str(Path(sys.prefix) / "bin"))
    return shutil.which("dot") or beside_python or _program("dot", _HOW_TO_GET_IT)


def _program(name: str, missing: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise GraphvizMissing(f"The diagram could not be drawn: {missing}")
    return path


def _run_bounded(command: list[str], source: bytes, environment: dict[str, str]) -> bytes:
    if len(source) > MAX_INPUT_BYTES:
        raise _too_large()
    prlimit = _program("prlimit", "`prlimit` is not installed. Run `apt-get install util-linux`.")
    bounded = [prlimit, *_LIMITS, "--", "nice", "-n", "10", *command]
    with _slot(), tempfile.TemporaryDirectory(prefix="ninestep-") as folder:
        errors = _feed(bounded, source, folder, environment)
        return _output(Path(folder) / "out", errors)


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=QUEUE_LIMIT_S):
        raise RenderFailed("Too many diagrams are being drawn at once. Try again in a moment.")
    try:
        yield
    finally:
        _slots.release()


def _feed(command: list[str], source: bytes, folder: str, environment: dict[str, str]) -> bytes:
    """Runs the command to its end, or to the end of its time. The answer is what it complained."""
    left_s = _deadline.get() - time.monotonic()
    if left_s <= 0:
        raise _too_hard()
    process = subprocess.Popen(  # noqa: S603  no shell, no word of a user
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=_ENVIRONMENT | {"HOME": folder} | environment,
        start_new_session=True,
    )
    try:
        _, errors = process.communicate(source, timeout=min(WALL_LIMIT_S, left_s))
    except subprocess.TimeoutExpired:
        raise _too_hard() from None
    finally:
        _kill_group(process)
    _check_ending(process.returncode, errors)
    return errors


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    """Ends the child and whatever it started, if anything is left of them."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _check_ending(status: int, errors: bytes) -> None:
    if status == 0:
        return
    if _REFUSES_THEM in errors:
        raise _RefusedEnvironment("This Graphviz does not run with GV_FILE_PATH set.")
    # The complaint may quote a user's words: it goes to the log, never into an answer.
    _log.warning("graphviz ended with status %d: %.300r", status, errors)
    # At the end of its CPU time the kernel kills; at the end of its memory Graphviz crashes.
    if status in (-signal.SIGXCPU, -signal.SIGKILL) or b"out of memory" in errors:
        raise _too_hard()
    if status == -signal.SIGXFSZ:
        raise _too_large()
    raise GraphvizStopped(
        f"The diagram could not be drawn: Graphviz stopped unexpectedly (status {status})."
    )


def _output(path: Path, errors: bytes) -> bytes:
    if not path.exists() or not (body := path.read_bytes()):
        _log.warning("graphviz wrote nothing: %.300r", errors)
        raise GraphvizStopped("The diagram could not be drawn: Graphviz wrote nothing.")
    if len(body) >= MAX_OUTPUT_BYTES:
        raise _too_large()
    return body


def _too_hard() -> LayoutTooHard:
    return LayoutTooHard("The layout takes more time or memory than it may have.")


def _too_large() -> PictureTooLarge:
    return PictureTooLarge(
        f"The picture would be larger than {MAX_OUTPUT_BYTES // 1024**2} MB."
        " The board itself is unharmed. Draw it in parts to see a diagram."
    )
