"""Does a value have the shape that the design document's JSON Schema asks for?"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError

from apps.core.errors import Fault
from apps.core.json import JsonObject
from apps.designs.document.paths import brief, fault

_FILE = FilePath(__file__).parent / "schema" / "design-1.schema.json"

_TYPE_NAMES = {
    "object": "an object",
    "array": "a list",
    "string": "a string",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}


@cache
def design_schema() -> JsonObject:
    """The JSON Schema of the format, as it is published."""
    schema: JsonObject = json.loads(_FILE.read_text(encoding="utf-8"))
    return schema


def shape_faults(data: object) -> Iterator[Fault]:
    for error in _validator().iter_errors(data):
        yield from _faults_of(error)


@cache
def _validator() -> Any:
    kind = validators.extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
    return kind(design_schema())


def _pattern(_: Any, pattern: str, value: object, __: Any) -> Iterator[ValidationError]:
    """A `$` of JSON Schema is the very end; Python's lets a line break follow."""
    if isinstance(value, str) and not re.search(pattern.replace("$", r"\Z"), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _faults_of(error: ValidationError) -> Iterator[Fault]:
    path = tuple(error.absolute_path)
    if error.validator == "required":
        # The library reports every missing key on its own and names it only in its message.
        wanted: Any = error.validator_value
        missing = next(key for key in wanted if f"'{key}' is" in error.message)
        yield fault((*path, missing), "is required")
    else:
        yield fault(path, _reason(error))


def _reason(error: ValidationError) -> str:
    bound: Any = error.validator_value
    value: Any = error.instance
    match error.validator:
        case "type":
            names = [bound] if isinstance(bound, str) else bound
            wanted = " or ".join(_TYPE_NAMES[name] for name in names)
            return f"must be {wanted}, not {brief(value)}"
        case "const":
            return f"must be {brief(bound)}, not {brief(value)}"
        case "enum":
            return f"must be one of {', '.join(map(str, bound))}, not {brief(value)}"
        case "minimum":
            return f"must be at least {bound}, not {brief(value)}"
        case "maximum":
            return f"must be at most {bound}, not {brief(value)}"
        case "exclusiveMinimum":
            return f"must be more than {bound}, not {brief(value)}"
        case "minLength":
            return "must not be empty"
        case "maxLength":
            return f"may have at most {bound} characters, not {len(value)}"
        case "minItems":
            return f"must have at least {bound} entries, not {len(value)}"
        case "maxItems":
            return f"may have at most {bound} entries, not {len(value)}"
        case "pattern":
            return f"must match {bound}, not {brief(value)}"
    return error.message
