"""How much one person, one link and one address may ask, by a clock of the test's own."""

import pytest

from apps.rooms.limits import FORGET_EVERY_S, Allowance, Kind, Limits, Ticket, TooMany
from apps.rooms.room.pace import Verdict

NONE = Allowance(0, 0, 0)


def limits_of(**allowances: Allowance) -> Limits:
    return Limits({kind: allowances.get(kind.value, NONE) for kind in Kind})


def claimed(limits: Limits, kind: Kind, name: str, now: float = 0.0) -> Ticket:
    ticket = Ticket(limits)
    ticket.claim(kind, name, now)
    return ticket


def test_a_person_has_so_many_sockets_and_gets_them_back() -> None:
    limits = limits_of(person=Allowance(2, 0, 0))
    first = claimed(limits, Kind.PERSON, "ann")
    claimed(limits, Kind.PERSON, "ann")

    with pytest.raises(TooMany, match="This person has 2 sockets open"):
        claimed(limits, Kind.PERSON, "ann")
    claimed(limits, Kind.PERSON, "bob")
    first.give_back()
    claimed(limits, Kind.PERSON, "ann")


def test_a_ticket_is_given_back_once() -> None:
    limits = limits_of(address=Allowance(1, 0, 0))
    ticket = claimed(limits, Kind.ADDRESS, "192.0.2.1")

    ticket.give_back()
    ticket.give_back()
    claimed(limits, Kind.ADDRESS, "192.0.2.1")

    with pytest.raises(TooMany):
        claimed(limits, Kind.ADDRESS, "192.0.2.1")


def test_what_was_claimed_before_a_refusal_is_given_back_with_the_rest() -> None:
    limits = limits_of(address=Allowance(1, 0, 0), person=Allowance(1, 0, 0))
    claimed(limits, Kind.PERSON, "ann")
    ticket = claimed(limits, Kind.ADDRESS, "192.0.2.1")
    with pytest.raises(TooMany):
        ticket.claim(Kind.PERSON, "ann", 0.0)

    ticket.give_back()

    claimed(limits, Kind.ADDRESS, "192.0.2.1")


def test_handshakes_are_counted_by_the_minute_also_if_each_socket_is_closed_at_once() -> None:
    limits = limits_of(address=Allowance(0, 60, 0))
    for _ in range(60):
        claimed(limits, Kind.ADDRESS, "192.0.2.1", 5.0).give_back()

    with pytest.raises(TooMany, match="This address opens sockets too fast"):
        claimed(limits, Kind.ADDRESS, "192.0.2.1", 5.0)
    claimed(limits, Kind.ADDRESS, "192.0.2.1", 7.1)


def test_all_sockets_of_a_link_share_one_pace() -> None:
    limits = limits_of(link=Allowance(0, 0, 10))
    tickets = [claimed(limits, Kind.LINK, "link") for _ in range(20)]

    verdicts = [pace.judge(0.0) for ticket in tickets for pace in ticket.paces]
    [one_more] = tickets[0].paces

    assert verdicts == [Verdict.TAKE] * 20
    assert one_more.judge(0.0) is Verdict.TOO_FAST


def test_no_limit_is_no_limit() -> None:
    limits = limits_of()

    tickets = [claimed(limits, Kind.PERSON, "ann") for _ in range(10_000)]

    assert {ticket.paces for ticket in tickets} == {()}


def test_who_is_gone_is_forgotten_and_who_is_here_is_not() -> None:
    limits = limits_of(address=Allowance(5, 60, 10))
    claimed(limits, Kind.ADDRESS, "stays")
    for number in range(100):
        claimed(limits, Kind.ADDRESS, f"192.0.2.{number}").give_back()

    claimed(limits, Kind.ADDRESS, "comes", 2 * FORGET_EVERY_S)

    assert len(limits) == 2
    for _ in range(4):
        claimed(limits, Kind.ADDRESS, "stays", 2 * FORGET_EVERY_S)
    with pytest.raises(TooMany):
        claimed(limits, Kind.ADDRESS, "stays", 2 * FORGET_EVERY_S)
