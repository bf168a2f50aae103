"""Does a flow lead to its own rubric, fill its hour, and fold its prompts?"""

from apps.content.build import flow_of
from apps.content.checks.naming import refuse_twins, rubric_named_by
from apps.content.loader import Pack
from apps.content.types import Flow
from apps.content.yaml_files import Keys


def check(pack: Pack) -> None:
    refuse_twins(pack, ("steps",))
    flow = flow_of(pack)
    rubric = rubric_named_by(pack, flow.rubric)
    if rubric.data["flow"] != flow.id:
        raise pack.fault(("rubric",), f'is of the flow "{rubric.data["flow"]}"')
    for length in flow.steps[0].plan:
        total = sum(step.plan[length] for step in flow.steps)
        if total != int(length):
            where: Keys = ("steps", 0, "plan", length)
            raise pack.fault(where, f"and the other steps take {total} minutes")
    _check_prompts(pack, flow)


def _check_prompts(pack: Pack, flow: Flow) -> None:
    """Ids are known to the whole flow. The prompts of a topic stand together: they fold as one."""
    seen: set[str] = set()
    for number, step in enumerate(flow.steps):
        folded: list[str] = []
        for index, prompt in enumerate(step.prompts):
            keys: Keys = ("steps", number, "prompts", index)
            if prompt.id in seen:
                raise pack.fault((*keys, "id"), f'"{prompt.id}" stands twice')
            if prompt.topic in folded[:-1]:
                raise pack.fault((*keys, "topic"), f'"{prompt.topic}" was left before')
            seen.add(prompt.id)
            if folded[-1:] != [prompt.topic]:
                folded.append(prompt.topic)
