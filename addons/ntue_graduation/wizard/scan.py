from odoo import api, fields, models
from odoo.exceptions import UserError

from ..papers.numbers import of_former_paper, of_number, of_paper
from ..papers.slip import document_number, is_former_paper


class GraduationScan(models.TransientModel):
    """The number of a slip or of a student: opens the application, or takes its paper in.

    A scanner types what the QR says, an address that ends with the number of the paper, and Enter.
    """

    _name = "ntue.graduation.scan"
    _description = "Slip number"
    _inherit = ["ntue.readable.references"]

    number = fields.Char(
        string="Slip number or student number",
        help="As in 1141-210941001, 1141-210941001-1 or 210941001, or scanned.",
    )
    on_enter = fields.Selection(
        [("open", "Open the application"), ("take", "Paper received, next slip")],
        string="Enter or a scan",
        required=True,
        default=lambda self: self._last_choice(),
    )
    found = fields.Char(compute="_compute_found", help="What the number names.")
    message = fields.Char(readonly=True)
    is_refused = fields.Boolean(
        string="Not accepted", readonly=True, help="Whether the message is a refusal."
    )

    @api.model_create_multi
    def create(self, vals_list):
        blank = {"message": False, "is_refused": False}
        return super().create([{**blank, **vals} for vals in vals_list])

    @api.model
    def _last_choice(self):
        """What this user last let Enter do: a pile of slips is not one dialog."""
        own = [("create_uid", "=", self.env.uid)]
        return self.search(own, order="id desc", limit=1).on_enter or "open"

    @api.depends_context("uid", "lang")
    @api.depends("number")
    def _compute_found(self):
        for wizard in self:
            application = self._named(wizard.number)
            wizard.found = wizard.number and (
                _described(application) if application else self._unknown(wizard.number)
            )

    def action_open(self):
        """The application of this number; after its decision the next slip is asked for."""
        self.ensure_one()
        application = self._found()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "ntue_graduation.action_application_desk"
            ),
            "res_id": application.id,
            "views": [(False, "form")],
            "target": "main",  # slip after slip must not pile up in the breadcrumbs
            "context": {"ntue_scan": True},
        }

    def action_take_paper(self):
        """已收紙本 for this number, and ready for the next."""
        self.ensure_one()
        application = self._found()
        if application.paper_received_on:
            message = self.env._("%s: the paper was there already.", _described(application))
        else:
            application.action_receive_paper()
            message = self.env._("%s: paper received.", application.display_name)
        return self._next_slip(message)

    def action_enter(self):
        """What Enter does by the choice in the dialog, so that a scanner does without a mouse.

        Where papers are taken in, a refusal is in the dialog for the next slip: who scans a
        pile looks at the screen afterwards, and a box in front of it would swallow slips.
        """
        self.ensure_one()
        if self.on_enter == "open":
            return self.action_open()
        try:
            with self.env.cr.savepoint():
                return self.action_take_paper()
        except UserError as error:
            self.env.invalidate_all()
            return self._next_slip(str(error), refused=True)

    @api.model
    def _next_slip(self, message, refused=False):
        """The dialog anew, for the next slip, saying what became of the last one."""
        following = self.create({"number": False, "message": message, "is_refused": refused})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Slip number"),
            "res_model": self._name,
            "res_id": following.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _named(self, text):
        """The application that a number names, of those that the user may see; or none.

        A student's number alone names the application that is under review, else the latest one.
        """
        applications, text = self.env["ntue.graduation.application"], (text or "").strip()
        if not text:
            return applications
        found = of_paper(applications, text) or of_number(applications, text)
        if found:
            return found
        of_student = applications.search(
            [("student_id.student_no", "=", text), ("state", "!=", "draft")]
        )
        named = (of_student.filtered(lambda row: row.state == "submitted") or of_student)[:1]
        return named or of_former_paper(applications, text)

    def _unknown(self, text):
        return self.env._(
            "No submitted application of your departments has the number %s. A slip "
            "that says 暫存檔 was not submitted.",
            text or "",
        )

    def _found(self):
        """The application the number names, of those that the user may see."""
        application, number = self._named(self.number), self.number or ""
        if not application:
            raise UserError(self._unknown(self.number))
        if is_former_paper(application, number):
            raise UserError(
                self.env._(
                    "This paper does not count any more: the student has submitted again since. "
                    "Ask for slip %(valid)s, or type %(number)s to open the application.",
                    valid=document_number(application),
                    number=application._number(),
                )
            )
        return application


def _described(application):
    """Who it is and where it stands, in one line."""
    steps = dict(application._fields["step"]._description_selection(application.env))
    parts = (
        application.display_name,
        application.department_id.display_name,
        steps.get(application.step),
        application.findings,
    )
    return " · ".join(filter(None, parts))
