"""What a student reads about her data: whole sentences, with the rules that hold today."""

from email.utils import parseaddr

from odoo import models

from ...days import day_text


class StudentPrivacyPage(models.AbstractModel):
    """What a student reads about their own data."""

    _name = "ntue.student.privacy.page"
    _description = "What a student reads about their data"

    def _privacy_page(self):
        """Everything that the page draws."""
        self.ensure_one()
        retention = self.env["ntue.retention"]
        seen = self._who_sees()
        kinds = [
            {
                "label": kind.label,
                "why": kind.why,
                "rule": retention._rule_sentence(kind),
                "seen": seen[kind.key],
            }
            for kind in retention._kinds()
            if kind.key in seen
        ]
        return {
            "kinds": kinds,
            "left": day_text(self.env, self.left_on),
            "is_held": bool(self.sudo().keep_reason),
            "openings": self._passport_openings(),
            "backups": retention._backup_sentence(),
            "office": self._privacy_office(),
        }

    def _who_sees(self):
        """Who sees each kind of data that is a student's own, by its key; a hook."""
        _ = self.env._
        staff = _("You, the assistants of your department, and the registrar's office.")
        return {
            "passport_copies": staff,
            "contacts": staff,
            "history": staff,
            "plans": _(
                "You; the assistants of your department and the registrar's office those that "
                "you share."
            ),
            "messages": _(
                "You, on the page of your application and by mail; staff of your department and "
                "the registrar's office."
            ),
            "sign_ins": _("You, under “My sign-ins”."),
            "openings": _("You, and the registrar's office."),
        }

    def _privacy_office(self):
        """Whom to ask: texts that the page lists."""
        name, address = parseaddr(self.env["ntue.student"]._office_sender())
        if address == self.env.ref("base.partner_root").sudo().email:
            address = ""  # the system's own, where nobody has set the office's: no one reads it
        office = f"{name} {address}".strip()
        department = self.department_id
        parts = (department.name, department.phone, department.email)
        return [office, " ".join(filter(None, parts))]
