"""A whole interview by clicks and keys: three interviewers, one candidate, 45 planned minutes.

It is played once, on PostgreSQL and Valkey with a worker of its own, from the page of a new session
to the candidate's report and its end. What people write in private holds a canary; all that the
candidate's browser gets is recorded. The tests of the whole interview and of the canaries look at
what came of it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString
from uuid import uuid4

import psycopg
import redis
from playwright.sync_api import Browser, Locator, Response, expect

from tests.e2e.clocks import SETTINGS, put_forward
from tests.e2e.recording import Recording
from tests.e2e.seats import Seat, take_seat, until
from tests.e2e.server import Server
from tests.e2e.services import fresh_services, worker

PRIVATE, SHARED, REASON, VERDICT, REVISION, NOTE, DECISION, DELETED = CANARIES = tuple(
    f"{where}canary5e81"
    for where in (
        "private", "shared", "reason", "verdict", "revision", "note", "decision", "deleted",
    )
)  # fmt: skip
EMAILS = {name: f"{name.lower()}-canary5e81@example.org" for name in ("Tomas", "Anneke")}
MESSAGE = "Thank you for the talk. Your candidate generation was the strongest part."
SAID = {
    1: "Goal: more finished episodes a viewer. 30 M viewers a day, 200 ms at p95.",
    2: "Primary metric: nDCG at 20 of finished plays; guardrail: hides below 1 %.",
    3: "Retrieval of 500 titles, then one ranker, because 1 M titles cannot be scored in 200 ms.",
    4: "Positive: watched half or 20 minutes within 7 days. 4 sampled negatives for each.",
    5: "Watch history of 90 days, refreshed hourly; the same code computes it offline.",
    6: "Baseline: popularity by country. Then gradient boosting; split by time, last 14 days out.",
    7: "Online: 120 ms for features, 40 ms for ranking; falls back to the popular row.",
    9: "Drift of click rate by country, alarm at 10 % over a day; retrained weekly.",
}
DIVE, PAUSED, TWISTED, SKIPPED = 4, 5, 6, 8
MODEL = "Model and offline evaluation"  # step 6
PAUSE_MINUTES = 10
# Of Tomás, Anneke and Kofi in step 6; everywhere else they agree on 3.
LEVELS_OF_THE_MODEL = (2, 3, 4)
# Pages and endpoints that are withheld from a candidate, and those that are not.
WITHHELD = (
    "/designs/{}/links", "/designs/{}/debrief", "/designs/{}/report", "/designs/{}/release",
    "/designs/{}/privacy",
    "/api/v1/designs/{}/card", "/api/v1/designs/{}/panel", "/api/v1/designs/{}/people",
    "/api/v1/designs/{}/links", "/api/v1/designs/{}/record.json",
    "/api/v1/designs/{}/record.csv", "/api/v1/designs/{}/report.pdf",
    "/api/v1/designs/{}/scores/latest", "/api/v1/designs/{}/interview/accommodations",
)  # fmt: skip
ALLOWED = (
    "/designs/{}/lobby", "/designs/{}/my-data", "/designs/{}/nothing",
    "/api/v1/designs/{}/interview", "/api/v1/designs/{}/document",
    "/api/v1/designs/{}/thumbnail.svg", "/api/v1/designs/{}/diagram.svg",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What can be told from outside: an address that is withheld, or one that never was."""

    status: int
    length: int
    headers: frozenset[str]


@dataclass
class Played:
    """What is left to look at when everybody has gone."""

    server: Server
    recording: Recording
    worker_log: Path
    # As Tomas was told them: once the clock had run, and at the very end.
    interview: dict[str, Any] = field(default_factory=dict)
    record: dict[str, Any] = field(default_factory=dict)
    pdf: bytes = b""
    # Of Valkey at several moments: keys and values.
    valkey: list[bytes] = field(default_factory=list)
    # By address: what was withheld, and beside it the same of a design that never was.
    withheld: dict[str, tuple[Answer, Answer]] = field(default_factory=dict)
    frames_while_others_wrote: list[bytes] = field(default_factory=list)
    report_statuses: list[int] = field(default_factory=list)
    hidden: list[Any] = field(default_factory=list)

    def rows(self, query: LiteralString) -> list[tuple[Any, ...]]:
        """Of the server's database."""
        with psycopg.connect(self.server.environment["DATABASE_URL"]) as connection:
            return connection.execute(query).fetchall()


@contextmanager
def services(data: Path, tests_in: str) -> Iterator[Played]:
    """A server and a worker on a database of their own, with the clock that can be put forward.

    tests_in: the process that runs the tests, "master" or one of several as "gw1".
    """
    number = int(tests_in.removeprefix("gw")) if tests_in != "master" else 0
    environment = {
        **fresh_services(f"whole{number}", 10 + number),
        **SETTINGS,
        "NINESTEP_DEMO": "0",
        # Letters go out by a post office; the console, which is the log, is for trying out.
        "NINESTEP_EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    }
    server = Server(data, environment)
    server.prepare()
    with worker(environment, data) as worker_log:
        server.start()
        try:
            yield Played(server, Recording(), worker_log)
        finally:
            status = server.stop()
        assert status == 0


def play(browser: Browser, played: Played) -> None:
    tomas, anneke, kofi, priya = (take_seat(browser, played.server) for _ in range(4))
    story = Story(played, tomas, anneke, kofi, priya)
    played.recording.follow(story.priya.context)
    for scene in (
        story.set_up, story.wait_and_be_admitted, story.play_the_steps, story.end,
        story.rate_alone, story.look_side_by_side, story.debrief, story.report,
        story.release_to_the_candidate,
    ):  # fmt: skip
        scene()
    story.leave()


@dataclass
class Story:
    """Four browsers. Each scene begins where the one before it ended."""

    played: Played
    tomas: Seat
    anneke: Seat
    kofi: Seat
    priya: Seat
    links: dict[str, str] = field(default_factory=dict)

    @property
    def raters(self) -> tuple[Seat, Seat, Seat]:
        return self.tomas, self.anneke, self.kofi

    # Before ------------------------------------------------------------------------------------

    def set_up(self) -> None:
        """The new-session page, then a board prepared unseen: something is written and deleted."""
        page = self.tomas.page
        self.tomas.sign_up("Tomas", EMAILS["Tomas"])
        page.goto(f"{self.tomas.server.url}/new")
        page.get_by_role("link", name=re.compile("Video recommendation")).first.click()
        page.get_by_role("button", name="45 min").click()
        page.get_by_label("Role").fill("Senior ML engineer, Personalisation")
        page.get_by_label("Candidate", exact=True).fill("Priya")
        page.get_by_text("Score it by itself at the end").click()
        page.get_by_role("button", name="Create").click()
        self.links = self.tomas.links_in_the_lobby()
        page.get_by_role("link", name="Prepare the board unseen").click()
        self.tomas.wait_until_saved()
        paste_notes(self.tomas, 1, DELETED)
        self.tomas.wait_until_saved()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        self.tomas.wait_until_saved()
        self.tomas.choose_from_menu("More", "Lobby")
        self.anneke.sign_up("Anneke", EMAILS["Anneke"])
        self.anneke.join(self.links["For interviewers"], "Anneke")
        self.kofi.join(self.links["For interviewers"], "Kofi")

    def wait_and_be_admitted(self) -> None:
        self.priya.come_in(self.links["For the candidate"], "Priya")
        expect(self.priya.page.get_by_text("Waiting for Tomas")).to_be_visible()
        self.tomas.page.get_by_role("button", name="Admit Priya").click()
        self.priya.wait_until_saved()
        self.tomas.start_the_clock()

    # The 45 minutes ----------------------------------------------------------------------------

    def play_the_steps(self) -> None:
        for number, step in enumerate(self.tomas.interview()["steps"], start=1):
            if number == SKIPPED:
                self._skip(number)
            else:
                self._work_on(number, step["id"])
                put_forward(self.played.server.data, minutes=step["planned_s"] / 60)
        self.priya.insert("ranker")
        self.priya.wait_until_saved()
        self._look_around()
        self.played.interview = self.tomas.interview()

    def _work_on(self, number: int, step: str) -> None:
        self.tomas.go_to_step(number)
        self.tomas.page.keyboard.press("Alt+Shift+W")
        paste_notes(self.priya, number, SAID[number])
        if number == DIVE:
            self.tomas.page.keyboard.press("Alt+Shift+D")
            expect(self.priya.rail_step(number)).to_contain_text("Deep dive")
            self._write_in_private()
        if number == PAUSED:
            self._pause()
        if number == TWISTED:
            self._freeze()
            self._play_a_twist()
        until(lambda: self.tomas.interview()["step"], lambda now: now == step)

    def _skip(self, number: int) -> None:
        self.priya.go_to_step(number)
        self.priya.choose_from_menu(f"Step {number}", "Skip this step")
        expect(self.tomas.rail_step(number)).to_contain_text("Skipped by candidate")

    def _write_in_private(self) -> None:
        """Everybody but the candidate, whose browser hears nothing of it."""
        for seat in self.raters:
            seat.go_to_step(DIVE)
        expect(self.priya.rail_step(DIVE).locator(".face")).to_have_count(3)
        self.priya.wait_until_saved()
        self._wait_until_nothing_is_on_its_way()
        before = len(self.played.recording.frames())
        for seat in self.raters:
            seat.tab("Private notes")
            seat.write_private_notes(f"Asks about scale first. {PRIVATE}")
        self.kofi.page.get_by_role("button", name="Shared").click()
        self.kofi.write_private_notes(f"Let us ask about cold start. {SHARED}")
        self.tomas.page.get_by_role("button", name="Shared").click()
        expect(self.tomas.private_notes).to_contain_text(SHARED)
        self.played.frames_while_others_wrote = self.played.recording.frames()[before:]

    def _wait_until_nothing_is_on_its_way(self) -> None:
        """An answer may be late; but what comes on one socket keeps its order."""
        before = len(self.played.recording.frames())

        def heard_since() -> list[bytes]:
            self.priya.page.title()  # events come in while Playwright is asked something
            return self.played.recording.frames()[before:]

        until(heard_since, lambda frames: any(missed_nothing(frame) for frame in frames))

    def _pause(self) -> None:
        self.tomas.page.keyboard.press("Alt+Shift+P")
        expect(self.priya.page.get_by_text("The clock is paused.")).to_be_visible()
        before = self.tomas.interview()["elapsed_s"]
        put_forward(self.played.server.data, minutes=PAUSE_MINUTES)
        self.tomas.page.get_by_role("button", name="Resume", exact=True).click()
        expect(self.priya.page.get_by_text("The clock is paused.")).to_have_count(0)
        assert self.tomas.interview()["elapsed_s"] - before < 60  # of real time at most

    def _freeze(self) -> None:
        frozen = self.priya.page.get_by_text("Editing is paused for a moment.")
        self.tomas.choose_from_menu("Run the interview", "Freeze the candidate's editing")
        expect(frozen).to_be_visible()
        expect(self.priya.save_state.first).to_have_text(re.compile("Read only"))
        self.tomas.page.get_by_role("button", name="Unfreeze").click()
        expect(frozen).to_have_count(0)

    def _play_a_twist(self) -> None:
        guide = self.tomas.page.get_by_role("region", name=re.compile("^For interviewers"))
        self.tomas.tab("Guide")
        guide.get_by_role("heading", name="Answers, when asked").click()
        guide.get_by_role("button", name=re.compile("^Reveal: ")).first.click()
        guide.get_by_role("heading", name="Twists").click()
        guide.get_by_role("button", name=re.compile("^Play: ")).first.click()
        card = self.priya.page.get_by_role("region", name=re.compile("^A twist: "))
        card.get_by_role("button", name=re.compile("Put away")).click()

    def _look_around(self) -> None:
        """The candidate opens what is theirs, and tries what is not."""
        for name in ("Guide", "Diagram", "Notes"):
            self.priya.tab(name)
        self.played.hidden = hidden_parts(self.tomas.interview())
        self._try_what_is_withheld()
        self._keep_valkey()

    def _try_what_is_withheld(self) -> None:
        for address in WITHHELD:
            self.played.withheld[address] = (
                self._ask(address.format(self._id)),
                self._ask(address.format(uuid4())),
            )
        for address in ALLOWED:
            self._ask(address.format(self._id))

    def _ask(self, path: str) -> Answer:
        answer = self.priya.context.request.get(f"{self.priya.server.url}{path}")
        body = answer.body()
        self.played.recording.keep(f"tried {path}", body)
        self.played.recording.keep(f"headers of {path}", repr(answer.headers_array))
        return Answer(answer.status, len(body), frozenset(answer.headers) - {"date"})

    @property
    def _id(self) -> str:
        return self.tomas.design_id

    # After the end -----------------------------------------------------------------------------

    def end(self) -> None:
        self.tomas.choose_from_menu("Run the interview", "End the interview")
        self.tomas.page.get_by_role("button", name="End session").click()
        for seat in (*self.raters, self.priya):
            expect(seat.page.get_by_text("This interview has ended.")).to_be_visible()
        self._replay()

    def _replay(self) -> None:
        """A candidate may play it again, without what was deleted."""
        page = self.priya.page
        page.goto(f"{self.priya.server.url}/designs/{self._id}/replay")
        position = page.get_by_role("slider", name="Position in the session")
        expect(position).to_have_attribute("aria-valuemax", re.compile("[1-9]"))

    def rate_alone(self) -> None:
        for number, seat in enumerate(self.raters):
            seat.go_to_step(1)
            seat.tab("Score")
            expect(seat.page.get_by_text("withheld until your card is in")).to_be_visible()
            expect(seat.page.get_by_role("list", name="The others")).to_have_count(0)
            fill_in_card(seat, level_of_the_model=LEVELS_OF_THE_MODEL[number])
            seat.page.keyboard.press("Control+Enter")
            expect(seat.page.locator(".ch .state", has_text="Submitted")).to_be_visible()

    def look_side_by_side(self) -> None:
        """Everybody sees everybody's level now, without a reload; and the machine's."""
        for seat in self.raters:
            model = card_row(seat, "model")
            expect(
                model.get_by_role("list", name="The others").get_by_role("listitem")
            ).to_have_count(2)
            expect(model.get_by_text("Machine", exact=True)).to_be_visible()
        expect(card_row(self.tomas, "model").get_by_text("for the debrief")).to_be_visible()

    def debrief(self) -> None:
        for seat in self.raters:
            seat.page.get_by_role("link", name="Debrief").click()
            expect(seat.page.get_by_text("2 apart").first).to_be_visible()
        self._revise()
        page = self.kofi.page
        page.get_by_label("A note for the panel").fill(f"Cold start was never asked. {NOTE}")
        page.get_by_role("button", name="Add the note").click()
        expect(self.tomas.page.get_by_text(NOTE)).to_be_visible()
        self._decide()
        self._keep_valkey()

    def _revise(self) -> None:
        """In the drawer of the step; the others' pages hear of it."""
        page = self.tomas.page
        page.get_by_role("link", name=MODEL, exact=True).click()
        drawer = page.get_by_role("complementary")
        levels = drawer.get_by_role("group", name="Revise your level")
        levels.get_by_text("3", exact=True).click()
        drawer.get_by_label("Reason").fill(f"The note was corrected in time. {REVISION}")
        drawer.get_by_role("button", name="Revise").click()
        expect(self.anneke.page.get_by_text("2 apart")).to_have_count(0)

    def _decide(self) -> None:
        decision = self.tomas.page.get_by_role("region", name="Decision")
        decision.get_by_role("radio", name="Yes", exact=True).check()
        decision.get_by_label("Reason").fill(f"All three agree after the debrief. {DECISION}")
        decision.get_by_role("button", name="Keep the decision").click()
        for seat in (self.anneke, self.kofi):
            signing = seat.page.get_by_role("region", name="Decision")
            signing.get_by_role("button", name="Sign off").click()
            expect(signing.get_by_role("button", name="Sign off")).to_have_count(0)

    # Reports -----------------------------------------------------------------------------------

    def report(self) -> None:
        page = self.tomas.page
        self.tomas.export("Report, also as PDF")
        expect(page.get_by_text(DECISION)).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("button", name="As PDF").click()
        self.played.pdf = Path(download.value.path()).read_bytes()
        self.played.record = self.tomas.request("GET", "record.json")["body"]
        page.get_by_role("link", name="Debrief").click()

    def release_to_the_candidate(self) -> None:
        page = self.tomas.page
        self.tomas.export("Candidate's report")
        page.get_by_label("Levels").check()
        page.get_by_role("checkbox", name=MODEL, exact=True).check()
        page.get_by_label("A message").fill(MESSAGE)
        page.get_by_role("button", name="Release and make a link").click()
        address = page.get_by_label("Address of the report").input_value()

        self.played.report_statuses.append(self._open_report(address))
        expect(self.priya.page.get_by_text(MESSAGE)).to_be_visible()
        page.get_by_role("button", name="Revoke").click()
        expect(page.get_by_role("button", name="Revoke")).to_have_count(0)
        self.played.report_statuses += [
            _status(self.priya.page.reload()),
            self._open_report(address),
            self._open_report(re.sub(r"[^/]+/?$", "never-was", address)),
        ]
        self._try_what_is_withheld()
        self._keep_valkey()

    def _open_report(self, address: str) -> int:
        return _status(self.priya.page.goto(address))

    def leave(self) -> None:
        context = self.priya.context
        self.played.recording.keep("storage", repr(context.storage_state(indexed_db=True)))
        context.unroute_all(behavior="wait")
        for seat in (*self.raters, self.priya):
            seat.context.close()

    def _keep_valkey(self) -> None:
        client = redis.Redis.from_url(self.played.server.environment["REDIS_URL"])
        client.config_set("rdbcompression", "no")  # what is dumped can be searched
        self.played.valkey += [key + b" " + (client.dump(key) or b"") for key in client.scan_iter()]
        client.close()


def missed_nothing(frame: bytes) -> bool:
    """docs/protocol.md: a welcome (104) whose update is empty."""
    return frame[0] == 104 and frame.endswith(b"\x02\x00\x00")


def hidden_parts(interview: dict[str, Any]) -> list[Any]:
    """Of the problem: what the candidate was not told, and of a played twist what it is to show."""
    twists, answers = interview["twists"], interview["clarifications"]
    return [
        *(one["expects"] for one in twists),
        *(one for one in twists if not one["played_at"]),
        *(one["decides"] for one in answers),
        *(one for one in answers if not one["revealed_at"]),
    ]


def paste_notes(seat: Seat, number: int, text: str) -> None:
    seat.go_to_step(number)
    seat.tab("Notes")
    seat.notes.click()
    seat.page.keyboard.insert_text(text)


def fill_in_card(seat: Seat, *, level_of_the_model: int) -> None:
    """Every row that there is, from the first step to the verdict, by keys alone."""
    keys, current = seat.page.keyboard, seat.page.locator(".ci.is-cur")
    current.focus()
    keys.press("Enter")  # folds the criteria of the step
    while (item := current.get_attribute("data-item")) != "verdict":
        keys.press({"model": str(level_of_the_model), "online-testing": "n"}.get(item or "", "3"))
        keys.press("r")
        keys.insert_text(f"As the notes have it. {REASON}")
        keys.press("Escape")
        keys.press("j")
        expect(current).not_to_have_attribute("data-item", str(item))
        expect(current).to_be_focused()
    keys.press("r")
    keys.insert_text(f"Specific in most steps. {VERDICT}")
    keys.press("Escape")
    keys.press("3")
    expect(seat.page.get_by_role("radio", name="Yes", exact=True)).to_be_checked()


def card_row(seat: Seat, item: str) -> Locator:
    return seat.page.locator(f".ci[data-item={item}]")


def _status(response: Response | None) -> int:
    assert response is not None
    return response.status
