"""Addresses by which a passport copy may be opened: they write, since each opening is entered.

Without this Odoo would begin them in a readonly transaction where there is one (a server with
a replica), be refused, say so in the log and begin again.
"""

from odoo.addons.web.controllers.binary import Binary
from odoo.addons.web.controllers.dataset import DataSet
from odoo.http import request, route

COPY = "ntue.passport.copy"
FIELD = "passport_copy_ids"


def _names_a_copy():
    """Whether a request's address or body may ask for a copy."""
    sent = request.httprequest
    said = [sent.path, sent.query_string.decode(errors="replace")]
    if sent.is_json:
        said.append(sent.get_data(as_text=True))
    return any(name in text for name in (COPY, FIELD) for text in said)


class PassportBinary(Binary):
    def _is_readonly(self, _rule, _args):
        return not _names_a_copy()

    @route(readonly=_is_readonly)
    def content_common(self, *args, **kwargs):
        return super().content_common(*args, **kwargs)

    @route(readonly=_is_readonly)
    def content_image(self, *args, **kwargs):
        return super().content_image(*args, **kwargs)


class PassportDataSet(DataSet):
    def _call_kw_readonly(self, rule, args):
        """Asked by the addresses of remote calls (``calls.py``)."""
        return not _names_a_copy() and super()._call_kw_readonly(rule, args)
