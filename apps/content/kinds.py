"""Which kinds of pack are there, and which files is each made of?

A pack is a folder `packs/<kind's folder>/<id>/`. Its files are put together to one JSON document:
the schema checks that document, its hash names it, and a problem written in the interface is
stored as it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from apps.content.notes import NOTES_FILE, read_notes
from apps.content.yaml_files import BadFile, Keys, read_yaml

BOARD_FILE: Final = "board.yaml"


@dataclass(frozen=True)
class Piece:
    """A value, where it stands in the pack's document, and which file says it.

    inner: where the value stands in that file; empty if it is the file's whole content.
    """

    keys: Keys
    value: Any
    file: Path
    inner: Keys = ()


Part: TypeAlias = Callable[[Path], Iterator[Piece]]


@dataclass(frozen=True)
class Kind:
    """name: also that of the schema and of the main file. parts: the pieces beside that file."""

    name: str
    folder: str
    parts: tuple[Part, ...] = ()

    @property
    def main_file(self) -> str:
        return f"{self.name}.yaml"


def lists(name: str) -> Part:
    """`<name>/*.yaml` are lists: one after the other, by file name, they are `name`."""

    def pieces(pack: Path) -> Iterator[Piece]:
        count = 0
        for file in _yaml_files(pack / name):
            items = _of_type(file, list)
            for index, item in enumerate(items):
                yield Piece((name, count), item, file, (index,))
                count += 1

    return pieces


def mappings(name: str) -> Part:
    """`<name>/*.yaml` are mappings: together they are `name`."""

    def pieces(pack: Path) -> Iterator[Piece]:
        for file in _yaml_files(pack / name):
            for key, value in _of_type(file, dict).items():
                yield Piece((name, key), value, file, (key,))

    return pieces


def named(name: str) -> Part:
    """Each `<name>/<key>.yaml` is the value of one key of `name`."""

    def pieces(pack: Path) -> Iterator[Piece]:
        for file in _yaml_files(pack / name):
            yield Piece((name, file.stem), read_yaml(file), file)

    return pieces


def worked_design(name: str) -> Part:
    """The folder `<name>/`: `<name>.yaml` with notes and board beside it."""

    def pieces(pack: Path) -> Iterator[Piece]:
        if (pack / name).is_dir():
            yield from _design_pieces(pack / name, (name,), f"{name}.yaml", {})

    return pieces


def worked_designs(name: str, main_file: str) -> Part:
    """A list `name` of such folders, by their names, which are the designs' ids."""

    def pieces(pack: Path) -> Iterator[Piece]:
        folders = sorted(path for path in (pack / name).glob("*") if path.is_dir())
        for index, folder in enumerate(folders):
            yield from _design_pieces(folder, (name, index), main_file, {"id": folder.name})

    return pieces


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind("flow", "flows"),
        Kind("lexicon", "lexicons"),
        Kind("rubric", "rubrics", (lists("criteria"), mappings("examples"))),
        Kind("catalogue", "catalogue", (lists("components"),)),
        Kind("rules", "rules", (named("examples"),)),
        Kind(
            "problem",
            "problems",
            (worked_design("reference"), worked_designs("answers", "answer.yaml")),
        ),
        Kind("drill", "drills"),
        Kind("coverage", "coverage"),
    )
}


def _design_pieces(
    folder: Path, keys: Keys, main_file: str, given: dict[str, Any]
) -> Iterator[Piece]:
    file = folder / main_file
    yield Piece(keys, {**given, **_of_type(file, dict)}, file)
    if (folder / NOTES_FILE).exists():
        yield Piece((*keys, "notes"), read_notes(folder / NOTES_FILE), folder / NOTES_FILE)
    if (folder / BOARD_FILE).exists():
        yield Piece((*keys, "board"), read_yaml(folder / BOARD_FILE), folder / BOARD_FILE)


def _of_type(file: Path, wanted: type[dict[str, Any]] | type[list[Any]]) -> Any:
    value = read_yaml(file)
    if not isinstance(value, wanted):
        raise BadFile(file, 1, f"must hold a {'mapping' if wanted is dict else 'list'}")
    return value


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))
