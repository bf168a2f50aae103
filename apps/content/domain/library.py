"""Which content does this server offer? The folders' packs and the problems written here."""

from contextlib import suppress
from uuid import UUID

from django.db.models import Q

from apps.content import registry
from apps.content.build import flow_of, problem_of
from apps.content.domain.versions import pack_at, pack_of
from apps.content.models import ProblemEdition
from apps.content.types import Flow, Problem, RubricPack
from apps.core.errors import NotFound
from apps.teams.domain.queries.members import organisations_of

State = ProblemEdition.State
ANYBODYS = Q()  # editions of every organisation


def problems(reader: UUID | None = None) -> list[Problem]:
    """The bank, by family and title: what everybody sees and what the reader's organisations wrote.

    reader: the id of an account; None sees what everybody does.
    """
    written = newest_editions(_seen_by(reader))
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


def problem(problem_id: str, reader: UUID | None = None) -> Problem:
    """As it is offered to this reader now.

    Raises NotFound, also for one that was retired or is another organisation's.
    """
    return _offered(problem_id, _seen_by(reader))


def _offered(problem_id: str, seen: Q) -> Problem:
    edition = newest_editions(seen, problem_id).get(problem_id)
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
    """What a design of this flow and problem is scored by; whoever opened it could see both."""
    asked = None
    with suppress(NotFound):
        asked = _offered(problem_id, ANYBODYS)
    return registry.rubric_for(flow_id, asked)


def rubric_at(rubric_id: str, version: str) -> RubricPack:
    """As that version had it, with its lexicon and rules. Raises NotFound."""
    if rubric_id in registry.pack_ids("rubric"):
        current = registry.rubric(rubric_id)
        if current.version == version:
            return current
    stored = pack_at("rubric", rubric_id, version)
    return RubricPack(stored.id, stored.version, stored.sha256, stored.document)


def newest_editions(seen: Q, problem_id: str | None = None) -> dict[str, ProblemEdition]:
    """By problem, published or retired; of one problem or of all that are `seen`."""
    editions = (
        ProblemEdition.objects.filter(seen).exclude(state=State.DRAFT).order_by("published_at")
    )
    editions = editions.defer("source")
    if problem_id is not None:
        editions = editions.filter(problem_id=problem_id)
    return {edition.problem_id: edition for edition in editions}


def _seen_by(reader: UUID | None) -> Q:
    everybodys = Q(organisation=None)
    if reader is None:
        return everybodys
    return everybodys | Q(organisation__in=organisations_of(reader).values("id"))
