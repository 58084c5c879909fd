"""What a student may say about themselves, and whether it will do for a diploma."""

import re

from odoo import models
from odoo.tools import email_normalize

from .. import english_name as english

MOBILE = re.compile(r"\+?[0-9][0-9 -]{7,18}")


class Student(models.Model):
    _inherit = "ntue.student"

    def _profile_problems(self, profile):
        """Sentences by field name for what is wrong with ``profile``; blanks are allowed."""
        problems = {}
        name = english.normalise(profile.get("english_name") or "")
        if name and not english.is_valid(name):
            problems["english_name"] = self.env._(
                "Write the surname, a comma, a blank and the given names in Latin letters, "
                "as in the passport, at most %s characters: WANG, TA-MING.",
                english.MAX_LENGTH,
            )
        email = (profile.get("email") or "").strip()
        if email and not email_normalize(email):
            problems["email"] = self.env._("Write one e-mail address, as in name@example.com.")
        mobile = (profile.get("mobile") or "").strip()
        if mobile and not MOBILE.fullmatch(mobile):
            problems["mobile"] = self.env._("Write the number with digits, as in 0900-000-000.")
        return problems

    def _save_profile(self, profile):
        """Save what is right; returns the problems by field, and saves nothing if any."""
        self.ensure_one()
        problems = self._profile_problems(profile)
        if not problems:
            self.write({key: value or False for key, value in profile.items()})
        return problems

    def _diploma_problems(self):
        """Why this profile will not do for a diploma: sentences by field (D7, D49)."""
        self.ensure_one()
        profile = {key: self[key] or "" for key in ("english_name", "email", "mobile")}
        problems = self._profile_problems(profile)
        if not profile["english_name"]:
            problems["english_name"] = self.env._(
                "Your English name is blank. Fill it in as it stands in your passport."
            )
        if not profile["email"]:
            problems["email"] = self.env._(
                "Your e-mail is blank. The digital diploma will be sent there."
            )
        if not profile["mobile"]:
            problems["mobile"] = self.env._(
                "Your mobile number is blank. Your department needs it to reach you."
            )
        return problems
