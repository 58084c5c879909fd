"""What a submission keeps, and what a draft loses again."""

from odoo import fields

from ..registry import effect


@effect
def begin_correspondence(step):
    """All later messages about the application are found in this one place."""
    step.application._correspondence()


@effect
def freeze_and_log(step):
    """Freeze what is submitted, in the log too; the reviews begin from nothing."""
    application = step.application
    snapshot, digest = application._freeze()
    student = application.student_id
    application._set(
        {
            "submitted_at": fields.Datetime.now(),
            "english_name": student.english_name,
            "email": student.email,
            "mobile": student.mobile,
            "snapshot_hash": digest,
            "paper_received_on": False,
            "hand_checked": False,
            "first_reviewed_at": False,  # of the one that returned it
            "first_reviewed_by_id": False,
            "review_reason": False,
            "return_deadline": False,
        }
    )
    application._log(step.action, step.source, step.target, snapshot=snapshot, snapshot_hash=digest)


@effect
def announce_in_digest(step):
    """The next mail of the day has it."""
    step.application._set({"announced_at": False})


@effect
def unsave_draft(step):
    """What was returned is looked at and saved before it is sent again."""
    step.application._set({"saved_at": False})


@effect
def restore_submitted(step):
    """What was changed after a return and never sent stays private to the student (I9)."""
    application = step.application
    snapshot = application._snapshot()
    ticked = [row["enrollment"] for row in snapshot["rows"] if row["ticked"]]
    given = snapshot.get("teacher_ed", {})
    application._set(
        {
            "tick_ids": [
                fields.Command.set(application.env["ntue.enrollment"].browse(ticked).exists().ids)
            ],
            "saved_at": False,
            "teacher_ed_answer": given.get("answer") or False,
            "teacher_ed_confirmed": bool(given.get("confirmed")),
        }
    )
