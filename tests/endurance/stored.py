"""What does the store hold? Read by a process of its own, with Yjs' Python binding.

    python -m tests.endurance.stored <design id>…

Prints a JSON object: design id -> the board by all its rows, and by snapshot and tail.
"""

import json
import os
import sys
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import django
from pycrdt import Doc, Map

ROOTS = ("meta", "steps", "notes", "components", "connections")


def main(design_ids: Iterable[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    django.setup()
    json.dump({design_id: _forms(UUID(design_id)) for design_id in design_ids}, sys.stdout)


def _forms(design_id: UUID) -> dict[str, Any]:
    # Models can be imported only now.
    from apps.rooms.documents import DocumentKey, DocumentName
    from apps.rooms.domain import log

    key = DocumentKey(design_id, DocumentName.BOARD)
    return {
        "rows": _content(row.payload for row in log.read_after(log.find_log(key), 0)),
        "snapshot and tail": _content(log.open_log(key).payloads),
    }


def _content(payloads: Iterable[bytes]) -> dict[str, Any]:
    doc: Doc[Any] = Doc()
    for payload in payloads:
        doc.apply_update(payload)
    return {root: doc.get(root, type=Map).to_py() for root in ROOTS}


if __name__ == "__main__":
    main(sys.argv[1:])
