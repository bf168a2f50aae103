"""Are the sessions that are timed what the report says they are?"""

from apps.designs.document.validation import parse
from bench.scoring import sessions


def test_long_session_has_the_words_and_components_that_it_is_named_for() -> None:
    session = sessions.long_session()

    parse(session)
    assert 1_900 <= sessions.words_in(session) <= sessions.WORDS
    assert len(session["board"]["components"]) == sessions.COMPONENTS
    assert session["board"]["connections"]


def test_one_sentence_more_changes_one_step() -> None:
    before = sessions.long_session()

    after = sessions.with_one_sentence_more(before)

    changed = [a["id"] for a, b in zip(before["steps"], after["steps"], strict=True) if a != b]
    assert changed == [sessions.CHANGED]


def test_answers_go_round_and_are_never_of_the_long_sessions_problem() -> None:
    given = sessions.answers(100)

    assert len(given) == 100
    assert given[87] == given[0]
    assert sessions.LONG not in {one["problem"]["id"] for one in given}
