from odoo.http import Controller, Response, content_disposition, request, route
from werkzeug.wsgi import FileWrapper

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"xlsx": XLSX, "zip": "application/zip"}


class ExchangeFiles(Controller):
    """Files that are exchanged with other systems: tables, and the templates of tables."""

    @route("/ntue_curriculum/export/<int:wizard_id>", type="http", auth="user")
    def export(self, wizard_id):
        """What the signed-in user has just asked for."""
        wizard = request.env["ntue.export.wizard"].search([("id", "=", wizard_id)])
        if not wizard:
            raise request.not_found()
        name, file = wizard._file()
        return Response(
            FileWrapper(file), headers=_headers(TYPES[wizard.kind], name), direct_passthrough=True
        )

    @route("/ntue_curriculum/template.xlsx", type="http", auth="user", readonly=True)
    def template(self):
        """The workbook to fill in, for employees."""
        return self._for_employees(
            lambda: request.env["ntue.exporter"]._template(), XLSX, "template.xlsx"
        )

    @route("/ntue_curriculum/datapackage.json", type="http", auth="user", readonly=True)
    def data_package(self):
        """The format of the files for programs, for employees."""
        return self._for_employees(
            lambda: request.env["ntue.exporter"]._data_package(),
            "application/json; charset=utf-8",
            "datapackage.json",
        )

    def _for_employees(self, made, kind, name):
        if not request.env.user._is_internal():
            raise request.not_found()
        return request.make_response(made(), _headers(kind, name))


def _headers(kind, name):
    return [("Content-Type", kind), ("Content-Disposition", content_disposition(name))]
