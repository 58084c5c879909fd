"""Where staff and students write to each other, and what becomes of it.

What students write themselves, their record and their application, bears no messages: a
user who may write a record that has messages may write those, too. They belong to a record of
their own beside it, which only staff read, post to and subscribe to. Messages never change.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, email_normalize, formataddr
from odoo.tools.misc import is_list_of

from ...groups import STAFF
from ...office_mail import language_of

SAID = frozenset(
    {
        "attachment_ids",
        "attachments",
        "body",
        "body_is_html",
        "message_type",
        "parent_id",
        "partner_ids",
        "subject",
        "subtype_id",
        "subtype_xmlid",
    }
)
"""What staff say of a message they post; author, sender and addresses follow."""

POSTED = frozenset({"comment", "notification"})
"""Types of messages that staff post."""


class Correspondence(models.AbstractModel):
    """The messages beside one record of a student: staff's, and the office's to the student."""

    _name = "ntue.correspondence"
    _description = "Correspondence"
    _inherit = ["ntue.readable.references", "ntue.confidential", "mail.thread"]
    _mail_post_access = "read"
    _is_correspondence = True

    student_id = fields.Many2one(
        "ntue.student", required=True, readonly=True, ondelete="cascade", index=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("A correspondence is begun by the system."))
        silent = self.with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        )
        return super(Correspondence, silent).create(vals_list).with_env(self.env)

    def write(self, vals):
        if not self.env.su:
            raise AccessError(self.env._("Nothing of a correspondence is changed. Write again."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("A correspondence is kept."))

    def _reply_address(self):
        """Where an answer of the student is to arrive: name and address; a hook."""
        self.ensure_one()
        department = self.student_id.department_id
        return department.name, department.email

    @api.model
    def _places_of_mails(self):
        """(model, id, student_id) of what staff may know mails about, as SQL; a hook."""
        table = SQL.identifier(self._table)
        return SQL("SELECT %s AS model, id, student_id FROM %s", self._name, table)

    # Whom the office writes to

    def _message_add_suggested_recipients(self, force_primary_email=False):
        """The student whom it is about: an answer that is only typed and sent reaches her."""
        del force_primary_email  # an address that is typed on the form of somebody else's record
        return {
            place.id: {"email_to_lst": [], "partners": place.student_id.partner_id}
            for place in self
        }

    def _sort_suggested_messages(self, messages):
        """No earlier message adds anybody: each bears the office's own address as its sender."""
        return messages.browse()

    def _for_student(self):
        """``self`` in the language in which its student is written to."""
        lang = language_of(self.env, self.sudo().student_id.partner_id)
        return self.with_context(lang=lang)

    def _message_compute_subject(self):
        self.ensure_one()
        return self._for_student().env._("A message from your school's office")

    # Who posts, and in whose name

    def _check_staff(self):
        """AccessError unless the user is of the staff that reads this and not the student."""
        self.check_access("read")
        if not self.env.user.has_groups(STAFF) or not self.env.user._is_internal():
            raise AccessError(self.env._("Messages are posted by staff only."))

    def message_post(self, **kwargs):
        if not self.env.su:
            self._check_staff()
            kwargs = {name: value for name, value in kwargs.items() if name in SAID}
            if kwargs.get("message_type") not in POSTED:
                kwargs["message_type"] = "notification"
            if kwargs.get("partner_ids"):
                kwargs["partner_ids"] = self._readable_contacts(kwargs["partner_ids"])
        kwargs.setdefault("author_id", self.env.user.partner_id.id)
        return super().message_post(**{**kwargs, **self._office_header()})

    def _office_header(self):
        """Sender and answer address: of the office, whatever people call themselves."""
        self.ensure_one()
        sender = self.env["ntue.student"]._office_sender()
        name, address = self.sudo()._reply_address()
        reply = email_normalize(address or "")
        return {
            "email_from": sender,
            "reply_to": formataddr((name or "", reply)) if reply else sender,
            "email_add_signature": False,
        }

    def message_notify(self, **kwargs):
        if not self.env.su:
            raise AccessError(self.env._("Post a message instead: it is kept here."))
        return super().message_notify(**kwargs)

    def message_mail_with_source(self, source_ref=None, **kwargs):
        if not self.env.su:
            raise AccessError(self.env._("Post a message instead: it is kept here."))
        return super().message_mail_with_source(source_ref, **kwargs)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        if not self.env.su:
            self._check_staff()
            partner_ids = self._readable_contacts(partner_ids or [])
        return super(Correspondence, self.sudo()).message_subscribe(partner_ids, subtype_ids)

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Who follows gets by mail what is said: nobody follows who may not read it here."""
        for place in self:
            readers = place._readers(partner_ids or []).ids
            super(Correspondence, place)._message_subscribe(readers, subtype_ids, customer_ids)
        return True

    def _readers(self, ids):
        """Those of the contacts ``ids`` of whom a user may read this correspondence now."""
        self.ensure_one()
        contacts = self.env["res.partner"].sudo().browse(ids).exists()
        return contacts.filtered(
            lambda contact: any(
                self.with_user(user).has_access("read") for user in contact.user_ids
            )
        )

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Whom a message reaches: whom it names, and of the followers who may still read it."""
        found = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        named = set(message.sudo().partner_ids.ids)
        followers = [row["id"] for row in found if row["id"] and row["id"] not in named]
        readers = named.union(self._readers(followers).ids)
        return [row for row in found if not row["id"] or row["id"] in readers]

    def _readable_contacts(self, ids):
        """Those of the contacts ``ids`` that the user may read: a message shows their names."""
        named = ids if is_list_of(ids, int) else ()
        return self.env["res.partner"].search([("id", "in", list(named))]).ids

    def message_unsubscribe(self, partner_ids=None):
        if not self.env.su:
            self._check_staff()
        return super(Correspondence, self.sudo()).message_unsubscribe(partner_ids)

    def _message_update_content(self, message, **kwargs):  # noqa: ARG002  # the names are Odoo's
        raise AccessError(self.env._("What was said stays as it was said. Write again."))


class StudentCorrespondence(models.Model):
    """Messages about a student: notes of staff, and what staff write to the student."""

    _name = "ntue.student.correspondence"
    _description = "Correspondence about a student"
    _inherit = ["ntue.correspondence"]

    _one = models.UniqueIndex("(student_id)", "There is a correspondence already.")

    @api.depends("student_id.student_no", "student_id.name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for correspondence in self:
            correspondence.display_name = correspondence.student_id.display_name
