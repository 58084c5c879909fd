"""What was not completed by the final leaving date lapses (已失效, D31)."""

import logging

from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

OF_JOB = "ir_cron_progress_id"
"""Odoo's key of the context in which a job runs, which may end a transaction."""


def lapse_overdue(applications):
    """Lapse what is overdue; ``applications``: the model.

    Each one that the job takes is a transaction of its own, so that nobody who takes a step waits
    for all of them, and one that cannot lapse keeps no other one from it. What somebody is at, or
    cannot be, is left for the next night.
    """
    overdue = applications.search(_overdue(), order="id")
    if OF_JOB not in applications.env.context:
        overdue.write({"state": "lapsed"})
        return
    cron = applications.env["ir.cron"]
    cron._commit_progress(remaining=len(overdue))
    for application in overdue:
        _lapse_alone(application)
        if not cron._commit_progress(1):
            return


def _lapse_alone(application):
    if not application.exists().try_lock_for_update():
        return
    application.invalidate_recordset()
    still = application.filtered_domain(_overdue())
    try:
        with application.env.cr.savepoint():
            still.write({"state": "lapsed"})
    except UserError:
        _logger.exception("Application %s does not lapse.", application.id)


def _overdue():
    return [
        ("state", "in", ("draft", "submitted")),
        ("window_id.date_leave", "<", taipei_today()),
    ]
