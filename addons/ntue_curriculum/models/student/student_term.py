from odoo import fields, models


class StudentTerm(models.Model):
    """Whether a student was enrolled or on leave in a term (在學／休學)."""

    _name = "ntue.student.term"
    _description = "Term of a student"
    _inherit = [
        "ntue.readable.references",
        "ntue.audit.source",
        "ntue.registered",
        "ntue.correction",
        "ntue.imported",
    ]
    _order = "student_id, term_id"
    _rec_name = "term_id"
    _audit_fields = frozenset(
        {
            "student_id",
            "term_id",
            "status",
        }
    )
    _registered_fields = _audit_fields

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade", index=True)
    term_id = fields.Many2one("ntue.term", required=True, ondelete="restrict")
    status = fields.Selection(
        [("enrolled", "Enrolled"), ("leave", "On leave")], required=True, default="enrolled"
    )

    _term_unique = models.Constraint(
        "UNIQUE(student_id, term_id)", "This student has this term already."
    )

    def _correction_thread(self):
        return self.student_id

    def _registered_label(self):
        return self.term_id.code

    def _registers_new(self):
        return not self.env.su  # an import has its files

    def _audited_students(self):
        return self.student_id
