"""The registrar's first look: each department and term, with what waits at each step."""

from odoo import fields, models
from odoo.addons.ntue_curriculum.models.school.program import DIVISIONS
from odoo.fields import Domain
from odoo.tools import SQL

from ... import workflow
from ...stages import domain_of
from .statistics import COUNTED

BEHIND = {count: domain_of(stages) for count, stages in workflow.counted().items()}
"""The applications behind each count, but those of all together (``applied``)."""

IN_WORK = [count for count in BEHIND if count not in workflow.OVER]
"""The counts of what waits for an office or for its student."""


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
    is_in_work = fields.Boolean(
        readonly=True, string="In work", help="Something waits for an office or for its student."
    )
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
            for name in BEHIND
        )
        in_work = SQL(" + ").join(SQL.identifier(name) for name in IN_WORK)
        return SQL(
            """
        SELECT MIN(id) AS id, term_id, term_number, department_id, division,
               term_number = MAX(term_number) OVER (PARTITION BY division) AS is_latest,
               COUNT(*)::integer AS applied,
               SUM(%s) > 0 AS is_in_work,
               %s
          FROM (%s) rows
         GROUP BY term_id, term_number, department_id, division
        """,
            in_work,
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
        action = {
            "type": "ir.actions.act_window",
            "res_model": "ntue.graduation.application",
            "views": [(False, "list"), (False, "form")],
            "name": f"{self.department_id.name} {self.term_id.code}",
            "domain": list(BEHIND.get(step, Domain.TRUE) & here),
            "context": {},
        }
        if step in (*BEHIND, "applied"):
            label = self._fields[step]._description_string(self.env)
            action["name"] = f"{action['name']}: {label}"
        if step == "applied":  # what is with the student is counted, and its draft is the student's
            rows = {"res_model": "ntue.graduation.statistics", "views": [(False, "list")]}
            return {**action, **rows}
        return action
