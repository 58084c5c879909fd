"""What the diploma is made with, and until when the copy of a passport is kept for it."""

from odoo import fields
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.languages import as_kept

from ...frozen import frozen
from ...pages import profile
from ...passport_need import keep_until
from ...profile_fields import WATCHED
from ..registry import effect


@effect
def keep_profile(step):
    """As it is submitted; what was accepted of an earlier submission holds no more (D6)."""
    application = step.application
    application._set(
        {
            "alias_name": application.student_id.alias_name,
            "profile_accepted_at": False,
            "profile_accepted_by_id": False,
            **{f"accepted_{name}": False for name in WATCHED},
        }
    )


@effect
def accept_profile(step):
    """Take today's profile over for the diploma; old and new are in the log, in no mail."""
    application = step.application
    changes = profile.changes_text(as_kept(application))
    application._set(
        {
            "profile_accepted_at": fields.Datetime.now(),
            "profile_accepted_by_id": application.env.uid,
            **{f"accepted_{name}": application.student_id[name] for name in WATCHED},
        }
    )
    application._log(
        step.action, step.source, step.target, changes, **frozen(profile.accepted(application))
    )


@effect
def keep_passport_copy(step):
    """Until the final leaving date."""
    keep_until(step.application, step.application.window_id.date_leave)


@effect
def release_passport_copy(step):
    """The diploma is made: the copy is needed until today."""
    keep_until(step.application, taipei_today())
