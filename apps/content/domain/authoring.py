"""How does a problem get written in the interface? As a draft, then published, then retired.

The text is YAML of the very document that a pack's files make (`kinds`), so that a problem can
move between a folder and the interface without a change.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import User
from apps.content import registry
from apps.content.checks import check_pack
from apps.content.domain.library import ANYBODYS, newest_editions
from apps.content.domain.versions import pack_of, record_versions
from apps.content.loader import CONTENT, Pack, pack_from
from apps.content.models import ProblemEdition
from apps.content.yaml_files import parse_yaml, write_yaml
from apps.core.errors import Conflict, Fault, Invalid, NotFound
from apps.teams.models import Organisation

State = ProblemEdition.State
MAX_SOURCE_BYTES = 1024 * 1024
_NO_EDITION = "There is no such draft."
_NEW_PROBLEM = CONTENT / "new_problem.yaml"


def editions(organisations: Collection[Organisation | None] = (None,)) -> list[ProblemEdition]:
    """Theirs (None: everybody's), by problem, the newest first, without their texts."""
    theirs = Q(organisation__in=[one for one in organisations if one])
    if None in organisations:
        theirs |= Q(organisation=None)
    return list(
        ProblemEdition.objects.filter(theirs)
        .defer("source", "document")
        .select_related("edited_by", "organisation")
        .order_by("problem_id", "-edited_at")
    )


def edition(edition_id: UUID) -> ProblemEdition:
    """Raises NotFound."""
    found = ProblemEdition.objects.filter(id=edition_id).first()
    if found is None:
        raise NotFound(_NO_EDITION)
    return found


def start(
    author: User, problem_id: str, organisation: Organisation | None = None
) -> ProblemEdition:
    """A draft of the next version of a problem there is, or else of a new one.

    Raises Conflict for a problem that is not the organisation's (None: not everybody's), and where
    somebody has a draft; Invalid for an id that the organisation cannot give.
    """
    if organisation and not problem_id.startswith(f"{organisation.slug}-"):
        raise Invalid(f'Ids of problems of {organisation.name} begin with "{organisation.slug}-".')
    _require_owner(problem_id, organisation)
    try:
        source = _next_version_of(problem_id)
    except NotFound:
        source = _new_source(problem_id)
    return start_draft(author, problem_id, source, organisation)


def start_draft(
    author: User, problem_id: str, source: str, organisation: Organisation | None = None
) -> ProblemEdition:
    """A draft with this text. Raises Conflict if somebody has a draft of the problem."""
    try:
        with transaction.atomic():
            return ProblemEdition.objects.create(
                problem_id=problem_id,
                version="",
                source=source,
                edited_by=author,
                organisation=organisation,
            )
    except IntegrityError as error:
        raise Conflict(f'There is a draft of "{problem_id}" already.') from error


def save_draft(author: User, edition_id: UUID, source: str) -> ProblemEdition:
    """Keeps the text, faults and all. Raises Conflict if it is a draft no more."""
    if len(source.encode()) > MAX_SOURCE_BYTES:
        raise Invalid(f"A problem has at most {MAX_SOURCE_BYTES // 1024} KiB.")
    with transaction.atomic():
        edition = _draft(edition_id)
        edition.source, edition.edited_by = source, author
        edition.save()
    return edition


def read_source(source: str, problem_id: str) -> Pack:
    """What the text of an edition says. Raises Invalid with line and place of the fault."""
    document = parse_yaml(source)
    pack = pack_from("problem", document, source)
    if pack.id != problem_id:
        raise pack.fault(("id",), f'is "{pack.id}", but this is a draft of "{problem_id}"')
    check_pack(pack)
    return pack


def publish(author: User, edition_id: UUID) -> ProblemEdition:
    """Offers a draft to all who may see it. From now on it does not change.

    Raises Invalid if it has a fault, or if its version is not above every one there was.
    """
    with transaction.atomic():
        edition = _draft(edition_id)
        pack = read_source(edition.source, edition.problem_id)
        _require_newer(pack)
        record_versions([pack])
        edition.version, edition.document = pack.version, pack.document
        edition.state, edition.edited_by = State.PUBLISHED, author
        edition.published_at = timezone.now()
        edition.save()
    return edition


def retire(author: User, edition_id: UUID) -> ProblemEdition:
    """Takes a published problem off the shelves. Sessions on it go on. Raises Conflict."""
    return _turn(author, edition_id, State.PUBLISHED, State.RETIRED)


def bring_back(author: User, edition_id: UUID) -> ProblemEdition:
    return _turn(author, edition_id, State.RETIRED, State.PUBLISHED)


def discard_draft(edition_id: UUID) -> None:
    with transaction.atomic():
        _draft(edition_id).delete()


def _turn(author: User, edition_id: UUID, before: str, after: str) -> ProblemEdition:
    with transaction.atomic():
        edition = _locked(edition_id)
        if edition.state != before:
            raise Conflict(f"It is {edition.state}, not {before}.")
        edition.state, edition.edited_by = State(after), author
        edition.save()
    return edition


def _draft(edition_id: UUID) -> ProblemEdition:
    edition = _locked(edition_id)
    if edition.state != State.DRAFT:
        raise Conflict("It is published and does not change any more. Start a new draft.")
    return edition


def _locked(edition_id: UUID) -> ProblemEdition:
    edition = ProblemEdition.objects.select_for_update().filter(id=edition_id).first()
    if edition is None:
        raise NotFound(_NO_EDITION)
    return edition


def _require_owner(problem_id: str, organisation: Organisation | None) -> None:
    """A problem has one owner: its versions are numbered once for the whole server."""
    others = ProblemEdition.objects.filter(problem_id=problem_id).exclude(organisation=organisation)
    in_folders = problem_id in registry.pack_ids("problem")
    if others.exists() or (organisation and in_folders):
        raise Conflict(f'"{problem_id}" is taken. Choose another id.')


def _new_source(problem_id: str) -> str:
    """What a new problem begins with: every part that it must have, and what belongs there."""
    text = _NEW_PROBLEM.read_text(encoding="utf-8")
    return text.replace("PROBLEM_ID", problem_id).replace("TODAY", str(timezone.localdate()))


def _next_version_of(problem_id: str) -> str:
    document = _newest(problem_id).document
    major, minor, _ = map(int, document["version"].split("."))
    return write_yaml({**document, "version": f"{major}.{minor + 1}.0"})


def _newest(problem_id: str) -> Pack:
    edition = newest_editions(ANYBODYS, problem_id).get(problem_id)
    return pack_of(edition) if edition else registry.pack("problem", problem_id)


def _require_newer(pack: Pack) -> None:
    try:
        newest = _newest(pack.id).version
    except NotFound:
        return
    if _number(pack.version) <= _number(newest):
        reason = f"must be above {newest}, which is there already"
        raise Invalid(f"$.version {reason}", [Fault("$.version", reason)])


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
