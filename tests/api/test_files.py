"""Files that leave the server: inert, with a safe name, asked for again only when changed."""

import pytest
from django.urls import reverse

from apps.api.files import safe_name
from apps.core.jobs import worker
from apps.core.models import Job
from apps.designs.models import DesignSession
from tests.factories import browser_of, make_design, make_user, owner_of

pytestmark = pytest.mark.django_db


def url(name: str, design: DesignSession, *more: object) -> str:
    return reverse(f"api:{name}", args=[design.id, *more])


@pytest.mark.parametrize("name", ["document", "diagram", "thumbnail"])
def test_files_can_do_nothing_in_a_browser(name: str) -> None:
    design = make_design()

    answer = browser_of(owner_of(design)).get(url(name, design))

    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["diagram", "thumbnail"])
def test_unchanged_picture_is_not_sent_again(name: str) -> None:
    design = make_design()
    client = browser_of(owner_of(design))
    first = client.get(url(name, design))

    again = client.get(url(name, design), headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_diagram_says_which_state_it_shows() -> None:
    design = make_design()

    answer = browser_of(owner_of(design)).get(url("diagram", design) + "?theme=dark")

    assert answer.headers["X-Ninestep-Seq"] == "1"


def test_unknown_theme_is_refused() -> None:
    design = make_design()

    answer = browser_of(owner_of(design)).get(url("diagram", design) + "?theme=pink")

    assert answer.status_code == 400


@pytest.mark.parametrize("fmt", ["svg", "png", "pdf"])
def test_export_is_made_by_a_job_and_downloaded(fmt: str) -> None:
    design = make_design(title="Rows: «new» / old")
    client = browser_of(owner_of(design))
    asked = client.post(url("exports", design), {"format": fmt}, content_type="application/json")
    job = asked.json()["id"]
    early = client.get(url("export_file", design, job))

    worker.run(Job.objects.get(id=job).id)

    done = client.get(url("export", design, job)).json()
    file = client.get(done["url"])
    assert (asked.status_code, early.status_code, done["status"]) == (202, 409, "done")
    assert file.status_code == 200
    assert file.headers["Content-Disposition"] == f'attachment; filename="Rows-new-old.{fmt}"'


def test_export_of_another_design_is_not_there() -> None:
    user = make_user()
    first, second = make_design(user), make_design(user)
    client = browser_of(user)
    job = client.post(
        url("exports", first), {"format": "svg"}, content_type="application/json"
    ).json()["id"]

    assert client.get(url("export", second, job)).status_code == 404


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Video recommendation", "Video-recommendation"),
        ("../../etc/passwd", "etc-passwd"),
        ('a"; filename="b.exe', "a-filename-b-exe"),
        ("推薦システム", "推薦システム"),
        ("\r\nSet-Cookie: x", "Set-Cookie-x"),
        ("...", "design"),
        ("x" * 300, "x" * 80),
    ],
)
def test_safe_name(title: str, expected: str) -> None:
    assert safe_name(title) == expected
