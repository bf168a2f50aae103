"""A clock that stands still, and the jobs that wait."""

from tests.interviews.conftest import clock as clock
