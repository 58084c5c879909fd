"""The addons as guests in somebody else's Odoo: they come, are brought up to date, and go."""

import psycopg2
import pytest

from dev import console, databases, logscan, odoo, postgres, workers
from dev.checkout import Checkout
from dev.product import ADDONS, SAMPLES

NEIGHBOURS = "website,hr,crm"
SERVICES = "partner_autocomplete"
STATE = "SELECT state FROM ir_module_module WHERE name = 'partner_autocomplete'"
EXPORTED = """
env["ntue.chained"]._export(lambda line: None)
env.cr.commit()
"""
TOMBSTONES = "SELECT key FROM ir_config_parameter WHERE key LIKE 'ntue.tombstone.%' ORDER BY 1"
UNINSTALL = """
module = env["ir.module.module"].search([("name", "=", "ntue_curriculum")])
module.button_immediate_uninstall()
"""
CONTACTS = "SELECT id, name FROM res_partner ORDER BY id"
ALONE = "SELECT count(*) FROM ntue_student WHERE partner_id IS NULL"
LEFT_BEHIND = """
SELECT 'table ' || table_name FROM information_schema.tables WHERE table_name LIKE 'ntue%'
UNION ALL SELECT 'model ' || model FROM ir_model WHERE model LIKE 'ntue.%'
UNION ALL SELECT 'view ' || name FROM ir_ui_view WHERE arch_db::text LIKE '%ntue_%'
UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE proname LIKE 'ntue%'
UNION ALL SELECT 'record ' || name FROM ir_model_data WHERE module LIKE 'ntue_%'
"""


class Guest:
    """A database with other people's modules in it."""

    def __init__(self, checkout, name):
        self.checkout, self.name = checkout, name
        self.said = []

    def odoo(self, *arguments, script=None):
        command, *rest = arguments
        said = odoo.run(self.checkout, command, command, "-d", self.name, *rest, script=script)
        self.said.append(said)
        return said

    def command(self, *words):
        """A command of Odoo's own: its options are behind it."""
        *command, about = words
        said = odoo.run(self.checkout, words[0], *command, "-d", self.name, about)
        self.said.append(said)

    def server(self, *arguments):
        said = odoo.run(
            self.checkout,
            arguments[0],
            "-d",
            self.name,
            *arguments,
            "--stop-after-init",
            "--no-http",
        )
        self.said.append(said)

    def sql(self, query):
        with psycopg2.connect(dbname=self.name) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            found = cursor.fetchall()
        connection.close()
        return found

    def left_behind(self):
        return [row[0] for row in self.sql(LEFT_BEHIND)]


@pytest.fixture
def guest(monkeypatch):
    checkout = Checkout.here()
    for name, value in postgres.environment(checkout).items():
        monkeypatch.setenv(name, value)
    name = workers.database(checkout, "manners")
    databases.bare(checkout, name, console.ProgressLine())
    yield Guest(checkout, name)
    databases.drop(checkout, name)


def test_install_upgrade_uninstall_and_reinstall_leave_nothing_broken(guest, tmp_path):
    modules = ",".join(ADDONS)
    guest.server("--init", NEIGHBOURS)
    guest.server("--init", modules)
    guest.odoo("ntue_import", str(guest.checkout.root / SAMPLES))
    guest.command("module", "uninstall", SERVICES)
    guest.server("--update", modules)
    assert guest.sql(STATE) == [("uninstalled",)], "what asks Odoo's services stays away"
    script = tmp_path / "uninstall.py"
    script.write_text(EXPORTED + UNINSTALL)
    guest.odoo("shell", "--no-http", script=script)
    assert guest.left_behind() == []
    assert guest.sql(TOMBSTONES) == [("ntue.tombstone.ntue_register_entry",)]
    contacts = guest.sql(CONTACTS)
    guest.server("--init", modules)
    guest.odoo("ntue_import", str(guest.checkout.root / SAMPLES))
    assert guest.sql(CONTACTS) == contacts, "everybody is known again"
    assert guest.sql(ALONE) == [(0,)]
    log = tmp_path / "manners.log"
    log.write_text("\n".join(guest.said))
    assert list(logscan.read(log)) == []
