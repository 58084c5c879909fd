"""Files from another system by JSON-2: a right of its own, and nothing else with it."""

import base64
import binascii

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ... import feed
from ...importer.problems import Report
from ...importer.sources import read_uploads
from ...wording.imports import findings_of
from .import_file import READ_FINDINGS


class ImportCall(models.AbstractModel):
    """The call that another system makes; see ``README``, “Every night”."""

    _name = "ntue.import.call"
    _description = "Import by a call"

    @api.model
    def receive(
        self,
        files,
        dry_run=False,
        leave_out_students=False,
        blanks_erase=False,
        whole_terms=(),
        withdraw_missing=False,
        revision_reason="",
        mapping="",
    ):
        """Import files as the shell does (README); returns what was found and done.

        ``files``: a list of ``{"name": "students.csv", "content": base64}``, or ``"text"`` for the
        text of a CSV file. With an error in them nothing is imported, unless
        ``leave_out_students`` leaves out those whose rows are wrong. ``mapping``: the name of the
        column mapping by which headers are read that the product does not know.
        """
        user = self.env.user
        if not any(map(user.has_group, (feed.GROUP, READ_FINDINGS))):
            raise AccessError(self.env._("Only members of “Data import” import files."))
        chosen = {
            "dry_run": dry_run,
            "leave_out_students": leave_out_students,
            "blanks_erase": blanks_erase,
            "withdraw_missing": withdraw_missing,
        }
        texts = {"revision_reason": revision_reason, "mapping": mapping}
        self._check_choices(chosen, whole_terms, texts)
        report = Report()
        contents = read_uploads(self._received(files), report)
        report = self.env["ntue.importer"]._import(
            contents,
            way="feed",
            revision_reason=revision_reason,
            whole_terms=tuple(whole_terms),
            mapping=self.env["ntue.import.mapping"]._named(mapping),
            report=report,
            **chosen,
        )
        return {"import": report.record, **findings_of(self.env, report)}

    @api.model
    def _check_choices(self, flags, whole_terms, texts):
        """UserError for a choice that is of no kind that it may be."""
        wrong = [name for name, value in flags.items() if not isinstance(value, bool)]
        wrong += [name for name, value in texts.items() if not isinstance(value, str)]
        if not isinstance(whole_terms, list | tuple) or not all(
            isinstance(code, str) for code in whole_terms
        ):
            wrong.append("whole_terms")
        if wrong:
            raise UserError(
                self.env._(
                    "%s: send true or false, of “whole_terms” a list of terms as text, of "
                    "“revision_reason” and “mapping” a text.",
                    ", ".join(wrong),
                )
            )

    @api.model
    def _received(self, files):
        """Names and bytes of the files of a call; UserError where one is none."""
        if not isinstance(files, list) or not files:
            raise UserError(
                self.env._("Send “files”: a list of files, each with “name” and “content”.")
            )
        return [self._received_file(file) for file in files]

    @api.model
    def _received_file(self, file):
        name = file.get("name") if isinstance(file, dict) else None
        if not isinstance(name, str) or not name.strip() or "/" in name or len(name) > 255:
            raise UserError(self.env._("Each file needs a “name”, as students.csv."))
        text, content = file.get("text"), file.get("content")
        if isinstance(text, str) and content is None:
            return name, text.encode("utf-8", "replace")
        try:
            return name, base64.b64decode(content, validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "%s: send the bytes of the file as “content” in base64, or the text of a CSV "
                    "file as “text”.",
                    name,
                )
            ) from error
