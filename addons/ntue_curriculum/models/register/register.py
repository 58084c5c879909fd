"""The register: what staff and imports changed of records that decide, kept for good."""

import json

from odoo import api, fields, models

from ...clock import taipei_time
from ...importing import import_of
from ...lists import clauses, in_words
from ...log_chain import RegisterContent
from ...log_commitment import BETWEEN_NAMES, of_figure
from ...roc import roc_minute
from ..guarded.confidential import HIDDEN
from ..guarded.registered import VALUES, canonical

TOLD = ("erased", "exported")
"""Actions whose entries say figures of their own, and no fields of a record."""

BY_ENTRY = ("texts", "rests")
"""Figures of an erasure that say something of each entry of a log."""


class RegisterEntry(models.Model):
    """One change of one record: who, when, what it was and what it is, and why.

    A correction, a recognition, a grant or a setting. In a chain of its own, made as that of
    the log of applications; changed and deleted by nobody, and no message that its author or
    a follower could rewrite.
    """

    _name = "ntue.register.entry"
    _description = "Entry of the register"
    _inherit = [
        "ntue.readable.references",
        "ntue.register.erasure.check",
        "ntue.register.erasing",
        "ntue.register.check",
        "ntue.chained",
        "ntue.confidential",
    ]
    _order = "number desc"
    _rec_name = "label"

    _content = RegisterContent
    _content_columns = (
        "model",
        "record",
        "student_id",
        "action",
        "user_id",
        "happened_at",
        "label",
        "changes",
        "reason",
        "actor",
        "import_id",
    )

    _texts = ("label", "changes", "reason", "actor")

    model = fields.Char(required=True, index=True)
    record = fields.Integer(string="Number of the record", required=True, aggregator=None)
    student_id = fields.Many2one("ntue.student", ondelete="restrict", index=True)
    action = fields.Selection(
        [
            ("created", "Created"),
            ("changed", "Changed"),
            ("deleted", "Deleted"),
            ("erased", "Erased"),
            ("exported", "Exported"),
        ],
        required=True,
    )
    label = fields.Char(string="Record", required=True, help="As it was called then.")
    changes = fields.Text(help="Old and new value by field, as canonical JSON.")
    changes_text = fields.Text(compute="_compute_changes_text", string="What changed")
    reason = fields.Char()
    import_id = fields.Many2one(
        "ntue.import",
        string="By the import",
        index="btree_not_null",
        ondelete="restrict",
        help="The import that made the change; empty for a change by a person.",
    )

    _one_chain = models.UniqueIndex("(number)", "The log has this entry already.")
    _of_record = models.Index("(model, record, number)")

    @api.depends("label")
    @api.depends_context("uid")
    def _compute_display_name(self):
        readable = self._readable()
        for entry in self:
            entry.display_name = (entry in readable and entry.label) or HIDDEN

    @api.depends("changes")
    @api.depends_context("lang")
    def _compute_changes_text(self):
        for entry in self:
            known = entry.model in self.env.registry
            labels = self.env[entry.model].fields_get(attributes=["string"]) if known else {}
            if entry.action in TOLD:  # what it says are no fields, though some are so called
                labels |= {name: {"string": text} for name, text in self._erased_labels().items()}
            entry.changes_text = "\n".join(
                self.env._(
                    "%(label)s: %(old)s → %(new)s",
                    label=labels.get(name, {}).get("string", name),
                    old=entry._in_words(name, pair[0]),
                    new=entry._in_words(name, pair[1]),
                )
                for name, pair in json.loads(entry.changes or "{}").items()
                if name != VALUES and pair[0] != pair[1]
            )

    def _in_words(self, name, value):
        """A value as people read it: by its word, and without the number of a record."""
        if value in (None, ""):
            return "–"
        model = self.env[self.model] if self.model in self.env.registry else self
        if self.action == "erased" and name in BY_ENTRY:
            return self._by_entry_in_words(model, value)
        field = model._fields.get(name) if self.action not in TOLD else None
        kind = field and field.type
        if kind == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if kind == "boolean":
            return self.env._("Yes") if value in (True, "True") else self.env._("No")
        if kind == "many2one" and hasattr(model, "_plain_value"):
            return str(value).partition(" ")[2] or value
        if kind == "datetime":
            moment = taipei_time(fields.Datetime.to_datetime(value))
            return roc_minute(moment)
        return value

    def _by_entry_in_words(self, model, value):
        """A figure of an erasure for each entry: texts by the names that their columns have."""
        labels = model.fields_get(attributes=["string"])
        return clauses(
            self.env,
            (
                f"{number}: "
                + in_words(
                    self.env,
                    (labels.get(one, {}).get("string", one) for one in said.split(BETWEEN_NAMES)),
                )
                for number, said in of_figure(value).items()
            ),
        )

    @api.model
    def _erased_labels(self):
        """What an entry of an erasure says, by the name that it has in ``changes``."""
        _ = self.env._
        return {
            "entries": _("Entries of the log whose snapshot was emptied"),
            "kind": _("Kind of data"),
            "kept_days": _("Kept for (days)"),
            "erased_number": _("Records erased"),
            "erased_contacts": _("Ways to reach the student"),
            "erased_passport_copies": _("Passport copies"),
            "erased_history": _("History of the profile"),
            "erased_plans": _("Saved study plans"),
            "erased_messages": _("Messages and tasks"),
            "scope": _("Extent"),
            "texts": _("Entries whose texts were erased"),
            "rests": _("Hashes of what is left of them"),
            "exported_number": _("Rows exported"),
            "exported_fields": _("Columns"),
        }

    @api.model
    def _enter_exported(self, label, number, columns):
        """Enter who took a list out of the system as a file: how many rows, and which columns."""
        figures = {"exported_number": number, "exported_fields": ", ".join(columns)}
        self.sudo().create(
            [
                {
                    "model": "ntue.export",
                    "record": 0,
                    "student_id": False,
                    "action": "exported",
                    "label": label,
                    "changes": canonical({name: [None, value] for name, value in figures.items()}),
                    "reason": "",
                }
            ]
        )

    @api.model
    def _enter_erased(
        self, label, figures, model="ntue.retention", record=0, student=None, reason=""
    ):
        """Enter that something was erased: ``figures`` by name, and nothing of what it was."""
        changes = {name: [None, value] for name, value in figures.items()}
        self.sudo().create(
            [
                {
                    "model": model,
                    "record": record,
                    "student_id": student and student.id,
                    "action": "erased",
                    "label": label,
                    "changes": canonical(changes),
                    "reason": reason,
                }
            ]
        )

    def _student_of(self, vals):
        return self.env["ntue.student"].browse(vals.get("student_id") or ())

    def _entry_values(self, vals):
        return {
            "model": vals["model"],
            "record": vals["record"],
            "student_id": vals.get("student_id") or False,
            "action": vals["action"],
            "label": vals.get("label") or vals["model"],
            "changes": vals.get("changes") or False,
            "reason": vals.get("reason") or False,
            "import_id": import_of(self),
        }
