"""Does a line talk to whoever marks it? Such a line is no evidence, whatever else it says.

No list of these is complete. This one keeps the usual ones out; the rest of the safety is that no
quote earns more than a facet, and that the engine's score stays the one of record.
"""

import re
import unicodedata
from typing import Final

_WHO: Final = (
    r"(?:graders?|markers?|judges?|assessors?|evaluators?|reviewers?|scorers?|examiners?|llms?"
    r"|assistant)"
)
_ORDERS: Final = (
    r"(?:instructions?|prompts?|rubrics?|guidelines?|delimiters?|(?:system|your|these) rules)"
)
_MARKS: Final = r"(?:marks?|points?|scores?|credits?|levels?|grades?)"
_WORK: Final = r"(?:candidate|applicant|submission|answer|design|step|work)"

_ADDRESSED: Final = (
    rf"^\W*(?:{_WHO}|ai|model|system)\s*[:,]\s*(?:please|this|the|mark|give|note|set|you)\b",
    rf"\b(?:dear|notes? (?:to|for)|message (?:to|for)|attention|hello|hi)\s+"
    rf"(?:the |any )?(?:ai |automated )?{_WHO}\b",
    r"\byou are (?:now|no longer|an?|the|required|instructed|allowed|free)\b",
    r"\b(?:act|behave|respond|answer|reply) as (?:if|an? |though)\b",
    r"\bas an? (?:ai|llm|(?:large )?language model)\b",
    r"<\|?/?(?:system|im_start|im_end|instructions?|inst|endoftext)\b|\[/?INST\]",
)
_ABOUT_ORDERS: Final = (
    rf"\b(?:ignore|disregard|forget|overr[iu]\w+|bypass|replace)\b.{{0,50}}\b{_ORDERS}\b",
    r"\b(?:ignore|disregard|forget) (?:everything|all|whatever) (?:of the )?"
    r"(?:above|before|was|stands)\b",
    rf"\b(?:new|updated|revised|hidden|real|following) {_ORDERS}\s*(?::|apply|follow|for|are|is)",
    r"\b(?:developer|hidden|admin) (?:prompt|message|note|override)\b",
    r"\bsystem (?:override|note|message)\b",
    r"\bend of (?:the )?(?:notes?|untrusted|quoted?|candidate|material)\b",
    r"\b(?:quote|cite|copy) (?:this|the following|the next|any) (?:line|sentence|text|words?)\b",
)
_ABOUT_THE_OUTCOME: Final = (
    rf"\b(?:full|maximum|perfect) (?:possible )?{_MARKS}\b",
    r"\b(?:highest|top) (?:possible )?(?:marks?|grades?|levels?)\b",
    rf"\b(?:give|grant|award|assign|deserves?)\b.{{0,40}}\b{_MARKS}\b.{{0,30}}"
    r"\b(?:step|facets?|criteri(?:on|a)|answer|me)\b",
    rf"\b(?:give|grant|award) (?:me|this {_WORK})\b",
    rf"\b(?:mark|rate|grade|score) (?:this|my|the whole) {_WORK}\b",
    r"\b(?:every|each|all|any|the) (?:of the )?(?:facets?|rubric)\b",
    r"\b(?:facets?|rubric|criteri(?:on|a)|everything|all of (?:it|them))\b.{0,30}"
    r"\bas (?:shown|met|true|covered|satisfied)\b",
    r"\b[\"'“”]?(?:shown|verified|passed)[\"'“”]?\s*[:=]+\s*[\"'“”]?(?:true|yes)\b",
    rf"\b{_WORK} (?:should|must|deserves)\b.{{0,20}}\b(?:hired?|pass)\b",
)
_TALK: Final = re.compile(
    "|".join(f"(?:{one})" for one in (*_ADDRESSED, *_ABOUT_ORDERS, *_ABOUT_THE_OUTCOME)), re.I
)
# Letters that cannot be seen, put between those that can.
_UNSEEN: Final = frozenset(("Cf", "Mn"))


def talks_to_the_judge(text: str) -> bool:
    return _TALK.search(_plain(text)) is not None


def _plain(text: str) -> str:
    """Compatibility forms folded, unseen letters out, white space single."""
    folded = unicodedata.normalize("NFKC", text)
    seen = (char for char in folded if unicodedata.category(char) not in _UNSEEN)
    return " ".join("".join(seen).split())
