"""pycrdt behind lines of JSON, in a process that may be killed. Run as a module by libraries.py."""

import json
import sys
from base64 import b64decode, b64encode
from typing import Any

from pycrdt import Doc, Map


def read(updates: list[str], roots: list[str]) -> dict[str, Any]:
    """pycrdt does not tell of changes that wait for others; the vector does."""
    doc: Doc[Any] = Doc()
    for update in updates:
        doc.apply_update(b64decode(update))
    return {
        "content": {root: doc.get(root, type=Map).to_py() for root in roots},
        "vector": b64encode(doc.get_state()).decode(),
        "isPending": False,
    }


if __name__ == "__main__":
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = read(command["read"], command["roots"])
        except BaseException as error:  # a panic of the library is no Exception
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()
