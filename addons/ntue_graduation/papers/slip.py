"""主修畢業學分審核確認單: which copy is printed, under which number (G)."""

import hashlib
import json
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote

from odoo.addons.ntue_curriculum.codes import tidy
from odoo.addons.ntue_curriculum.printing import BOTH
from odoo.exceptions import UserError

from .. import slip_number, workflow
from ..qr import qr_picture
from ..slip_number import ADDRESS
from ..workflow import REVIEWERS
from .english import in_both
from .numbers import of_former_paper, of_paper
from .values import form_values, slip_values
from .words import DRAFT_MARK, LAPSED_MARK, SLIP_TITLE


class Use(StrEnum):
    """What the official slip of an application is for now.

    ``SIGN``: to be signed and handed in; ``RECORDS``: a copy for the student's own records.
    """

    SIGN = "sign"
    RECORDS = "records"


class Document(NamedTuple):
    """Number and address of a slip; the QR code is the address."""

    number: str
    address: str


def slip(application):
    """What the slip prints, as plain values.

    A draft is drawn from today's data; a submitted one from what was frozen, so
    that it reads the same in ten years.
    """
    application.ensure_one()
    if application._is_draft_copy():
        return slip_values(_in_papers_language(application), *application._case_and_audit())
    application._check_snapshot_is_kept()
    return json.loads(application._submission().snapshot)


def form_of_draft(application, case, result):
    """What the form of a draft shows of ``case`` and its audit, in the words of its slip."""
    return form_values(_in_papers_language(application), case, result)


def _in_papers_language(application):
    return application.with_context(lang=application.student_id._paper_language())


def slip_paper(application):
    """Everything the report draws: the slip, which copy it is, its seal and its QR code.

    A draft copy has neither number nor QR code nor hash: nothing that looks as if it
    could be handed in (168, 169).
    """
    shown = slip(application)
    draft = application._is_draft_copy()
    both = bool(application.env.context.get(BOTH)) and "english" in shown
    shown = in_both(shown) if both else shown
    paper = {"slip": shown, "draft": draft, "both": both, "seal": "", "qr": "", "lapsed": None}
    if not draft:
        paper.update(seal=seal(application), qr=qr_picture(shown["document"]["address"]))
    if counts_no_more(application):
        paper["lapsed"] = _lapsed(application, both)
    return paper


def counts_no_more(application):
    """Whether its official slip is one of an application that has lapsed since."""
    return application.state == "lapsed" and not application._is_draft_copy()


def _lapsed(application, both):
    """What is put on a slip that counts no more, outside of what was frozen."""
    own = _in_papers_language(application)
    readers = [own, application.with_context(lang="en_US")] if both else [own]
    sentences = [
        reader.env._("This application has lapsed and does not count any more.")
        for reader in readers
    ]
    return {"mark": LAPSED_MARK, "sentences": list(dict.fromkeys(sentences))}


def seal(application):
    """The first digits of the snapshot's hash, as printed: they tell two papers apart.

    UserError when the snapshot is not the one that was submitted.
    """
    application._check_snapshot_is_kept()
    event = application._submission()
    digest = hashlib.sha256(event.snapshot.encode()).hexdigest()
    if digest != event.snapshot_hash:
        raise UserError(
            application.env._(
                "What was submitted under %s has been changed in the database, so that the "
                "slip cannot be printed. Tell the operator of the system.",
                application._number(),
            )
        )
    return " ".join(digest[start : start + 4] for start in (0, 4, 8))


def slip_name(application):
    """What the file is called; the same as the paper's title (167)."""
    mark = f"（{DRAFT_MARK}）" if application._is_draft_copy() else ""
    return f"{SLIP_TITLE}{mark}_{application._number()}"


def slip_use(application):
    """The ``Use`` of its slip; None where there is no official one, or it counts no more."""
    if application._is_draft_copy() or counts_no_more(application):
        return None
    paper = not application._awaits_paper()
    stage = workflow.stage_of(application._position(), paper=paper)
    return Use.SIGN if stage.name == "waiting_paper" else Use.RECORDS


def slip_foot(application):
    """What is printed in the foot of every page of an official copy; a draft's is empty."""
    if application._is_draft_copy():
        return ""
    return f"{document_number(application)}   {seal(application)}"


def document_number(application):
    """The document number of the last submission's slip."""
    if application.document_number:
        return application.document_number
    snapshot = application._submission().snapshot
    return json.loads(snapshot)["document"]["number"] if snapshot else application._number()


def is_former_paper(application, text):
    """Whether ``text``, which names the application, is a slip that counts no more."""
    number = slip_number.parse(text)
    if not number or not number.submission:
        return False
    valid = document_number(application)
    meant = (
        valid,
        valid.rpartition("-")[0],
        application._number(),
        application.student_id.student_no,
    )
    return tidy(slip_number.written(text)) not in map(tidy, meant)


def next_document(application):
    """The ``Document`` of the slip about to be frozen.

    The number counts the submissions: after a return the paper handed in before has
    another one than the paper that counts. One that is on another student's paper, who had this
    student's number before it was put right, is passed over.
    """
    known = application.sudo()
    count = len(known.event_ids.filtered(lambda event: event.action == "submit")) + 1
    while of_paper(known, number := f"{known._number()}-{count}") - known:
        count += 1
    return Document(number, f"{application.get_base_url()}{ADDRESS}{quote(number)}")


def application_of(env, document):
    """The application with this document number, if the user reviews it; else none."""
    application = env["ntue.graduation.application"]
    if env.user._is_internal():
        found = of_paper(application, document) or of_former_paper(application, document)
        application = found.filtered("submitted_at")
    return application.filtered(lambda row: row._roles() & REVIEWERS)
