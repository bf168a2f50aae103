"""Exports: whole, unchanged, and no formulas for a spreadsheet to run."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import Conflict
from apps.interviews.exports import list_csv, record_csv, record_of
from apps.interviews.exports.listing import Line
from apps.interviews.exports.safe_csv import csv_text
from apps.interviews.models import Accommodation, Interview
from tests.clock import Clock
from tests.interviews.panels import (
    CRITERION,
    Played,
    access_of,
    add_card,
    rated_interview,
)

FORMULA_STARTS = "=+-@|%\t\r"


@pytest.fixture
def rated(clock: Clock) -> Played:
    return rated_interview(clock)


@pytest.mark.django_db
def test_the_record_reads_back_as_it_was(rated: Played) -> None:
    record = record_of(rated.interview, access_of(rated.raters[0]))

    read = json.loads(json.dumps(record))

    assert read == record
    levels = {
        (card["rater"], r["item"]): r["level"] for card in read["cards"] for r in card["ratings"]
    }
    assert levels["Anneke de Vries", CRITERION] == 1
    assert levels["Kofi Mensah", CRITERION] == 3
    assert read["panel"]["total"] == 2.99


@pytest.mark.django_db
def test_the_csv_has_the_levels_of_the_record(rated: Played) -> None:
    record = record_of(rated.interview, access_of(rated.raters[0]))

    rows = _read(record_csv(record))

    assert [(row["rater"], row["item"], row["level"]) for row in rows] == [
        (card["rater"], rating["item"], str(rating["level"]))
        for card in record["cards"]
        for rating in card["ratings"]
    ]


@pytest.mark.django_db
def test_formulas_in_names_and_reasons_stay_text(clock: Clock) -> None:
    rated = rated_interview(clock, candidate_name="=HYPERLINK(1)", position="+SUM(A1:A9)")
    add_card(rated.interview, rated.owner, clock.now, {"model": 2}, reason="\t=cmd|' /C calc'!A0")
    rated.owner.name = "@SUM(1)"
    rated.owner.save()

    rows = _read(record_csv(record_of(rated.interview, access_of(rated.owner))))

    assert not [
        cell for row in rows for cell in row.values() if cell[:1] in FORMULA_STARTS and cell
    ]


@pytest.mark.django_db
def test_nothing_is_exported_before_ones_own_card_is_in(clock: Clock) -> None:
    rated = rated_interview(clock, owner_rates=True)

    with pytest.raises(Conflict, match="your own score card"):
        record_of(rated.interview, access_of(rated.owner))


@pytest.mark.django_db
def test_accommodations_and_addresses_are_no_part_of_the_record(rated: Played) -> None:
    Interview.objects.update(candidate_email="priya@example.org")
    rated.interview.refresh_from_db()
    before = json.dumps(record_of(rated.interview, access_of(rated.owner)))
    Accommodation.objects.create(
        interview=rated.interview, extra_time="1.50", set_by_name="Occupational health"
    )

    after = json.dumps(
        record_of(Interview.objects.get(pk=rated.interview.pk), access_of(rated.owner))
    )

    assert after == before
    assert "priya@example.org" not in after


@pytest.mark.django_db
def test_a_list_leaves_out_the_scores_of_what_one_may_not_see(rated: Played) -> None:
    rows = Interview.objects.select_related("design", "result")

    shown = _read(list_csv(Line(one, "Priya Raghunathan", shows_scores=True) for one in rows))[0]
    hidden = _read(list_csv(Line(one, "Priya Raghunathan", shows_scores=False) for one in rows))[0]

    assert (shown["total"], shown["band"]) == ("2.99", "yes")
    assert (hidden["total"], hidden["band"], hidden["candidate"]) == ("", "", "Priya Raghunathan")


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers())
def test_numbers_are_unchanged(real: float, whole: int) -> None:
    [row] = _read(csv_text(["real", "whole"], [[real, whole]]))

    assert (float(row["real"]), int(row["whole"])) == (real, whole)


@given(st.text())
def test_no_text_begins_a_formula(text: str) -> None:
    [row] = _read(csv_text(["text", "end"], [[text, "x"]]))

    begin = row["text"][:1]
    is_number = bool(row["text"].strip("-0123456789,.") == "" and row["text"])
    assert is_number or not begin or begin not in FORMULA_STARTS


def _read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
