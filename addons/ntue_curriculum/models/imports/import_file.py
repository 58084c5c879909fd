"""The files of an import: their hashes stay, their contents go when their time is over."""

from hashlib import sha256

from odoo import api, fields, models

READ_FINDINGS = "ntue_curriculum.group_operator"
"""Who reads values of the files: they are of every division, as the right to import is."""

KEPT_AS = "application/x-ntue-import"
"""No type that Odoo looks into, makes a text of, or shows in a browser."""


def keep_content(record, field, name, data):
    """Keep ``data`` as the value of a binary field, without a second copy in memory.

    The environment has all rights.
    """
    record.env["ir.attachment"].create(
        {
            "name": name,
            "raw": data,
            "mimetype": KEPT_AS,
            "res_model": record._name,
            "res_field": field,
            "res_id": record.id,
        }
    )


def kept_contents(records, field):
    """What is kept of a binary field of ``records``: attachments, with all rights."""
    return (
        records.env["ir.attachment"]
        .with_context(bin_size=False)  # a form asks for sizes in place of contents
        .sudo()
        .search(
            [
                ("res_model", "=", records._name),
                ("res_field", "=", field),
                ("res_id", "in", records.ids),
            ]
        )
    )


class ImportFile(models.Model):
    """One file of an import. ``sha256``: of the content as it is kept."""

    _name = "ntue.import.file"
    _description = "File of an import"
    _inherit = ["ntue.readable.references"]
    _order = "id"

    import_id = fields.Many2one(
        "ntue.import", required=True, readonly=True, ondelete="cascade", index=True
    )
    name = fields.Char(required=True, readonly=True)
    size = fields.Integer(readonly=True, string="Bytes", aggregator=None)
    sha256 = fields.Char(required=True, readonly=True, string="SHA-256")
    content = fields.Binary(attachment=True, readonly=True, groups=READ_FINDINGS)
    is_kept = fields.Boolean(compute="_compute_is_kept", string="Still here")

    def _compute_is_kept(self):
        files = kept_contents(self, "content")
        kept = set(files.mapped("res_id"))
        for file in self:
            file.is_kept = file.id in kept

    @api.model
    def _kept(self, _name, data):
        """The content of a file as it may be kept; a hook for what is stored nowhere."""
        return data

    @api.model
    def _keep(self, record, contents):
        """Keep the files of an import. The environment has all rights."""
        for name, given in contents.items():
            data = self._kept(name, given)
            file = self.create(
                {
                    "import_id": record.id,
                    "name": name,
                    "size": len(data),
                    "sha256": sha256(data).hexdigest(),
                }
            )
            keep_content(file, "content", name, data)
