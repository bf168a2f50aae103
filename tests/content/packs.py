"""Packs to test with: copies of those that ship, with a fault put in, and a whole small one."""

import shutil
from pathlib import Path
from typing import Any, Final

from apps.content.roots import SHIPPED

A_DRILL: Final[dict[str, Any]] = {
    "id": "drill-of-a-test",
    "version": "1.0.0",
    "author": "A tester",
    "licence": "CC-BY-4.0",
    "reviewed": "2026-11-23",
    "title": "Candidates",
    "minutes": 12,
    "topic": "How a million items become a thousand",
    "steps": ["model"],
    "criteria": ["md.choice"],
    "prompt": "Compare the ways in which a million items can be brought down to a thousand.",
    "ideas": [{"term": "a term of two words", "gist": "what it is"}] * 3,
    "questions": [{"question": "why is that so?", "good": "a good answer"}] * 3,
    "pitfalls": [{"claim": "often said", "correction": "and wrong"}] * 2,
    "exercise": {"task": "a small sum", "solution": "its result"},
    "marks": {level: f"what earns level {level}" for level in "1234"},
    "problems": ["rec-video"],
}


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
