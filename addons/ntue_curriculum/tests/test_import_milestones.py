"""Files about milestones, what was shown for them, and sources (F41, F42)."""

from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from ..degree_audit import Reading
from ..importer.problems import Severity
from .test_import_base import ImportCase
from .upgrades import upgrade

MILESTONES = [
    "課架代碼,門檻代碼,門檻名稱,達成方式,計量單位,最低數量,最低學分,選課科目代碼開頭,適用身分別",
    "ZQ-E-113,ENG,外語能力,TOEIC,分數,600,,,",
    "ZQ-E-113,ENG,外語能力,英語課程,課程,1,2,ZQ9,",
    "ZQ-E-113,ART,作品展演,展演,人工認定,,,,外國學生",
]
SOURCES = [
    "課架代碼,對象代碼,法規名稱,連結,核定日期,查核日期",
    "ZQ-E-113,ENG,外語能力要點,https://www.example.edu.tw/eng,2024-06-12,2026-09-01",
]
SHOWN = [
    "學號,門檻代碼,達成方式,數量,證明文件,日期,有效期限,查驗結果,說明",
    "Z211,ENG,TOEIC,650,T-1,2025-03-01,,採認,",
    "Z212,ENG,TOEIC,550,T-2,2025-03-01,,,",
]
FILES = {
    "framework_milestones": MILESTONES,
    "framework_sources": SOURCES,
    "student_milestones": SHOWN,
}


@tagged("post_install", "-at_install")
class TestImportMilestones(ImportCase):
    def student(self, number):
        return self.env["ntue.student"].search([("student_no", "=", number)])

    def reached(self, number):
        result = self.student(number)._case().audit(reading=Reading.FINAL)
        return {one.code: one.reached.value for one in result.milestones}

    def test_the_files_are_imported_audited_and_come_in_again_without_a_difference(self):
        report = self.import_set(**FILES)
        self.assertEqual(self.texts(report, Severity.WARNING), [])
        self.assertEqual(self.reached("Z211"), {"ENG": "met"})
        self.assertEqual(self.reached("Z212"), {"ENG": "missing"})
        again = self.import_set(**FILES)
        for name, lines in FILES.items():
            counts = again.counts_of(f"{name}.csv")
            found = (counts.created, counts.updated, counts.unchanged)
            self.assertEqual(found, (0, 0, len(lines) - 1), name)

    def test_what_leaves_comes_in_again_without_a_difference(self):
        self.import_set(**FILES)
        self.assert_comes_back()

    def assert_comes_back(self):
        """Take everything out and in again, which changes nothing; returns the export."""
        self.env.flush_all()
        export, tables = self.env["ntue.exporter"]._tables(list(FILES))
        contents = {}
        for table in tables:
            rows = [table.header, *([str(cell) for cell in cells] for cells in table.cells())]
            contents[f"{table.spec.name}.csv"] = "\n".join(map(",".join, rows)).encode()
        report = self.run_import(contents)
        self.assertTrue(report.ok, self.texts(report))
        changed = [(c.created, c.updated) for c in report.counts.values()]
        self.assertEqual(changed, [(0, 0)] * len(FILES))
        return export

    def shown(self, *pieces):
        """Pieces of the English test that staff entered for Z212, besides the file's."""
        way = self.student("Z212").curriculum_id.milestone_ids.filtered(
            lambda one: one.way == "TOEIC"
        )
        base = {"student_id": self.student("Z212").id, "milestone_id": way.id}
        records = self.env["ntue.milestone.evidence"]
        return records.create([{**base, **piece} for piece in pieces])

    def values_of(self, pieces):
        return [(one.amount, one.verdict, one.reason or "") for one in pieces]

    def test_pieces_that_nothing_tells_apart_come_back_as_they_are(self):
        self.import_set(**FILES)
        judged = {"verdict": "rejected", "reason": "Not readable"}
        same = {"document": "D-1", "dated_on": "2025-04-01"}
        for name, pieces in {
            "neither document nor day": ({"amount": 5}, {"amount": 7, **judged}, {"amount": 5}),
            "a day": tuple({"dated_on": "2025-04-01", "amount": one} for one in (5, 7, 7)),
            "a document": tuple({"document": "D-1", "amount": one} for one in (7, 5, 5)),
            "both": ({**same, "amount": 7}, {**same, "amount": 7, **judged}, {**same, "amount": 5}),
        }.items():
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                shown = self.shown(*pieces)
                before = self.values_of(shown)
                self.assert_comes_back()
                self.assertEqual(self.values_of(shown), before)
                self.assertEqual(len(self.student("Z212").evidence_ids), 4)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_one_that_is_entered_twice_is_told_once_and_that_is_said(self):
        self.import_set(**FILES)
        twice = {"document": "D-1", "dated_on": "2025-04-01", "amount": 5}
        self.shown(twice, twice)
        notes = self.assert_comes_back().notes
        self.assertEqual([note.args for note in notes], [{"count": 1}])

    def test_hours_that_were_accepted_meanwhile_are_not_entered_again(self):
        hours = [SHOWN[0], *(f"Z212,ENG,TOEIC,{amount},,,,," for amount in (5, 7, 5))]
        self.import_set(**{**FILES, "student_milestones": hours})
        pieces = self.student("Z212").evidence_ids
        self.assertEqual(sorted(pieces.mapped("amount")), [5, 5, 7])
        pieces.write({"verdict": "accepted"})
        pieces[0].write({"amount": 6})
        before = self.values_of(pieces)
        report = self.run_import(self.only(student_milestones=hours))
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(self.student("Z212").evidence_ids, pieces)
        self.assertEqual(self.values_of(pieces), before)

    def test_rows_that_are_the_same_without_a_document_are_remarked_on_and_both_count(self):
        self.import_set(**FILES)
        for document, day, is_error in (("", "2025-03-01", False), ("D-9", "2025-03-01", True)):
            with self.subTest(document=document):
                line = f"Z212,ENG,TOEIC,5,{document},{day},,,"
                contents = self.only(student_milestones=[SHOWN[0], line, line])
                if is_error:
                    self.assert_refused(contents, ("student_milestones.csv", 3, "學號"))
                    continue
                report = self.run_import(contents)
                (said,) = self.texts(report, Severity.WARNING)
                self.assertIn("each of them counts", said)
                self.assertEqual(len(self.student("Z212").evidence_ids), 3)

    def test_two_rows_of_one_document_and_day_that_say_otherwise_are_two_pieces(self):
        self.import_set(**FILES)
        lines = [f"Z212,ENG,TOEIC,{amount},D-9,2025-03-01,,," for amount in (5, 7)]
        report = self.run_import(self.only(student_milestones=[SHOWN[0], *lines]))
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(sorted(self.student("Z212").evidence_ids.mapped("amount")), [5, 7, 550])

    def test_a_regulation_is_named_once_for_what_it_is_about(self):
        self.import_set(**FILES)
        draft = self.student("Z211").curriculum_id._start_revision("Meeting 2")
        source = draft.source_ids
        again = {"curriculum_id": draft.id, "title": source.title, "about": source.about}
        sources = self.env["ntue.curriculum.source"]
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            sources.create(again)
        sources.create({**again, "about": False})
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            sources.create({**again, "about": False})

    def test_an_upgrade_tells_regulations_of_one_name_apart(self):
        self.import_set(**FILES)
        source = self.student("Z211").curriculum_id.source_ids
        self.env.flush_all()
        self.env.cr.execute("DROP INDEX ntue_curriculum_source_one_each")
        self.env.cr.execute(
            "INSERT INTO ntue_curriculum_source (curriculum_id, about, title, sequence)"
            " SELECT curriculum_id, about, title, 99 FROM ntue_curriculum_source WHERE id = %s",
            [source.id],
        )
        upgrade(self.env, "ntue_curriculum", "19.0.1.3.0", "pre-one_source")
        titles = source.curriculum_id.source_ids.mapped("title")
        self.assertEqual(titles, ["外語能力要點", "外語能力要點 (2)"])

    def test_files_of_before_change_no_milestone_and_need_no_reason(self):
        self.import_set(**FILES)
        self.import_set()
        self.assertEqual(self.reached("Z211"), {"ENG": "met"})

    def test_a_changed_milestone_of_a_published_framework_needs_a_reason(self):
        self.import_set(**FILES)
        lower = [MILESTONES[0], MILESTONES[1].replace("600", "500"), *MILESTONES[2:]]
        contents = self.only(framework_milestones=lower)
        self.assert_refused(contents, ("framework_milestones.csv", 2, "最低數量"))
        report = self.run_import(contents, revision_reason="Meeting 2")
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(self.reached("Z211"), {"ENG": "met"})

    def test_a_verdict_of_staff_stays_and_an_empty_one_takes_nothing_away(self):
        self.import_set(**FILES)
        shown = self.student("Z212").evidence_ids
        shown.write({"verdict": "rejected", "reason": "Not the original"})
        for verdict, warned in (("", 0), ("採認", 1)):
            line = f"Z212,ENG,TOEIC,700,T-2,2025-03-01,,{verdict},"
            report = self.run_import(self.only(student_milestones=[SHOWN[0], line]))
            self.assertTrue(report.ok, self.texts(report))
            self.assertEqual(len(self.texts(report, Severity.WARNING)), warned)
            self.assertEqual((shown.verdict, shown.amount), ("rejected", 550))

    def test_what_cannot_be_is_named_with_its_row_and_column(self):
        self.import_set(**FILES)
        shown = {
            "Z211,ENG,IELTS,7,,,,,": "達成方式",
            "Z211,ENG,英語課程,1,,,,,": "達成方式",
            "Z211,ENG,TOEIC,650,X,,,不採認,": "說明",
            "Z211,ART,展演,,X,,,採認,": "說明",
            "Z211,ENG,TOEIC,650,X,2025-03-01,2025-02-01,,": "有效期限",
            "Z211,ENG,TOEIC,650,X,,,maybe,": "查驗結果",
        }
        for line, column in shown.items():
            with self.subTest(line=line):
                contents = self.only(student_milestones=[SHOWN[0], line])
                self.assert_refused(contents, ("student_milestones.csv", 2, column))
        asked = {
            "ZQ-E-113,ENG,英文,IELTS,分數,6,,,": ("framework_milestones.csv", 3, "門檻名稱"),
            "ZQ-E-113,SRV,服務,時數,小時,,,,": ("framework_milestones.csv", 3, "最低數量"),
            "ZQ-E-113,CRS,課程,課程,課程,2,,,": ("framework_milestones.csv", 3, "選課科目代碼開頭"),
        }
        for line, place in asked.items():
            with self.subTest(line=line):
                contents = self.only(framework_milestones=[*MILESTONES[:2], line])
                self.assert_refused(contents, place, revision_reason="Meeting 2")
        line = "ZQ-E-113,,學則,javascript:alert(1),,"
        contents = self.only(framework_sources=[SOURCES[0], line])
        self.assert_refused(
            contents, ("framework_sources.csv", 2, "連結"), revision_reason="Meeting 2"
        )
