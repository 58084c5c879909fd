import re

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_day, taipei_today
from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.addons.ntue_curriculum.languages import as_kept
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.i18n import format_list

from ..cases import held
from ..further import kept_programs
from ..pages.final_result import kept_result
from ..stages import domain_of
from ..workbook import CellKind, Column, workbook
from ..workflow import counted

NOT_LAPSED = Domain("state", "in", ("submitted", "completed"))
CHOICES = {
    "all": Domain.TRUE,
    # A returned one is a draft, which no list has.
    **{
        count: domain_of(stages)
        for count, stages in counted().items()
        if all(stage.step for stage in stages)
    },
    # Verdicts, whatever became of the application since.
    "first_passed": NOT_LAPSED & Domain("first_review", "=", "passed"),
    "second_passed": NOT_LAPSED & Domain("second_review", "=", "passed"),
}
"""The applications of each choice of a list."""

AT_ONCE = 500

MOST_ON_PAPER = 1000
"""Applications on one summary: more than any department has in a term. Drawing so many rows takes
some twenty of the sixty seconds that a paper may take (``press.worker``), on a busy machine."""

CHOSEN = re.compile(r"[0-9]{1,9}(,[0-9]{1,9})*")


class GraduationRoster(models.TransientModel):
    """Lists of applications as files: for the diplomas, for the office, for signature.

    It has no rights of its own: what goes into a file is what its user finds.
    """

    _name = "ntue.graduation.roster"
    _description = "List of applications as a file"
    _inherit = ["ntue.readable.references"]

    kind = fields.Selection(
        [
            ("diploma", "Diploma preparation list (xlsx)"),
            ("roster", "Roster of applications (xlsx)"),
            ("courses", "Courses from elsewhere and their decisions (xlsx)"),
            ("summary", "Review summary for signature (PDF)"),
        ],
        required=True,
        string="List",
        default="diploma",
    )
    term_id = fields.Many2one("ntue.term", default=lambda self: self._latest_term())
    department_ids = fields.Many2many(
        "ntue.department",
        "ntue_graduation_roster_department_rel",
        "roster_id",
        "department_id",
        string="Departments",
        help="Empty: every department that you look after.",
    )
    stand = fields.Selection(
        [
            ("all", "Submitted or later"),
            ("waiting_paper", "Paper missing"),
            ("waiting_first", "Waiting for first review"),
            ("waiting_second", "Waiting for second review"),
            ("waiting_leave", "Passed, leaving not completed"),
            ("failed", "Not passed"),
            ("first_passed", "First review passed, not lapsed"),
            ("second_passed", "Second review passed, not lapsed"),
            ("completed", "Completed"),
            ("lapsed", "Lapsed"),
        ],
        required=True,
        default="all",
    )
    chosen = fields.Char(help="Numbers of the applications chosen in a list, instead of a term.")
    count = fields.Integer(compute="_compute_count", string="Applications")

    @api.model
    def _latest_term(self):
        """That of the latest applications on the user's desk; a window without any is to come."""
        applications = self.env["ntue.graduation.application"]
        submitted = [("state", "!=", "draft")]
        found = applications.search(submitted, order="term_number desc", limit=1)
        return (found or self.env["ntue.graduation.window"].search([], limit=1)).term_id

    @api.depends("term_id", "department_ids", "stand", "chosen")
    @api.depends_context("uid")
    def _compute_count(self):
        for roster in self:
            roster.count = self.env["ntue.graduation.application"].search_count(roster._domain())

    def _domain(self):
        self.ensure_one()
        if self.chosen:
            # A form may be asked before its values are checked.
            numbers = self.chosen.split(",") if CHOSEN.fullmatch(self.chosen) else ()
            return Domain("id", "in", [int(key) for key in numbers])
        domain = Domain("term_id", "=", self.term_id.id) & CHOICES[self.stand]
        if self.department_ids:
            domain &= Domain("department_id", "in", self.department_ids.ids)
        return domain

    def _found(self):
        """The applications of the list, as the user may see them."""
        return self.env["ntue.graduation.application"].search(
            self._domain(), order="department_id, student_id, term_number"
        )

    @api.constrains("chosen")
    def _check_chosen(self):
        for roster in self:
            if roster.chosen and not CHOSEN.fullmatch(roster.chosen):
                raise UserError(self.env._("Choose the applications in a list."))

    def action_download(self):
        """The file of the list; a UserError when there is nothing to put into it."""
        self.ensure_one()
        if not self.count:
            raise UserError(self.env._("There is no such application. Choose another list."))
        if self.kind == "summary":
            self._check_fits_on_paper()
            return self.env.ref("ntue_graduation.action_report_summary").report_action(self)
        return {
            "type": "ir.actions.act_url",
            "url": f"/ntue_graduation/roster/{self.id}",
            "target": "download",
        }

    # As a workbook

    def _file(self):
        """Name and content of the xlsx file."""
        self.ensure_one()
        title = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        title = title.replace(" (xlsx)", "").replace("（xlsx）", "")
        part = self.term_id.code if not self.chosen else f"{taipei_today():%Y%m%d}"
        columns = getattr(self, f"_{self.kind}_columns")()
        titled = getattr(as_kept(self), f"_{self.kind}_columns")()
        self._enter_export([column.title for column in titled])
        return f"{title}-{part}.xlsx", workbook(title, columns, self._rows())

    def _enter_export(self, columns):
        """Who took which list out of the system is in the register."""
        kinds = dict(self._fields["kind"]._description_selection(as_kept(self).env))
        self.env["ntue.register.entry"]._enter_exported(kinds[self.kind], self.count, columns)

    def _rows(self):
        """The records of the rows, in batches that stay small in memory."""
        found = self._found()
        for start in range(0, len(found), AT_ONCE):
            self.env.invalidate_all()  # students and their courses as well
            batch = found.browse(found.ids[start : start + AT_ONCE])
            for row in batch if self.kind != "courses" else batch.outside_line_ids:
                with held(self.env):  # columns only read: one asks what another has asked
                    yield row

    def _label(self, name):
        """A column's value: the label of the selection ``name``, in the user's language."""
        labels = {}

        def value(row):
            if row._name not in labels:
                labels[row._name] = dict(row._fields[name]._description_selection(self.env))
            return labels[row._name].get(row[name])

        return value

    def _day(self, name):
        """A column's value: the day in Taipei of the moment ``name``."""
        return lambda row: row[name] and taipei_day(row[name])

    def _diploma_columns(self):
        """What diplomas are made from (I20), accepted changes included (D6); one line a column."""
        result = self._result_of_row()
        return [
            Column(self.env._("Student number"), lambda row: row.student_id.student_no),
            Column(self.env._("Full name"), lambda row: row.student_id.name),
            Column(self.env._("English name"), lambda row: row.diploma_english_name, width=28),
            Column(self.env._("Passport alias"), lambda row: row.diploma_alias_name, width=24),
            Column(self.env._("Passport copy"), self._passport_copy, width=10),
            Column(self.env._("E-mail"), lambda row: row.diploma_email, width=32),
            Column(self.env._("Program"), lambda row: row.program_id.name, width=40),
            Column(
                self.env._("Program in English"), lambda row: row.program_id.english_name, width=60
            ),
            Column(
                self.env._("Further programs to be noted"),
                lambda row: format_list(self.env, names) if (names := kept_programs(row)) else "",
                width=40,
            ),
            Column(self.env._("First review"), self._label("first_review")),
            Column(self.env._("Second review"), self._label("second_review")),
            Column(self.env._("Application state"), self._label("state")),
            Column(
                self.env._("Graduation average"),
                lambda row: result(row).average or None,
                CellKind.NUMBER,
            ),
            Column(
                self.env._("Rank in class"), lambda row: result(row).rank or None, CellKind.NUMBER
            ),
            Column(
                self.env._("Students in class"),
                lambda row: result(row).size or None,
                CellKind.NUMBER,
            ),
        ]

    def _result_of_row(self):
        """The result of a row (184), frozen where it is completed; made once for its columns."""
        last = {}

        def result(row):
            if row not in last:
                last.clear()
                last[row] = kept_result(row)
            return last[row]

        return result

    def _passport_copy(self, row):
        """✓ or ✗ beside an alias: whether the copy that it needs is there (43)."""
        if not row.diploma_alias_name:
            return ""
        return "✓" if row.student_id.passport_copy_ids else "✗"

    def _roster_columns(self):
        return [
            Column(self.env._("Term"), lambda row: row.term_id.code, width=8),
            Column(self.env._("Student number"), lambda row: row.student_id.student_no),
            Column(self.env._("Full name"), lambda row: row.student_id.name),
            Column(self.env._("Department"), lambda row: row.department_id.name, width=26),
            Column(self.env._("Program"), lambda row: row.program_id.name, width=40),
            Column(self.env._("Submitted on"), self._day("submitted_at"), CellKind.DATE),
            Column(self.env._("Paper received"), lambda row: row.paper_received_on, CellKind.DATE),
            Column(self.env._("Graduation credits"), self._credits("graduation"), CellKind.NUMBER),
            Column(self.env._("Expected credits"), self._credits("expected"), CellKind.NUMBER),
            Column(self.env._("Credits earned"), self._credits("earned"), CellKind.NUMBER),
            Column(self.env._("Courses to decide"), lambda row: row.open_rows, CellKind.NUMBER),
            Column(self.env._("Application state"), self._label("state")),
            Column(self.env._("First review"), self._label("first_review")),
            Column(self.env._("First review on"), self._day("first_reviewed_at"), CellKind.DATE),
            Column(self.env._("Second review"), self._label("second_review")),
            Column(self.env._("Second review on"), self._day("second_reviewed_at"), CellKind.DATE),
        ]

    def _credits(self, name):
        return lambda row: row[f"{name}_credits"] or 0

    def _courses_columns(self):
        return [
            Column(
                self.env._("Student number"), lambda row: row.application_id.student_id.student_no
            ),
            Column(self.env._("Full name"), lambda row: row.application_id.student_id.name),
            Column(
                self.env._("Department"),
                lambda row: row.application_id.department_id.name,
                width=26,
            ),
            Column(self.env._("Term"), lambda row: row.term_code, width=8),
            Column(self.env._("Offering number"), lambda row: row.offering_no, width=10),
            Column(self.env._("Course code"), lambda row: row.course_code),
            Column(self.env._("Course"), lambda row: row.name, width=30),
            Column(self.env._("Credits"), lambda row: row.credits or 0, CellKind.NUMBER, width=8),
            Column(self.env._("Score"), lambda row: row.score, width=8),
            Column(self.env._("Offered by"), lambda row: row.department_name, width=26),
            Column(self.env._("Origin"), self._label("origin")),
            Column(self.env._("Ticked"), lambda row: "✓" if row.ticked else "", width=8),
            Column(self.env._("Decision"), self._label("decision"), width=18),
            Column(self.env._("Reason"), lambda row: row.decision_reason, width=40),
        ]

    # As a paper for signature

    def _check_fits_on_paper(self):
        """UserError, before anything is read, for a summary that could not be drawn in its time."""
        if self.count > MOST_ON_PAPER:
            raise UserError(
                self.env._(
                    "The list has %(count)s applications, and one summary at most %(most)s. "
                    "Choose departments, and print the others after them; as a workbook the list "
                    "may be as long as it is.",
                    count=self.count,
                    most=MOST_ON_PAPER,
                )
            )

    def _summary_pages(self):
        """Department by department: its applications in the order of student numbers."""
        self.ensure_one()
        self._check_fits_on_paper()
        self._enter_export([])
        return [
            {
                "department": department,
                "term": term,
                "rows": rows,
                "counts": self._summary_counts(rows),
            }
            for (department, term), rows in self._found()
            .grouped(lambda row: (row.department_id, row.term_id))
            .items()
        ]

    def _summary_totals(self):
        """Each department's counts, and those of the whole school, for the last page."""
        self.ensure_one()
        grouped = self._found().grouped("department_id")
        rows = [(one.name, self._totals_of(found)) for one, found in grouped.items()]
        return [*rows, (self.env._("The whole school"), self._totals_of(self._found()))]

    def _total_titles(self):
        steps = dict(self._found()._fields["step"]._description_selection(self.env))
        # A step's name begins with its place in the order of columns.
        return [self.env._("Applications"), *(name.split(" ", 1)[-1] for name in steps.values())]

    def _totals_of(self, rows):
        steps = dict(rows._fields["step"]._description_selection(self.env))
        counted = rows.grouped("step")
        return [len(rows), *(len(counted.get(step, ())) for step in steps)]

    def _printed_on(self):
        return roc_date(taipei_today())

    def _roc(self, day):
        return roc_date(day)

    def _plain(self, credits_of):
        return plain_number(credits_of)

    def _summary_counts(self, rows):
        """How many stand where, as sentences under the table."""
        counts = [
            (self.env._("Applications"), len(rows)),
            (
                self.env._("First review passed"),
                len(rows.filtered(lambda row: row.first_review == "passed")),
            ),
            (
                self.env._("Second review passed"),
                len(rows.filtered(lambda row: row.second_review == "passed")),
            ),
            (
                self.env._("Not passed"),
                len(rows.filtered(lambda row: row.step == "failed")),
            ),
        ]
        return "　".join(f"{label} {count}" for label, count in counts)
