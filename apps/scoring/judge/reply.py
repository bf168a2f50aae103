"""What did the model say? Its answer read strictly: the form of the schema, or nothing at all."""

import json
from dataclasses import dataclass
from typing import Any, Final

from jsonschema import Draft202012Validator

from apps.scoring.judge.prompt import StepAsked, schema

BAD_JSON: Final = "BAD_JSON"
BAD_REPLY: Final = "BAD_REPLY"
# A quote is a sentence; a longer one is a page.
LONGEST_QUOTE: Final = 2_000


class BadReply(Exception):
    """The answer is not of the form that was asked for. `code` says which part."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Quote:
    """source: "notes" or "component"; id: of the step or the card that it is said to stand in."""

    source: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """The facets that are said to be shown, each with its quotes."""

    shown: dict[str, tuple[Quote, ...]]


def read_reply(answer: bytes, asked: StepAsked) -> Said:
    """Raises BadReply. A facet that the model does not mention is one that is not shown."""
    content = _parse(_content(_parse(_text(answer))))
    if not Draft202012Validator(schema(asked)).is_valid(content):
        raise BadReply(BAD_REPLY)
    facets: dict[str, tuple[Quote, ...]] = {}
    for item in content["facets"]:
        if item["facet"] in facets:
            raise BadReply(BAD_REPLY)
        quotes = tuple(Quote(one["source"], one["id"], one["quote"]) for one in item["evidence"])
        if any(len(quote.text) > LONGEST_QUOTE for quote in quotes):
            raise BadReply(BAD_REPLY)
        facets[item["facet"]] = quotes if item["shown"] else ()
    shown = {item["facet"] for item in content["facets"] if item["shown"]}
    return Said({key: quotes for key, quotes in facets.items() if key in shown})


def _text(answer: bytes) -> str:
    try:
        return answer.decode()
    except UnicodeDecodeError:
        raise BadReply(BAD_JSON) from None


def _content(envelope: Any) -> str:
    """The message of the one choice. "stop": what was cut for its length is half an answer."""
    try:
        choice = envelope["choices"][0]
        content = choice["message"]["content"]
        finished = choice["finish_reason"] == "stop"
    except (KeyError, IndexError, TypeError):
        raise BadReply(BAD_REPLY) from None
    if not isinstance(content, str) or not finished:
        raise BadReply(BAD_REPLY)
    return content


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadReply(BAD_JSON) from None


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of two values for one key, parsers disagree which one counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("A key stands there twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
