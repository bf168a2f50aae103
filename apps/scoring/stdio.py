"""What is answered to a line of `manage.py score --stdio`? One JSON reply, whatever it holds.

Plain Python: no database, no server, no network.
"""

import json
import logging
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, TextIO

from apps.content import registry
from apps.core.errors import Invalid, NinestepError
from apps.core.json import Json, JsonObject
from apps.designs.document.limits import MAX_BYTES
from apps.designs.document.validation import parse, read_json
from apps.scoring.domain.engines import compiled, engine, given_for
from apps.scoring.engine.match import match
from apps.scoring.engine.terms import terms_and_sentences

# A request is a document and a few words around it.
MAX_LINE: Final = MAX_BYTES + 1024
# A text to match is an answer, not a book.
MAX_TEXT: Final = 100_000
MAX_CRITERIA: Final = 200

log = logging.getLogger(__name__)


class BadRequest(Exception):
    """path: where in the request, such as `$.answer`."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path


def serve(requests: BinaryIO, replies: TextIO) -> None:
    """Answers every line until the end of input, each at once."""
    for line in _lines(requests):
        replies.write(dump(answer(line)) + "\n")
        replies.flush()


def dump(reply: Json) -> str:
    """One line of plain ASCII, the keys in their given order."""
    return json.dumps(reply, separators=(",", ":"), allow_nan=False)


def answer(line: bytes | None) -> JsonObject:
    """The reply to a request; None stands for a line that was too long to read."""
    try:
        return _answer(line)
    except BadRequest as error:
        return _error(error.path, str(error))
    except NinestepError as error:
        return _error("$", str(error))
    except Exception:
        # One request must not end the stream; the log tells the operator what the fault was.
        log.exception("A scoring request failed")
        return _error("$", "The request could not be answered because of a fault in the program.")


def score_document(data: object) -> JsonObject:
    """Raises Invalid if the data is no design document."""
    document = parse(data)
    reply = engine().start(document, *given_for(document)).reply()
    del reply["trace"]
    return reply


def _answer(line: bytes | None) -> JsonObject:
    request = _request(line)
    task = request.get("task")
    if not isinstance(task, str) or task not in TASKS:
        raise BadRequest("$.task", f"must be one of {', '.join(TASKS)}")
    return TASKS[task](request)


def _request(line: bytes | None) -> JsonObject:
    if line is None or len(line) > MAX_LINE:
        raise BadRequest("$", f"is longer than {MAX_LINE} bytes")
    if not line.strip():
        raise BadRequest("$", "is an empty line, not a request")
    try:
        request = read_json(line)
    except Invalid as error:
        raise BadRequest("$", error.faults[0].reason) from error
    if not isinstance(request, dict):
        raise BadRequest("$", "must be an object")
    return request


def _score(request: JsonObject) -> JsonObject:
    if "document" not in request:
        raise BadRequest("$.document", "is missing")
    try:
        return score_document(request["document"])
    except Invalid as error:
        first = error.faults[0]
        raise BadRequest(f"$.document{first.path[1:]}", first.reason) from error


def _match(request: JsonObject) -> JsonObject:
    return {
        "score": match(
            _text(request, "question", ""),
            _text(request, "reference"),
            _texts(request, "criteria"),
            _text(request, "answer"),
        )
    }


def _rubric(_: JsonObject) -> JsonObject:
    return terms_and_sentences(compiled(registry.rubric()))


TASKS: Final[dict[str, Callable[[JsonObject], JsonObject]]] = {
    "score": _score,
    "match": _match,
    "rubric": _rubric,
}


def _text(request: JsonObject, key: str, default: str | None = None) -> str:
    value = request.get(key, default)
    if not isinstance(value, str):
        raise BadRequest(f"$.{key}", "must be a text")
    if len(value) > MAX_TEXT:
        raise BadRequest(f"$.{key}", f"is longer than {MAX_TEXT} characters")
    return value


def _texts(request: JsonObject, key: str) -> list[str]:
    values = request.get(key, [])
    if not isinstance(values, list) or len(values) > MAX_CRITERIA:
        raise BadRequest(f"$.{key}", f"must be a list of at most {MAX_CRITERIA} texts")
    for index, value in enumerate(values):
        if not isinstance(value, str):
            raise BadRequest(f"$.{key}[{index}]", "must be a text")
        if len(value) > MAX_TEXT:
            raise BadRequest(f"$.{key}[{index}]", f"is longer than {MAX_TEXT} characters")
    return [value for value in values if isinstance(value, str)]


def _error(path: str, message: str) -> JsonObject:
    return {"error": {"path": path, "message": message}}


def _lines(requests: BinaryIO) -> Iterator[bytes | None]:
    """Every line, also an empty one: who counts on a reply a line must not wait for ever.

    None for one that is too long, which is read past, not kept.
    """
    while line := requests.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE and not line.endswith(b"\n"):
            while rest := requests.readline(MAX_LINE):
                if rest.endswith(b"\n"):
                    break
            yield None
        else:
            yield line
