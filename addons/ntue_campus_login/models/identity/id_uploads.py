"""Files uploaded for an import are kept without the ID numbers in them."""

import base64
import binascii

from odoo import api, models
from odoo.exceptions import UserError

from ...id_files import without_numbers

WIZARD = "ntue.import.wizard"


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_clean(vals, vals) for vals in vals_list])

    def write(self, vals):
        if {"raw", "datas"} & set(vals):
            for file in self:
                about = {"name": file.name, "res_model": file.res_model, **vals}
                super(IrAttachment, file).write(_clean(vals, about))
            return True
        return super().write(vals)


def _clean(vals, about):
    """``vals`` of an attachment with a content that may be kept."""
    if about.get("res_model") != WIZARD:
        return vals
    data = _content(vals)
    if not data:
        return vals
    clean = without_numbers(str(about.get("name") or ""), data)
    if clean == data:
        return vals
    rest = {name: value for name, value in vals.items() if name not in ("raw", "datas")}
    return {**rest, "raw": clean}


def _content(vals):
    """The bytes in ``vals``; None where they have none that can be read."""
    data = vals.get("raw")
    if not data and vals.get("datas"):
        try:
            return base64.b64decode(vals["datas"])
        except (binascii.Error, TypeError, ValueError):
            return None  # Odoo says what is wrong with it
    return data.encode() if isinstance(data, str) else data


class ImportWizard(models.TransientModel):
    _inherit = "ntue.import.wizard"

    def _uploads(self):
        """Only what was uploaded here was freed of ID numbers when it came."""
        files = super()._uploads()
        if any(without_numbers(name, data) != data for name, data in files):
            raise UserError(
                self.env._(
                    "A file has ID numbers in it and was not uploaded here. Delete it there and "
                    "choose it in this dialog."
                )
            )
        return files


class ImportFile(models.Model):
    _inherit = "ntue.import.file"

    @api.model
    def _kept(self, name, data):
        """A folder of the shell, or a call of another system, brings the numbers themselves."""
        return without_numbers(name, super()._kept(name, data))
