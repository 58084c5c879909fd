"""What a client adds to the context of its call takes nothing away from what a step does."""

from odoo.addons.ntue_curriculum.tests.common import crossing
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL
from odoo.tools.sql import table_exists

from .common import APPLICATION, Way
from .stands import STANDS
from .test_transitions import LETTERS, TransitionCase

WATCHED = ("mail_message", "mail_mail", "mail_activity", "ir_attachment")
"""Beside our own tables."""

CONTEXTS = {
    "nothing tracked": {
        "tracking_disable": True,
        "mail_notrack": True,
        "mail_create_nolog": True,
        "mail_create_nosubscribe": True,
        "mail_post_autofollow": False,
        "mail_auto_delete": True,
        "mail_activity_automation_skip": True,
        "mail_activity_quick_update": True,
        "mail_auto_subscribe_no_notify": True,
    },
    "as from a file or a module": {
        "install_mode": True,
        "import_file": True,
        "noupdate": True,
        "module": "ntue_graduation",
        "no_reset_password": True,
        "import_id": 1,
        "recompute": False,
        "check_access": False,
        "prefetch_fields": False,
    },
    "other records": {
        "active_test": False,
        "bin_size": True,
        "allowed_company_ids": [],
        "active_model": "res.users",
        "active_ids": [2],
        "active_id": 2,
        "lang": "zh_TW",
    },
    "another day": {"tz": "Etc/GMT+12"},
    "our own keys": {
        "ntue_scan": True,
        "ntue_desk": "first",
        "ntue_queue": [1, 2, 3],
        "ntue_import": 1,
        "ntue_import_mapping": {"titles": {}},
        "ntue_change_reason": "Given by the client",
        "ntue_both_languages": True,
    },
}

EVERY = {key: value for context in CONTEXTS.values() for key, value in context.items()}


@tagged("post_install", "-at_install")
class TestContextKeys(TransitionCase):
    def counts(self):
        """How many rows each table has, and where the application is."""
        self.env.flush_all()
        kept = [model for model in self.env.registry.values() if not model._transient]
        ours = {model._table for model in kept if model._auto and model._name.startswith("ntue.")}
        names = sorted({table for table in ours if table_exists(self.env.cr, table)} | set(WATCHED))
        parts = [
            SQL("SELECT %s AS name, count(*) FROM %s", name, SQL.identifier(name)) for name in names
        ]
        self.env.cr.execute(SQL(" UNION ALL ").join(parts))
        found = dict(self.env.cr.fetchall())
        record = self.way.record.exists()
        return found | {"position": self.way.position() if record else "none"}

    def done(self, user, call, context):
        """What there is after the call; taken back."""
        with self.undone():
            self.rpc(user, *call, context=context)
            return self.counts()

    @crossing
    def test_a_step_does_the_same_whatever_context_it_is_called_with(self):
        users = {LETTERS[role]: user for role, user in self.users().items()}
        tried = []

        def look(name):
            for step, letters in self.cells(name).items():
                for letter in letters:
                    user, call = users[letter], self.call_of(step)
                    plain = self.done(user, call, {})
                    with self.subTest(stands=name, step=step):
                        if self.done(user, call, EVERY) != plain:
                            self.assertEqual(self.by_context(user, call, plain), {})
                            self.assertEqual(self.done(user, call, EVERY), plain)
                    tried.append(step)

        self.at_each_stand(look)
        self.assertGreater(len(tried), len(STANDS))

    def by_context(self, user, call, plain):
        """What each context by itself makes otherwise, by its title: (so, plainly) by table."""
        found = {}
        for title, context in CONTEXTS.items():
            got = self.done(user, call, context)
            other = {name: (got[name], plain[name]) for name in plain if got[name] != plain[name]}
            if other:
                found[title] = other
        return found

    @crossing
    def test_no_context_takes_a_step_that_is_nobodys(self):
        """Every step that a cell of the table gives to nobody, by everybody who has another."""
        users = {letter: user for role, user in self.users().items() for letter in LETTERS[role]}
        every = dict(EVERY)
        del every["ntue_scan"]  # opens the dialog for the next slip, which is a row

        def look(name):
            for step, letters in self.cells(name).items():
                for letter in sorted({"s", "a", "r"} - set(letters)):
                    with self.subTest(stands=name, step=step, by=letter):
                        got = self.outcome(users[letter], *self.call_of(step), context=every)
                        self.assertNotEqual(got, "changed")

        self.at_each_stand(look)

    def test_a_time_zone_opens_no_window_again(self):
        way = Way(self, self.student).drafted()
        student, number = way.account, way.record.ids
        with freeze_time("2025-11-21 16:30:00"):  # half an hour of the 22nd, in Taipei
            told = self.refused(
                student, APPLICATION, "action_submit", number, context=CONTEXTS["another day"]
            )
        self.assertIn("Applications were taken from 114-10-27 to 114-11-21", told)

    def test_the_reason_of_a_change_made_by_the_system_comes_from_no_client(self):
        term = self.terms["1141"].with_context(ntue_change_reason="Given by the client")
        term.sudo().write({"date_end": "2026-01-30"})
        entry = self.env["ntue.register.entry"].search([], limit=1, order="id desc")
        self.assertEqual((entry.model, entry.reason), ("ntue.term", False))
