"""What is answered to a line of `manage.py score --stdio`? One JSON reply, whatever it holds.

    {"task": "score", "document": {…}, "channels": ["lexical"], "trace": true}

channels: how evidence is looked for; left out, in every way that is installed. trace: also say what
every number was computed from.

Plain Python: no database, no server, no network.
"""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, TextIO, TypeAlias

from apps.content import registry
from apps.core.errors import Invalid, NinestepError, NotFound
from apps.core.json import Json, JsonObject
from apps.designs.document.limits import MAX_BYTES
from apps.designs.document.validation import parse, read_json
from apps.scoring.domain.engines import compiled, engine, given_for, vectors, why_no_vectors
from apps.scoring.engine.interface import Vectors
from apps.scoring.engine.match import match
from apps.scoring.engine.terms import terms_and_sentences

# A request is a document and a few words around it.
MAX_LINE: Final = MAX_BYTES + 1024
# A text to match is an answer, not a book.
MAX_TEXT: Final = 100_000
MAX_CRITERIA: Final = 200

# What the semantic channel finds comes beside what the words give, never alone.
SEMANTIC: Final = "semantic"
CHANNELS: Final = ("lexical", SEMANTIC)

Channels: TypeAlias = frozenset[str]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """How to score. channels None: all that are installed."""

    channels: Channels | None = None
    trace: bool = False

    def as_json(self) -> JsonObject:
        channels = None if self.channels is None else list[Json](sorted(self.channels))
        return {"channels": channels, "trace": self.trace}


class BadRequest(Exception):
    """path: where in the request, such as `$.answer`."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path


def serve(requests: BinaryIO, replies: TextIO, asked: Asked = Asked()) -> None:
    """Answers every line until the end of input, each at once. asked: where a line does not say."""
    for line in _lines(requests):
        replies.write(dump(answer(line, asked)) + "\n")
        replies.flush()


def dump(reply: Json) -> str:
    """One line of plain ASCII, the keys in their given order."""
    return json.dumps(reply, separators=(",", ":"), allow_nan=False)


def answer(line: bytes | None, asked: Asked = Asked()) -> JsonObject:
    """The reply to a request; None stands for a line that was too long to read."""
    try:
        return _answer(line, asked)
    except BadRequest as error:
        return _error(error.path, str(error))
    except NinestepError as error:
        return _error("$", str(error))
    except Exception:
        # One request must not end the stream; the log tells the operator what the fault was.
        log.exception("A scoring request failed")
        return _error("$", "The request could not be answered because of a fault in the program.")


def score_document(data: object, asked: Asked = Asked()) -> JsonObject:
    """Raises Invalid if the data is no design document, and NotFound for a channel that this
    installation does not have."""
    document = parse(data)
    reply = engine().start(document, *given_for(document), _vectors(asked.channels)).reply()
    if not asked.trace:
        del reply["trace"]
    return reply


def _vectors(channels: Channels | None) -> Vectors | None:
    if channels is not None and SEMANTIC not in channels:
        return None
    found = vectors()
    if found is None and channels is not None:
        raise NotFound(f"The semantic channel cannot be used. {why_no_vectors()}".strip())
    return found


def _answer(line: bytes | None, asked: Asked) -> JsonObject:
    request = {**asked.as_json(), **_request(line)}
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
    asked = Asked(_channels(request), _trace(request))
    try:
        return score_document(request["document"], asked)
    except Invalid as error:
        first = error.faults[0]
        raise BadRequest(f"$.document{first.path[1:]}", first.reason) from error


def _channels(request: JsonObject) -> Channels | None:
    value = request.get("channels")
    if value is None:
        return None
    if not isinstance(value, list) or not value or any(one not in CHANNELS for one in value):
        raise BadRequest("$.channels", f"must be a list of {' or '.join(CHANNELS)}")
    return frozenset(map(str, value))


def _trace(request: JsonObject) -> bool:
    value = request.get("trace", False)
    if not isinstance(value, bool):
        raise BadRequest("$.trace", "must be true or false")
    return value


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
