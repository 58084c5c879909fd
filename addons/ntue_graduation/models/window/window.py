from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.days import day_text
from odoo.addons.ntue_curriculum.models.school.program import DIVISIONS, KINDS
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ... import passport_need, tasks
from ...pages.notice import state_sentence
from .schedule import OWN

IDENTITY = frozenset({"term_id", "division", "kind"})
"""What a window is for; its applications are, too."""


class GraduationWindow(models.Model):
    """When a division takes graduation applications of a term (3–6, I2)."""

    _name = "ntue.graduation.window"
    _description = "Graduation application window"
    _inherit = [
        "ntue.graduation.window.languages",
        "ntue.graduation.window.guide",
        "ntue.graduation.window.texts",
        "ntue.graduation.window.closing",
        "ntue.graduation.window.diploma.list",
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
            "notice_is_public",
            "extended_from",  # beside the last day, which decides
            "extension_reason",
            "diploma_closed_at",  # by its button alone, which enters it
        }
    )

    term_id = fields.Many2one("ntue.term", required=True, ondelete="restrict")
    division = fields.Selection(DIVISIONS, required=True)
    kind = fields.Selection(
        KINDS,
        string="Kind of class",
        help="Empty: every kind of program of the division.",
    )
    date_open = fields.Date(required=True, string="First day", help="Included, from 00:00.")
    date_close = fields.Date(required=True, string="Last day", help="Included, until 24:00.")
    date_leave = fields.Date(required=True, string="Final leaving date")
    first_review_due = fields.Date(
        string="First review due on",
        help="When the departments plan to be done; nothing stops then. "
        "Empty: the last day of the period.",
    )
    second_review_due = fields.Date(
        string="Second review due on",
        help="When the registrar plans to be done; nothing stops then. "
        "Empty: the final leaving date.",
    )
    paper_reminder_days = fields.Integer(
        string="Remind of the slip after",
        default=3,
        help="Days after submission until a student who has not handed in the slip is "
        "reminded; then weekly until the first review is due. 0: no reminder.",
    )
    notice_is_public = fields.Boolean(
        string="Everybody may read the notice",
        default=True,
        help="Untick it while the window is being prepared: students of the division read the "
        "notice when they are signed in, and nobody else does.",
    )
    schedule_ids = fields.One2many(
        "ntue.graduation.schedule",
        "window_id",
        string="Rows of the schedule",
        copy=True,
        default=lambda self: [
            fields.Command.create(values)
            for values in self.env["ntue.graduation.schedule"]._default_rows()
        ],
    )
    is_open = fields.Boolean(string="Open now", compute="_compute_is_open")
    lapsing_count = fields.Integer(
        compute="_compute_lapsing_count",
        string="Applications that would lapse",
        help="In the coming night, with this final leaving date.",
    )
    lapsing_confirmed = fields.Integer(
        string="How many may lapse",
        store=False,
        copy=False,
        help="Write the number of applications that would lapse, if that is what is meant.",
    )

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

    @api.depends("date_open", "date_close")
    def _compute_is_open(self):
        for window in self:
            window.is_open = window._is_open_on(taipei_today())

    @api.depends("date_leave")
    @api.depends_context("uid")
    def _compute_lapsing_count(self):
        for window in self:
            moved = window.date_leave != window._origin.date_leave
            window.lapsing_count = window._lapsing(window.date_leave) if moved else 0

    def _lapsing(self, day):
        """How many applications lapse in the next nights if ``day`` is the last.

        Of those whose students are told: submitted, or returned, which their students alone read.
        """
        if not day or day > taipei_today():
            return 0
        applications = self.env["ntue.graduation.application"]
        if self._origin.has_access("write"):
            applications = applications.sudo()
        return applications.search_count(
            Domain("window_id", "=", self._origin.id)
            & (
                Domain("state", "=", "submitted")
                | (Domain("state", "=", "draft") & Domain("first_review", "=", "returned"))
            )
        )

    def write(self, vals):
        vals = dict(vals)
        confirmed = vals.pop("lapsing_confirmed", None)
        if not self.env.su:
            if "diploma_closed_at" in vals:
                raise AccessError(self.env._("A diploma list is closed by its button."))
            if "date_leave" in vals:
                self._check_lapsing(fields.Date.to_date(vals["date_leave"]), confirmed)
        self._check_same_use(vals)
        result = super().write(vals)
        if tasks.DATES & vals.keys():
            applications = self.env["ntue.graduation.application"]
            tasks.of_offices(applications, [("window_id", "in", self.ids)])
        if "date_leave" in vals:
            passport_need.follow_windows(self)
        return result

    def _check_same_use(self, vals):
        """UserError where a window that has applications would be that of others (I14).

        Their term, their slips' numbers and the term of what was recognised hang on it.
        """
        wanted = {name: vals[name] or False for name in IDENTITY & vals.keys()}
        changed = self.filtered(
            lambda window: any(
                self._fields[name].convert_to_write(window[name], window) != value
                for name, value in wanted.items()
            )
        )
        applications = self.env["ntue.graduation.application"].sudo()
        if changed and applications.search_count([("window_id", "in", changed.ids)]):
            raise UserError(
                self.env._(
                    "Students have begun applications in this window, so its term, division and "
                    "kind of program stay. Copy it to the other term instead."
                )
            )

    def _check_lapsing(self, day, confirmed):
        """UserError unless the number of those whom a last ``day`` lets lapse was confirmed."""
        moved = self.filtered(lambda window: window.date_leave != day)
        count = sum(window._lapsing(day) for window in moved)
        if count and confirmed != count:
            raise UserError(
                self.env._(
                    "With the final leaving date %(day)s, %(count)s applications lapse in the "
                    "coming night, and their students are told. If that is meant, write "
                    "%(count)s in “How many may lapse” and save again.",
                    day=day_text(self.env, day),
                    count=count,
                )
            )

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
            first=day_text(self.env, self.date_open),
            last=day_text(self.env, self.date_close),
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

        It says what she may begin; what she has in work is asked of ``pages/in_work.py``.
        A window of the student's own kind of program goes before one of the whole
        division. Without ``term`` one that a late permit keeps open wins (D13), then an
        open window, then the nearest that opens later, then the latest that closed.
        """
        domain = Domain("division", "=", student.division) & (
            Domain("kind", "=", student.program_id.kind) | Domain("kind", "=", False)
        )
        if term:
            domain &= Domain("term_id", "=", term.id)
        # Without the long texts of a window, of which all but one are read for nothing.
        windows = self.search_fetch(domain, ["date_open", "date_close", "kind", "term_id"])
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
