import base64
import re
from itertools import islice
from typing import Any

from odoo import fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.importer.cells import UnreadableError
from odoo.addons.ntue_curriculum.importer.tables import read_values
from odoo.exceptions import AccessError, UserError

from .. import slip_number
from ..papers.numbers import of_former_paper, of_number, of_paper

HEADER = "學號"
MOST = 5000
"""Numbers in one list."""

_WORD = re.compile(r"[0-9A-Za-z](?:[\w./-]*\w)?", re.ASCII)
"""A number with the marks that codes may have (F25)."""


class GraduationCompletion(models.TransientModel):
    """完成離校 of many: a list of student numbers, pasted, scanned or from a file (184)."""

    _name = "ntue.graduation.completion"
    _description = "Completion at leaving by a list"
    _inherit = ["ntue.readable.references"]

    numbers = fields.Text(help="Student numbers or slip numbers, one a line.")
    file = fields.Binary(attachment=False, help="XLSX, CSV or text: the column 學號, or the first.")
    file_name = fields.Char(string="Name of the file")
    left_on = fields.Date(
        string="Left on",
        default=lambda _self: taipei_today(),
        help="The day of leaving of all for whom none is noted yet.",
    )

    def action_check(self) -> dict[str, Any]:
        """Look at every number, and open the summary; nothing is completed yet."""
        self.ensure_one()
        if not self.env.user.has_group("ntue_curriculum.group_registrar"):
            raise AccessError(self.env._("Completion is the registrar's."))
        if self.left_on and self.left_on > taipei_today():
            raise UserError(
                self.env._(
                    "The day of leaving is not in the future. Give a day until today; who leaves "
                    "later is completed then."
                )
            )
        numbers = [*self._typed(self.numbers or ""), *self._of_file()]
        if not numbers:
            raise UserError(self.env._("Give at least one student number."))
        if len(numbers) > MOST:
            raise UserError(self.env._("At most %s numbers at once.", MOST))
        pairs = self._once(numbers)
        return self.env["ntue.graduation.bulk"]._prepare("complete", pairs, self.left_on)._open()

    def _once(self, numbers):
        """``(number, application)`` of each application, by the first number that names it."""
        found = {}
        for number in dict.fromkeys(numbers):
            name, application = self._meant(number)
            found.setdefault(application.id or name, (name, application))
        return list(found.values())

    def _meant(self, number):
        """A number as the summary names it, and what is to be completed for it.

        Of a student it is the application that may be, else the latest; of a paper its slip.
        """
        applications = self.env["ntue.graduation.application"]
        is_slip = slip_number.parse(number)
        slip = is_slip and (of_paper(applications, number) or of_number(applications, number))
        if slip:
            return slip._number(), slip
        student = [("student_id.student_no", "=", number)]
        found = applications.search(student, order="term_number desc")
        if is_slip and not found and (former := of_former_paper(applications, number)):
            return former._number(), former
        return number, found.filtered(lambda row: row.step == "leaving")[:1] or found[:1]

    def _typed(self, text):
        """The number in every line: what a scanner or a paste gives."""
        return [number for line in text.splitlines() if (number := self._number_in(line))]

    def _number_in(self, text):
        """A slip's number, also out of the address in its QR code; else the first word."""
        if slip_number.parse(text):
            return slip_number.written(text)
        word = _WORD.search(text)
        return word and word[0]

    def _of_file(self):
        data = base64.b64decode(self.file or b"")
        if not data:
            return []
        if (self.file_name or "").lower().endswith((".xlsx", ".csv")):
            return self._column(self._rows(data))
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UserError(self.env._("The file is not UTF-8 text.")) from error
        return self._typed(text)

    def _rows(self, data):
        """The filled rows of a table as texts, one more than may be at most."""
        try:
            rows = islice(read_values(self.file_name, data), MOST + 2)
            return [[_text_of(cell) for cell in cells] for _number, cells in rows]
        except UnreadableError as error:
            raise UserError(self.env["ntue.importer"]._import_text(error.message)) from error

    def _column(self, rows):
        """The column headed 學號, or the first one when there is no such header."""
        if rows and HEADER in (heads := [cell.strip() for cell in rows[0]]):
            place = heads.index(HEADER)
            cells = [row[place] for row in rows[1:] if len(row) > place]
        else:
            cells = [row[0] for row in rows if row]
        return [number for cell in cells if (number := self._number_in(cell))]


def _text_of(cell):
    """A cell as text; a spreadsheet keeps a student number that was typed as a number so."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
