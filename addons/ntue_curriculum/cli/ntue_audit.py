"""``odoo ntue_audit -d DB -o FILE.csv``: audit every student (docs/readings.md A25)."""

# Odoo loads this file as odoo.cli.…, where relative imports lead nowhere.
# pylint: disable=odoo-addons-relative-import

from contextlib import ExitStack
from pathlib import Path

from odoo.cli.command import Command

STUDENTS_AT_ONCE = 500

HEADER = (
    "學號",
    "領域代碼",
    "最低學分",
    "實修學分",
    "實得學分",
    "修習中學分",
    "科目數",
    "已修畢",
)
DETAIL_HEADER = ("學號", "學年期", "開課號", "科目名稱", "學分", "計入領域", "說明")


class NtueAudit(Command):
    """Audit all active students and write the outcome as CSV: one row per area, one the whole."""

    name = "ntue_audit"

    def run(self, cmdargs):
        # Only now: the addon may not be imported before Odoo is configured.
        from odoo.addons.ntue_curriculum.cli import _database
        from odoo.addons.ntue_curriculum.degree_audit import AuditError

        parser = self.parser
        _database.add_arguments(parser)
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.csv")
        parser.add_argument(
            "--detail", type=Path, metavar="FILE.csv", help="also where each enrolment counts"
        )
        parsed, rest = parser.parse_known_args(cmdargs)
        for path in filter(None, (parsed.output, parsed.detail)):
            if not path.absolute().parent.is_dir():
                parser.error(f"There is no folder “{path.parent}”.")
        if parsed.detail and parsed.detail.absolute() == parsed.output.absolute():
            parser.error("Name two different files with -o and --detail.")
        with _database.command(parser, parsed, rest) as env:
            try:
                audit_to_files(env, parsed.output, parsed.detail, _database.say)
            except AuditError as error:
                raise _database.CommandError(str(error)) from error
        raise SystemExit(0)


def audit_to_files(env, output, detail, say):
    """Write the audit, and the detail if a path is given; each file appears only when whole."""
    from odoo.addons.ntue_curriculum.importer.outgoing import new_table

    with ExitStack() as files:
        totals = files.enter_context(new_table(output, HEADER))
        details = detail and files.enter_context(new_table(detail, DETAIL_HEADER))
        done = 0
        for student, result in audited(env):
            for row in total_rows(student, result):
                totals.add(row)
            for row in detail_rows(student, result) if details else ():
                details.add(row)
            done += 1
            if done % STUDENTS_AT_ONCE == 0:
                say(env._("%(count)s students audited", count=done))
    say(env._("%(count)s students audited", count=done))


def audited(env):
    """``(student, AuditResult)`` of all active students by number, in bounded memory."""
    students = env["ntue.student"].search_fetch([("active", "=", True)], ["student_no"])
    ids = [student.id for student in sorted(students, key=lambda one: one.student_no)]
    for start in range(0, len(ids), STUDENTS_AT_ONCE):
        env.invalidate_all()
        students = env["ntue.student"].browse(ids[start : start + STUDENTS_AT_ONCE])
        for student, case in students._cases():
            yield student, case.audit()


def total_rows(student, result):
    """The rows of one student: the areas in framework order, then the whole."""
    for area in result.areas:
        yield (
            student.student_no,
            area.code,
            area.min_credits,
            area.taken,
            area.earned,
            area.in_progress,
            area.courses,
            area.met,
        )
    yield (
        student.student_no,
        "",
        result.graduation_credits,
        result.taken,
        result.earned,
        result.in_progress,
        result.courses,
        result.met,
    )


def detail_rows(student, result):
    """Where each enrolment of one student counts, or why not, in the order of the terms."""
    from odoo.addons.ntue_curriculum.wording.reasons import outcome_sentences, reason_text

    sentences = outcome_sentences(student.env)
    outcomes = {outcome.key: outcome for outcome in result.enrolments}
    for enrollment in student.enrollment_ids.sorted(
        lambda row: (row.term_number, row.offering_no or "", row.id)
    ):
        outcome = outcomes[enrollment.id]
        yield (
            student.student_no,
            enrollment.term_id.code,
            enrollment.offering_no or "",
            enrollment.name,
            round(enrollment.credits, 1),
            ";".join(outcome.areas),
            reason_text(student.env, outcome, sentences),
        )
