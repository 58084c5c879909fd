"""The hash of an ID number goes with the account, and the student reads that it is there."""

import json
import zipfile
from io import BytesIO

from odoo.addons.ntue_curriculum.erasing import erasing
from odoo.addons.ntue_curriculum.tests.common import SchoolCase
from odoo.addons.ntue_curriculum.tests.test_import_base import ImportCase
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .asking import ADDRESS, Asking
from .numbers import KEY, keys
from .test_id_column import GOOD, with_ids


@tagged("post_install", "-at_install")
class TestIdsKept(Asking, SchoolCase):
    def test_erasing_contacts_erases_the_hash_and_the_links(self):
        secret = self.link()
        erasing(self.student)._erase_contacts()
        self.assertFalse(self.env["ntue.national.id"].search([]))
        self.assertFalse(self.links._of(secret) or self.links.search([]))

    def test_the_preview_of_an_erasure_names_the_hash_before_what_stays(self):
        rows = self.student._erasure_plan("contacts")
        self.assertEqual([row["goes"] for row in rows], sorted(r["goes"] for r in rows)[::-1])
        self.assertIn(("Keyed hash of the ID number", 1), [(r["what"], r["number"]) for r in rows])

    def test_the_students_page_and_copy_say_that_a_hash_is_kept_and_not_which(self):
        student = self.student.with_user(self.account)
        self.assertIn("ID number", [kind["label"] for kind in student._privacy_page()["kinds"]])
        digest = self.env["ntue.national.id"].search([]).digest.partition(":")[2]
        with zipfile.ZipFile(BytesIO(student._kept_file())) as archive:
            whole = "".join(archive.read(name).decode() for name in archive.namelist())
            said = json.dumps(json.loads(archive.read("data.json")), ensure_ascii=False)
        self.assertIn("ID number", said)
        self.assertNotIn(digest, whole)

    def test_page_and_copy_say_everything_that_signing_in_leaves(self):
        """Hashes of passwords, the hash of the ID number, and the record of sign-ins itself."""
        self.env["ntue.sign.in.event"]._record("sign_in", None, self.account, "failure", ADDRESS)
        student = self.student.with_user(self.account)
        kinds = {kind["label"]: kind for kind in student._privacy_page()["kinds"]}
        named = {"Password", "ID number", "Record of sign-ins and of tries that failed"}
        self.assertLessEqual(named, set(kinds))
        self.assertTrue(all(kinds[label]["rule"] and kinds[label]["why"] for label in named))
        with zipfile.ZipFile(BytesIO(student._kept_file())) as archive:
            said = json.loads(archive.read("data.json"))
        rules = said["How long data are kept"]
        self.assertLessEqual(named, {rule.get("Kind of data") for rule in rules})
        self.assertIn(ADDRESS, json.dumps(said))
        self.assertNotIn(self.account._ntue_password_hash(), json.dumps(said))

    def test_settings_that_would_help_nobody_are_refused(self):
        settings = self.env["res.config.settings"]
        for values in (
            {"ntue_campus_mailboxes": "a#@grad.ntue.edu.tw, nobody@example.edu.tw"},
            {"ntue_forgotten_minutes": 0},
            {"ntue_forgotten_minutes": 10_000},
            {"ntue_forgotten_per_account": 0},
            {"ntue_forgotten_per_network": -1},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                settings.create(values)
        settings.create({"ntue_campus_mailboxes": "s#@stu.example.edu.tw"}).execute()
        self.assertEqual(self.requests._setting(), "s#@stu.example.edu.tw")


@tagged("post_install", "-at_install")
class TestImportAfterErasing(ImportCase):
    def test_an_import_does_not_bring_back_the_hash_of_somebody_erased(self):
        with keys(KEY):
            self.import_set(students=with_ids(GOOD, ""))
            erasing(self.student())._erase_contacts()
            self.import_set(students=with_ids(GOOD, ""))
        self.assertFalse(self.env["ntue.national.id"].search([]))
