"""What does a browser receive? Every body, header and socket frame, by where it came from."""

import json
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Error, Page, Response, Route, WebSocket


@dataclass
class Recording:
    parts: dict[str, bytes] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        # Fetched here and handed on: a body asked for later is gone when the page has moved on.
        context.route("**/*", self._take_request)
        # What a redirect leads to is not offered to the route.
        context.on("response", self._take_redirected)
        context.on("page", self._take_page)
        for page in context.pages:
            self._take_page(page)

    def keep(self, place: str, body: str | bytes) -> None:
        raw = body.encode() if isinstance(body, str) else body
        self.parts[f"{place} #{len(self.parts)}"] = raw

    def frames(self) -> list[bytes]:
        """Of all sockets, as they came in."""
        return [body for place, body in self.parts.items() if place.startswith("socket")]

    def _take_redirected(self, answer: Response) -> None:
        if answer.request.redirected_from is None:
            return
        try:
            body = b"" if 300 <= answer.status < 400 else answer.body()
        except Error:
            self.missed.append(answer.url)
        else:
            self.keep(answer.url, body)
            self.keep(f"headers of {answer.url}", json.dumps(answer.headers_array()))

    def _take_page(self, page: Page) -> None:
        page.on("websocket", self._take_socket)

    def lost(self) -> list[str]:
        """What the browser left before its body was here, and did not ask for again."""
        return [url for url in self.missed if not any(url == _address(one) for one in self.parts)]

    def _take_request(self, route: Route) -> None:
        answer = route.fetch(max_redirects=0)
        self.keep(route.request.url, answer.body())
        self.keep(f"headers of {route.request.url}", json.dumps(answer.headers_array))
        route.fulfill(response=answer)

    def _take_socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.keep(f"socket {socket.url}", frame))


def _address(place: str) -> str:
    return place.rpartition(" #")[0]
