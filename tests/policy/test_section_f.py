"""Section F: the application form, saved, checked and submitted."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_graduation.tests.common import EVENT, TICKABLE
from odoo.tests import freeze_time, tagged

from .applying import LIST, ApplyingCase
from .desk import text_of


@tagged("post_install", "-at_install")
class TestSectionF(ApplyingCase):
    def figure(self, tree, name):
        return text_of(self.one(tree, f"[data-block=header] [data-figure={name}]"))

    def course(self, block, number):
        """The row of one course within a block of the page."""
        return self.one(block, f"[data-course='{self.enrolment(number).id}']")

    def told(self, tree):
        """What the summary of problems says."""
        return " ".join(self.words(tree, "#problems"))

    # What was taken

    def test_128_129_the_header_tells_credits_required_elective_and_number_of_records(self):
        self.press_new()
        tree = self.page(self.address)
        self.assertEqual(
            [self.figure(tree, name) for name in ("taken", "required", "elective", "records")],
            ["28", "10", "18", "12"],
        )
        self.see(
            "實修學分數 28 學分 必修 10 學分 選修 18 學分 選課筆數 12 筆",
            self.one(tree, "[data-block=header]"),
        )

    def test_129_the_number_of_records_says_what_it_is_made_of(self):
        self.press_new()
        self.see(
            "選課紀錄中： 採計於實修學分者 9 筆、課架外須勾選者 2 筆、不採計者 1 筆",
            self.one(self.page(self.address), "[data-block=records]"),
        )

    def test_130_135_the_lists_of_courses_are_open_where_there_is_room(self):
        self.press_new()
        for block in self.page(self.address).cssselect("details.o_ntue_roomy"):
            self.assertIn(block.get("data-block"), ("by_term", "by_area"))
            self.assertIsNotNone(block.get("open"))

    def test_136_in_the_lists_a_box_stands_in_front_of_what_is_from_elsewhere(self):
        self.press_new()
        self.save("0733")
        tree = self.page(self.address)
        for name in ("by_term", "by_area"):
            block = self.one(tree, f"[data-block={name}]")
            for number, sign in (("0733", "☑"), ("0812", "☐")):
                row = self.course(block, number)
                self.assertTrue(text_of(row).startswith(sign), text_of(row))
                box = self.one(row, "a[data-box]").get("href")
                self.one(tree, f"input{box}")
            self.assertEqual(len(block.cssselect("[data-box]")), 2, "and of nothing else")

    def test_130_131_every_course_stands_in_its_term_with_their_number_and_scores(self):
        self.press_new()
        block = self.one(self.page(self.address), "[data-block=by_term]")
        self.see("各學期修課資訊 筆數 12", block)
        heads = [text_of(head) for head in block.cssselect("h3")]
        self.assertEqual(
            heads,
            ["1091 筆數 3", "1092 筆數 3", "1101 筆數 3", "1102 筆數 2", "1141 筆數 1"],
        )
        self.assertEqual(len(block.cssselect("[data-course]")), 12)
        self.see("成績 90", self.course(block, "0648"))

    def test_132_133_by_area_and_term_with_required_and_elective_credits(self):
        self.press_new()
        tree = self.page(self.address)
        block = self.one(tree, "[data-block=by_area]")
        heads = self.words(block, "[data-group] > h3")
        self.assertEqual(
            heads[:4],
            [
                "A 研究方法領域 必修 3 學分 選修 3 學分",
                "B 社會文化領域 必修 0 學分 選修 6 學分",
                "C 區域發展與環境規劃領域 必修 3 學分 選修 9 學分",
                "D 論文領域 必修 4 學分 選修 0 學分",
            ],
        )
        area = self.one(block, "[data-group=C]")
        self.assertEqual(self.words(area, "h4"), ["1091", "1092", "1101", "1102"])
        self.course(area, "0648")
        self.see("不採計", self.course(self.one(block, "[data-group='']:last-child"), "0650"))

    def test_134_each_course_names_who_offered_it(self):
        self.press_new()
        block = self.one(self.page(self.address), "[data-block=by_term]")
        for number, words in (
            ("0648", "社會與區域發展學系"),
            ("0733", "課程與教學傳播科技研究所"),
            ("0812", "他校大學"),
        ):
            self.see(words, self.course(block, number))

    def test_135_a_course_that_is_not_graded_has_a_blank_score(self):
        self.press_new()
        row = self.course(self.one(self.page(self.address), "[data-block=by_term]"), "0901")
        self.assertEqual(text_of(self.one(row, "[data-cell=score]")), "")
        self.see("修習中", row)
        self.see_not("W", row)

    # Ticks

    def boxes(self, tree):
        return {int(box.get("value")): box for box in tree.cssselect("input[name=tick]")}

    def test_136_140_what_is_from_elsewhere_has_a_box_and_says_from_where(self):
        self.enrol("1132", "0777", "SRD099", "韌性城市專題", 3, 88)
        self.press_new()
        tree = self.page(self.address)
        numbers = ("0733", "0812", "0777")
        self.assertEqual(set(self.boxes(tree)), set(self.ids(*numbers)))
        for number, words in (
            ("0733", "他系所"),
            ("0812", "校際選課"),
            ("0777", "非入學年度課程架構"),
        ):
            (row,) = [row for row in self.words(tree, ".o_ntue_tick") if f"〔{number}〕" in row]
            self.assertIn(words, row)

    def test_137_a_tick_asks_for_flexible_credits(self):
        self.press_new()
        self.save("0733")
        tree = self.page(self.address)
        self.assertEqual(self.mine.tick_ids.ids, self.ids("0733"))
        self.assertEqual(text_of(self.one(tree, "#ntue_expected")), "31")

    def test_138_D17_ticks_beyond_the_cap_are_refused_and_the_cap_is_told(self):
        self.enrol("1132", "0778", "CICT103", "教學設計", 3, 88)
        self.press_new()
        caps = self.words(self.page(self.address), ".o_ntue_cap")
        self.assertIn("全部來源：上限 6 學分。 已用： 0 / 6 學分", caps[0])
        self.assertIn("校外：上限 3 學分。 已用： 0 / 3 學分", caps[1])
        before = self.fingerprint()
        tree = self.save("0733", "0812", "0778")
        self.assertEqual(self.answer.status_code, 422)
        self.see("9 學分", self.one(tree, "#problems"))
        self.assertEqual(self.fingerprint(), before)
        kept = tree.cssselect("input[name=tick][checked]")
        self.assertEqual(len(kept), 3, "nothing typed is lost")
        self.one(tree, ".o_ntue_over[data-origin=all]")
        self.assertEqual(text_of(self.one(tree, "#ntue_expected")), "28", "nothing of it counts")
        self.assertNotIn("d-none", self.one(tree, "#ntue_not_expected").get("class"))

    def test_114_138_what_can_never_be_saved_is_closed_and_says_why(self):
        self.enrol("1132", "0778", "CICT103", "教學設計", 7, 88)
        self.press_new()
        tree = self.page(self.address)
        (number,) = self.ids("0778")
        self.assertIsNotNone(self.one(tree, f"#tick_{number}").get("disabled"))
        reason = self.one(tree, f"#tick_{number}_about")
        self.see("不能勾選：加上這門課即為 7 學分（全部來源），上限為 6 學分", reason)
        self.see("可供勾選 2 筆", self.one(tree, "#ntue_tick_count"))
        self.see("以下列出 3 筆，其中 1 筆不能勾選", self.one(tree, "#ticks"))

    def test_139_what_is_not_ticked_does_not_count_and_the_page_says_so(self):
        self.press_new()
        self.save()
        tree = self.page(self.address)
        self.see("未勾選的不採計", self.one(tree, "#ticks"))
        self.assertEqual(text_of(self.one(tree, "#ntue_expected")), "28")
        row = self.course(self.one(tree, "[data-block=by_term]"), "0733")
        self.see("未勾選", row)

    def test_141_142_how_many_are_ticked_and_may_be_stands_above_and_rows_are_dark(self):
        self.press_new()
        self.save("0733")
        tree = self.page(self.address)
        count = self.one(tree, "#ntue_tick_count")
        self.assertEqual(text_of(count), "已勾選彈性課程 1 筆（可供勾選 2 筆）")
        dark = self.one(tree, ".o_ntue_ticked")
        self.see("〔0733〕", dark)
        self.see("已勾選", self.one(dark, ".o_ntue_ticked_word"))
        order = list(tree.iter())
        self.assertLess(order.index(count), order.index(dark))

    def test_D18_failed_and_withdrawn_courses_have_no_box_and_those_in_progress_have(self):
        self.enrol("1132", "0771", "CICT104", "不及格", 3, 60)
        self.enrol("1132", "0772", "CICT105", "停修", 3, None, state="withdrawn")
        self.enrol("1141", "0773", "CICT106", "修習中", 3, None)
        self.press_new()
        boxes = self.boxes(self.page(self.address))
        self.assertEqual(set(boxes), set(self.ids("0733", "0812", "0773")))
        for number in ("0771", "0772", "0648"):
            before = self.fingerprint()
            self.save(number)
            self.assertEqual((self.answer.status_code, self.fingerprint()), (422, before), number)

    def test_D20_a_new_application_begins_without_ticks_and_with_a_hint(self):
        self.env["ntue.recognition"].create(
            {
                "student_id": self.student.id,
                "enrollment_id": self.enrolment("0733").id,
                "kind": "flexible",
                "term_id": self.school.terms["1132"].id,
            }
        )
        self.press_new()
        tree = self.page(self.address)
        self.assertEqual(tree.cssselect("input[name=tick][checked]"), [])
        self.assertIn(self.enrolment("0733").id, self.boxes(tree), "it may be ticked anew")
        self.see("1132", self.one(tree, "#ticks"))
        self.assertEqual(text_of(self.one(tree, "#ntue_expected")), "28")

    def test_D22_a_tick_fills_no_area(self):
        self.enrolment("0655").write({"state": "failed", "score": 60})
        self.enrolment("0511").write({"state": "failed", "score": 60})
        self.drafted()
        row = self.one(self.page(self.address), "[data-block=areas] [data-area=C]")
        self.see("6 / 9", row)
        self.see("不符合", row)

    def test_the_suggestion_is_ticked_and_not_saved(self):
        self.press_new()
        before = self.fingerprint()
        self.see("預計可達 34 學分", self.one(self.page(self.address), ".o_ntue_suggestion"))
        tree = self.send(f"{self.address}/save", action="suggest")
        self.assertEqual(len(tree.cssselect("input[name=tick][checked]")), 2)
        self.see("尚未暫存", self.one(tree, "#suggested"))
        self.assertEqual(self.fingerprint(), before)

    # Sums

    def test_143_with_areas_there_is_a_list_by_area(self):
        self.press_new()
        tree = self.page(self.address)
        self.see("各領域修課學分清單", self.one(tree, "[data-block=courses]"))
        self.assertEqual(len(self.one(tree, "[data-block=areas]").cssselect("tbody tr")), 4)
        self.assertEqual(tree.cssselect("[data-block=sums]"), [])

    def test_143_an_area_tells_courses_and_credits_apart_and_what_it_lacks(self):
        self.enrolment("0655").write({"state": "failed", "score": 60})
        self.enrolment("0511").write({"state": "failed", "score": 60})
        self.press_new()
        row = self.one(self.page(self.address), "[data-block=areas] [data-area=C]")
        self.see("6 / 9 學分 2 / 3 科 不符合 尚缺： 3 學分和1 科", row)

    def test_144_D40_without_areas_there_is_one_list_of_sums(self):
        self.student.curriculum_id = self.without_areas()
        self.press_new()
        tree = self.page(self.address)
        sums = self.one(tree, "[data-block=sums]")
        self.see(
            "必修 3 學分 選修 0 學分 修習中 0 學分 實得學分數 3 學分 實修學分數 3 學分 "
            "畢業學分數 6 學分",
            sums,
        )
        self.assertEqual(tree.cssselect("[data-block=areas], [data-block=by_area]"), [])

    def without_areas(self):
        line = {
            "course_id": school_of.course(self.school, "SRD001", "").id,
            "name": "社會科學研究法",
            "credits": 3,
            "requirement": "required",
        }
        bare = self.env["ntue.curriculum"].create(
            {
                "code": "SRD-E-X",
                "program_id": self.program.id,
                "entry_year": 109,
                "graduation_credits": 6,
                "line_ids": [(0, 0, line)],
            }
        )
        bare.action_publish()
        return bare

    # Leaving and saving

    def test_145_leaving_a_form_never_saved_leaves_nothing_behind(self):
        self.press_new()
        number = self.mine.id
        tree = self.send(f"{self.address}/save", action="leave")
        self.assertFalse(self.mine)
        self.see("您已離開，沒有暫存任何資料", tree)
        self.assertEqual(self.url_open(f"{LIST}/{number}").status_code, 404)

    def test_145_leaving_a_saved_draft_asks_and_keeps_it_until_told_otherwise(self):
        self.drafted()
        tree = self.send(f"{self.address}/save", action="leave")
        self.assertTrue(self.answer.url.endswith("/leave"))
        self.see("保留暫存資料並離開", tree)
        self.assertTrue(self.mine)
        self.see("您本學期沒有申請", self.send(f"{self.address}/discard"))
        self.assertFalse(self.mine)

    def test_D11_a_returned_application_is_not_discarded(self):
        self.submitted()
        self.way.record = self.mine.sudo()
        self.way.send_back()
        self.see_not("捨棄暫存資料，", self.page(f"{self.address}/leave"))
        self.send(f"{self.address}/discard")
        self.assertEqual((self.answer.status_code, self.mine.first_review), (422, "returned"))

    def test_D12_a_return_has_a_day_of_its_own_that_may_pass_the_close(self):
        self.submitted()
        asked = {"application_id": self.mine.id, "action": "return", "reason": "請補勾選"}
        (found,) = self.rpc(self.assistant, "ntue.graduation.reason", "create", [asked])
        asking = self.env["ntue.graduation.reason"].browse(found)
        self.assertEqual(str(asking.deadline), "2025-11-13", "three working days")
        asking.deadline = "2025-12-05"
        self.rpc(self.assistant, asking._name, "action_confirm", asking.ids)
        for moment, status, state in (
            ("2025-12-05 16:01:00", 422, "draft"),  # a minute past midnight in Taipei
            ("2025-12-05 15:59:00", 200, "submitted"),
        ):
            with freeze_time(moment):
                self.enter(self.account)
                self.save(*TICKABLE)
                self.confirm()
                self.assertEqual((self.answer.status_code, self.mine.state), (status, state))

    def test_146_147_I11_slip_and_submission_appear_once_the_draft_is_saved(self):
        self.press_new()
        buttons = self.buttons(self.page(self.address))
        self.assertIn("暫存", buttons)
        self.assertIn("離開", buttons)
        self.assertNotIn("送出申請", buttons)
        self.assertNotIn("列印審核確認單", buttons)
        self.save()
        buttons = self.buttons(self.page(self.address))
        self.assertEqual(
            [name for name in buttons if name != "採用建議勾選"],
            ["暫存", "送出申請", "列印審核確認單", "中英對照", "離開"],
        )

    def test_148_150_a_saved_draft_is_seen_by_nobody_and_told_to_nobody(self):
        mails = self.env["mail.mail"].search_count([])
        self.drafted()
        self.see("只有您自己看得到", self.one(self.page(f"{self.address}?told=saved"), "#saved"))
        for user in (self.assistant, self.registrar):
            found = self.rpc(user, "ntue.graduation.application", "search_count", [])
            self.assertEqual(found, 0)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertFalse(self.env["mail.activity"].search([("res_id", "=", self.mine.id)]))

    def test_149_the_page_sends_to_the_draft_slip_to_check_oneself(self):
        self.drafted()
        tree = self.page(f"{self.address}?told=saved")
        self.see("請列印審核確認單（暫存檔）檢視", self.one(tree, "#saved"))
        self.one(tree, f"#buttons a[href='{self.address}/slip'][target=_blank]")

    def test_151_152_what_a_draft_is_worth_is_told_before_saving(self):
        self.press_new()
        caution = self.one(self.page(self.address), "#buttons")
        self.see("無人可以審核", caution)
        self.see("由同學自負責任", caution)

    def test_153_the_draft_slip_says_that_it_is_one(self):
        self.drafted()
        self.assertTrue(self.mine._is_draft_copy())
        self.confirm()
        self.assertFalse(self.mine._is_draft_copy())

    # Checking and submitting

    def test_049_154_155_the_four_points_stand_on_the_check_page_with_a_way_to_change_each(self):
        self.drafted()
        self.to_check(*TICKABLE)
        self.assertTrue(self.answer.url.endswith("/check"))
        tree = self.page(f"{self.address}/check")
        for anchor, words, change in (
            ("english_name", "英文姓名 WANG, TA-MING", "/my/profile?back=check"),
            ("email", "電子信箱 a210941001@mail.example.com", "/my/profile?back=check"),
            ("mobile", "手機 0900-000-000", "/my/profile?back=check"),
            ("phone", "聯絡電話 未填寫", "/my/profile?back=check"),
            ("ticks", "〔0733〕（1101）課程理論研究（3）", f"{self.address}#ticks"),
        ):
            row = self.one(tree, f"#check_{anchor}")
            self.see(words, row)
            self.one(row, f"a[href='{change}']")
        self.see("34 / 32", self.one(tree, "#check_credits"))

    def test_156_157_after_submission_nothing_can_be_changed_and_the_page_said_so_before(self):
        self.drafted()
        self.see("送出後即無法自行修改", self.page(f"{self.address}/check"))
        self.confirm()
        before = self.fingerprint()
        for path in ("save", "discard", "submit"):
            self.send(f"{self.address}/{path}", action="save", tick=[])
            self.see("沒有重複送出，也沒有變更任何資料", self.page(f"{LIST}?submitted=already"))
            self.assertIn("submitted=already", self.answer.url)
        self.assertEqual(self.fingerprint(), before)

    def test_158_159_160_the_caution_stands_above_the_two_ways_on(self):
        self.drafted()
        tree = self.page(f"{self.address}/check")
        self.see("送出後即無法自行修改", self.one(tree, "form .alert-warning:not(.o_ntue_blocked)"))
        buttons = self.buttons(tree)
        self.assertEqual(buttons[:2], ["確認送出", "尚需檢查"])
        back = self.one(tree, f"main a.btn-secondary[href='{self.address}']")
        self.assertEqual(text_of(back), "尚需檢查")

    def test_161_162_after_submission_the_list_has_number_next_step_and_slip(self):
        tree = self.submitted()
        self.assertIn("/my/graduation?submitted=1&term=1141", self.answer.url)
        panel = self.one(tree, "#submitted")
        self.see("申請編號 1141-210941001", panel)
        self.see("請列印審核確認單、親筆簽名並送交系辦", panel)
        self.one(panel, f".o_ntue_slip > a[href='{self.address}/slip'][target=_blank]")
        row = self.one(tree, "article[data-term='1141']")
        self.see("已送出", row)
        slip = self.one(row, f"a[href='{self.address}/slip'][target=_blank]")
        self.assertEqual(text_of(slip), "主修畢業學分審核確認單")

    def test_D7_blank_data_keep_from_submitting_and_the_page_names_each(self):
        self.student.write({"english_name": False, "mobile": False})
        self.drafted()
        tree = self.page(f"{self.address}/check")
        self.assertEqual(
            [link.get("href") for link in tree.cssselect("#problems a")],
            ["#check_english_name", "#check_mobile"],
        )
        self.assertNotIn("確認送出", self.buttons(tree))
        self.confirm(tree)
        self.assertEqual((self.answer.status_code, self.mine.state), (422, "draft"))

    def test_D16_a_shortfall_is_told_and_acknowledged(self):
        self.drafted("0733")
        tree = self.page(f"{self.address}/check")
        self.see("距畢業學分數尚缺 1 學分", self.one(tree, "#check_credits"))
        self.one(tree, "#shortfall")
        self.confirm(tree)
        self.assertEqual((self.answer.status_code, self.mine.state), (422, "draft"))
        self.confirm(tree, shortfall_acknowledged="1")
        self.assertEqual(self.mine.state, "submitted")
        self.assertTrue(self.mine.shortfall_acknowledged)

    def test_D16_a_program_may_refuse_a_shortfall(self):
        self.program.shortfall_policy = "block"
        self.drafted("0733")
        tree = self.page(f"{self.address}/check")
        self.assertEqual(tree.cssselect("#shortfall"), [])
        self.assertNotIn("確認送出", self.buttons(tree))
        self.confirm(tree, shortfall_acknowledged="1")
        self.assertEqual((self.answer.status_code, self.mine.state), (422, "draft"))

    def test_D29_a_course_in_progress_keeps_nobody_from_submitting(self):
        self.submitted()
        self.assertEqual(self.mine.state, "submitted")
        self.assertEqual(self.enrolment("0901").state, "in_progress")

    def test_D33_students_of_98_apply_too_and_read_what_the_sorting_is_worth(self):
        self.student.entry_year = 98
        self.press_new()
        self.see("僅供參考", self.one(self.page(self.address), "[data-block=legacy]"))
        self.save(*TICKABLE)
        self.confirm()
        self.assertEqual(self.mine.state, "submitted")

    def test_D35_the_answer_on_teacher_education_is_asked_for_and_shown(self):
        self.student.is_teacher_ed = True
        self.drafted()
        tree = self.page(f"{self.address}/check")
        self.see("請先回答", self.one(tree, "#check_teacher_ed"))
        self.save(*TICKABLE, teacher_ed_answer="exam", teacher_ed_confirmed="1")
        tree = self.page(f"{self.address}/check")
        self.see("已知悉應暫緩，仍提出申請", self.one(tree, "#check_teacher_ed"))
        self.confirm(tree)
        self.assertEqual(self.mine.state, "submitted")

    # What is submitted is what was saved and seen (D10)

    def submissions(self):
        return self.env[EVENT].search_count(
            [("application_id", "=", self.mine.id), ("action", "=", "submit")]
        )

    def test_D10_ticks_that_differ_from_the_saved_ones_do_not_reach_the_check_page(self):
        self.drafted()
        tree = self.to_check("0733")
        self.assertEqual(self.answer.status_code, 422)
        self.assertIn("目前畫面與暫存內容不同", self.told(tree))
        self.assertEqual(set(self.mine.tick_ids.ids), set(self.ids(*TICKABLE)))

    def test_D10_an_unsaved_draft_has_no_check_page(self):
        self.press_new()
        answer = self.url_open(f"{self.address}/check")
        self.assertTrue(answer.url.endswith(self.address))

    def test_D10_of_two_tabs_the_second_is_told_that_the_first_has_saved(self):
        self.press_new()
        second = self.page(self.address)
        self.save("0733")
        tree = self.save("0812", tree=second)
        self.assertEqual(self.answer.status_code, 422)
        self.assertIn("另一個頁面已變更暫存內容", self.told(tree))
        self.assertEqual(self.mine.tick_ids.ids, self.ids("0733"))
        self.assertIn("checked", self.boxes(tree)[self.ids("0812")[0]].attrib)
        self.save("0812", tree=tree)
        self.assertEqual(self.mine.tick_ids.ids, self.ids("0812"), "once more, knowing it")

    def test_D10_a_check_page_that_has_aged_submits_nothing(self):
        self.drafted()
        for change in (
            lambda: self.save("0733"),
            lambda: self.student.write({"english_name": "WANG, DA-MING"}),
            lambda: self.enrolment("0655").write({"state": "failed", "score": 60}),
        ):
            tree = self.page(f"{self.address}/check")
            change()
            tree = self.confirm(tree, shortfall_acknowledged="1")
            self.assertEqual((self.answer.status_code, self.mine.state), (422, "draft"))
            self.assertIn("資料已有變動", self.told(tree))
        self.confirm(tree, shortfall_acknowledged="1")
        self.assertEqual(self.mine.state, "submitted")

    def test_D10_a_request_sent_again_is_answered_and_changes_nothing(self):
        """A double click, or a phone that lost the answer on its way."""
        self.drafted()
        tree = self.page(f"{self.address}/check")
        self.confirm(tree)
        before = self.fingerprint()
        again = self.confirm(tree)
        self.see("此申請先前已送出", self.one(again, "#submitted"))
        self.assertEqual(self.fingerprint(), before)
        self.assertEqual(self.submissions(), 1)

    def test_D10_saving_twice_is_saving_once(self):
        self.press_new()
        tree = self.page(self.address)
        self.save("0733", tree=tree)
        before = self.fingerprint()
        self.save("0733", tree=tree)
        self.assertIn("told=saved", self.answer.url)
        self.assertEqual(self.fingerprint(), before)

    def test_D25_before_submission_the_button_of_the_slip_explains_itself(self):
        self.drafted()
        tree = self.page(LIST)
        self.assertEqual(tree.cssselect(f"article a[href='{self.address}/slip']"), [])
        self.one(tree, "article a[href='/my/graduation/slip']")
        self.see("尚未送出本學期申請", self.page("/my/graduation/slip"))

    def test_I8_application_and_both_reviews_are_three_states(self):
        self.submitted()
        record = self.mine
        states = (record.state, record.first_review, record.second_review)
        self.assertEqual(states, ("submitted", "pending", "pending"))

    def test_I11_after_the_close_a_draft_is_told_so_and_not_submitted(self):
        self.drafted()
        tree = self.page(f"{self.address}/check")
        with freeze_time("2025-11-21 16:01:00"):  # a minute past midnight in Taipei
            self.enter(self.account)
            before = self.fingerprint()
            answer = self.confirm(tree)
            self.assertEqual((self.answer.status_code, self.fingerprint()), (422, before))
            self.see("114-11-21", self.one(answer, "#problems"))
