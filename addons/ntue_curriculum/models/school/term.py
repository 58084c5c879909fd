from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ... import roc


class Term(models.Model):
    """A term of the academic year (學年期)."""

    _name = "ntue.term"
    _description = "Term"
    _inherit = ["ntue.readable.references", "ntue.decisive", "ntue.discreet"]
    _order = "number desc"
    _rec_names_search = ["code"]

    code = fields.Char(required=True, help="ROC year and term digit, as in 1141.")
    number = fields.Integer(
        compute="_compute_parts", store=True, help="The code as a number: terms in time."
    )
    roc_year = fields.Integer(compute="_compute_parts", store=True, string="Academic year")
    digit = fields.Selection(
        [("1", "First term"), ("2", "Second term"), ("3", "Summer term")],
        compute="_compute_parts",
        store=True,
        string="Term of the year",
    )
    name = fields.Char(compute="_compute_name")
    date_start = fields.Date(string="First day")
    date_end = fields.Date(string="Last day")

    _code_unique = models.Constraint("UNIQUE(code)", "This term exists already.")
    _dates_in_order = models.Constraint(
        "CHECK(date_start IS NULL OR date_end IS NULL OR date_start <= date_end)",
        "The first day of a term comes before its last day.",
    )

    @api.constrains("code")
    def _check_code(self):
        for term in self:
            try:
                parsed = roc.parse_term(term.code or "")
            except ValueError:
                parsed = None
            if parsed is None or str(parsed) != term.code:
                raise ValidationError(
                    self.env._(
                        "“%s” is no term: write the ROC year and 1, 2 or 3, as in 1141.", term.code
                    )
                )

    @api.depends("code")
    def _compute_parts(self):
        for term in self:
            try:
                parsed = roc.parse_term(term.code or "")
            except ValueError:
                term.number, term.roc_year, term.digit = 0, 0, False
            else:
                term.number = parsed.number
                term.roc_year = parsed.year
                term.digit = str(parsed.digit)

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_name(self):
        names = {
            "1": self.env._("first term"),
            "2": self.env._("second term"),
            "3": self.env._("summer term"),
        }
        for term in self:
            term.name = self.env._(
                "Academic year %(year)s, %(digit)s",
                year=term.roc_year,
                digit=names.get(term.digit, ""),
            )

    @api.depends("code")
    def _compute_display_name(self):
        for term in self:
            term.display_name = term.code

    def _short_name(self):
        """``114-1``, as the notices write it (I1)."""
        self.ensure_one()
        return f"{self.roc_year}-{self.digit}"
