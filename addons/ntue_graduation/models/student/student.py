import logging

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.groups import STAFF
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from psycopg2.errors import UniqueViolation

from ... import tasks, workflow
from ...pages.conditions import missing_conditions
from ...pages.home import home_rows
from ...pages.in_work import present
from ...pages.notice import announced_window
from ...pages.standing import progress_beside

_logger = logging.getLogger(__name__)


class Student(models.Model):
    """The student record with what this addon knows: applications, grants, erasing, privacy."""

    _name = "ntue.student"
    _inherit = [
        "ntue.graduation.student.grants",
        "ntue.graduation.student.erasing",
        "ntue.graduation.student.privacy.page",
        "ntue.graduation.student.files",
        "ntue.student",
    ]

    application_count = fields.Integer(
        compute="_compute_application_count",
        compute_sudo=False,
        groups=STAFF,
        string="Applications",
        help="Those that you may see.",
    )

    @api.depends_context("uid")
    def _compute_application_count(self):
        """Counted with the rights of who asks; not to be searched by, as ``_applications`` says."""
        counts = dict(
            self.env["ntue.graduation.application"]._read_group(
                [("student_id", "in", self.ids)], ["student_id"], ["__count"]
            )
        )
        for student in self:
            student.application_count = counts.get(student, 0)

    only_pressing_mails = fields.Boolean(
        string="Mails only when something is asked",
        help="Chosen by the student: other steps of an application are not mailed.",
    )

    def _choose_mails(self, *, only_pressing, lang=None):
        """The choice of the student herself; AccessError for anybody else.

        ``lang``: the code of the language of all mails; one that is not installed changes nothing.
        """
        self.ensure_one()
        if self.partner_id != self.env.user.partner_id:
            raise AccessError(self.env._("Students choose their own mails only."))
        self.sudo().write({"only_pressing_mails": only_pressing})
        if lang in dict(self.env["res.lang"].get_installed()):
            self.env.user.write({"lang": lang})  # everybody's own, by Odoo

    def _applications(self):
        """This student's applications that the user may see.

        No field: a search on one would tell staff who keeps a draft (148).
        """
        return self.env["ntue.graduation.application"].search([("student_id", "in", self.ids)])

    def _check_may_apply(self):
        """UserError with every reason at once, when an application cannot be started."""
        self.ensure_one()
        missing = missing_conditions(self)
        if missing:
            _logger.info(
                "user %s refused an application of student %s: %s",
                self.env.uid,
                self.id,
                ", ".join(row.key for row in missing),
            )
            raise UserError("\n".join(row.evidence for row in missing))

    def _start_application(self):
        """新增: start this term's application, or return the one that exists already."""
        self.ensure_one()
        if existing := present(self).of_term:
            return existing
        try:
            with self.env.cr.savepoint():
                return self.env["ntue.graduation.application"].create({"student_id": self.id})
        except UniqueViolation:
            # A second click came first. Only a new transaction sees what it made: once more.
            raise ConcurrencyError("application started meanwhile") from None

    def _home_rows(self):
        """What is asked of this student now; the portal's first page asks."""
        return home_rows(self)

    def _standing_beside(self):
        """How the application stands where the progress page counts more; it asks."""
        return progress_beside(self)

    def _announced_window(self):
        """The window whose notice concerns this student now; the portal's first page asks."""
        return announced_window(self)

    # What the curriculum asks of the addon that keeps applications

    def _is_advised(self):
        """Not while an application is under review, nor while one was returned (D11).

        What was returned is corrected as the assistant says: advice would speak against it. That
        holds for the application of any term, and for that of the present window to its end.
        """
        # Read with where they are, which is all that is asked of them.
        applications = self.env["ntue.graduation.application"].search_fetch(
            [("student_id", "in", self.ids)], ["state", "first_review", "second_review"]
        )
        if any(workflow.is_under_way(row._position()) for row in applications):
            return False
        moved = applications.filtered(lambda row: not workflow.is_new(row._position()))
        # Which term's window is now is asked only of who has anything but drafts.
        return super()._is_advised() and (not moved or present(self).of_term not in moved)

    def _pressing(self):
        """Those with an application that waits to be decided or completed.

        Submitted ones that the user may read; a draft is nobody's business (148).
        """
        return super()._pressing() | self._submitted_applications().student_id

    def _store_audits(self):
        """What an audit is stored for, the desks are given as well (D30); decisions stay."""
        result = super()._store_audits()
        for application in self._submitted_applications()._restate():
            tasks.begin_short(application)
        return result

    def _submitted_applications(self):
        # Drafts are not looked at: they have no figures, and are nobody's business.
        return self.env["ntue.graduation.application"].search(
            [("student_id", "in", self.ids), ("state", "=", "submitted")]
        )
