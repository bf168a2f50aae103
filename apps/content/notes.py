"""The notes of a worked design: one Markdown file, its level-1 headings are step ids."""

import re
from pathlib import Path
from typing import Final

NOTES_FILE: Final = "notes.md"
_HEADING: Final = re.compile(r"^# +(\S+) *$", re.MULTILINE)


def read_notes(file: Path) -> dict[str, str]:
    """Markdown by step id, in the file's order, without the headings."""
    return split_notes(file.read_text(encoding="utf-8"))


def split_notes(text: str) -> dict[str, str]:
    """What stands before the first heading is for authors and belongs to no step."""
    parts = _HEADING.split(text)
    return {step: notes.strip() for step, notes in zip(parts[1::2], parts[2::2], strict=True)}


def line_of_step(file: Path, step_id: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.split() == ["#", step_id]), 1)
