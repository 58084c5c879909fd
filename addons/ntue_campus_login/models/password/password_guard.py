"""The rules for the password of a student's account, whichever door it comes in by (85, D45)."""

import json
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_time
from odoo.addons.ntue_curriculum.days import minute_text
from odoo.addons.ntue_curriculum.erasing import is_erasing
from odoo.exceptions import AccessDenied, UserError

from ... import asker, id_tail
from ...password_rules import FIRST_ENDING, LONGEST, RUN, SHORTEST, Rule, broken, common

CHECKED = object()
"""In the context of a change whose password was checked before; no remote call can send it."""

FIRST_DAYS = 14
"""Days for which a first password or an invitation is good, unless a setting says otherwise."""


class UserPasswordRules(models.AbstractModel):
    _name = "ntue.campus.user.password.rules"
    _description = "Account: password rules"

    def _ntue_password_texts(self):
        """What each rule asks, as a sentence, in the order of the page."""
        _ = self.env._
        return {
            Rule.LENGTH: _("%(least)s to %(most)s characters.", least=SHORTEST, most=LONGEST),
            Rule.CLASSES: _(
                "Three of these four: small letters, capital letters, digits, other characters."
            ),
            Rule.MARKS: _("No blank at the beginning or the end, and nothing that cannot be seen."),
            Rule.ACCOUNT: _(
                "Not the account in it, nor %s digits in a row of the student number.", RUN
            ),
            Rule.ID_NUMBER: _("No ID number in it, nor the end of your own."),
            Rule.COMMON: _("No common password, such as a word with digits around it."),
            Rule.FIRST: _("Not made as first passwords are (…%s).", FIRST_ENDING),
            Rule.RECENT: _("None of your last three passwords; looked up when you send it."),
        }

    def _ntue_broken_rules(self, password):
        """The rules that ``password`` breaks for this account."""
        self.ensure_one()
        account = self.sudo()
        return broken(
            password,
            account=account.login or "",
            recent=account._ntue_is_recent,
            ends_id=account._ntue_ends_id,
        )

    def _ntue_ends_id(self, text):
        known = self.ntue_id_tail
        return bool(known) and id_tail.is_mark(self.id, text, known)

    def _ntue_check_password(self, password):
        """UserError that names every rule that ``password`` breaks."""
        texts = self._ntue_password_texts()
        wrong = [texts[rule] for rule in self._ntue_broken_rules(password)]
        if wrong:
            raise UserError(
                "\n".join([self.env._("This password cannot be taken. It has to be:"), *wrong])
            )

    def _set_password(self):
        """Odoo's own way in which every password is set, with the rules before it.

        The system itself, outside of any request, sets what it likes: a shell, an erasure.
        """
        if is_erasing(self):
            super()._set_password()
            self._ntue_forget_passwords()
            return
        students = self.filtered(lambda user: user.password and user._ntue_is_student())
        if not self._ntue_is_system() and self.env.context.get("ntue_password") is not CHECKED:
            for user in students:
                user._ntue_check_password(user.password)
        formers = {user: user._ntue_password_hash() for user in students}
        super()._set_password()
        for user, former in formers.items():
            user._ntue_password_changed(former, **user._ntue_chosen_by())

    def _set_encrypted_password(self, uid, pw):
        """Odoo's own way in which every hash is stored, with the account's row locked before it.

        Of two at once PostgreSQL refuses one, and Odoo repeats its request. Refused at Odoo's
        own UPDATE, the log would print the hash; the lock is refused without a word.
        """
        query = "SELECT id FROM res_users WHERE id = %s FOR NO KEY UPDATE"
        self.env.cr.execute(query, [uid], log_exceptions=False)
        return super()._set_encrypted_password(uid, pw)

    def _ntue_is_system(self):
        return self.env.uid == SUPERUSER_ID and not asker.is_there()

    def _ntue_chosen_by(self):
        """The state after a password was set: what somebody else chose is for changing only."""
        by = self.env.user
        if self._ntue_is_system() or by == self or not by._is_internal():
            return {}
        return {"ntue_must_change": True, "ntue_password_until": self._ntue_first_until()}

    def _ntue_first_until(self):
        days = self.env["ir.config_parameter"]._ntue_number(
            "ntue_campus_login.first_days", FIRST_DAYS
        )
        return fields.Datetime.now() + timedelta(days=days)

    # Ways in which passwords are set here

    def _ntue_set_new_password(self, password):
        """Set what the owner chose; UserError with every rule that it breaks.

        Ends every session, key and remembered device of the account, the caller's too.
        """
        self.ensure_one()
        account = self.sudo().with_context(ntue_password=CHECKED)
        account._ntue_check_password(password)
        account.write({"password": password})
        account._ntue_record_event("change")

    @api.private
    @api.model
    def signup(self, values, token=None):
        """As Odoo has it; a password that is refused does not use the mailed link up.

        Private: a page of Odoo's calls it, and no remote call has a use for it.
        """
        with self.env.cr.savepoint():
            return super().signup(values, token)

    def _ntue_why_not_password(self, password):
        """Why ``password`` is not taken for the one in use, as a sentence; None if it is.

        Looking at a password counts as a try, as everywhere (``account_door``).
        """
        self.ensure_one()
        credential = {"type": "password", "login": self.login, "password": password}
        own = self.with_user(self)
        try:
            with own._assert_can_auth(user=self.id):
                own._check_credentials(credential, {"interactive": True})
        except AccessDenied as denied:
            if denied.args != AccessDenied().args:
                return denied.args[0]
            return self.env._("This is not your password. Type it once more.")
        return None

    def _ntue_set_first_password(self, number):
        """Set the first password that the ID ``number`` gives; it is hashed, and good for little.

        For a student's account of the portal only. Of the number a keyed mark is kept, where the
        server has a key, by which its end is refused later on.
        """
        self.ensure_one()
        account, tail = self.sudo(), id_tail.tail_of(number)
        former = account._ntue_password_hash()
        hashed = account._crypt_context().hash(tail + FIRST_ENDING)
        account._set_encrypted_password(account.id, hashed)
        account._ntue_password_changed(
            former,
            ntue_must_change=True,
            ntue_password_until=account._ntue_first_until(),
            ntue_id_tail=id_tail.mark(account.id, tail) or False,
        )
        account._ntue_record_event("first_password")

    def _ntue_record_event(self, kind):
        """An entry of the log of sign-ins."""
        self.env["ntue.sign.in.event"]._record(kind, self.login, self, "success")

    def _ntue_moment(self, moment):
        """Day and minute as the clocks in Taipei show them, for the reader; empty for none."""
        return minute_text(self.env, taipei_time(moment)) if moment else ""

    def _ntue_password_form(self):
        """What the form for a new password shows and checks while one types."""
        account = self.sudo()
        texts = account._ntue_password_texts()
        return {
            "password_rules": [(rule.value, text) for rule, text in texts.items()],
            "password_facts": json.dumps(
                {
                    "account": account.login or "",
                    "words": sorted(common.WORDS),
                    "whole": sorted(common.WHOLE),
                }
            ),
        }
