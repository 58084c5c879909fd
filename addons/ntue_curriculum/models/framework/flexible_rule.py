from odoo import api, fields, models


class FlexibleRule(models.Model):
    """How much from outside the framework may be recognised (D17)."""

    _name = "ntue.flexible.rule"
    _description = "Flexible credit rule"
    _inherit = ["ntue.readable.references", "ntue.curriculum.part"]
    _order = "curriculum_id, sequence, id"

    sequence = fields.Integer(default=10)
    origin = fields.Selection(
        [
            ("all", "All origins"),
            ("other_department", "Other departments"),
            ("off_campus", "Off campus"),
            ("other_entry_year", "Other entry years"),
        ],
        required=True,
        default="all",
    )
    unit = fields.Selection(
        [
            ("credits", "Credits"),
            ("courses", "Courses"),
            ("share", "Share of the graduation credits"),
        ],
        required=True,
        default="credits",
    )
    has_limit = fields.Boolean(string="With a limit", default=True)
    limit = fields.Float(digits=(7, 4), help="In the unit beside it; a share as in 0.25.")
    prior_approval = fields.Boolean(
        string="Approval needed beforehand",
        help="Each course needs the department's approval on file before it can be ticked.",
    )
    exempt = fields.Boolean(help="Courses of this origin use up no limit.")

    _origin_unique = models.Constraint(
        "UNIQUE(curriculum_id, origin, unit)",
        "This framework has a rule for this origin and unit already.",
    )
    _limit_positive = models.Constraint('CHECK("limit" >= 0)', "A limit cannot be negative.")

    @api.depends_context("lang")
    @api.depends("origin", "unit")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = rule._label()

    def _label(self):
        """The rule by its origin and unit, in the reader's language."""
        self.ensure_one()
        words = [
            dict(self._fields[name]._description_selection(self.env)).get(self[name], "")
            for name in ("origin", "unit")
        ]
        return self.env._("%(origin)s (%(unit)s)", origin=words[0], unit=words[1])
