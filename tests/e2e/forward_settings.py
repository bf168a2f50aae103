"""The product's settings with a clock that a test can put forward (`clocks.Forward`)."""

from apps.config.settings import *  # noqa: F403

CLOCK = "tests.e2e.clocks.now"
