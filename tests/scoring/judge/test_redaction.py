"""Names leave before anything is sent, and every place still leads back to the raw notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.scoring.judge.redaction import redactor

NAMES = ["Priya Raman", "Will", "Анна", "J. O'Neill-Díaz", "C++"]


@pytest.mark.parametrize(
    ("raw", "sent"),
    [
        ("Priya Raman drew this.", "[name] drew this."),
        ("PRIYA  raman drew this.", "[name] drew this."),
        ("Priya's cache, Raman's index", "[name]'s cache, [name]'s index"),
        ("Will will cache it, at will.", "[name] will cache it, at will."),
        ("Willow and Prius stay.", "Willow and Prius stay."),
        ("Анна и Priya", "[name] и [name]"),
        ("Ask O'Neill-Díaz, or J. O'Neill-Díaz.", "Ask [name], or [name]."),
        ("In C++ then.", "In [name] then."),
        ("Mail priya.raman+x@mail.example.org now.", "Mail [address] now."),
        ("nDCG@10 and recall@500 stay.", "nDCG@10 and recall@500 stay."),
        ("", ""),
    ],
)
def test_names_and_addresses_are_replaced(raw: str, sent: str) -> None:
    assert redactor(NAMES).redact(raw).text == sent


def test_without_names_only_addresses_go() -> None:
    redact = redactor(["", " ", "X"])

    assert redact.redact("X marks a@b.example, says X.").text == "X marks [address], says X."


pieces = st.lists(st.sampled_from([*NAMES, "a@b.example", " ", "\n", "text", "é", "🙂", "x y"]))


@given(pieces, st.data())
def test_places_lead_back_to_the_raw_text(parts: list[str], data: st.DataObject) -> None:
    raw = " ".join(parts)
    redacted = redactor(NAMES).redact(raw)
    start = data.draw(st.integers(0, len(redacted.text)))
    end = data.draw(st.integers(start, len(redacted.text)))

    low, high = redacted.raw_span(start, end)

    assert 0 <= low <= high <= len(raw)
    piece = redacted.text[start:end]
    if "[" not in piece and "]" not in piece and piece and piece in raw:
        touches_a_name = any(cut.start < end and start < cut.end for cut in redacted.cuts)
        assert touches_a_name or raw[low:high] == piece


@given(pieces)
def test_the_whole_leads_back_to_the_whole(parts: list[str]) -> None:
    raw = " ".join(parts)
    redacted = redactor(NAMES).redact(raw)

    assert redacted.raw_span(0, len(redacted.text)) == (0, len(raw))


@given(pieces)
def test_no_name_is_left(parts: list[str]) -> None:
    sent = redactor(NAMES).redact(" ".join(parts)).text

    assert not any(name in sent for name in (*NAMES, "@b.example"))
