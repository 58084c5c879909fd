from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ... import id_tail


class AccountBatchLine(models.Model):
    """One student of many: what was seen before, and what became of it."""

    _name = "ntue.account.batch.line"
    _description = "Account among many"
    _inherit = ["ntue.batch.line"]
    _order = "batch_id, verdict, id"

    batch_id = fields.Many2one("ntue.account.batch", required=True, ondelete="cascade", index=True)
    number = fields.Char(string="Number without a student")
    student_id = fields.Many2one("ntue.student", ondelete="cascade", index=True)
    verdict = fields.Selection(
        [("ready", "Gets an account"), ("left_out", "Left out")], string="Looked at", required=True
    )
    sealed = fields.Char(string="ID number, sealed", groups=fields.NO_ACCESS, copy=False)

    def _begun_elsewhere(self):
        return self.env._("Accounts for many students are begun from the list of students.")

    @api.model
    def _looked_at(self, way, again, number, student, sealed):
        """Values of a line; nothing happens to the student."""
        if student:
            why = student._ntue_why_no_account(way, again, bool(sealed))
        else:
            why = self.env._("There is no student of this number whom you look after.")
        return {
            **self._looked_at_values([why] if why else []),
            "number": False if student else number,
            "student_id": student.id,
            "verdict": "left_out" if why else "ready",
            "sealed": False if why else sealed or False,
        }

    def _take_once(self):
        batch = self.batch_id
        by = batch.requested_by_id
        student = self.student_id.with_context(lang=by.lang)
        student.with_user(by).check_access("read")
        number = id_tail.unsealed(self.sudo().sealed)
        why = student._ntue_why_no_account(batch.way, batch.again, bool(number))
        if why:
            raise UserError(why)
        student._ntue_give_account(batch.way, number)

    def _end(self, result, message):
        """The ID number is forgotten, whatever became of it."""
        self.write({"sealed": False})
        return super()._end(result, message)


class StudentBatch(models.AbstractModel):
    _name = "ntue.campus.student.batch"
    _description = "Student: batch"

    def _ntue_why_no_account(self, way, again, has_number):
        """Why no account is made, or the one there is not touched, as a sentence; or None.

        Doubles nothing: an account is made where there is none, and only who has not come yet
        is invited, or given a first password, once more; without ``again`` not while the last
        one is good.
        """
        self.ensure_one()
        _, student = self.env._, self.sudo()
        accounts = student._contact().user_ids.with_env(student.env)
        if not student.active or not student.partner_id:
            return _("The record is archived.")
        if any(not account.share for account in accounts):
            return _("The student works here, and signs in as an employee does.")
        if len(accounts) > 1:
            return _("There are several accounts. Have an administrator close all but one.")
        if accounts and not accounts.active:
            return _("The account was closed. An administrator opens it again.")
        if accounts and way == "portal":
            return _("There is an account.")
        if accounts:
            return accounts._ntue_why_not_anew(again) or student._ntue_why_not_way(
                way, has_number, accounts.email
            )
        taken = self.env["res.users"].sudo().with_context(active_test=False)
        if taken.search_count([("login", "=", student.student_no)], limit=1):
            return _("Another account has the student number as its name.")
        return student._ntue_why_not_way(way, has_number, student.partner_id.email)

    def _ntue_why_not_way(self, way, has_number, email):
        if way == "portal":
            return None
        if self.env["auth.oauth.provider"]._ntue_campus():
            return self.env._("Students sign in by the campus portal, and need an account alone.")
        if way == "invitation" and not email:
            return self.env._("No e-mail is on record to send the invitation to.")
        if way == "first_password" and not has_number:
            return self.env._("The list has no ID number for this student.")
        return None

    def _ntue_give_account(self, way, number):
        """Make the account unless there is one, and send the invitation or set the password.

        For the campus portal the account is all: it makes none itself.
        """
        self.ensure_one()
        account = self._contact().user_ids or self._ntue_new_account()
        if way == "portal":
            return
        if way == "invitation":
            account._ntue_invite()
            return
        account._ntue_set_first_password(number)
        self._ntue_set_national_id(number)

    def _ntue_new_account(self):
        system = {"no_reset_password": True, "tracking_disable": True}
        student = self.sudo()
        return self.env(user=SUPERUSER_ID, context=system)["res.users"].create(
            {
                "login": student.student_no,
                "name": student.name,
                "partner_id": student.partner_id.id,
                "group_ids": [fields.Command.set(self.env.ref("base.group_portal").ids)],
                "lang": self._paper_language(),
                "tz": "Asia/Taipei",
            }
        )


class UserBatch(models.AbstractModel):
    _name = "ntue.campus.user.batch"
    _description = "Account: batch"

    def _ntue_why_not_anew(self, again):
        """Why this account is left as it is; None for one whose owner has not come yet."""
        self.ensure_one()
        _, account, now = self.env._, self.sudo(), fields.Datetime.now()
        if account._ntue_password_hash() and not account.ntue_must_change:
            return _("There is an account, and its owner has chosen a password.")
        good_until = max(
            account.ntue_invited_until or now,
            (account.ntue_must_change and account.ntue_password_until) or now,
        )
        if good_until > now and not again:
            return _(
                "There is an account, and its invitation or first password is good until %s.",
                account._ntue_moment(good_until),
            )
        return None
