import base64
import json
import unicodedata

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.importer.cells import UnreadableError, is_blank
from odoo.addons.ntue_curriculum.importer.tables import read_values
from odoo.addons.ntue_curriculum.models.school.program import DIVISIONS
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .. import id_key, id_tail, national_id
from ..models.account.account_batch import WAYS

NUMBER, ID_NUMBER = "學號", "身分證字號"
"""The two columns of the list for first passwords."""

MOST_BYTES = 5 * 1024 * 1024
MOST_SHOWN = 5


class AccountWizard(models.TransientModel):
    """Who gets an account, and how; what comes of it is looked at before anything is made."""

    _name = "ntue.account.wizard"
    _description = "Make accounts"
    _inherit = ["ntue.readable.references"]

    way = fields.Selection(WAYS, required=True, default=lambda self: self._default_way())
    program_ids = fields.Many2many(
        "ntue.program",
        "ntue_account_wizard_program_rel",
        "wizard_id",
        "program_id",
        string="Programs",
        domain=lambda self: str(list(self._looked_after())),  # as a text: for the client alone
        help="Empty: every program that you look after.",
    )
    entry_year = fields.Integer(string="Entry year", help="ROC year of entry; 0: of every year.")
    student_ids = fields.Many2many(
        "ntue.student",
        "ntue_account_wizard_student_rel",
        "wizard_id",
        "student_id",
        string="Chosen students",
        default=lambda self: self._chosen_in_list(),
    )
    again = fields.Boolean(string="Also those who were invited and have not come yet")
    list_file = fields.Binary(
        string="List of ID numbers",
        compute="_compute_list_file",
        inverse="_inverse_list_file",
        attachment=False,
    )
    list_name = fields.Char(string="Name of the list")
    listed = fields.Integer(string="ID numbers in the list", readonly=True)
    waiting = fields.Text(groups=fields.NO_ACCESS)

    @api.model
    def _chosen_in_list(self):
        chosen = self.env.context.get("active_model") == "ntue.student"
        return self.env.context.get("active_ids", []) if chosen else []

    @api.model
    def _default_way(self):
        return "portal" if self.env["auth.oauth.provider"]._ntue_campus() else "invitation"

    def _compute_list_file(self):
        """An uploaded list is read, and kept nowhere."""
        self.list_file = False

    def _inverse_list_file(self):
        for wizard in self:
            if wizard.list_file:
                name, content = wizard.list_name or "", base64.b64decode(wizard.list_file)
                found = wizard._read_list(name, content)
                wizard.sudo().waiting = id_tail.sealed(json.dumps(found))
                wizard.listed = len(found)

    def _read_list(self, name, content):
        """ID number by student number; UserError that names rows, and no number."""
        self._check_key()
        if len(content) > MOST_BYTES:
            raise UserError(self.env._("The list is too large. Divide it into several."))
        try:
            (_row, header), *rows = read_values(name, content)
        except UnreadableError as error:
            raise UserError(self.env["ntue.importer"]._import_text(error.message)) from None
        except ValueError:
            raise UserError(self._columns_missing()) from None
        titles = [str(title or "").strip() for title in header]
        if NUMBER not in titles or ID_NUMBER not in titles:
            raise UserError(self._columns_missing())
        places = titles.index(NUMBER), titles.index(ID_NUMBER)
        found, wrong, today = {}, [], taipei_today()
        for row, cells in rows:
            number, id_number = (_text(cells[at] if at < len(cells) else "") for at in places)
            is_right = national_id.is_accepted(id_number, today)
            if number and is_right and number not in found:
                found[number] = id_number
            else:
                wrong.append(row)
        if wrong:
            raise UserError(self._wrong_rows(wrong))
        return found

    def _columns_missing(self):
        return self.env._(
            "The list has the columns %(number)s and %(id)s in its first row, and a student in "
            "each row below.",
            number=NUMBER,
            id=ID_NUMBER,
        )

    def _wrong_rows(self, rows):
        shown = ", ".join(map(str, rows[:MOST_SHOWN]))
        return self.env._(
            "%(count)s rows cannot be read, such as %(rows)s: each has a student number that no "
            "other row has, and an ID number of a letter and nine digits (an old residence permit "
            "has two letters) without a slip of the hand. Correct the list and choose it again.",
            count=len(rows),
            rows=shown,
        )

    def _check_key(self):
        if not id_tail.has_key():
            raise UserError(
                self.env._(
                    "First passwords need a key of the server, by which ID numbers are sealed "
                    "until they are hashed. The operator of the server sets %s (README); or "
                    "invite the students by mail.",
                    id_key.VARIABLE,
                )
            )

    # What is made

    def action_look(self):
        """Say who would get an account; nothing is made."""
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_group("ntue_curriculum.group_registrar"):
            raise AccessError(self.env._("Accounts of students are made by the registrar."))
        wanted = self._of_list() if self.way == "first_password" else self._of_records()
        if not wanted:
            raise UserError(self.env._("There is nobody to make an account for."))
        batch = self.env["ntue.account.batch"]._prepare(self.way, wanted, self.again)
        self.sudo().write({"waiting": False, "listed": 0})
        return batch._open()

    def _of_records(self):
        students = self.student_ids or self.env["ntue.student"].search(self._domain())
        students = students._filtered_access("read").filtered_domain(self._looked_after())
        return [(student.student_no, student, "") for student in students]

    def _domain(self):
        domain = self._looked_after()
        if self.program_ids:
            domain &= Domain("program_id", "in", self.program_ids.ids)
        if self.entry_year:
            domain &= Domain("entry_year", "=", self.entry_year)
        return domain

    @api.model
    def _looked_after(self):
        """What is of the divisions of which the caller is registrar, whatever else she sees."""
        divisions = [
            division
            for division, _name in DIVISIONS
            if self.env.user.has_group(f"ntue_curriculum.group_registrar_{division}")
        ]
        return Domain("division", "in", divisions)

    def _of_list(self):
        self._check_key()
        found = json.loads(id_tail.unsealed(self.sudo().waiting) or "{}")
        if not found:
            raise UserError(self.env._("Choose the list of ID numbers first."))
        students = self.env["ntue.student"].search(
            self._looked_after() & Domain("student_no", "in", list(found))
        )
        by_number = {student.student_no: student for student in students}
        nobody = students.browse()
        return [
            (number, by_number.get(number, nobody), id_tail.sealed(id_number))
            for number, id_number in found.items()
        ]


def _text(cell):
    """A cell as somebody meant it: no blanks, half-width, capital letters."""
    if is_blank(cell):
        return ""
    whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    return unicodedata.normalize("NFKC", str(whole)).strip().upper()
