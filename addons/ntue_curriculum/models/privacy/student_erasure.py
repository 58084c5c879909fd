"""Erasing what is kept about one student: what goes, what stays and why, and the erasing.

Two extents. ``contacts``: everything that no rule asks to keep; name, number and school record
stay. ``identity``: name and number too, so that the school record goes on under a number that
names nobody. The entries of both chains stay, since a chain without an entry is broken; with the
identity their texts are taken out, and nobody reads those entries in the product any more.
"""

import secrets
from typing import Any

from odoo import SUPERUSER_ID, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from ...clock import taipei_today
from ...erasing import erasing
from ...languages import as_kept
from ...marked_rows import lock_rows, mark_rows
from .own_traces import delete_own_rows, texts_of
from .student_privacy import PSEUDONYM

CONTACT_FIELDS = ("email", "mobile", "phone")
"""Of the student record: by which she is reached."""

PARTNER_FIELDS = (
    "email",
    "phone",
    "street",
    "street2",
    "zip",
    "city",
    "state_id",
    "country_id",
    "comment",
    "website",
    "image_1920",
)
"""Of the contact: by which she is reached, or known."""


class StudentErasing(models.AbstractModel):
    """What an erasure takes away, what it leaves, and the erasing."""

    _name = "ntue.student.erasing"
    _description = "Erasing of a student's data"

    # What goes and what stays

    def _erasure_plan(self, extent):
        """Rows of the preview: what, how many, whether it goes, and why it stays; a hook.

        What goes comes first.
        """
        self.ensure_one()
        student = self.sudo()
        _ = self.env._
        counts = student._erasure_counts()
        gone = [
            (_("E-mail, phone numbers, account and sign-ins"), counts["contacts"]),
            (_("Passport copy"), counts["passport_copies"]),
            (_("History of the profile"), counts["history"]),
            (_("Saved study plans"), counts["plans"]),
            (_("Messages with their files, copies of mails, and tasks"), counts["messages"]),
        ]
        names = _("Name, student number, English name and alias")
        if extent == "identity":
            gone.append((names, 1))
            shown = student.evidence_ids.filtered("document")
            gone.append(
                (_("What was shown for milestones, as numbers of certificates"), len(shown))
            )
            reasons = _("Reasons of decisions, of milestones and of grants, and notes on courses")
            gone.append((reasons, student._reason_count()))
            texts = _("Texts of the register and of the log about the student")
            gone.append((texts, student._entry_count()))
        rows = [{"what": what, "number": number, "goes": True, "why": ""} for what, number in gone]
        return rows + self._erasure_stays(extent, names)

    def _erasure_stays(self, extent, names):
        """Rows of what stays, and why."""
        student, hidden = self.sudo(), extent == "identity"
        _ = self.env._
        school = _("The school record is kept for good by the school's own rules.")
        under = _("It goes on under a number that names nobody.")
        chain = _(
            "They are one chain that shows that nothing was altered, and say who decided on "
            "which ground; some name the student."
        )
        bare = _(
            "They are one chain that shows that nothing was altered. What each of them says in "
            "words is taken out; who decided what and when stays."
        )
        opened = _("Evidence that the data were protected; deleted when its own time is over.")
        stays = [
            (
                _("Terms, courses, grades and decisions"),
                len(student.enrollment_ids),
                f"{school} {under}" if hidden else school,
            ),
            (
                _("Entries of the register and of the log"),
                student._entry_count(),
                bare if hidden else chain,
            ),
            (_("Who opened the passport copy"), len(student.passport_opening_ids), opened),
        ]
        if not hidden:
            stays.insert(0, (names, 1, _("They belong to the school record.")))
        return [
            {"what": what, "number": number, "goes": False, "why": why}
            for what, number, why in stays
        ]

    def _erasure_counts(self):
        """How much there is of what an erasure takes away."""
        written = [name for name in CONTACT_FIELDS if self[name]]
        accounts = self._contact().user_ids.filtered("share")
        open_accounts = [one for one in accounts if one.login != self._closed_login(one)]
        return {
            "contacts": len(written) + len(open_accounts),
            "passport_copies": len(self.passport_copy_ids),
            "history": len(self.change_ids),
            "plans": len(self._plans()),
            "messages": len(self._messages_about()) + len(self._tasks()),
        }

    def _plans(self):
        """Plans of trials that the student saved."""
        return self.env["ntue.study.plan"].search([("student_id", "in", self.ids)])

    def _has_degree(self):
        """Whether the school gave the student a degree; a hook."""
        return False

    def _places(self):
        """Names and numbers of records that bear messages about this student; a hook."""
        places = [self, *self.correspondence_ids]
        contact = self._contact()
        if all(account.share for account in contact.user_ids):
            places += [contact, *contact.user_ids]
        return [(place._name, place.id) for place in places]

    def _messages_about(self):
        """Messages about this student."""
        return self._at_places("mail.message", "model")

    def _tasks(self):
        """Tasks about this student, done ones too: each keeps what its record is called."""
        return self._at_places("mail.activity", "res_model")

    def _at_places(self, kind, name):
        """Records of the model ``kind`` that belong to the places, by its field ``name``."""
        records = self.env[kind].with_context(active_test=False)
        found = records.browse()
        for model, number in self._places():
            found |= records.search([(name, "=", model), ("res_id", "=", number)])
        return found

    # Erasing

    def _erasure_blocks(self, extent):
        """Sentences on why the user may not erase to this extent now."""
        blocks = self._is_needed()
        if extent == "identity" and self.sudo()._has_reasons_of(self.env.user):
            blocks.append(
                self.env._(
                    "The reasons that you gave in entries about this student would go with the "
                    "name, and nobody erases texts of an entry of their own. A registrar who gave "
                    "none erases the name; where all did, a colleague first takes yours out with "
                    "“Erase texts of an entry”."
                )
            )
        return blocks

    def _has_reasons_of(self, user):
        """Whether an erasure of the name takes out a reason that ``user`` entered; a hook."""
        self.invalidate_recordset(["register_ids"])
        return any(
            entry.user_id == user and "reason" in entry._erasable_texts()
            for entry in self.register_ids
        )

    def _erase(self, extent, reason):
        """Erase to this extent; the caller has asked who does it and whether it may be done.

        UserError where it was done already, by a colleague or by a second click.
        """
        self.ensure_one()
        self._lock_row()
        blocks = self._erasure_blocks(extent)
        if blocks:
            raise UserError("\n".join(blocks))
        student = erasing(self.with_context(active_test=False).sudo())
        counts = student._erasure_counts()
        day = student.identity_erased_on if extent == "identity" else student.contacts_erased_on
        if day and not any(counts.values()):
            raise UserError(
                self.env._("This was erased already, on %s. Nothing more was erased now.", day)
            )
        student._erase_data()
        if extent == "identity":
            words, accounts = student._named_by(), student._contact().user_ids
            student._erase_identity()
            student._erase_entries(words, accounts, reason)
        self.env["ntue.register.entry"]._enter_erased(
            as_kept(self).env._("Erasure on request"),
            {"scope": extent, **{f"erased_{name}": number for name, number in counts.items()}},
            student=student,
            reason=reason,
        )

    def _lock_row(self):
        """Let other transactions that erase or change this student end first.

        If they changed the record, PostgreSQL refuses, and Odoo repeats the request: it then
        sees what they did.
        """
        lock_rows(self)

    def _mark_row(self):
        """No erasure goes on that does not see what is begun here, and nothing begins after one.

        An erasure that looked before is refused by PostgreSQL when it locks the row, and repeated
        by Odoo; one that came first has this refused and repeated, and then the account is closed.
        """
        mark_rows(self)
        if not self.env.su and not self.env.user.active:
            raise AccessError(self.env._("This account was closed."))

    def _erase_data(self):
        """What no rule asks to keep."""
        retention = self.env["ntue.retention"]
        self.passport_copy_ids._delete()
        erasing(self.change_ids).unlink()
        self._plans().unlink()
        self._tasks().unlink()
        messages = self._messages_about()
        # What was mailed to her alone, such as the link that confirms an address, has no record.
        messages |= self._mailed_to_her().mail_message_id.filtered(
            lambda message: not message.model
        )
        copies = self.env["mail.mail"].search([("mail_message_id", "in", messages.ids)])
        retention._delete_copies(copies)
        retention._erase_messages(messages.exists())
        self._erase_contacts()

    def _mailed_to_her(self):
        """The mails to this student and nobody else, by address or by contact."""
        contact = self._contact()
        addresses = {email_normalize(text) for text in (self.email, contact.email) if text}
        named = [Domain("email_to", "ilike", address) for address in addresses - {False}]
        domain = Domain.OR([*named, Domain("recipient_ids", "in", contact.ids)])
        mails = self.env["mail.mail"].search(domain)
        return mails.filtered(lambda mail: mail.recipient_ids <= contact)

    def _erase_contacts(self):
        """E-mail, numbers, account and sign-ins of each student; the name stays."""
        for student in self:
            contact = student._contact()
            student._close_accounts(contact)
            self.env["ntue.import.conflict"]._about_profile(student).unlink()
            blank = dict.fromkeys(CONTACT_FIELDS, False)
            student.write({**blank, "contacts_erased_on": taipei_today()})
            if all(account.share for account in contact.user_ids):
                names = [*PARTNER_FIELDS, *texts_of(contact)]
                contact.write({name: False for name in names if contact[name]})

    def _close_accounts(self, contact):
        """Close the portal accounts of ``contact`` for good; an employee's stays."""
        system = self.env(user=SUPERUSER_ID, context={"active_test": False})
        for account in contact.with_env(system).user_ids.filtered("share"):
            erasing(account).write(
                {
                    "login": self._closed_login(account),
                    "password": secrets.token_urlsafe(32),
                    "signature": False,
                    "active": False,
                }
            )
            delete_own_rows(account)

    def _closed_login(self, account):
        """The sign-in name of an account that was closed for good."""
        return f"erased-{account.id}"

    def _erase_identity(self):
        """Name and number, here and at the contact, and what documents are called.

        Addons add where else they are kept.
        """
        self.ensure_one()
        number = self._pseudonym()
        contact = self._contact()
        is_employee = any(not account.share for account in contact.user_ids)
        self._erase_reasons()
        self.write(
            {
                "student_no": number,
                "name": number,
                "english_name": False,
                "english_name_accepted": False,
                "alias_name": False,
                "active": False,
                "identity_erased_on": taipei_today(),
                **({"partner_id": False} if is_employee else {}),
            }
        )

    def _erase_reasons(self):
        """What people wrote on decisions about the student, who may be named in it; a hook."""
        self.recognition_ids._erase_reasons()
        self.evidence_ids._erase_texts()
        self.enrollment_ids.filtered("note").write({"note": False})

    def _reason_count(self):
        """How many records have such a text; a hook."""
        reasons = self.recognition_ids.filtered("reason"), self.evidence_ids.filtered("reason")
        return sum(map(len, reasons)) + len(self.enrollment_ids.filtered("note"))

    def _entry_count(self):
        """How many entries of the chains are about this student; a hook."""
        return len(self.register_ids)

    def _named_by(self):
        """What names this student in a text."""
        values = (self.student_no, self.name, self.english_name, self.alias_name, self.email)
        return [text for text in values if text]

    def _erase_entries(self, words, accounts, reason):
        """Take the texts out of the entries about this student, who is named by ``words``; a hook.

        ``accounts``: the student's own; of what others did their names stay.
        """
        self.invalidate_recordset(["register_ids"])
        self.register_ids._erase_about(self, words, accounts, reason)

    def _pseudonym(self):
        """A number that is no student number and names nobody."""
        return f"{PSEUDONYM}{self.id:06d}"

    def action_erasure(self) -> dict[str, Any]:
        """The dialog that shows what an erasure would take away."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Erase personal data"),
            "res_model": "ntue.student.erasure",
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "large", "default_student_id": self.id},
        }
