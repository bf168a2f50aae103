"""How does a folder of files become a pack? Put together, check against its schema, hash it.

A fault stops the loading with the file, the line, the place in the document and the reason.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import jsonschema_rs
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from apps.content.kinds import KINDS, Kind, Piece
from apps.content.notes import NOTES_FILE, line_of_step
from apps.content.roots import SHIPPED
from apps.content.yaml_files import BadFile, Keys, line_in, line_of, read_yaml
from apps.core.errors import Fault, Invalid

CONTENT: Final = Path(__file__).parent
SCHEMAS: Final = CONTENT / "schemas"
SHARED_SCHEMAS: Final = ("board", "predicate")  # that others refer to

# Data of a pack once its schema has accepted it: the schema is what vouches for the shape.
Data: TypeAlias = dict[str, Any]


class InvalidPack(Invalid):
    """A pack that cannot be used. `file` and `line` say where, `faults` say what and why."""

    def __init__(self, file: Path, line: int, path: str, reason: str) -> None:
        super().__init__(f"{_short(file)}:{line}: {path} {reason}", [Fault(path, reason)])
        self.file, self.line = file, line


@dataclass(frozen=True)
class Pack:
    """A pack as its files have it, or as it was written in the interface (without a folder).

    sha256: of the document's canonical JSON, so that a comment or a moved line changes nothing.
    """

    kind: Kind
    document: Data
    sha256: str
    folder: Path | None = None
    source: str = ""  # the YAML that was typed

    @property
    def id(self) -> str:
        return str(self.document["id"])

    @property
    def version(self) -> str:
        return str(self.document["version"])

    def fault(self, keys: Keys, reason: str) -> Invalid:
        """The error to raise about the value at `keys`."""
        path = json_path(keys)
        if self.folder is None:
            line = f"line {line_in(self.source, keys)}: " if self.source else ""
            return Invalid(f"{line}{path} {reason}", [Fault(path, reason)])
        return InvalidPack(*_place(self.kind, self.folder, keys), path, reason)


def read_pack(kind_name: str, folder: Path) -> Pack:
    """The pack in a folder. Raises InvalidPack."""
    kind = KINDS[kind_name]
    try:
        document = _document(kind, folder)
    except BadFile as error:
        raise InvalidPack(error.file, error.line, "$", str(error)) from error
    pack = _accepted(Pack(kind, document, sha256_of(document), folder))
    if pack.id != folder.name:
        raise pack.fault(("id",), f'is "{pack.id}", but the folder is called {folder.name}')
    return pack


def pack_from(kind_name: str, document: Data, source: str = "") -> Pack:
    """A document as a pack; source: the YAML it was read from, to tell lines. Raises Invalid."""
    return _accepted(Pack(KINDS[kind_name], document, sha256_of(document), source=source))


def sha256_of(document: Data) -> str:
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def json_path(keys: Keys) -> str:
    return "$" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)


def _accepted(pack: Pack) -> Pack:
    """Raises the most telling fault that its schema finds."""
    if not _quick_validator(pack.kind.name).is_valid(pack.document):
        error = best_match(_validator(pack.kind.name).iter_errors(pack.document))
        assert error is not None, "two validators disagree"
        raise pack.fault(tuple(error.absolute_path), error.message)
    return pack


def _document(kind: Kind, folder: Path) -> Data:
    """The main file with its pieces put in. Raises BadFile, also for a file that nobody reads."""
    main = folder / kind.main_file
    document = read_yaml(main)
    if not isinstance(document, dict):
        raise BadFile(main, 1, "must hold a mapping")
    pieces = list(_pieces(kind, folder))
    _refuse_strays(folder, {main, *(piece.file for piece in pieces)})
    for piece in pieces:
        _put(document, piece)
    return document


def _pieces(kind: Kind, folder: Path) -> Iterator[Piece]:
    for part in kind.parts:
        yield from part(folder)


def _refuse_strays(folder: Path, read: set[Path]) -> None:
    """A file in the wrong place would be left out without a word."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.name.startswith(".") and file not in read:
            raise BadFile(file, 1, "is not a file that a pack of this kind has")


def _put(document: Data, piece: Piece) -> None:
    """Sets `document[a][b]… = value`; an index is always the next one of its list."""
    *above, last = piece.keys
    holder: Any = document
    for key, below in zip(above, piece.keys[1:], strict=True):
        if isinstance(key, str):
            holder = holder.setdefault(key, [] if isinstance(below, int) else {})
        else:
            holder = holder[key]
    if isinstance(holder, list) and last == len(holder):
        holder.append(piece.value)
    else:
        if last in holder:
            raise BadFile(piece.file, line_of(piece.file, piece.inner), f'"{last}" stands twice')
        holder[last] = piece.value


def _place(kind: Kind, folder: Path, keys: Keys) -> tuple[Path, int]:
    """The file and line that say the value at `keys` of the document."""
    around = [piece for piece in _pieces(kind, folder) if keys[: len(piece.keys)] == piece.keys]
    if not around:
        main = folder / kind.main_file
        return main, line_of(main, keys)
    piece = max(around, key=lambda piece: len(piece.keys))
    inner = (*piece.inner, *keys[len(piece.keys) :])
    if piece.file.name == NOTES_FILE:
        return piece.file, line_of_step(piece.file, str(inner[0]) if inner else "")
    return piece.file, line_of(piece.file, inner)


def _short(file: Path) -> str:
    """From the folder of packs on, where it is one of ours."""
    return str(file.relative_to(SHIPPED) if file.is_relative_to(SHIPPED) else file)


@cache
def _quick_validator(kind_name: str) -> jsonschema_rs.Draft202012Validator:
    """Says only yes or no, and that thirty times as fast: packs are large, and nearly all valid."""
    shared = [(schema["$id"], schema) for schema in map(schema_of, SHARED_SCHEMAS)]
    registry = jsonschema_rs.Registry(shared)
    return jsonschema_rs.Draft202012Validator(schema_of(kind_name), registry=registry)


@cache
def _validator(kind_name: str) -> Draft202012Validator:
    """Tells the faults."""
    shared = [
        (schema["$id"], DRAFT202012.create_resource(schema))
        for schema in map(schema_of, SHARED_SCHEMAS)
    ]
    return Draft202012Validator(schema_of(kind_name), registry=Registry().with_resources(shared))


def schema_of(name: str) -> Data:
    schema: Data = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema
