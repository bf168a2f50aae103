"""Which content does this server offer? The folders' packs and the problems written here."""

from contextlib import suppress

from apps.content import registry
from apps.content.build import flow_of, problem_of
from apps.content.domain.versions import pack_at, pack_of
from apps.content.models import ProblemEdition
from apps.content.types import Flow, Problem, RubricPack
from apps.core.errors import NotFound

State = ProblemEdition.State


def problems() -> list[Problem]:
    """The whole bank, by family and title."""
    written = newest_editions()
    bank = [
        registry.problem(problem_id)
        for problem_id in registry.pack_ids("problem")
        if problem_id not in written
    ]
    bank += [
        problem_of(pack_of(edition))
        for edition in written.values()
        if edition.state != State.RETIRED
    ]
    return sorted(bank, key=lambda item: (item.family, item.title))


def problem(problem_id: str) -> Problem:
    """As it is offered now. Raises NotFound, also for one that was retired."""
    edition = newest_editions(problem_id).get(problem_id)
    if edition is None:
        return registry.problem(problem_id)
    if edition.state == State.RETIRED:
        raise NotFound(f'There is no "{problem_id}" among the problems.')
    return problem_of(pack_of(edition))


def problem_at(problem_id: str, version: str) -> Problem:
    """As that version had it. Raises NotFound."""
    return problem_of(pack_at("problem", problem_id, version))


def flow_at(flow_id: str, version: str) -> Flow:
    """As that version had it. Raises NotFound."""
    return flow_of(pack_at("flow", flow_id, version))


def rubric_for(flow_id: str, problem_id: str) -> RubricPack:
    """What a new design of this flow and problem is scored by."""
    asked = None
    with suppress(NotFound):
        asked = problem(problem_id)
    return registry.rubric_for(flow_id, asked)


def rubric_at(rubric_id: str, version: str) -> RubricPack:
    """As that version had it, with its lexicon and rules. Raises NotFound."""
    if rubric_id in registry.pack_ids("rubric"):
        current = registry.rubric(rubric_id)
        if current.version == version:
            return current
    stored = pack_at("rubric", rubric_id, version)
    return RubricPack(stored.id, stored.version, stored.sha256, stored.document)


def newest_editions(problem_id: str | None = None) -> dict[str, ProblemEdition]:
    """By problem, published or retired; of one problem or of all."""
    editions = ProblemEdition.objects.exclude(state=State.DRAFT).order_by("published_at")
    editions = editions.defer("source")
    if problem_id is not None:
        editions = editions.filter(problem_id=problem_id)
    return {edition.problem_id: edition for edition in editions}
