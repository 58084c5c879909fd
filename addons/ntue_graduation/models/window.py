from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.fields import Domain


class GraduationWindow(models.Model):
    """When a division takes graduation applications of a term (3–6, I2)."""

    _name = "ntue.graduation.window"
    _description = "Graduation application window"
    _order = "date_open desc, id"
    _rec_name = "term_id"

    term_id = fields.Many2one("ntue.term", required=True, ondelete="restrict")
    division = fields.Selection(
        [("day", "Day division"), ("continuing", "Continuing education")], required=True
    )
    kind = fields.Selection(
        [("day", "Daytime"), ("evening", "Evening"), ("weekend", "Weekend"), ("summer", "Summer")],
        string="Kind of class",
        help="Empty: every kind of program of the division.",
    )
    date_open = fields.Date(required=True, string="First day", help="Included, from 00:00.")
    date_close = fields.Date(required=True, string="Last day", help="Included, until 24:00.")
    date_leave = fields.Date(required=True, string="Final leaving date")
    first_review_due = fields.Date()
    second_review_due = fields.Date()
    slip_notice = fields.Text(
        translate=True,
        default=lambda self: self._default_slip_notice(),
        help="Printed on the slip above the signature line.",
    )
    caution = fields.Text(
        translate=True,
        default=lambda self: self._default_caution(),
        help="Shown to students before they submit.",
    )
    contact_name = fields.Char(help="Case officer for questions on the application.")
    contact_phone = fields.Char()
    legal_basis = fields.Char(translate=True)
    legal_basis_url = fields.Char()
    is_open = fields.Boolean(compute="_compute_is_open")

    _window_unique = models.UniqueIndex(
        "(term_id, division, COALESCE(kind, ''))",
        "This division has a window for this kind of program and term already.",
    )
    _dates_in_order = models.Constraint(
        "CHECK(date_open <= date_close AND date_close <= date_leave)",
        "A window opens before it closes, and closes before the final leaving date.",
    )

    @api.model
    def _default_slip_notice(self):
        """What every slip tells, until the registrar writes it otherwise (I14)."""
        return "\n".join(
            [
                self.env._(
                    "1. Compare the English name and the e-mail above with your passport and "
                    "your mailbox: the diploma is made with them."
                ),
                self.env._(
                    "2. The application is complete only when this slip is signed and handed to "
                    "the assistant of your department."
                ),
                self.env._(
                    "3. The result holds for this term only. Whoever has not left by the final "
                    "leaving date applies again in a later term, flexible courses included."
                ),
            ]
        )

    @api.model
    def _default_caution(self):
        return self.env._(
            "If you do not submit, or do not hand in the signed slip, the delay of your "
            "graduation is your own responsibility. So is a wrong or missing English name."
        )

    @api.depends("term_id.code", "division", "kind")
    def _compute_display_name(self):
        divisions = dict(self._fields["division"]._description_selection(self.env))
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for window in self:
            parts = [
                window.term_id.code,
                divisions.get(window.division),
                kinds.get(window.kind) if window.kind else None,
            ]
            window.display_name = " ".join(filter(None, parts))

    @api.depends("date_open", "date_close")
    def _compute_is_open(self):
        for window in self:
            window.is_open = window._is_open_on(taipei_today())

    def _is_open_on(self, day):
        """Both days included, Taipei time (5, 6, D14)."""
        self.ensure_one()
        return bool(self.date_open and self.date_close and self.date_open <= day <= self.date_close)

    def _period_sentence(self):
        """When applications are taken, for students (6, I15)."""
        self.ensure_one()
        return self.env._(
            "Applications for term %(term)s are taken from %(first)s to %(last)s.",
            term=self.term_id._short_name(),
            first=roc_date(self.date_open),
            last=roc_date(self.date_close),
        )

    @api.model
    def _for_student(self, student, term=None):
        """The window that concerns ``student``: of ``term``, or the open one, or the next.

        A window of the student's own kind of program goes before one of the whole
        division. Without ``term`` an open window wins, then the nearest that opens
        later, then the latest that closed.
        """
        domain = Domain("division", "=", student.division) & (
            Domain("kind", "=", student.program_id.kind) | Domain("kind", "=", False)
        )
        if term:
            domain &= Domain("term_id", "=", term.id)
        windows = self.search(domain)
        today = taipei_today()

        def nearness(window):
            if window._is_open_on(today):
                rank, days = 0, 0
            elif window.date_open > today:
                rank, days = 1, (window.date_open - today).days
            else:
                rank, days = 2, (today - window.date_close).days
            return rank, days, not window.kind

        return windows.sorted(nearness)[:1]
