"""Which application a number means that was read off a paper, or typed (163, F25).

A paper keeps its number when the student's is put right after it was printed, and when what it
was drawn from is erased. So the number that was frozen is looked up first, whole; a number is
taken apart only where nothing has it.
"""

from odoo.addons.ntue_curriculum.codes import other_marks, tidy

from .. import slip_number

MOST_PAPERS = 50
"""Submissions of one application whose papers are looked for: nobody is returned as often."""


def of_paper(applications, text):
    """The one whose slip that counts has this number, of those that the user may see."""
    return applications.search([("document_number", "in", _spellings(text))], limit=1)


def of_number(applications, text):
    """The one whose number this is, or was on one of its slips."""
    spellings = _spellings(text)
    return applications.search([("slip_number", "in", spellings)], limit=1) or _with_papers(
        applications, spellings
    )


def of_former_paper(applications, text):
    """The one of which a slip had this number before it was submitted again."""
    number = slip_number.parse(text)
    if not number or not number.submission:
        return applications.browse()
    return of_number(applications, number.application)


def _spellings(text):
    """As written, and in the form in which codes are kept; none of what no number can be."""
    number = slip_number.written(text)
    found = dict.fromkeys((number, tidy(number)))
    return [one for one in found if one and not other_marks(one)]


def _with_papers(applications, spellings):
    """The one whose slip that counts is one of the application with this number."""
    papers = [f"{text}-{count}" for text in spellings for count in range(1, MOST_PAPERS + 1)]
    return applications.search([("document_number", "in", papers)], limit=1)
