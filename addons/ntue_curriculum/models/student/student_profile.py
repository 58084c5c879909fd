"""What a student may say about themselves, and whether it will do for a diploma."""

import base64

from odoo import models

from ... import addresses
from ... import english_name as english
from .student_writing import NORMALISE, TYPED

BILINGUAL_FROM = 1132
"""The term from which the diploma bears the English name (38, D7)."""


class StudentProfile(models.AbstractModel):
    """What students say about themselves."""

    _name = "ntue.student.profile"
    _description = "Profile of a student"

    def _profile_problems(self, profile):
        """Sentences by field name for what is wrong with ``profile``; blanks are allowed."""
        long = {
            key: problem
            for key in TYPED
            if (problem := self._length_problem(key, profile.get(key) or ""))
        }
        if long:  # nothing else is asked of what is too long
            return long
        typed = {key: NORMALISE[key](profile.get(key) or "") for key in TYPED}
        problems = self._contact_problems(typed)
        if typed["english_name"] and not self._is_english_name(typed["english_name"]):
            problems["english_name"] = self._name_problem()
        if typed["alias_name"] and not english.is_valid(typed["alias_name"]):
            problems["alias_name"] = self._name_problem()
        return problems

    def _contact_problems(self, typed):
        """Sentences by field name for what cannot be written to or dialled."""
        problems = {}
        if typed.get("email") and not addresses.is_email(typed["email"]):
            problems["email"] = self.env._("Write one e-mail address, as in name@example.com.")
        if typed.get("mobile") and not addresses.is_mobile(addresses.visible(typed["mobile"])):
            problems["mobile"] = self.env._(
                "Write the number with digits, as in 0900-000-000, or one from abroad with + and "
                "the country."
            )
        if typed.get("phone") and not addresses.is_phone(addresses.visible(typed["phone"])):
            problems["phone"] = self.env._(
                "Write the number with digits, as in 02-0000-0000 or 02-0000-0000 ext. 123."
            )
        return problems

    def _email_question(self, typed):
        """The address that was probably meant by one that is typed anew; empty otherwise."""
        address = addresses.email(typed)
        if not address or address == (self.email or ""):
            return ""
        company = (self.env.company.email or "").rpartition("@")[2].lower()
        domains = (*addresses.DOMAINS, company) if company else addresses.DOMAINS
        return addresses.nearly(address, domains)

    def _is_english_name(self, name):
        """Whether a diploma may bear ``name``; one of another form if it was accepted (D8)."""
        accepted = self.english_name_accepted and name == (self.english_name or "")
        return english.is_printable(name) if accepted else english.is_valid(name)

    def _name_problem(self):
        return self.env._(
            "Write the surname, a comma, a blank and the given names in Latin letters, "
            "as in the passport, at most %s characters: WANG, TA-MING.",
            english.MAX_LENGTH,
        )

    def _save_profile(self, profile, use_alias=None, passport_copy=None):
        """Save what is right; returns the problems by field, and saves nothing if any.

        ``use_alias``: the box of the page; unticked, the alias goes and its copy with it.
        Left out, nothing is said about either. ``passport_copy``: the bytes of a new one.
        """
        self.ensure_one()
        if use_alias is False:
            profile = {**profile, "alias_name": ""}
        problems = self._profile_problems(profile)
        copies = self.env["ntue.passport.copy"]
        if use_alias:
            problems = {**self._alias_problems(profile, passport_copy), **problems}
        if problems:
            return {key: problems[key] for key in (*TYPED, "passport_copy") if key in problems}
        changes = {
            key: kept
            for key, value in profile.items()
            for kept in [NORMALISE[key](value)]
            if kept != (self[key] or "")
        }
        if changes:
            self.write(changes)
        if use_alias and passport_copy:
            copies.create({"student_id": self.id, "content": base64.b64encode(passport_copy)})
        elif use_alias is False:
            self.passport_copy_ids.unlink()
        return {}

    def _alias_problems(self, profile, passport_copy):
        """What is missing or wrong when the alias shall be on the diploma (43, D9)."""
        problems = {}
        if not NORMALISE["alias_name"](profile.get("alias_name") or ""):
            problems["alias_name"] = self.env._(
                "Write the alias as in your passport, or untick the box above."
            )
        if passport_copy:
            problem = self.passport_copy_ids._problem(passport_copy)
            if problem:
                problems["passport_copy"] = problem
        elif not self.passport_copy_ids:
            problems["passport_copy"] = self._copy_missing()
        return problems

    def _copy_missing(self):
        return self.env._(
            "Upload a copy of your passport: the alias on the diploma is checked against it."
        )

    def _diploma_problems(self, term=None):
        """Why this profile will not do for a diploma: sentences by field (D7, D9, D49).

        ``term``: that of leaving; the diplomas of early ones bear no English name (38).
        """
        self.ensure_one()
        problems = self._profile_problems({key: self[key] or "" for key in TYPED})
        bilingual = term is None or term.number >= self._bilingual_from()
        if not self.english_name and bilingual and not self.english_name_accepted:
            problems["english_name"] = self.env._(
                "Your English name is blank. Fill it in as it is in your passport."
            )
        if not self.email:
            problems["email"] = self.env._(
                "Your e-mail is blank. The digital diploma will be sent there."
            )
        if not self.mobile:
            problems["mobile"] = self.env._(
                "Your mobile number is blank. Your department needs it to reach you."
            )
        if self.alias_name and not self.passport_copy_ids:
            problems["passport_copy"] = self._copy_missing()
        problems.pop("phone", None)  # a courtesy: no diploma fails on it
        return problems

    def _bilingual_from(self):
        return self.env["ir.config_parameter"]._ntue_number(
            "ntue_curriculum.bilingual_from_term", BILINGUAL_FROM
        )
