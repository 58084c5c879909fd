"""Run in Odoo's shell: prints sheet and draft slip of the students NUMBERS into FOLDER.

Nothing of it is kept. Prints for each file the texts that have to be in it, as they are stored.
"""

import json
import os
from pathlib import Path

from odoo.addons.ntue_graduation.papers.slip import slip
from odoo.exceptions import UserError

folder = Path(os.environ["FOLDER"])
reports = env["ir.actions.report"].with_context(force_report_rendering=True)  # noqa: F821
expected = {}


def keep(name, report, record, *texts):
    """Print ``record`` into the file and note what it has to say."""
    content, _kind = reports._render_qweb_pdf(report, record.ids)
    (folder / name).write_bytes(content)
    expected[name] = [text for text in texts if text]


numbers = os.environ["NUMBERS"].split()
for student in env["ntue.student"].search([("student_no", "in", numbers)]):  # noqa: F821
    names = (student.student_no, student.name, env.company.name)  # noqa: F821
    keep(
        f"{student.student_no}-sheet.pdf", "ntue_curriculum.report_progress_sheet", student, *names
    )
    try:
        with env.cr.savepoint():  # noqa: F821
            owner = student.partner_id.user_ids
            applications = env["ntue.graduation.application"].with_user(owner)  # noqa: F821
            application = applications.create({"student_id": student.id}).sudo()
    except UserError:  # some are in the sample because they may not apply
        continue
    said = slip(application)
    courses = [row["label"] for row in said["rows"]]
    areas = [area["name"] for area in said["areas"]]
    mine = (*names, student.english_name, student.department_id.name)
    report = "ntue_graduation.report_slip"
    keep(f"{student.student_no}-slip.pdf", report, application, *mine, *courses, *areas)
env.cr.rollback()  # noqa: F821
print("\n" + json.dumps(expected))
