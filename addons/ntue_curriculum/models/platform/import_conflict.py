"""Values of files that staff had corrected with a reason: they stay until somebody decides."""

import json
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...labels import trimmed
from ...languages import as_kept
from ..guarded.confidential import HIDDEN
from ..guarded.registered import canonical


class ImportConflict(models.Model):
    """A file says another value than the one that staff corrected (docs/readings.md F23).

    Made by imports alone, changed by the decision alone, and kept: of each there is who decided,
    when and why. Of one part of a record at most one is open, with what the latest file says; once
    that leaves nothing to decide, it is settled by the import.
    """

    _name = "ntue.import.conflict"
    _description = "Conflict of an import"
    _inherit = ["ntue.readable.references", "ntue.confidential"]
    _order = "id desc"

    student_id = fields.Many2one(
        "ntue.student", required=True, readonly=True, ondelete="cascade", index=True
    )
    model = fields.Char(required=True, readonly=True)
    record = fields.Integer(
        string="Number of the record", required=True, readonly=True, aggregator=None
    )
    part = fields.Char(required=True, readonly=True, help="Which of its values belong together.")
    offered = fields.Text(required=True, readonly=True, help="Values of the file, as JSON.")
    changes = fields.Text(required=True, readonly=True, help="Both values by field, as JSON.")
    what = fields.Char(compute="_compute_what", string="Record")
    changes_text = fields.Text(compute="_compute_changes_text", string="Here → in the file")
    stamp = fields.Char(compute="_compute_stamp", help="Of what is shown to be decided.")
    import_ids = fields.Many2many(
        "ntue.import",
        string="Said by the imports",
        readonly=True,
        groups="ntue_curriculum.group_registrar",
    )
    file = fields.Char(readonly=True)
    row = fields.Integer(readonly=True, aggregator=None)
    found_at = fields.Datetime(required=True, readonly=True, string="Imported on")
    reason = fields.Char(readonly=True, string="Reason of the correction")
    corrected_by = fields.Char(string="Corrected by", readonly=True)
    corrected_on = fields.Datetime(string="Corrected on", readonly=True)
    state = fields.Selection(
        [
            ("open", "To decide"),
            ("kept", "Correction kept"),
            ("taken", "Value of the file taken"),
            ("settled", "Settled by a later file"),
        ],
        required=True,
        readonly=True,
        default="open",
    )
    decision_reason = fields.Char(string="Reason of the decision")
    decided_by = fields.Many2one(
        "res.users", string="Decided by", readonly=True, ondelete="restrict"
    )
    decided_at = fields.Datetime(string="Decided on", readonly=True)

    _of_record = models.Index("(model, record)")

    @api.depends("model", "record")
    @api.depends_context("uid", "lang")
    def _compute_what(self):
        for conflict in self:
            record = conflict._record()
            conflict.what = (
                record.display_name if record and record != conflict.student_id else False
            )

    @api.depends("changes", "offered", "state")
    @api.depends_context("uid", "lang")
    def _compute_changes_text(self):
        entries = self.env["ntue.register.entry"]
        for conflict in self:
            changes = conflict._changes_now()
            words = {"model": conflict.model, "action": "changed", "changes": changes}
            conflict.changes_text = entries.new(words).changes_text

    @api.depends("changes", "offered", "state")
    @api.depends_context("uid")
    def _compute_stamp(self):
        for conflict in self:
            told = f"{conflict.offered} {conflict._changes_now()}"
            conflict.stamp = sha256(told.encode()).hexdigest()

    def _changes_now(self):
        """Both values by field, as JSON; of an open one with what is on record by now."""
        kept = as_kept(self._origin)
        record = kept._record() if kept.state == "open" else None
        if not record or not record._filtered_access("read"):
            return self.changes
        pairs = json.loads(kept.changes)
        return canonical({name: [record._plain_value(name), pairs[name][1]] for name in pairs})

    @api.depends("student_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        readable = self._readable()
        for conflict in self:
            named = conflict.student_id.student_no if conflict in readable else HIDDEN
            conflict.display_name = named

    def _record(self):
        return self.env[self.model].browse(self.record).exists()

    @api.model
    def _of(self, records, state):
        """The conflicts of ``records`` in one state."""
        return self.search(
            [("model", "=", records._name), ("record", "in", records.ids), ("state", "=", state)]
        )

    @api.model
    def _about_profile(self, students):
        """Conflicts about what is erased with the contacts: they name addresses and numbers."""
        return self.search([("model", "=", students._name), ("record", "in", students.ids)])

    def write(self, vals):
        if not self.env.su:
            if set(vals) - {"decision_reason"}:
                raise AccessError(self.env._("Of a conflict only its decision is written."))
            self._check_open()
        return super().write(vals)

    def _check_open(self):
        if any(conflict.state != "open" for conflict in self):
            raise UserError(self.env._("This conflict has been decided already."))

    def action_keep(self) -> bool:
        """Leave the correction; the same value of a later file is not asked about again."""
        return self._decide("kept")

    def action_take(self) -> bool:
        """Write the file's value, with the reader's own rights; later files may change it."""
        return self._decide("taken")

    def _check_as_seen(self):
        """UserError where file or record say something else than what the page has shown.

        The form says with the click which ``stamp`` it showed (``ntue_seen``). A call without that
        is whatever its caller knows.
        """
        seen = self.env.context.get("ntue_seen")
        if isinstance(seen, str) and any(conflict.stamp != seen for conflict in self):
            raise UserError(
                self.env._(
                    "Something has changed since you opened this page: the file, or what is on "
                    "record, says something else now. Reload the page, then decide the conflict."
                )
            )

    def _decide(self, state):
        self.check_access("write")
        self._check_open()
        self._check_as_seen()
        for conflict in self:
            reason = trimmed(conflict.decision_reason)
            if not reason:
                raise UserError(
                    self.env._("Say in “Reason of the decision” why, then decide the conflict.")
                )
            decided_on = conflict._changes_now()
            if state == "taken":
                conflict._take(reason)
            conflict.sudo().write(
                {
                    "state": state,
                    "changes": decided_on,
                    "decision_reason": reason,
                    "decided_by": self.env.uid,
                    "decided_at": fields.Datetime.now(),
                }
            )
        return True

    def _take(self, reason):
        record = self._record()
        if not record:
            raise UserError(self.env._("The record is gone. Keep what is there."))
        values = json.loads(self.offered)
        if framework := values.get("curriculum_id"):  # which may have been revised since
            values["curriculum_id"] = self.env["ntue.curriculum"].browse(framework)._in_force().id
        record.write({**values, "correction_reason": reason})

    # Made by imports

    def _settle(self, number):
        """Decide that there is nothing to decide any more; ``number``: of the import's record."""
        kept = as_kept(self)
        kept.write(
            {
                "state": "settled",
                "decision_reason": kept.env._(
                    "By import %s, whose file says what is on record, or what was decided on "
                    "before, or nothing of it.",
                    number,
                ),
                "decided_at": fields.Datetime.now(),
            }
        )

    def _says_missing(self):
        """Whether it is about a record that the whole list of a term does not have."""
        return bool(json.loads(self.offered).get("gone_missing"))

    @api.model
    def _find(self, records):
        """Conflicts of ``records`` by record and part: those that are open under None, those that
        were decided against the file under the value that ``_compared`` gives."""
        found = {}
        for conflict in self._of(records, "kept"):
            found[conflict.record, conflict.part, self._compared(conflict.offered)] = conflict
        for conflict in self._of(records, "open"):
            found[conflict.record, conflict.part, None] = conflict
        return found

    @api.model
    def _compared(self, offered):
        """What of the values ``offered`` tells one question from another.

        A row that is missing is missing on any later day, too, and a framework is the one of its
        code in any revision.
        """
        values = json.loads(offered)
        if framework := values.get("curriculum_id"):
            values["curriculum_id"] = self.env["ntue.curriculum"].browse(framework).code
        if values.get("gone_missing"):
            values.pop("withdrawn_on", None)
        return canonical(values)

    @api.model
    def _values(self, record, offered):
        """What is kept of a conflict: the file's values as they are written, and both as text."""
        plain = {name: record._plain_value(name) for name in offered}
        given = {name: _plain_of(record, name, value) for name, value in offered.items()}
        return {
            "offered": canonical({name: _as_json(value) for name, value in offered.items()}),
            "changes": canonical({name: [plain[name], given[name]] for name in offered}),
        }


def _as_json(value):
    return str(value) if hasattr(value, "isoformat") else value


def _plain_of(record, name, value):
    """A value of a file in the form in which the register keeps one."""
    field = record._fields[name]
    if field.type == "many2one":
        other = record.env[field.comodel_name].browse(value or ())
        return f"{other.id} {other.display_name}" if other else None
    if field.type in ("integer", "float", "boolean"):
        return value
    return str(value) if value else None
