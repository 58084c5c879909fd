"""Lists as files: what Odoo answers 500 to is mostly something that was asked for wrongly."""

import json

import psycopg2
from odoo.addons.web.controllers.export import CSVExport, ExcelExport
from odoo.exceptions import UserError
from odoo.http import request, route, serialize_exception
from werkzeug.exceptions import BadRequest, HTTPException, UnprocessableEntity

from ..models.platform.ir_http_nonsense import FALLS, SENSELESS, is_raised_by_us, warn


def _as_senders(error, status):
    """The ``status`` with what Odoo's pages show of an error in a dialog."""
    answer = {"code": 0, "message": str(error), "data": serialize_exception(error)}
    refused = status(json.dumps(answer))
    refused.response = refused.get_response()  # no page for people in place of it
    return refused


def _exported(export, data):
    """The file; what the sender asked for wrongly is answered as such, and no fault in the log."""
    try:
        return export.base(data)
    except HTTPException:
        raise
    except UserError as error:
        raise _as_senders(error, UnprocessableEntity) from error
    except psycopg2.DataError as error:
        raise BadRequest(request.env._(SENSELESS)) from error
    except FALLS as error:
        if is_raised_by_us(error):
            raise
        warn(export.base, error)
        raise BadRequest(request.env._(SENSELESS)) from error


class CsvFiles(CSVExport):
    @route()
    def web_export_csv(self, data):
        return _exported(self, data)


class Workbooks(ExcelExport):
    @route()
    def web_export_xlsx(self, data):
        return _exported(self, data)
