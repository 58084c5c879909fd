import base64
import csv
import io
import re
from zipfile import BadZipFile

from odoo import fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.exceptions import AccessError, UserError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .. import slip_number

HEADER = "學號"
MOST = 5000
"""Numbers in one list."""

_WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]*")


class GraduationCompletion(models.TransientModel):
    """完成離校 of many: a list of student numbers, pasted, scanned or from a file (184)."""

    _name = "ntue.graduation.completion"
    _description = "Completion at leaving by a list"
    _inherit = ["ntue.readable.references"]

    numbers = fields.Text(help="Student numbers or slip numbers, one a line.")
    file = fields.Binary(attachment=False, help="XLSX, CSV or text: the column 學號, or the first.")
    file_name = fields.Char()
    left_on = fields.Date(default=lambda _self: taipei_today(), help="The day of leaving of all.")

    def action_check(self):
        """Look at every number, and open the summary; nothing is completed yet."""
        self.ensure_one()
        if not self.env.user.has_group("ntue_curriculum.group_registrar"):
            raise AccessError(self.env._("Completion is the registrar's."))
        numbers = [*self._typed(self.numbers or ""), *self._of_file()]
        if not numbers:
            raise UserError(self.env._("Give at least one student number."))
        if len(numbers) > MOST:
            raise UserError(self.env._("At most %s numbers at once.", MOST))
        once = dict.fromkeys(numbers)
        pairs = [(number, self._application_of(number)) for number in once]
        return self.env["ntue.graduation.bulk"]._prepare("complete", pairs, self.left_on)._open()

    def _application_of(self, number):
        """What is to be completed for a number: the one that may be, else the latest."""
        slip = slip_number.parse(number)
        asked = ("student_id.student_no", "=", number)
        if slip:
            asked = ("slip_number", "=", slip.application)
        found = self.env["ntue.graduation.application"].search([asked], order="term_number desc")
        return found.filtered(lambda row: row.step == "leaving")[:1] or found[:1]

    def _typed(self, text):
        """The number in every line: what a scanner or a paste gives."""
        return [number for line in text.splitlines() if (number := self._number_in(line))]

    def _number_in(self, text):
        """A slip's number, also out of the address in its QR code; else the first word."""
        if slip := slip_number.parse(text):
            return slip.application
        word = _WORD.search(text)
        return word and word[0]

    def _of_file(self):
        data = base64.b64decode(self.file or b"")
        if not data:
            return []
        if (self.file_name or "").lower().endswith(".xlsx"):
            return self._column(self._sheet(data))
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UserError(self.env._("The file is not UTF-8 text.")) from error
        if (self.file_name or "").lower().endswith(".csv"):
            return self._column(list(csv.reader(io.StringIO(text))))
        return self._typed(text)

    def _sheet(self, data):
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except (InvalidFileException, BadZipFile, KeyError, ValueError) as error:
            raise UserError(self.env._("The file is no spreadsheet that can be read.")) from error
        return [
            ["" if cell is None else str(cell) for cell in row]
            for row in book.worksheets[0].iter_rows(values_only=True)
        ]

    def _column(self, rows):
        """The column headed 學號, or the first one when there is no such header."""
        if rows and HEADER in (heads := [cell.strip() for cell in rows[0]]):
            place = heads.index(HEADER)
            cells = [row[place] for row in rows[1:] if len(row) > place]
        else:
            cells = [row[0] for row in rows if row]
        return [number for cell in cells if (number := self._number_in(cell))]
