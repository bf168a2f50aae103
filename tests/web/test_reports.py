"""Reports: the panel's page and PDF, and the candidate's, which is only what was chosen."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from apps.designs.models import Participant
from apps.interviews.models import Accommodation, ReleasedReport
from tests.clock import Clock
from tests.factories import browser_of
from tests.interviews.panels import CRITERION, STEP, Played, rated_interview

pytestmark = pytest.mark.django_db


@pytest.fixture
def rated(clock: Clock) -> Played:
    return rated_interview(clock)


def test_the_report_has_setup_scores_reasons_and_evidence(rated: Played) -> None:
    page = _get(rated.raters[0], "report")

    assert "Priya Raghunathan" in page
    assert "10:00 of" in page
    assert "Random split on time data." in page
    assert "“80/10/10”" in page


def test_the_report_is_withheld_until_ones_own_card_is_in(clock: Clock) -> None:
    rated = rated_interview(clock, owner_rates=True)

    answer = _browser(rated.owner).get(reverse("report", args=[rated.interview.design_id]))
    pdf = _browser(rated.owner).get(reverse("api:report_pdf", args=[rated.interview.design_id]))

    assert answer.headers["Location"].endswith("/debrief")
    assert pdf.status_code == 409


def test_accommodations_are_no_part_of_the_report(rated: Played) -> None:
    before = _get(rated.raters[0], "report")
    Accommodation.objects.create(
        interview=rated.interview, extra_time="1.50", set_by_name="Occupational health"
    )

    assert _sections(_get(rated.raters[0], "report")) == _sections(before)


def test_the_pdf_is_a_pdf(rated: Played) -> None:
    address = reverse("api:report_pdf", args=[rated.interview.design_id])

    answer = _browser(rated.raters[0]).get(address)

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_a_candidate_reads_what_was_chosen_and_nothing_else(rated: Played) -> None:
    address = _release(rated, items=[CRITERION], evidence="1", message="Well argued.")
    candidate = Client()

    arrived = candidate.get(address)
    page = candidate.get(arrived.headers["Location"]).content.decode()

    assert address.rsplit("/", 1)[1] not in arrived.headers["Location"]
    assert arrived.headers["Referrer-Policy"] == "no-referrer"
    assert "Well argued." in page
    assert "80/10/10" in page
    for hidden in (
        "Anneke",
        "Kofi",
        "Random split",
        "Strong",
        'class="lv',
        str(rated.interview.pk),
    ):
        assert hidden not in page


def test_names_levels_and_reasons_are_released_if_chosen(rated: Played) -> None:
    address = _release(rated, items=[STEP], names="1", levels="1", reasons="1")
    candidate = Client()

    page = candidate.get(address, follow=True).content.decode()

    assert "Anneke de Vries" in page
    assert "Random split on time data." in page
    assert "80/10/10" not in page


def test_a_revoked_report_is_gone_at_once(rated: Played) -> None:
    address = _release(rated, items=[CRITERION], evidence="1")
    candidate = Client()
    place = candidate.get(address).headers["Location"]
    report = ReleasedReport.objects.get()

    _browser(rated.owner).post(
        reverse("revoke_report", args=[rated.interview.design_id, report.id])
    )

    assert candidate.get(place).status_code == 404
    assert Client().get(address).status_code == 404


def test_a_report_opens_for_who_exchanged_its_link_alone(rated: Played) -> None:
    address = _release(rated, items=[CRITERION], evidence="1")
    place = Client().get(address).headers["Location"]

    assert Client().get(place).status_code == 404
    assert Client().get(reverse("open_report", args=["guess"])).status_code == 404


def test_the_secret_is_kept_as_a_hash(rated: Played) -> None:
    address = _release(rated, items=[CRITERION])

    report = ReleasedReport.objects.get()

    assert address.rsplit("/", 1)[1] not in f"{report.token_hash}{report.body}"


@pytest.mark.parametrize("items", [[], ["sm.cost"], ["no-such-item"]])
def test_only_what_was_rated_is_released(rated: Played, items: list[str]) -> None:
    _browser(rated.owner).post(
        reverse("release", args=[rated.interview.design_id]), {"items": items}
    )

    assert not ReleasedReport.objects.exists()


def _browser(person: Participant) -> Client:
    return browser_of(person.user or person.guest)


def _get(person: Participant, name: str) -> str:
    answer = _browser(person).get(reverse(name, args=[person.design_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def _sections(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def _release(rated: Played, **chosen: object) -> str:
    """The address of the link, as the owner's page shows it once."""
    answer = _browser(rated.owner).post(
        reverse("release", args=[rated.interview.design_id]), chosen
    )
    found = re.search(r'value="http://testserver(/r/[^"]+)"', answer.content.decode())
    assert found
    return found[1]
