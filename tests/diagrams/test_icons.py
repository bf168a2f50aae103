"""Every type of the catalogue has its icon, in both themes, and no icon is there for nothing."""

from apps.content.registry import catalogue
from apps.diagrams.pipeline.graph import PLAIN_LOOK
from apps.diagrams.pipeline.themes import THEMES, icon_file
from apps.diagrams.renderer import ICONS


def test_icons_are_those_of_the_catalogue() -> None:
    looks = {(item.icon, item.hue) for item in catalogue().components}
    looks.add((PLAIN_LOOK.icon or "", PLAIN_LOOK.hue))

    wanted = {icon_file(theme, icon, hue) for theme in THEMES for icon, hue in looks}

    assert {path.name for path in ICONS.iterdir()} == wanted
