"""Run in Odoo's shell: import the files of a folder, as `ntue_import` does.

Environment: FOLDER is the folder. AssertionError with what is wrong in the files.
"""

import os
from pathlib import Path

from odoo.addons.ntue_curriculum.importer.problems import Report, Severity
from odoo.addons.ntue_curriculum.importer.sources import read_folder

report = Report()
importer = env["ntue.importer"].with_context(lang="zh_TW")  # noqa: F821
importer._import(read_folder(Path(os.environ["FOLDER"]), report), report=report)
wrong = [str(problem) for problem in report.problems if problem.severity is Severity.ERROR]
assert not wrong, wrong
env.cr.commit()  # noqa: F821
