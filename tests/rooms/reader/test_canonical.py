"""The canonical text of a live document, by the vectors that the browser is tested with too."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any, TypedDict

import pytest
from pycrdt import Doc

from apps.rooms.documents import SCHEMAS, DocumentName
from apps.rooms.reader.canonical import canonical, digest_of

BOARD_ROOTS = SCHEMAS[DocumentName.BOARD]


class Vector(TypedDict):
    name: str
    update: str
    canonical: str
    digest: str


VECTORS: list[Vector] = json.loads(
    (Path(__file__).parent.parent / "digest_vectors.json").read_text()
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_a_document_has_the_text_and_the_digest_of_its_vector(vector: Vector) -> None:
    doc: Doc[Any] = Doc()
    doc.apply_update(b64decode(vector["update"]))

    assert canonical(doc, BOARD_ROOTS) == vector["canonical"]
    assert digest_of(doc, BOARD_ROOTS) == vector["digest"]
