from odoo.http import Controller, content_disposition, request, route

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RosterFiles(Controller):
    @route("/ntue_graduation/roster/<int:roster_id>", type="http", auth="user")
    def roster(self, roster_id):
        """The workbook of a list that the signed-in user has just asked for."""
        roster = request.env["ntue.graduation.roster"].search([("id", "=", roster_id)])
        if not roster:
            raise request.not_found()
        name, content = roster._file()
        return request.make_response(
            content,
            [
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
