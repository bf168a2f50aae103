"""Which sessions did people rate? A folder of exported designs, each with its ratings beside it.

    kim.json            the design, as it was exported
    kim.ratings.yaml    what people gave it: `ratings.schema.json`

Everything that is wrong is told at once, with file, line, path and reason.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator

from apps.content.loader import json_path
from apps.content.yaml_files import BadFile, Keys, line_of, read_yaml
from apps.core.errors import Invalid, NinestepError
from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse_text
from apps.scoring.agreement.levels import Levels

DESIGN: Final = ".json"
RATINGS: Final = ".ratings.yaml"


@dataclass(frozen=True, slots=True)
class FileFault:
    file: Path
    line: int | None
    path: str
    reason: str

    def __str__(self) -> str:
        place = str(self.file) if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.path} {self.reason}"


class BadFolder(NinestepError):
    """Nothing of the folder was taken."""

    def __init__(self, faults: list[FileFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Exported:
    """A design and its ratings. rubric: id and version that people went by."""

    name: str
    ratings_file: Path
    document: DesignDocument
    rubric: tuple[str, str]
    people: Mapping[str, Levels]

    def fault(self, keys: Keys, reason: str) -> FileFault:
        """About the value at `keys` of the ratings."""
        return _fault(self.ratings_file, keys, reason)


def read_folder(folder: Path) -> list[Exported]:
    """The sessions by name. Raises BadFolder with all that is wrong."""
    if not folder.is_dir():
        raise BadFolder([FileFault(folder, None, "$", "is not a folder")])
    faults = list(_alone(folder))
    sessions = []
    for file in sorted(folder.glob(f"*{RATINGS}")):
        try:
            sessions.append(_session(file))
        except BadFolder as error:
            faults += error.faults
    if not sessions and not faults:
        faults = [FileFault(folder, None, "$", f"holds no ratings: files that end in {RATINGS}")]
    if faults:
        raise BadFolder(faults)
    return sessions


def _alone(folder: Path) -> Iterator[FileFault]:
    """Designs without ratings and ratings without a design."""
    rated = {file.name.removesuffix(RATINGS) for file in folder.glob(f"*{RATINGS}")}
    designs = {file.name.removesuffix(DESIGN) for file in folder.glob(f"*{DESIGN}")}
    for name in sorted(designs - rated):
        reason = f"has no ratings: {name}{RATINGS} is missing"
        yield FileFault(folder / f"{name}{DESIGN}", None, "$", reason)
    for name in sorted(rated - designs):
        reason = f"has no design: {name}{DESIGN} is missing"
        yield FileFault(folder / f"{name}{RATINGS}", None, "$", reason)


def _session(ratings_file: Path) -> Exported:
    """Raises BadFolder with the faults of both files."""
    name = ratings_file.name.removesuffix(RATINGS)
    data = _ratings(ratings_file)
    return Exported(
        name,
        ratings_file,
        _document(ratings_file.with_name(f"{name}{DESIGN}")),
        (data["rubric"]["id"], data["rubric"]["version"]),
        {item["rater"]: item["levels"] for item in data["ratings"]},
    )


def _document(file: Path) -> DesignDocument:
    try:
        return parse_text(file.read_bytes())
    except FileNotFoundError:
        raise BadFolder([]) from None  # told already, as ratings without a design
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        raise BadFolder([FileFault(file, None, "$", reason)]) from error
    except Invalid as error:
        faults = [FileFault(file, None, one.path, one.reason) for one in error.faults]
        raise BadFolder(faults) from error


def _ratings(file: Path) -> Any:
    try:
        data = read_yaml(file)
    except BadFile as error:
        raise BadFolder([FileFault(file, error.line, "$", str(error))]) from error
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        raise BadFolder([FileFault(file, None, "$", reason)]) from error
    errors = sorted(_validator().iter_errors(data), key=lambda error: list(map(str, error.path)))
    faults = [_fault(file, tuple(error.absolute_path), error.message) for error in errors]
    if faults or (faults := list(_twice(file, data["ratings"]))):
        raise BadFolder(faults)
    return data


def _twice(file: Path, ratings: Iterable[Any]) -> Iterator[FileFault]:
    counts = Counter(item["rater"] for item in ratings)
    for name, count in counts.items():
        if count > 1:
            yield _fault(file, ("ratings",), f'"{name}" rates the session {count} times')


def _fault(file: Path, keys: Keys, reason: str) -> FileFault:
    return FileFault(file, line_of(file, keys), json_path(keys), reason)


@cache
def _validator() -> Draft202012Validator:
    schema = Path(__file__).with_name("ratings.schema.json")
    return Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
