"""`.env.sample` lists every variable that the settings read, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_sample_lists_exactly_the_variables_of_the_settings() -> None:
    settings = (ROOT / "apps" / "config" / "settings.py").read_text()
    sample = (ROOT / ".env.sample").read_text()

    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    listed = set(re.findall(r"^#?([A-Z_]+)=", sample, flags=re.MULTILINE))

    # The first two are read by `manage.py serve`, the others where scoring needs no settings.
    elsewhere = {"HOST", "PORT", "NINESTEP_CONTENT_DIRS", "NINESTEP_SCORING_CHANNELS"}
    assert listed == read | elsewhere


def test_every_variable_of_the_sample_has_a_comment_above_it() -> None:
    lines = (ROOT / ".env.sample").read_text().splitlines()

    bare = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if re.match(r"#?[A-Z_]+=", line) and not before.startswith("# ")
    ]

    assert bare == []
