"""Run in Odoo's shell: how many courses of the student NUMBER have the score SCORE, as JSON."""

import json
import os

student = env["ntue.student"].search([("student_no", "=", os.environ["NUMBER"])])  # noqa: F821
scores = student.enrollment_ids.mapped("score")
print("\n" + json.dumps(scores.count(float(os.environ["SCORE"]))))
