"""The files of an import: their hashes stay, their contents go when their time is over."""

from hashlib import sha256
from pathlib import PurePosixPath

from odoo import api, fields, models

from ...importer.problems import HIDDEN, Report
from ...importer.sources import ENDINGS, sort_files

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
    """One file of an import. ``sha256``: of the content as it is kept.

    Its name and its content are somebody's who sent it: for good only that of a table is kept, and
    of a file that is no table neither of the two.
    """

    _name = "ntue.import.file"
    _description = "File of an import"
    _inherit = ["ntue.readable.references"]
    _order = "id"

    import_id = fields.Many2one(
        "ntue.import", required=True, readonly=True, ondelete="cascade", index=True
    )
    name = fields.Char(required=True, readonly=True)
    given_name = fields.Char(
        compute="_compute_given_name",
        groups=READ_FINDINGS,
        string="Name as it was sent",
        help="As long as the file is kept.",
    )
    size = fields.Integer(readonly=True, string="Bytes", aggregator=None)
    sha256 = fields.Char(required=True, readonly=True, string="SHA-256")
    content = fields.Binary(attachment=True, readonly=True, groups=READ_FINDINGS)
    is_kept = fields.Boolean(compute="_compute_is_kept", string="Still here")

    def _compute_is_kept(self):
        files = kept_contents(self, "content")
        kept = set(files.mapped("res_id"))
        for file in self:
            file.is_kept = file.id in kept

    def _compute_given_name(self):
        names = {file.res_id: file.name for file in kept_contents(self, "content")}
        for file in self:
            file.given_name = names.get(file.id, file.name)

    @api.model
    def _kept(self, _name, data):
        """The content of a file as it may be kept; a hook for what is stored nowhere."""
        return data

    @api.model
    def _keep(self, record, contents):
        """Keep the files of an import. The environment has all rights."""
        tables = {spec.name for spec in self.env["ntue.importer"]._file_specs()}
        read = {source.file for source in sort_files(contents, tables, Report()).values()}
        for name, given in contents.items():
            data = self._kept(name, given)
            file = self.create(
                {
                    "import_id": record.id,
                    "name": _told_name(name, tables),
                    "size": len(data),
                    "sha256": sha256(data).hexdigest(),
                }
            )
            if name in read:
                keep_content(file, "content", name, data)


def _told_name(name, tables):
    """The name of a file that is called as a table is; of others the ending alone."""
    path = PurePosixPath(name.lower())
    ending = path.suffix if path.suffix in ENDINGS else ""
    return f"{path.stem if ending and path.stem in tables else HIDDEN}{ending}"
