"""Copies of the packs that ship, with a fault put in."""

import shutil
from pathlib import Path

from apps.content.roots import SHIPPED


def copy_of(pack: str, into: Path, *changes: tuple[str, str, str]) -> Path:
    """The folder of a pack, with pieces of the text of its files replaced: (file, old, new)."""
    folder = into / Path(pack).name
    shutil.copytree(SHIPPED / pack, folder)
    for name, old, new in changes:
        file = folder / name
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder
