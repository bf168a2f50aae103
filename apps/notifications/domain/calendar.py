"""The calendar entry of an interview: the same for all tries, one more sequence for each change."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from icalendar import Calendar, vCalAddress, vDuration, vText
from icalendar import Event as Entry

from apps.core.json import JsonObject
from apps.interviews.models import Interview

PRODUCT = "-//Ninestep//Interviews//EN"


@dataclass(frozen=True)
class Event:
    """What a calendar shows of an interview. A change of any of it is worth a new letter.

    starts_at: ISO, with its offset.
    """

    title: str
    position: str
    starts_at: str
    minutes: int

    def as_json(self) -> JsonObject:
        return asdict(self)

    @property
    def start(self) -> datetime:
        return datetime.fromisoformat(self.starts_at)


def event_of(interview: Interview) -> Event | None:
    """None where nobody has set a time."""
    if interview.scheduled_at is None:
        return None
    # Without extra time that was set for the candidate: raters would read it off their calendars.
    return Event(
        title=" ".join(interview.design.title.split()),
        position=" ".join(interview.position.split()),
        starts_at=interview.scheduled_at.isoformat(),
        minutes=sum(interview.plan.values()) or 45,
    )


def stored_event(stored: Any) -> Event:
    return Event(**stored)


def written(
    interview_id: UUID,
    event: Event,
    *,
    sequence: int,
    attendee: str,
    organiser: str,
    url: str,
    stamp: datetime,
    is_cancelled: bool = False,
) -> str:
    """As RFC 5545 and 5546 have it: a request, or its cancellation. organiser: name and address."""
    entry = Entry()
    entry.add("uid", f"{interview_id}@ninestep")
    entry.add("sequence", sequence)
    entry.add("dtstamp", stamp)
    entry.add("dtstart", event.start)
    entry["duration"] = vDuration(timedelta(minutes=event.minutes))
    entry.add("summary", event.title)
    entry.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if url:
        entry.add("url", url)
        entry.add("location", vText(url))
    entry["organizer"] = _person(organiser)
    entry.add("attendee", _attendee(attendee))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "REQUEST")
    calendar.add_component(entry)
    return str(calendar.to_ical().decode())


def _person(written_address: str) -> vCalAddress:
    name, address = parseaddr(written_address)
    person = vCalAddress(f"mailto:{address}")
    if name:
        person.params["cn"] = vText(name)
    return person


def _attendee(address: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    person.params["role"] = vText("REQ-PARTICIPANT")
    person.params["partstat"] = vText("NEEDS-ACTION")
    person.params["rsvp"] = vText("TRUE")
    return person
