"""What templates need to draw the interface: icons, faces, dates in words."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from apps.core.permissions import Role
from apps.designs.models import Participant

register = template.Library()

THEMES = [("light", "Light", "sun"), ("dark", "Dark", "moon"), ("system", "As the system", "panel")]


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """A symbol of the sprite. It only decorates: the words beside it carry the meaning."""
    size_class = "" if size == 16 else f" i-{size}"
    href = f"{static('icons.svg')}#{name}"
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}"/></svg>', size_class, href
    )


@register.inclusion_tag("parts/face.html")
def face(name: str, color: int, size: int = 24) -> dict[str, object]:
    return {"name": name, "color": color, "size": size, "initials": initials(name)}


@register.simple_tag
def themes() -> list[tuple[str, str, str]]:
    return THEMES


@register.filter
def who(people: Iterable[Participant]) -> str:
    """The names a session is remembered by: of its candidates, else of its owner."""
    by_role = {role: [p.name for p in people if p.role == role] for role in Role}
    return ", ".join(by_role[Role.CANDIDATE] or by_role[Role.OWNER])


@register.filter
def initials(name: str) -> str:
    """At most two letters: of the first word and of the last."""
    words = name.split()
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper() or "?"


@register.filter
def amount(value: float) -> str:
    """With thousands set apart, and no .0 behind a whole number."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


@register.filter
def day(moment: datetime) -> SafeString:
    """`frontend/src/pages/times.ts` puts the same words into the reader's time zone."""
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), day_in_words(moment))


def day_in_words(moment: datetime) -> str:
    """As within a sentence: today 10:00 UTC, yesterday, 19 Nov, 19 Nov 2025."""
    local, now = timezone.localtime(moment), timezone.localtime()
    if local.date() == now.date():
        return f"today {local:%H:%M %Z}"
    if local.date() == (now - timedelta(days=1)).date():
        return "yesterday"
    return f"{local.day} {local:%b}" if local.year == now.year else f"{local.day} {local:%b %Y}"


@register.filter
def signed(value: float | None) -> str:
    """Two places with a sign, as differences are shown; a dash for none."""
    return "–" if value is None else f"{value:+.2f}".replace("-", "−")


@register.filter
def coefficient(value: float | None) -> str:
    """Two places without the nought before the point, as agreement is usually printed."""
    if value is None:
        return "–"
    return f"{value:.2f}".replace("0.", ".", 1).replace("-", "−")


@register.filter
def share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f} %"


@register.simple_tag
def chart_data(chart: object, name: str, number: int | str = "") -> SafeString:
    """What `frontend/src/dashboard` draws on the element whose `data-chart` has this name."""
    return json_script(chart, f"chart-{name}-{number}" if number else f"chart-{name}")
