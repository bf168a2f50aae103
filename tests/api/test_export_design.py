"""`manage.py export_design`: what was imported comes out again."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.actors import Actor
from apps.accounts.domain.guests import as_guest
from apps.designs.document.validation import parse, parse_text
from apps.designs.domain.importing import import_design
from tests.designs.document.documents import EXAMPLE

pytestmark = pytest.mark.django_db


def test_writes_the_live_content_as_a_file(tmp_path: Path) -> None:
    session = import_design(as_guest(Actor(), "Ada"), parse(EXAMPLE))
    output = tmp_path / "design.json"

    call_command("export_design", str(session.id), output=str(output))

    exported = parse_text(output.read_bytes())
    assert exported["board"] == parse(EXAMPLE)["board"]
    assert exported["comments"] == EXAMPLE["comments"]
    assert exported == json.loads(output.read_text(encoding="utf-8"))


@pytest.mark.parametrize("design_id", ["nonsense", "3b8269e9-d3a3-4203-9313-cccd8605d349"])
def test_an_unknown_id_gets_a_sentence(design_id: str) -> None:
    with pytest.raises(CommandError, match=f"no design with the id {design_id}") as refused:
        call_command("export_design", design_id)

    assert refused.value.returncode == 2
