"""Settings and records that decide, changed in SQL: the check of the log names each of them."""

import re
from pathlib import Path

from odoo.addons.ntue_curriculum import tests as tests_of_curriculum
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger
from psycopg2 import IntegrityError

from .test_rewritten_log import REGISTER, LogCase

ADDONS = Path(tests_of_curriculum.__file__).parents[2]
READ = re.compile(r"""(?:get_param|_ntue_number)\(\s*"(ntue_\w+\.\w+)\"""")
GIVEN = "web.base.url"
SOUND = {
    GIVEN: "https://desk.example.com",
    "ntue_curriculum.timestamp_url": "https://tsa.example.edu.tw/",
}
"""A value of settings that are checked when they are written; others take any figure."""


@tagged("post_install", "-at_install")
class TestDecidesInSql(LogCase):
    def check(self):
        """What the check of the register finds; the chains themselves are sound throughout."""
        return list(self.env[REGISTER]._check_used())

    # Settings

    def settings(self):
        """Keys of all settings of ours: those of the page, and those that the code reads."""
        fields = self.env["res.config.settings"]._fields
        own = {name: field for name, field in fields.items() if name.startswith("ntue_")}
        named = {name: getattr(field, "config_parameter", None) for name, field in own.items()}
        # The company's own, such as its name, are kept by the company; others are shown only.
        elsewhere = {name for name, field in own.items() if field.related or field.readonly}
        typed = self.written([name for name in named if not named[name] and name not in elsewhere])
        sources = ADDONS.glob("ntue_*/models/**/*.py")
        read = {key for path in sources for key in READ.findall(path.read_text("utf-8"))}
        return sorted(set(filter(None, named.values())) | typed | read)

    def written(self, names):
        """Keys of what the page keeps of fields that name no key: each is in the register."""
        self.env["res.config.settings"].create({}).execute()  # keeps what it shows
        before = self.env[REGISTER].search([], limit=1).number
        self.env["res.config.settings"].create(dict.fromkeys(names, 4000)).execute()
        entries = self.env[REGISTER].search([("number", ">", before)])
        self.assertEqual(set(entries.mapped("model")), {"ir.config_parameter"})
        self.assertEqual(len(entries), len(names), "kept where the register does not have it")
        return set(entries.mapped("label"))

    def test_every_setting_that_is_changed_renamed_or_deleted_in_sql_is_named(self):
        keys = self.settings()
        self.assertIn("ntue_curriculum.bilingual_from_term", keys)
        self.assertIn(GIVEN, keys)
        for key in keys:
            self.env["ir.config_parameter"].set_param(key, SOUND.get(key, "1141"))
        self.assertEqual(self.check(), [])
        for query in (
            "UPDATE ir_config_parameter SET value = 'forged' WHERE key = ANY(%s)",
            "UPDATE ir_config_parameter SET key = key || '.x' WHERE key = ANY(%s)",
            "DELETE FROM ir_config_parameter WHERE key = ANY(%s)",
        ):
            with self.subTest(query=query), self.undone():
                self.sql(query, keys)
                self.assertEqual(len(self.check()), len(keys))
        with self.undone():
            self.sql("UPDATE ir_config_parameter SET value = 'forged' WHERE key = ANY(%s)", keys)
            found = " ".join(self.check())
            self.assertEqual([key for key in keys if key not in found], [])

    def test_a_setting_that_is_made_in_sql_is_named(self):
        self.assertEqual(self.check(), [])
        self.sql("INSERT INTO ir_config_parameter (key, value) VALUES ('ntue_x.new', '1')")
        (found,) = self.check()
        self.assertIn("ntue_x.new", found)

    def test_a_setting_that_gives_up_its_name_is_entered_as_deleted(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("ntue_curriculum.one_colour", "True")
        parameter = parameters.search([("key", "=", "ntue_curriculum.one_colour")])
        for key, action in (("other.key", "deleted"), ("ntue_curriculum.one_colour", "created")):
            parameter.key = key
            entry = self.env[REGISTER].search([], limit=1)
            self.assertEqual((entry.action, entry.record), (action, parameter.id))
            self.assertEqual(self.check(), [])

    # Records

    def entered(self):
        """A record of every model whose changes are entered, with an entry of all that it says."""
        self.filled()
        self.new_student("210941002", "同系同學", taken=()).term_ids.unlink()
        given = {"student_id": self.student.id, "term_id": self.terms["1141"].id, "reason": "Ill"}
        self.env["ntue.graduation.deferral"].create(given)
        grants = {
            "ntue.graduation.late.permit": {"date_end": "2025-12-31"},
            "ntue.graduation.cap.exception": {
                "rule_id": self.framework.flexible_rule_ids.filtered("has_limit")[:1].id,
                "limit": 9,
            },
        }
        for model, more in grants.items():
            self.env[model].with_user(self.assistant).create({**given, **more})
        way, _other = (school_of.milestone(self.framework, code) for code in ("ENG", "LIC"))
        school_of.evidence(self.student, way, amount=500, verdict="accepted")
        minor = school_of.minor(self.school, "MIN-109", self.framework.program_id)
        owner = {"student_id": self.student.id, "curriculum_id": minor.id}
        self.env["ntue.student.programme"].create(owner)
        records = []
        for name in self.env[REGISTER]._registered_models():
            if name == "ir.config_parameter":
                continue
            record = self.env[name].sudo().search([], limit=1)
            self.assertTrue(record, f"a record of {name} is needed here")
            record._enter_as_it_is("Test")
            records.append(record)
        return records

    @mute_logger("odoo.sql_db")
    def test_every_field_that_decides_changed_in_sql_is_named(self):
        records = self.entered()
        self.assertEqual(self.check(), [])
        unnoticed = []
        for record in records:
            names = [name for name in record._fields if record._is_registered(name)]
            self.assertTrue(names, record._name)
            with self.undone():
                for name in names:
                    self.assertTrue(self.forged(record, name), f"{record._name}.{name}")
                found = [text for text in self.check() if record._description in text]
                unnoticed += [
                    f"{record._name}.{name}"
                    for name in names
                    if not any(f"“{name}”" in text for text in found)
                ]
        self.assertEqual(unnoticed, [])

    def forged(self, record, name):
        """Whether the field could be given another value in SQL: the first that the table takes."""
        for query in self.other(record, name):
            try:
                with self.env.cr.savepoint():
                    self.sql(query)
            except IntegrityError:
                continue
            return True
        return False

    def other(self, record, name):
        """Queries that give the field another value, one after the other until one goes."""
        field, number = record._fields[name], record.id
        if field.type == "many2many":
            own, its = SQL.identifier(field.column1), SQL.identifier(field.column2)
            table, there = SQL.identifier(field.relation), record[name].ids
            if there:
                said = SQL("%s = %s AND %s = %s", own, number, its, there[0])
                yield SQL("DELETE FROM %s WHERE %s", table, said)
            other = self.env[field.comodel_name].search([("id", "!=", number)], limit=1).id
            row = SQL("(%s, %s) VALUES (%s, %s)", own, its, number, other)
            yield SQL("INSERT INTO %s %s", table, row)
            return
        for value in self.values(field, record[name]):
            table = SQL.identifier(record._table)
            change = SQL("%s = %s", SQL.identifier(name), value)
            yield SQL("UPDATE %s SET %s WHERE id = %s", table, change, number)

    def values(self, field, now):
        if field.type == "many2one":
            others = self.env[field.comodel_name].with_context(active_test=False)
            return [*others.sudo().search([("id", "!=", now.id)], limit=5).ids, None]
        if field.type == "selection":
            return [key for key in field.get_values(self.env) if key != now] + [None]
        if field.type == "boolean":
            return [not now]
        if field.type in ("integer", "float", "monetary"):
            return [now + 1, now - 1]
        if field.type in ("date", "datetime"):
            return [day for day in ("2025-12-02", "2024-01-01", "2030-01-01") if day != str(now)]
        return [f"{now or ''}X"]

    def test_a_list_that_lost_a_record_with_that_record_was_not_changed_past_the_register(self):
        gone = school_of.user(self.env, "gone@staff.example.com", school_of.STAFF)
        department = self.framework.department_id
        department.write({"assistant_ids": [(4, gone.id)], "change_reason": "New"})
        gone.active = False
        self.assertEqual(self.check(), [])
        more = [(4, self.registrar.id)]
        department.write({"assistant_ids": more, "change_reason": "One more"})
        self.assertEqual(self.check(), [])
        gone.unlink()
        self.assertEqual(self.check(), [])

    def test_a_record_that_decides_and_was_made_in_sql_is_named(self):
        self.assertEqual(self.check(), [])
        self.sql(
            "INSERT INTO ntue_graduation_window (term_id, division, date_open, date_close,"
            " date_leave) SELECT term_id, 'day', date_open, date_close, date_leave"
            " FROM ntue_graduation_window WHERE id = %s",
            self.window.id,
        )
        (found,) = self.check()
        self.assertIn("register has no entry", found)

    def test_what_is_older_than_the_register_is_entered_once_and_compared_from_then_on(self):
        self.sql("INSERT INTO ir_config_parameter (key, value) VALUES ('ntue_x.old', '1')")
        self.sql("INSERT INTO ntue_department (code, name) VALUES ('OLD', 'Old')")
        for count in (2, 0):
            before = self.env[REGISTER].search_count([])
            self.env[REGISTER]._enter_what_is_there()
            self.assertEqual(self.env[REGISTER].search_count([]) - before, count)
            self.assertEqual(self.check(), [])
        self.sql("UPDATE ntue_department SET code = 'NEW' WHERE code = 'OLD'")
        self.assertEqual(len(self.check()), 1)
