"""The registrar's first look: each department and term, with what waits at each step."""

from odoo import fields, models
from odoo.addons.ntue_curriculum.models.school.program import DIVISIONS
from odoo.fields import Domain
from odoo.tools import SQL

from ... import workflow
from ...stages import domain_of
from .statistics import COUNTED

BEHIND = {
    **{count: domain_of(stages) for count, stages in workflow.counted().items()},
    "applied": Domain.TRUE,
}
"""The applications behind each count."""


class GraduationOverview(models.Model):
    """Counts of ``ntue.graduation.statistics`` by term, department and division."""

    _name = "ntue.graduation.overview"
    _description = "Overview of graduation applications"
    _inherit = ["ntue.readable.references"]
    _auto = False
    _order = "term_number desc, department_id, id"
    _rec_name = "department_id"

    term_id = fields.Many2one("ntue.term", readonly=True)
    term_number = fields.Integer(readonly=True, string="Term as a number", aggregator=None)
    is_latest = fields.Boolean(readonly=True, string="Latest term of the division")
    department_id = fields.Many2one("ntue.department", readonly=True)
    division = fields.Selection(DIVISIONS, readonly=True)
    applied = fields.Integer(readonly=True)
    with_student = fields.Integer(
        readonly=True, string="With the student", help="Returned for correction and not back."
    )
    waiting_paper = fields.Integer(readonly=True, string="Paper missing")
    waiting_first = fields.Integer(readonly=True, string="Waiting for first review")
    waiting_second = fields.Integer(readonly=True, string="Waiting for second review")
    waiting_leave = fields.Integer(readonly=True, string="Passed, leaving not completed")
    failed = fields.Integer(readonly=True, string="Not passed")
    completed = fields.Integer(readonly=True)
    lapsed = fields.Integer(readonly=True)

    _depends = COUNTED

    @property
    def _table_query(self):
        rows = self.env["ntue.graduation.statistics"]._table_query
        counts = SQL(", ").join(
            SQL("SUM(%s)::integer AS %s", SQL.identifier(name), SQL.identifier(name))
            for name in workflow.counted()
        )
        return SQL(
            """
        SELECT MIN(id) AS id, term_id, term_number, department_id, division,
               term_number = MAX(term_number) OVER (PARTITION BY division) AS is_latest,
               COUNT(*)::integer AS applied,
               %s
          FROM (%s) rows
         GROUP BY term_id, term_number, department_id, division
        """,
            counts,
            rows,
        )

    def action_open(self):
        """The applications behind a count; the button says which in its context."""
        self.ensure_one()
        step = self.env.context.get("step")
        here = Domain("term_id", "=", self.term_id.id)
        here &= Domain("department_id", "=", self.department_id.id)
        here &= Domain("division", "=", self.division)
        if step == "with_student":  # its applications are drafts: staff read what they did
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "ntue_graduation.action_with_student"
            )
            return {**action, "domain": list(here & Domain("kind", "=", "returned"))}
        domain = BEHIND.get(step, Domain.TRUE) & here
        label = self._fields[step if step in BEHIND else "applied"]._description_string(self.env)
        return {
            "type": "ir.actions.act_window",
            "res_model": "ntue.graduation.application",
            "views": [(False, "list"), (False, "form")],
            "name": f"{self.department_id.name} {self.term_id.code}: {label}",
            "domain": list(domain),
            "context": {},
        }
