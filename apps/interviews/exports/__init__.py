"""The record of interviews as files: one interview as JSON or CSV, a list of them as CSV."""

from apps.interviews.exports.listing import list_csv
from apps.interviews.exports.record import Record, record_of
from apps.interviews.exports.table import record_csv

__all__ = ["Record", "list_csv", "record_csv", "record_of"]
