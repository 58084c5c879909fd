"""The files that a student gave with an application, for the copy of her own data."""

import base64

from odoo import models


class StudentFiles(models.AbstractModel):
    """What a student uploaded as a supplement."""

    _name = "ntue.graduation.student.files"
    _description = "Files of a student's applications"

    def _kept_files(self):
        """Those that the student wrote herself: what the office attached is not hers."""
        files = super()._kept_files()
        if self.partner_id != self.env.user.partner_id:
            return files
        places = self._applications().sudo().correspondence_ids
        own = places.message_ids.filtered(lambda row: row.author_id == self.partner_id)
        return [
            *files,
            *(
                (f"{file.id}-{file.name}", base64.b64decode(file.datas or b""))
                for file in own.attachment_ids
            ),
        ]
