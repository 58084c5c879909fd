"""The file ``windows`` of the importer."""

from datetime import date

from odoo.addons.ntue_curriculum.importer.problems import Severity
from odoo.addons.ntue_curriculum.tests.test_import_base import FILES, ImportCase, with_row
from odoo.addons.ntue_curriculum.tests.test_import_files import BROKEN
from odoo.tests import freeze_time, tagged

HEADER = "學年期,學制,班別,開始日,截止日,最終離校日"
WINDOWS = [
    HEADER,
    "1512,進修,夜間,114-04-07,114-05-02,114-08-15",
    "1512,進修,,2025-04-07,2025-05-01,114/08/15",
]


@tagged("-at_install", "post_install")
class TestImportWindows(ImportCase):
    @classmethod
    def contents(cls, **changes):
        return super().contents(**{"windows": WINDOWS, **changes})

    def windows(self):
        return self.env["ntue.graduation.window"].search([("term_id.code", "=", "1512")])

    def with_window(self, line):
        return self.contents(windows=[HEADER, line])

    def test_windows_are_imported_and_again_without_a_change(self):
        self.import_set()
        window = self.windows().filtered(lambda one: one.kind == "evening")
        self.assertEqual(window.division, "continuing")
        self.assertEqual(
            (window.date_open, window.date_close, window.date_leave),
            (date(2025, 4, 7), date(2025, 5, 2), date(2025, 8, 15)),
        )
        self.assertTrue(window.slip_notice)
        self.assertEqual(self.counts(self.run_import())["windows"], (0, 0, 2))

    def test_F6_a_window_without_a_kind_is_one_of_its_own(self):
        self.import_set()
        self.assertEqual(len(self.windows()), 2)
        again = [*WINDOWS, WINDOWS[2]]
        self.assert_refused(self.contents(windows=again), ("windows.csv", 4, "學年期"))

    def test_what_the_registrar_wrote_stays_when_a_window_is_moved(self):
        self.import_set()
        window = self.windows().filtered("kind")
        window.caution = "請儘早送出。"
        moved = self.with_window("1512,進修,夜間,114-04-07,114-05-09,114-08-15")
        self.assertEqual(self.counts(self.run_import(moved))["windows"], (0, 1, 0))
        self.assertEqual((window.date_close.day, window.caution), (9, "請儘早送出。"))

    def test_an_older_file_does_not_take_an_extension_back(self):
        self.import_set()
        window = self.windows().filtered("kind")
        with freeze_time("2025-05-02 04:00:00"):
            window._extend(date(2025, 5, 6), "The service was down.")
        report = self.run_import()
        self.assertEqual(window.date_close, date(2025, 5, 6))
        self.assertEqual(self.told(report, Severity.WARNING), [("windows.csv", 2, "截止日")])
        later = self.with_window("1512,進修,夜間,114-04-07,114-05-09,114-08-15")
        self.assertTrue(self.run_import(later).ok)
        self.assertEqual(window.date_close, date(2025, 5, 9))

    def test_F18_a_window_that_closes_before_it_opens_is_an_error(self):
        contents = self.with_window("1512,進修,夜間,114-05-02,114-04-07,114-08-15")
        self.assert_refused(contents, ("windows.csv", 2, "截止日"))

    def test_a_final_leaving_day_before_the_window_closes_is_an_error(self):
        contents = self.with_window("1512,進修,夜間,114-04-07,114-05-02,114-05-01")
        self.assert_refused(contents, ("windows.csv", 2, "最終離校日"))

    def test_a_window_of_a_term_that_is_not_there_is_an_error(self):
        contents = self.with_window("1099,進修,夜間,114-04-07,114-05-02,114-08-15")
        self.assert_refused(contents, ("windows.csv", 2, "學年期"))

    def test_a_broken_row_in_each_of_the_thirteen_files_is_reported_in_one_run(self):
        broken = {**BROKEN, "windows": ("1512,進修,晚間,114-04-07,114-05-02,114-08-15", "班別")}
        self.assertEqual(len(broken), 13)
        files = {**FILES, "windows": WINDOWS}
        changes = {name: with_row(name, 2, line, files) for name, (line, _at) in broken.items()}
        before = self.table_sizes()
        told = set(self.told(self.run_import(self.contents(**changes))))
        for name, (_line, column) in broken.items():
            self.assertIn((f"{name}.csv", 2, column), told)
        self.assertEqual(self.table_sizes(), before)
