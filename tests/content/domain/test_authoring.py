"""A problem written in the interface: a draft, then published, then retired."""

import pytest
import yaml

from apps.accounts.models import User
from apps.content import registry
from apps.content.domain import library
from apps.content.domain.authoring import (
    MAX_SOURCE_BYTES,
    bring_back,
    discard_draft,
    publish,
    read_source,
    retire,
    save_draft,
    start,
    start_draft,
)
from apps.content.models import ProblemEdition
from apps.core.errors import Conflict, Invalid, NotFound
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    return make_user()


def source_of(problem_id: str, **changes: object) -> str:
    """A whole problem that nobody else has, as YAML."""
    document = {**registry.pack("problem", "rec-video").document, "id": problem_id, **changes}
    return yaml.safe_dump(document)


def published(author: User, problem_id: str = "own", **changes: object) -> ProblemEdition:
    draft = start_draft(author, problem_id, source_of(problem_id, **changes))
    return publish(author, draft.id)


def test_a_draft_is_offered_to_nobody(author: User) -> None:
    start_draft(author, "own", source_of("own"))

    assert "own" not in {problem.id for problem in library.problems()}
    with pytest.raises(NotFound):
        library.problem("own")


def test_a_published_problem_is_one_like_the_others(author: User) -> None:
    published(author, title="Our own problem")

    assert library.problem("own").title == "Our own problem"
    assert "own" in {problem.id for problem in library.problems()}


def test_a_draft_of_a_shipped_problem_begins_with_its_text(author: User) -> None:
    shipped = registry.pack("problem", "rec-video").document

    draft = start(author, "rec-video")

    document = read_source(draft.source, "rec-video").document
    assert document.pop("version") > shipped["version"]
    assert document == {key: value for key, value in shipped.items() if key != "version"}


def test_a_published_edition_stands_in_for_the_shipped_problem(author: User) -> None:
    draft = start(author, "rec-video")
    text = draft.source.replace("title: Video recommendation", "title: Rows of films", 1)
    save_draft(author, draft.id, text)

    publish(author, draft.id)

    assert library.problem("rec-video").title == "Rows of films"
    assert len(library.problems()) == len(registry.problems())


def test_a_session_that_pinned_a_version_is_not_touched_by_the_next(author: User) -> None:
    first = published(author, version="1.0.0", title="First")
    published(author, version="1.1.0", title="Second")

    assert library.problem_at("own", first.version).title == "First"
    assert library.problem("own").title == "Second"


def test_a_retired_problem_is_offered_no_more_and_can_come_back(author: User) -> None:
    edition = published(author)

    retire(author, edition.id)
    assert "own" not in {problem.id for problem in library.problems()}
    with pytest.raises(NotFound):
        library.problem("own")

    bring_back(author, edition.id)
    assert library.problem("own").id == "own"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"prompt": "short"}, r"\$\.prompt 'short' is too short"),
        ({"key_components": [{"type": "moon", "role": "r"}] * 3}, 'names "moon"'),
        ({"id": "other"}, 'is "other", but this is a draft of "own"'),
        ({"not_applicable": ["zz.nothing"]}, 'names "zz.nothing", which is no criterion'),
    ],
)
def test_a_draft_with_a_fault_is_kept_and_not_published(
    author: User, changes: dict[str, object], message: str
) -> None:
    draft = start_draft(author, "own", "")
    save_draft(author, draft.id, yaml.safe_dump(yaml.safe_load(source_of("own")) | changes))

    with pytest.raises(Invalid, match=message):
        publish(author, draft.id)

    assert ProblemEdition.objects.get().state == ProblemEdition.State.DRAFT


def test_text_that_is_no_yaml_is_told_with_its_line(author: User) -> None:
    draft = start_draft(author, "own", "id: own\ntitle: [open\n")

    with pytest.raises(Invalid, match="line 3 is not YAML"):
        publish(author, draft.id)


def test_a_version_must_be_above_the_last(author: User) -> None:
    published(author, version="2.0.0")

    with pytest.raises(Invalid, match=r"\$\.version must be above 2\.0\.0"):
        published(author, version="1.9.9")


def test_there_is_one_draft_of_a_problem_at_a_time(author: User) -> None:
    start(author, "rec-video")

    with pytest.raises(Conflict, match='a draft of "rec-video" already'):
        start(make_user(), "rec-video")


def test_what_is_published_does_not_change(author: User) -> None:
    edition = published(author)

    with pytest.raises(Conflict, match="does not change any more"):
        save_draft(author, edition.id, "id: own")
    with pytest.raises(Conflict):
        publish(author, edition.id)
    with pytest.raises(Conflict):
        discard_draft(edition.id)


def test_a_draft_can_be_thrown_away(author: User) -> None:
    draft = start(author, "rec-video")

    discard_draft(draft.id)

    assert not ProblemEdition.objects.exists()
    with pytest.raises(NotFound):
        discard_draft(draft.id)


def test_a_draft_has_a_greatest_size(author: User) -> None:
    draft = start(author, "rec-video")

    with pytest.raises(Invalid, match="at most 1024 KiB"):
        save_draft(author, draft.id, "x" * (MAX_SOURCE_BYTES + 1))


def test_a_new_problem_begins_with_a_text_that_can_be_published(author: User) -> None:
    draft = start(author, "my-own")

    publish(author, draft.id)

    assert library.problem("my-own").version == "1.0.0"
