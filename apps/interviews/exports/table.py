"""The ratings of one interview as rows: one for each item that somebody rated."""

from collections.abc import Iterator

from apps.interviews.exports.record import Record
from apps.interviews.exports.safe_csv import Value, csv_text

HEADS = (
    "interview",
    "candidate",
    "position",
    "problem",
    "rubric",
    "rater",
    "item",
    "kind",
    "level",
    "state",
    "confidence",
    "asked",
    "reason",
    "evidence",
    "verdict",
    "submitted_at",
)


def record_csv(record: Record) -> str:
    return csv_text(HEADS, _rows(record))


def _rows(record: Record) -> Iterator[list[Value]]:
    about = record["interview"]
    rubric = f"{record['rubric']['id']} {record['rubric']['version']}"
    for card in record["cards"]:
        for rating in card["ratings"]:
            yield [
                about["id"],
                about["candidate"],
                about["position"],
                about["problem"]["id"],
                rubric,
                card["rater"],
                rating["item"],
                rating["kind"],
                rating["level"],
                rating["state"],
                rating["confidence"],
                int(rating["is_probed"]),
                rating["reason"],
                "; ".join(_evidence(one) for one in rating["evidence"]),
                card["verdict"],
                card["submitted_at"],
            ]


def _evidence(one: Record) -> str:
    pointer = one["pointer"] if isinstance(one["pointer"], dict) else {}
    return str(pointer.get("quote") or pointer.get("name") or pointer.get("id") or one["kind"])
