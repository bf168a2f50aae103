"""`manage.py import_design`: all files or none, each fault with its place."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.designs.models import DesignSession, Participant
from tests.designs.document.documents import EXAMPLE, example

pytestmark = pytest.mark.django_db


def write(folder: Path, name: str, data: object) -> str:
    file = folder / name
    file.write_text(json.dumps(data), encoding="utf-8")
    return str(file)


def test_prints_id_and_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    owner = User.objects.create_user("ada@example.org", "pass")

    call_command("import_design", write(tmp_path, "a.json", EXAMPLE), owner="ADA@example.org")

    session = DesignSession.objects.get()
    printed = capsys.readouterr().out
    assert printed == f"{session.id}\t/designs/{session.id}/\tVideo recommendation\n"
    assert Participant.objects.get(design=session).user == owner


def test_one_bad_file_imports_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = example()
    bad["board"]["components"][1]["x"] = "left"
    good, wrong = write(tmp_path, "good.json", EXAMPLE), write(tmp_path, "bad.json", bad)

    with pytest.raises(CommandError) as refused:
        call_command("import_design", good, wrong, str(tmp_path / "none.json"))

    assert refused.value.returncode == 2
    assert DesignSession.objects.count() == 0
    assert capsys.readouterr().err.splitlines() == [
        f'{wrong}: $.board.components[1].x must be a number, not "left"',
        f"{tmp_path / 'none.json'}: cannot be read: No such file or directory",
    ]


def test_an_unknown_owner_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no account"):
        call_command("import_design", write(tmp_path, "a.json", EXAMPLE), owner="no@example.org")
