"""CSV that a spreadsheet cannot take for formulas; numbers stay numbers."""

import io
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from defusedcsv import csv

Value: TypeAlias = str | int | float | None


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """With the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_bare(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _bare(value: Value) -> Value:
    """Without the blanks in front, behind which some spreadsheets still see a formula."""
    return value.strip() if isinstance(value, str) else value
