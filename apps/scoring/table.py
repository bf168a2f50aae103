"""How does a score look in a terminal? A table of steps and criteria."""

from typing import Any

from apps.core.json import JsonObject


def table_of(title: str, reply: JsonObject) -> str:
    """reply: of the engine. Levels as 1 to 4, NE or NA; a question mark where it is in doubt."""
    whole: Any = reply["overall"]
    steps: Any = reply["steps"]
    findings: Any = reply["findings"]
    trace: Any = reply.get("trace", {"steps": {}})
    lines = [title, _total(whole), f"Read by: {', '.join(_channels(reply))}", ""]
    for step, result in steps.items():
        lines.append(f"{_number(result['score']):>6}  {step}  ({result['status']})")
        if step in trace["steps"]:
            lines.append(f"        {trace['steps'][step]['sum']}")
        lines += [_criterion(criterion) for criterion in result["criteria"]]
    lines += [f"   {finding['rule']}  {finding['question']}" for finding in findings]
    return "\n".join([*lines, ""])


def _channels(reply: Any) -> list[str]:
    return [{"lexical": "words", "semantic": "vectors"}[name] for name in reply["channels"]]


def _total(whole: Any) -> str:
    covered = f"{whole['coverage']:.0%} of the steps by weight"
    if whole["score"] is None:
        return f"No total: too little is written ({covered})."
    return f"{whole['score']} of 100, {whole['band']} ({covered})"


def _criterion(criterion: Any) -> str:
    level = criterion["level"] or criterion["state"]
    doubts = "? " if criterion["doubts"] else ""
    return f"{level:>10}  {criterion['id']:<16} {doubts}{criterion['summary']}"


def _number(score: float | None) -> str:
    return "-" if score is None else f"{score:.1f}"
