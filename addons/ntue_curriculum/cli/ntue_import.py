"""``odoo ntue_import -d DB FOLDER``: import the school's files from the shell."""

# Odoo loads this file as odoo.cli.…, where relative imports lead nowhere.
# pylint: disable=odoo-addons-relative-import

import json
from functools import partial
from pathlib import Path

from odoo.cli.command import Command


class NtueImport(Command):
    """Import a folder of CSV or XLSX files: all, nothing, or all but students with wrong rows."""

    name = "ntue_import"

    def run(self, cmdargs):
        # Only now: the addon may not be imported before Odoo is configured.
        from odoo.addons.ntue_curriculum.cli import _database
        from odoo.service.model import retrying

        parser = self.parser
        _database.add_arguments(parser)
        _add_arguments(parser)
        parsed, rest = parser.parse_known_args(cmdargs)
        if not parsed.folder.is_dir():
            parser.error(f"“{parsed.folder}” is no folder.")
        with _database.command(parser, parsed, rest) as env:
            asked = (parsed.folder, parsed.dry_run, parsed.revision, _database.say)
            choices = {
                "blanks_erase": parsed.blanks_erase,
                "whole_terms": tuple(parsed.whole_term),
                "withdraw_missing": parsed.withdraw_missing,
                "leave_out_students": parsed.leave_out_students,
                "mapping": env["ntue.import.mapping"]._named(parsed.mapping),
            }
            work = partial(import_folder, env, *asked, **choices)
            report = retrying(work, env)
            print_report(env, report, _database.say)
            if parsed.json:
                parsed.json.write_text(report_as_json(env, report), encoding="utf-8")
        raise SystemExit(exit_code(report))


def _add_arguments(parser):
    """What may be said of one run; each has a sentence in ``--help``."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="folder of the files")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be done, and do nothing"
    )
    parser.add_argument(
        "--revision",
        metavar="REASON",
        help="why published frameworks change; each that does becomes a new revision",
    )
    parser.add_argument(
        "--blanks-erase",
        action="store_true",
        help="let an empty 成績, 狀態 or 停修日 take away what is stored",
    )
    parser.add_argument(
        "--whole-term",
        action="append",
        default=[],
        metavar="TERM",
        help="the enrolments are the whole list of this term; what they lack is listed",
    )
    parser.add_argument(
        "--withdraw-missing",
        action="store_true",
        help="withdraw what the whole lists lack; a list without it shows what that would be",
    )
    parser.add_argument(
        "--leave-out-students",
        action="store_true",
        help="leave out students whose rows are wrong, as a nightly job does; exit code 3 then",
    )
    parser.add_argument(
        "--mapping",
        default="",
        metavar="NAME",
        help="read headers of the school's own as the column mapping of this name says",
    )
    parser.add_argument(
        "--json",
        type=Path,
        metavar="FILE",
        help="write what was found and done to this file, for programs",
    )


def import_folder(env, folder, dry_run, reason, say, **choices):
    """Import the files of ``folder``; says how far it is. Returns the report."""
    from odoo.addons.ntue_curriculum.importer.problems import Report
    from odoo.addons.ntue_curriculum.importer.sources import read_folder

    importer = env["ntue.importer"]
    report = Report()
    return importer._import(
        read_folder(folder, report),
        dry_run=dry_run,
        revision_reason=reason,
        **choices,
        progress=lambda message: say(importer._import_text(message)),
        report=report,
    )


def exit_code(report):
    """The exit code of the command, as ``wording.imports`` has it."""
    from odoo.addons.ntue_curriculum.wording import imports

    return imports.exit_code(report)


def report_as_json(env, report):
    """The whole report for programs; sentences are in the language of the environment."""
    from odoo.addons.ntue_curriculum.wording.imports import findings_of

    return json.dumps(findings_of(env, report), ensure_ascii=False, indent=1)


def print_report(env, report, say):
    """Every problem as ``file:row: column: message``, then what became of the files."""
    from odoo.addons.ntue_curriculum.wording import imports

    importer = env["ntue.importer"]
    print_repairs(env, report, say)
    weight = None
    for problem in report.problems:
        if problem.severity is not weight:
            weight = problem.severity
            say()
            say(importer._import_heading(weight, report.count(weight)))
        say(problem_line(problem, importer._import_text(problem.message)))
    say()
    for line in imports.summary_of(env, report):
        say(line)


def print_repairs(env, report, say):
    """What mends the findings: a sentence, how often, and where the first ones are."""
    from odoo.addons.ntue_curriculum.wording.imports import outcome_of

    repairs = outcome_of(env, report)["repairs"]
    if not repairs:
        return
    say()
    say(env._("What to mend:"))
    for repair in repairs:
        say(f"{repair['count']} × {repair['message']}")
        if len(repair["cases"]) > 1:
            for case in repair["cases"]:
                say(f"    {case['count']} × {case['message']}")


def problem_line(problem, text):
    """``students.csv:3: 課架代碼: text``, without what the problem does not name."""
    place = problem.file if problem.row is None else f"{problem.file}:{problem.row}"
    return ": ".join(part for part in (place, problem.column, text) if part)
