"""Why a course counts where it does, or does not: in a sentence, a label, a cell (101–108)."""

from typing import NamedTuple

from ..degree_audit import Reason, Remark
from ..lists import in_words

# In whole sentences


def reason_sentences(env):
    """A sentence for every reason; for those that may name areas also by ``(reason, "area")``."""
    _ = env._
    counts = _("Counts towards the graduation credits.")
    return {
        Reason.COUNTS: counts,
        Reason.MAPPED: counts,
        (Reason.COUNTS, "area"): _("Counts in area %s."),
        (Reason.MAPPED, "area"): _("Counts in area %s by decision of a reviewer."),
        Reason.FLEXIBLE: _("Recognised as flexible credits."),
        Reason.TICKED: _("Ticked to count as flexible credits."),
        Reason.FAILED: _("Not passed, so it does not count."),
        Reason.WITHDRAWN: _("Withdrawn, so it does not count."),
        Reason.IN_PROGRESS: _("Not graded yet, so it does not count in the end."),
        Reason.REPEATED: _("Taken again: another attempt counts."),
        Reason.GRADE_FLOOR: _("Passed, but below the least score that the area asks."),
        Reason.IN_EXCESS: _("In excess: the areas that list it are full."),
        Reason.ABOVE_LIMIT: _("Above what may count of such courses."),
        Reason.INCOMPLETE: _("Counts only together with other courses that do not count yet."),
        Reason.OUT_OF_ORDER: _("Taken before the course that comes first, so it does not count."),
        Reason.OUTSIDE: _("Outside your framework and not recognised yet."),
        Reason.REFUSED: _("Refused by a reviewer."),
        Reason.USED: _("Counted for an earlier degree, so it does not count again."),
        Reason.TOGETHER: _(
            "Stands for the subject together with another course, where the credits are counted."
        ),
    }


def remark_sentences(env):
    """A sentence for everything else that is to be said of an enrolment."""
    _ = env._
    return {
        Remark.CREDITS_DIFFER: _("Its credits differ from the framework's; they count as taken."),
        Remark.MISSING_SCORE: _("The term is over and no score has been entered."),
        Remark.MATCHED_BY_EQUIVALENT: _("Matched through an equivalent course."),
        Remark.MATCHED_BY_NAME: _("Matched by its name and credits."),
        Remark.DECISION_VOID: _(
            "A reviewer's decision names an area or subject that the framework has no more."
        ),
        Remark.PREREQUISITE: _(
            "It was taken before its prerequisite was passed or had the score that is asked."
        ),
        Remark.TOGETHER: _(
            "It stands for the subject together with other courses, with the subject's credits."
        ),
        Remark.NOT_TOGETHER: _(
            "It was to stand for a subject together with other courses. They do not: one is not "
            "passed, was decided on otherwise, or they have too few credits."
        ),
        Remark.NOT_PROVEN: _("Placed as the best way found has it; a better one may exist."),
    }


class OutcomeSentences(NamedTuple):
    """What may be said of an enrolment: ``reason_sentences`` and ``remark_sentences``."""

    reasons: dict
    remarks: dict


def outcome_sentences(env):
    """The sentences for a page that says of many enrolments why they count."""
    return OutcomeSentences(reason_sentences(env), remark_sentences(env))


def reason_text(env, outcome, sentences=None, remarks=True):
    """Why an enrolment counts where it does, or does not.

    ``sentences``: ``outcome_sentences``, when many are asked for. ``remarks``: with what is to be
    said of the enrolment besides.
    """
    sentences = sentences or outcome_sentences(env)
    text = sentences.reasons[outcome.reason]
    if outcome.reason in (Reason.COUNTS, Reason.MAPPED) and outcome.areas:
        text = sentences.reasons[outcome.reason, "area"] % in_words(env, outcome.areas)
    if not (remarks and outcome.remarks):
        return text
    return " ".join([text, *(sentences.remarks[remark] for remark in outcome.remarks)])


# In a few words


def reason_labels(env):
    """The words beside a colour, which never tells alone (D3, D4, I18)."""
    _ = env._
    return {
        Reason.FLEXIBLE: _("Recognised as flexible"),
        Reason.FAILED: _("Not passed"),
        Reason.WITHDRAWN: _("Withdrawn"),
        Reason.REPEATED: _("Repeated"),
        Reason.REFUSED: _("Refused"),
        Reason.USED: _("Counted for an earlier degree"),
        Reason.OUTSIDE: _("Outside the framework"),
        Reason.TICKED: _("Outside the framework"),
    }


def reason_cells(env):
    """The words of the column “Counts in”, for a course that counts in no area.

    What is failed, withdrawn or repeated is called as its label calls it.
    """
    _ = env._
    labels = reason_labels(env)
    kept = (Reason.FAILED, Reason.WITHDRAWN, Reason.REPEATED, Reason.USED)
    return {
        Reason.TICKED: _("☑ Ticked: flexible"),
        Reason.FLEXIBLE: _("Flexible"),
        Reason.COUNTS: _("Total"),
        Reason.MAPPED: _("Total"),
        Reason.OUTSIDE: _("☐ Not ticked"),
        Reason.TOGETHER: _("With another course"),
        **{reason: labels[reason] for reason in kept},
    }


def form_cells(env):
    """The same column where ticks are still open: the words by what a tick would change."""
    _ = env._
    return {
        "flexible": _("Flexible"),
        "not_ticked": _("Not ticked"),
        "total": _("Total"),
        "nowhere": _("Does not count"),
    }


def standing_text(env, standing):
    """Where a course counts, inside a sentence: “area A”, “the total”, “in excess”."""
    _ = env._
    if standing is None:
        return "–"
    if standing.reason in (Reason.COUNTS, Reason.MAPPED):
        if standing.areas:
            return _("area %s", in_words(env, standing.areas))
        return _("the total")
    return {
        Reason.FLEXIBLE: _("flexible credits"),
        Reason.TICKED: _("flexible credits, if the tick is accepted"),
        Reason.FAILED: _("not passed"),
        Reason.WITHDRAWN: _("withdrawn"),
        Reason.REPEATED: _("repeated"),
        Reason.GRADE_FLOOR: _("below the least score"),
        Reason.IN_EXCESS: _("in excess"),
        Reason.ABOVE_LIMIT: _("above what may count"),
        Reason.INCOMPLETE: _("incomplete"),
        Reason.OUT_OF_ORDER: _("taken out of order"),
        Reason.IN_PROGRESS: _("in progress"),
        Reason.OUTSIDE: _("outside the framework"),
        Reason.REFUSED: _("refused"),
        Reason.USED: _("counted for an earlier degree"),
        Reason.TOGETHER: _("counted with another course"),
    }[standing.reason]
