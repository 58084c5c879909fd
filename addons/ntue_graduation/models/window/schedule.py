"""The schedule table of a notice (畢業流程日程表, 14)."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.days import day_text
from odoo.addons.ntue_curriculum.models.guarded.handed_over import check_stays

OWN = "own"
"""Basis of a row whose days the registrar writes by hand."""

TEXTS = ("item", "content", "remark")


class ScheduleRow(models.Model):
    """One row of the table: 日期, 項目, 內容, 備註.

    A row follows a date of its window, so that moving the window moves the table, or has
    days of its own.
    """

    _name = "ntue.graduation.schedule"
    _description = "Row of the graduation schedule"
    _inherit = ["ntue.readable.references", "ntue.discreet"]
    _order = "window_id, sequence, id"
    _rec_name = "item"

    window_id = fields.Many2one(
        "ntue.graduation.window", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    basis = fields.Selection(
        [
            ("period", "Application period"),
            ("first_review", "First review"),
            ("second_review", "Second review"),
            ("leave", "Final leaving date"),
            (OWN, "Days of its own"),
        ],
        string="Follows",
        required=True,
        default=OWN,
        help="Which date of the window the row follows.",
    )
    date_from = fields.Date(
        string="Starts on", compute="_compute_dates", store=True, readonly=False
    )
    date_to = fields.Date(string="Ends on", compute="_compute_dates", store=True, readonly=False)
    date_note = fields.Char(
        string="Instead of days", translate=True, help="Words after the days, or in their place."
    )
    item = fields.Char(required=True, translate=True)
    content = fields.Text(translate=True)
    remark = fields.Text(translate=True)

    _days_in_order = models.Constraint(
        "CHECK(date_from <= date_to)", "The first day of a row comes before its last day."
    )

    @api.depends(
        "basis",
        "window_id.date_open",
        "window_id.date_close",
        "window_id.date_leave",
        "window_id.first_review_due",
        "window_id.second_review_due",
    )
    def _compute_dates(self):
        for row in self:
            row.date_from, row.date_to = row._days()

    def _days(self):
        """First and last day, by what the row follows."""
        self.ensure_one()
        window = self.window_id
        if self.basis == "period":
            return window.date_open, window.date_close
        if self.basis == "first_review":
            return window.date_open, window._first_due()
        if self.basis == "second_review":
            return window._second_due(), window._second_due()
        if self.basis == "leave":
            return window.date_leave, window.date_leave
        return self.date_from, self.date_to

    def _days_text(self):
        """The days for students (I15), and the words after them."""
        self.ensure_one()
        own = filter(None, (self.date_from, self.date_to))
        days = dict.fromkeys(day_text(self.env, day) for day in own)
        return " ".join(filter(None, (" – ".join(days), self.date_note)))

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create([self._own_days_only(vals, vals.get("basis")) for vals in vals_list])
        # A user's own default for days does not prevail over the window's.
        following = rows.filtered(lambda row: row.basis != OWN)
        for name in ("date_from", "date_to"):
            self.env.add_to_compute(self._fields[name], following)
        return rows

    def write(self, vals):
        before = {row: row.window_id for row in self}
        if "basis" in vals or not {"date_from", "date_to"} & set(vals):
            super().write(self._own_days_only(vals, vals.get("basis", OWN)))
        else:
            for row in self:
                super(ScheduleRow, row).write(self._own_days_only(vals, row.basis))
        check_stays("window_id", before)
        return True

    @api.model
    def _own_days_only(self, vals, basis):
        """``vals`` without days, unless the row has days of its own."""
        if (basis or OWN) == OWN:
            return vals
        return {key: value for key, value in vals.items() if key not in ("date_from", "date_to")}

    # The table every window begins with

    @api.model
    def _default_rows(self):
        """Values of the rows in the language of the environment; every field is given."""
        rows = [
            {
                "basis": "period",
                "item": self.env._("Apply on line"),
                "content": self.env._(
                    "Look at your study progress, choose New application, tick flexible courses "
                    "within the limit, save, read the draft slip, and submit."
                ),
                "remark": self.env._(
                    "Only students who leave and collect the diploma this term apply."
                ),
            },
            {
                "basis": "period",
                "item": self.env._("Hand in the signed slip"),
                "content": self.env._(
                    "Print the official slip after submitting, sign it and hand it to the "
                    "assistant of your department."
                ),
                "remark": self.env._("The application is complete only with the signed slip."),
            },
            {
                "basis": "first_review",
                "item": self.env._("First review by the department"),
                "content": self.env._(
                    "The assistant compares slip and courses, and tells you if something is "
                    "missing."
                ),
                "remark": self.env._(
                    "The days are planned. Students who missed the period ask the assistant what "
                    "can still be done."
                ),
            },
            {
                "basis": "second_review",
                "item": self.env._("Second review by the registrar"),
                "content": self.env._(
                    "With final grades, while you go through the leaving procedure."
                ),
                "remark": False,
            },
            {
                "basis": "leave",
                "item": self.env._("Final leaving date"),
                "content": self.env._(
                    "Complete the leaving procedure and collect the diploma by this day."
                ),
                "remark": self.env._(
                    "Students who leave later apply again in the term of leaving."
                ),
            },
        ]
        return [
            {**row, "sequence": 10 * number, "date_note": False}
            for number, row in enumerate(rows, start=1)
        ]

    def _translate_defaults(self, languages):
        """Give what still reads here as it began the same text in ``languages``."""
        mine = {(values["basis"], values["item"]): values for values in self._default_rows()}
        for lang in languages:
            there = self.with_context(lang=lang)
            pairs = dict(zip(mine, there._default_rows(), strict=True))
            for row in self:
                key = (row.basis, row.item)
                if key in mine:
                    row.with_context(lang=lang).write(
                        {
                            name: pairs[key][name]
                            for name in TEXTS
                            if row[name] and row[name] == mine[key][name]
                        }
                    )
