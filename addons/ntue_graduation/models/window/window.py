from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.exceptions import UserError
from odoo.fields import Domain

from ... import tasks
from ...pages.notice import state_sentence
from .schedule import OWN


class GraduationWindow(models.Model):
    """When a division takes graduation applications of a term (3–6, I2)."""

    _name = "ntue.graduation.window"
    _description = "Graduation application window"
    _inherit = [
        "ntue.graduation.window.texts",
        "ntue.readable.references",
        "ntue.decisive",
        "ntue.discreet",
    ]
    _order = "date_open desc, id"
    _rec_name = "term_id"
    _not_deciding = frozenset(
        {
            "contact_name",
            "contact_phone",
            "contact_email",
            "legal_basis_url",
            "portal_url",
            "romanization_url",
            "paper_reminder_days",
        }
    )

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
    first_review_due = fields.Date(
        help="When the departments plan to be done; nothing stops then. "
        "Empty: the last day of the period."
    )
    second_review_due = fields.Date(
        help="When the registrar plans to be done; nothing stops then. "
        "Empty: the final leaving date."
    )
    paper_reminder_days = fields.Integer(
        string="Remind of the slip after",
        default=3,
        help="Days after submission until a student who has not handed in the slip is "
        "reminded; then weekly until the first review is due. 0: no reminder.",
    )
    schedule_ids = fields.One2many(
        "ntue.graduation.schedule",
        "window_id",
        copy=True,
        default=lambda self: [
            fields.Command.create(values)
            for values in self.env["ntue.graduation.schedule"]._default_rows()
        ],
    )
    is_open = fields.Boolean(compute="_compute_is_open")

    _window_unique = models.UniqueIndex(
        "(term_id, division, COALESCE(kind, ''))",
        "This division has a window for this kind of program and term already.",
    )
    _dates_in_order = models.Constraint(
        "CHECK(date_open <= date_close AND date_close <= date_leave)",
        "A window opens before it closes, and closes before the final leaving date.",
    )
    _reviews_in_order = models.Constraint(
        "CHECK(first_review_due BETWEEN date_open AND date_leave"
        " AND second_review_due BETWEEN COALESCE(first_review_due, date_open) AND date_leave)",
        "Reviews are due after the window opens, the first one first, and by the final "
        "leaving date.",
    )
    _paper_reminder_days_positive = models.Constraint(
        "CHECK(paper_reminder_days >= 0)", "Write a number of days, or 0 for no reminder."
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

    def write(self, vals):
        result = super().write(vals)
        if tasks.DATES & vals.keys():
            applications = self.env["ntue.graduation.application"]
            tasks.of_offices(applications, [("window_id", "in", self.ids)])
        return result

    @api.depends("date_open", "date_close")
    def _compute_is_open(self):
        for window in self:
            window.is_open = window._is_open_on(taipei_today())

    def _is_open_on(self, day):
        """Both days included, Taipei time (5, 6, D14)."""
        self.ensure_one()
        return bool(self.date_open and self.date_close and self.date_open <= day <= self.date_close)

    def _first_due(self):
        """By when departments plan to have done the first review: no stop (26)."""
        self.ensure_one()
        return self.first_review_due or self.date_close

    def _second_due(self):
        """By when the registrar plans to have done the second review."""
        self.ensure_one()
        return self.second_review_due or self.date_leave

    def _period_sentence(self):
        """When applications are taken, for students (6, I15)."""
        self.ensure_one()
        return self.env._(
            "Applications for term %(term)s are taken from %(first)s to %(last)s.",
            term=self.term_id._short_name(),
            first=roc_date(self.date_open),
            last=roc_date(self.date_close),
        )

    def _state_sentence(self):
        """Whether applications are taken today, and until or from when."""
        return state_sentence(self)

    def _copy_to(self, term, dates):
        """A window of ``term`` with everything this one says; UserError if there is one (I14).

        ``dates``: values of the date fields. Rows of the schedule with days of their own
        move as far as the terms are apart.
        """
        self.ensure_one()
        if self.search_count(
            [
                ("term_id", "=", term.id),
                ("division", "=", self.division),
                ("kind", "=", self.kind),
            ]
        ):
            raise UserError(
                self.env._(
                    "Term %s has a window of this division and kind already; nothing was copied.",
                    term.code,
                )
            )
        window = self.copy({**dates, "term_id": term.id})
        distance = self._distance_to(term) or window.date_open - self.date_open
        for row in window.schedule_ids.filtered(lambda row: row.basis == OWN):
            row.write(
                {name: row[name] + distance for name in ("date_from", "date_to") if row[name]}
            )
        return window

    def _distance_to(self, term):
        """How far the first day of ``term`` is from that of the own one; None if unknown."""
        self.ensure_one()
        if not self.term_id.date_start or not term.date_start:
            return None
        return term.date_start - self.term_id.date_start

    def _next_term(self):
        """The term after this window's; summer terms are for summer programs only."""
        self.ensure_one()
        domain = Domain("number", ">", self.term_id.number)
        if self.kind != "summer":
            domain &= Domain("digit", "!=", "3")
        return self.env["ntue.term"].search(domain, order="number", limit=1)

    @api.model
    def _for_student(self, student, term=None):
        """The window that concerns ``student``: of ``term``, or the open one, or the next.

        A window of the student's own kind of program goes before one of the whole
        division. Without ``term`` one that a late permit keeps open wins (D13), then an
        open window, then the nearest that opens later, then the latest that closed.
        """
        domain = Domain("division", "=", student.division) & (
            Domain("kind", "=", student.program_id.kind) | Domain("kind", "=", False)
        )
        if term:
            domain &= Domain("term_id", "=", term.id)
        windows = self.search(domain)
        today = taipei_today()
        permits = student._permits_in_force()

        def nearness(window):
            if window._is_open_on(today):
                rank, days = 0, 0
            elif window.date_open > today:
                rank, days = 1, (window.date_open - today).days
            else:
                rank, days = 2, (today - window.date_close).days
            return not permits._keep_open(window), rank, days, not window.kind

        return windows.sorted(nearness)[:1]
