"""A student's own copy of what is kept about her (個資法 §3): one file, read by people."""

import base64
import io
import json
import zipfile

from odoo import models
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ...clock import taipei_today
from ...days import day_text

PEOPLE = ("res.users", "res.partner")
"""Other people who had to do with it are not the student's data."""

OWNERS = ("student_id", "application_id.student_id")
"""Fields by which a record is one student's."""


def kept_values(record):
    """The stored fields of one record by label, as people read them."""
    values = {}
    for name, field in sorted(record._fields.items()):
        skipped = name in models.MAGIC_COLUMNS or field.comodel_name in PEOPLE
        if skipped or not field.store or field.type in ("binary", "one2many"):
            continue
        if not record._has_field_access(field, "read"):
            continue
        value = record[name]
        if field.relational:
            text = ", ".join(value.mapped("display_name"))
        elif field.type == "boolean":
            text = record.env._("Yes") if value else record.env._("No")
        else:
            text = str(field.convert_to_export(value, record) or "")
        label = field._description_string(record.env)
        values[f"{label} ({name})" if label in values else label] = text
    return values


class StudentExport(models.AbstractModel):
    """Everything that is kept about one student."""

    _name = "ntue.student.export"
    _description = "Copy of a student's own data"

    def _kept(self):
        """By the name of a model, its records about this student, each by label of the field.

        With the rights of the user: what the pages hide is not in the file either. A model that
        comes later is in it by itself.
        """
        self.ensure_one()
        kept = {}
        for name in sorted(self.env.registry):
            records = self._kept_records(self.env[name])
            if records:
                title = self.env["ir.model"]._get(name).name or records._description
                title = f"{title} ({name})" if title in kept else title
                kept[title] = [kept_values(record) for record in records]
        return {**kept, **self._kept_account()}

    def _kept_records(self, model):
        """The records of one of our models that are about this student; none of others."""
        if not model._name.startswith("ntue.") or model._abstract or model._transient:
            return model.browse()
        if model._name == self._name:
            return self
        for path in OWNERS:
            first, _dot, rest = path.partition(".")
            field = model._fields.get(first)
            target = field and field.comodel_name and self.env[field.comodel_name]
            if field and (field.comodel_name == self._name or (rest and rest in target._fields)):
                return (
                    model.search([(path, "=", self.id)])
                    if model.has_access("read")
                    else model.browse()
                )
        return model.browse()

    def _kept_account(self):
        """The account and the messages about the student, as far as the student reads them."""
        account = self._account()
        if account != self.env.user:
            return {}
        messages = self.env["mail.message"].search(
            Domain.OR(
                Domain("model", "=", model) & Domain("res_id", "=", number)
                for model, number in self.sudo()._places()
            ),
            order="id",
        )
        return {
            self.env._("Account"): [
                {self.env._("Login"): account.login, self.env._("E-mail"): account.email or ""}
            ],
            self.env._("Messages"): [
                {
                    self.env._("When"): str(message.date),
                    self.env._("Text"): html2plaintext(message.body or ""),
                }
                for message in messages
            ],
        }

    def _kept_rules(self):
        """How long each kind is kept, who sees it, and how old backups may be."""
        page = self._privacy_page()
        _ = self.env._
        rows = [
            {_("Kind of data"): kind["label"], _("Rule"): kind["rule"], _("Seen by"): kind["seen"]}
            for kind in page["kinds"]
        ]
        return {_("How long data are kept"): [*rows, {_("Backups"): page["backups"]}]}

    def _kept_files(self):
        """Name and bytes of the files that the student gave; a hook."""
        return [(copy.name, base64.b64decode(copy.content)) for copy in self.passport_copy_ids]

    def _kept_file(self):
        """The bytes of a ZIP: one page to read, the same as data, and the files given.

        The page opens on a phone; the data are for programs.
        """
        file = io.BytesIO()
        kept = {**self._kept(), **self._kept_rules()}
        lang = (self.env.lang or "en_US").replace("_", "-")
        day = day_text(self.env, taipei_today())
        page = {"kept": kept, "student": self, "day": day, "html_lang": lang}
        html = self.env["ir.qweb"]._render("ntue_curriculum.own_export", page)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("data.html", f"<!DOCTYPE html>\n{html}")
            archive.writestr("data.json", json.dumps(kept, ensure_ascii=False, indent=2))
            for name, content in self._kept_files():
                archive.writestr(name, content)
        return file.getvalue()
