"""What is entered for a framework whose revision is being published belongs to the revision.

Whoever comes second is tried again, and sees what the first one did.
"""

import pytest

from .shell import run

BOUND = "A student is bound to a published framework only."
ON_SCREEN = {
    "decision": "The area or subject is not in the student's framework.",
    "evidence": "The milestone is not in the student's framework.",
    "newcomer": BOUND,
    "moved": BOUND,
    "further": BOUND,
}
"""What a person is told who enters something for the framework that is archived by then."""

BY_FILES = ("imported_newcomer", "imported_decision", "imported_further")


@pytest.mark.parametrize("act", ON_SCREEN)
def test_nothing_is_entered_on_screen_for_a_framework_that_is_being_archived(school, act):
    told = run(school, "while_revised", ACT=act, FIRST="publishing")
    assert told == {"waited": True, "second": ON_SCREEN[act], "revisions": []}


@pytest.mark.parametrize("act", BY_FILES)
def test_an_import_while_a_revision_is_being_published_enters_all_for_the_revision(school, act):
    told = run(school, "while_revised", ACT=act, FIRST="publishing")
    assert told == {"waited": True, "second": "done", "revisions": [2]}


@pytest.mark.parametrize("act", [*ON_SCREEN, *BY_FILES])
def test_a_revision_takes_over_what_was_being_entered_when_it_was_published(school, act):
    told = run(school, "while_revised", ACT=act, FIRST="entering")
    assert told == {"waited": True, "second": "done", "revisions": [2]}
