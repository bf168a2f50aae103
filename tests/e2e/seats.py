"""A seat: one person's browser on a session, with the things that people do there by name."""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from tests.e2e.server import Server

Value = TypeVar("Value")
STATE_WITHIN_S = 30
PASSWORD = "correct-horse-battery"
ASK = """async ({ method, url, body }) => {
    const csrf = /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
    const headers = { "X-CSRFToken": csrf, "Content-Type": "application/json" };
    const sent = body === null ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(url, { method, headers, ...sent });
    const text = await answer.text();
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    return { status: answer.status, body: isJson ? JSON.parse(text) : text };
}"""


@dataclass
class Seat:
    server: Server
    context: BrowserContext
    page: Page

    # Ways in ------------------------------------------------------------------------------------

    def sign_in_to_demo(self) -> None:
        self.page.goto(self.server.demo_sign_in_url())

    def sign_up(self, name: str, email: str) -> None:
        self.page.goto(f"{self.server.url}/accounts/signup/")
        self.page.get_by_label("Your name").fill(name)
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_label("Password (again)").fill(PASSWORD)
        self.page.get_by_role("button", name="Create the account").click()
        expect(self.page.get_by_label(f"Your account, {name}")).to_be_visible()

    def open_interview(self, problem: str = "Video recommendation") -> dict[str, str]:
        """Makes a new interview and starts its clock, so that nobody has to wait in the lobby.

        The addresses of its links by name.
        """
        addresses = self.set_up_interview(problem)
        self.start_the_clock()
        return addresses

    def open_practice(self, problem: str = "rec-video") -> None:
        """A session alone, whose score its owner may see at once."""
        self.page.goto(f"{self.server.url}/new?problem={problem}&kind=practice")
        self.page.get_by_role("button", name="Create").click()
        self.wait_until_saved()

    def set_up_interview(self, problem: str = "Video recommendation") -> dict[str, str]:
        """Makes a new interview and stays in its lobby. The addresses of its links by name."""
        self.page.goto(f"{self.server.url}/new")
        self.page.get_by_role("link", name=re.compile(problem)).first.click()
        self.page.get_by_role("button", name="Create").click()
        return self.links_in_the_lobby()

    def links_in_the_lobby(self) -> dict[str, str]:
        """The addresses that it shows for a few minutes, by name."""
        expect(self.page.get_by_role("heading", name="Links")).to_be_visible()
        return {
            (field.get_attribute("aria-label") or "").partition(":")[0]: field.input_value()
            for field in self.page.locator("input[aria-label$=': address']").all()
        }

    def start_the_clock(self) -> None:
        """From the lobby, on to the board."""
        self.page.get_by_role("button", name="Start the clock").click()
        self.wait_until_saved()

    def join(self, address: str, name: str) -> None:
        """To the board, which is open already."""
        self.come_in(address, name)
        self.wait_until_saved()

    def come_in(self, address: str, name: str) -> None:
        """To the board, or to the lobby where one has to wait."""
        self.page.goto(address)
        assert "/j/" not in self.page.url, "the secret stays in the address"
        self.page.get_by_label(re.compile("Your name")).fill(name)
        if (consent := self.page.get_by_label("I have read this and agree")).count():
            consent.check()
        self.page.get_by_role("button", name=re.compile("Go to the board|Join")).click()

    @property
    def design_id(self) -> str:
        found = re.search(r"/designs/([0-9a-f-]{36})/", self.page.url)
        assert found, f"not on a board: {self.page.url}"
        return found[1]

    def request(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """By the page itself, with its cookies: {"status", "body"} of an endpoint of the design."""
        answer: dict[str, Any] = self.page.evaluate(
            ASK, {"method": method, "url": f"/api/v1/designs/{self.design_id}/{path}", "body": body}
        )
        return answer

    def interview(self) -> dict[str, Any]:
        """Where it stands, as the server tells this person."""
        answer = self.request("GET", "interview")
        assert answer["status"] == 200, answer
        told: dict[str, Any] = answer["body"]
        return told

    def act(self, action: str, **body: object) -> dict[str, Any]:
        answer = self.request("POST", f"interview/{action}", body)
        assert answer["status"] == 200, (action, answer)
        told: dict[str, Any] = answer["body"]
        return told

    def cut_network(self) -> None:
        self.context.set_offline(True)
        # Open sockets outlive the emulation, and on a machine that has no network at all Chromium
        # sees no change that it would tell the page.
        self.page.evaluate("dispatchEvent(new Event('offline'))")

    def mend_network(self) -> None:
        self.context.set_offline(False)
        with suppress(Error):  # it is back already, and loads itself afresh
            self.page.evaluate("dispatchEvent(new Event('online'))")

    # The board ----------------------------------------------------------------------------------

    @property
    def board(self) -> Locator:
        return self.page.get_by_role("application", name="Board")

    def card(self, name: str) -> Locator:
        cards = self.page.locator(".react-flow__node-components")
        return cards.filter(has=self.page.get_by_text(name, exact=True))

    def press(self, *keys: str) -> None:
        """Keys on the board, wherever the focus was."""
        self.board.focus()
        for key in keys:
            self.page.keyboard.press(key)

    def insert(self, text: str) -> None:
        """By the palette: a component, or a line that names and wires several."""
        self.press("/")
        self.page.get_by_label("Component to insert").fill(text)
        self.page.keyboard.press("Enter")

    def select(self, name: str) -> None:
        self.press("Escape", "Escape")
        self.card(name).click()

    def select_all(self, *names: str) -> None:
        self.select(names[0])
        for name in names[1:]:
            self.card(name).click(modifiers=["Shift"])

    def connect(self, source: str, target: str, kind: str, label: str) -> None:
        """By keyboard: A, the target's name, Enter; then kind and label."""
        self.select(source)
        self.page.keyboard.press("a")
        self.page.get_by_label(f"Connect {source} to").fill(target)
        self.page.keyboard.press("Enter")
        question = self.page.get_by_role("group", name="The new connection")
        question.get_by_role("radio", name=kind).click()
        question.get_by_label("Label").fill(label)
        question.get_by_label("Label").press("Enter")

    def rename(self, old: str, new: str) -> None:
        self.select(old)
        self.page.keyboard.press("F2")
        self.page.locator("input:focus, textarea:focus").fill(new)
        self.page.keyboard.press("Enter")
        expect(self.card(new)).to_be_visible()

    def drag(self, name: str, dx: float, dy: float) -> None:
        box = self.card(name).bounding_box()
        assert box, f"{name} is not in view"
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + dx / 2, y + dy / 2, steps=4)
        self.page.mouse.move(x + dx, y + dy, steps=4)
        self.page.mouse.up()

    def choose_from_menu(self, menu: str, item: str) -> None:
        self.page.get_by_role("button", name=menu, exact=True).click()
        self.page.get_by_role("menuitem", name=re.compile(f"^{re.escape(item)}")).click()

    def rail_step(self, number: int) -> Locator:
        return self.page.locator(".rail .step").nth(number - 1)

    # The debrief --------------------------------------------------------------------------------

    def export(self, what: str) -> None:
        self.page.get_by_text("Export", exact=True).click()
        self.page.get_by_role("link", name=what).click()

    # The panel ----------------------------------------------------------------------------------

    def go_to_step(self, number: int) -> None:
        self.page.keyboard.press(f"Alt+{number}")

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name, exact=True).click()

    @property
    def notes(self) -> Locator:
        return self.page.locator(".cm-content").first

    def write_notes(self, step: int, text: str) -> None:
        """At the end of the step's notes."""
        self.go_to_step(step)
        self.tab("Notes")
        self.notes.click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    @property
    def private_notes(self) -> Locator:
        return self.page.locator(".notes .cm-content")

    def write_private_notes(self, text: str) -> None:
        self.private_notes.click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.insert_text(text)
        expect(self.private_notes).to_contain_text(text)
        self.wait_until_saved()

    # What is true -------------------------------------------------------------------------------

    @property
    def save_state(self) -> Locator:
        return self.page.locator("[data-state]")

    def wait_until_saved(self) -> None:
        expect(self.save_state.first).to_have_attribute(
            "data-state", "saved", timeout=STATE_WITHIN_S * 1000
        )

    def document(self) -> dict[str, Any]:
        """The design as the server has stored it."""
        answer = self.context.request.get(
            f"{self.server.url}/api/v1/designs/{self.design_id}/document"
        )
        assert answer.ok, f"{answer.status}: {answer.text()}"
        document: dict[str, Any] = answer.json()
        return document

    def stored_names(self) -> set[str]:
        return {item["name"] for item in self.document()["board"]["components"]}

    def stored_notes(self, step: int) -> str:
        return str(self.document()["steps"][step - 1]["notes"])


def take_seat(browser: Browser, server: Server, **options: Any) -> Seat:
    """A browser of its own: no cookie or storage is shared with other seats."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
    context.set_default_timeout(STATE_WITHIN_S * 1000)
    return Seat(server, context, context.new_page())


def until(read: Callable[[], Value], is_right: Callable[[Value], bool]) -> Value:
    """Reads again and again until the value is right; the last one is in the error."""
    deadline = time.monotonic() + STATE_WITHIN_S
    value = read()
    while not is_right(value):
        assert time.monotonic() < deadline, f"still {value!r}"
        time.sleep(0.05)
        value = read()
    return value
