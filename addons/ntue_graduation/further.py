"""The further programs of an application's student, and what is short with them (A45, A53)."""

from odoo.addons.ntue_curriculum.degree_audit import Reading
from odoo.addons.ntue_curriculum.further_programs import has_further, standings
from odoo.addons.ntue_curriculum.languages import as_kept, reads_chinese
from odoo.addons.ntue_curriculum.wording.missing import missing_for_reviewers
from odoo.addons.ntue_curriculum.wording.programs import lacking_sentences, program_name

from .cases import ticks_of


def further_of(application, *, final=False):
    """How each stands beside the case of ``application``; ``final``: with what is passed only."""
    if not has_further(application.student_id):
        return []
    case, _result = application._case_and_audit()
    reading = Reading.FINAL if final else Reading.EXPECTED
    return standings(application.student_id, case, reading, ticks_of(application))


def lacking(application, *, final=False):
    """Those without which the student does not graduate, and what they lack; a sentence each."""
    return lacking_sentences(application.env, further_of(application, final=final))


def is_short(application):
    """Whether something is missing as it stands, in the main program or in one that is needed."""
    return not application._audit().met or bool(lacking(application))


def short_of(application):
    """What is missing where it ``is_short``, for reviewers; a sentence each, of all programs."""
    return missing_for_reviewers(application.env, application._audit()) + lacking(application)


def is_proven(application):
    """Whether no other placement is better, in the main program or in the way to share (A33)."""
    return application._audit().proven and all(one.stands.proven for one in further_of(application))


def noted(application):
    """Names of the further programs that the diploma tells: those met by what is passed."""
    return [
        program_name(application.env, one.curriculum)
        for one in further_of(application, final=True)
        if one.stands.met
    ]


def frozen_programs(application):
    """What the completion keeps of them by field, with the average: names, one a line (184).

    In the language of the papers and in English, as a slip has them.
    """
    english = application.with_context(lang="en_US")
    return {
        "final_programs": "\n".join(noted(as_kept(application))),
        "final_programs_english": "\n".join(noted(english)),
    }


def kept_programs(application):
    """As ``noted``: of one that is completed those that were frozen with the completion."""
    if application.state != "completed":
        return noted(application)
    own = reads_chinese(application.env)
    kept = application.final_programs if own else application.final_programs_english
    return (kept or "").splitlines()
