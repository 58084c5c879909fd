"""Students 2 to 13 of the sample, each doing in a browser what it is in the sample for.

Anyone who changes something does it as a copy of the sample's student under a number of its own,
so that no other test meets it. Student 1 goes the whole way in test_whole_way.py, and student 6
is asked to wait in test_profile.py.
"""

import re
import unicodedata
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from .copies import Copy, bring_in
from .shell import run
from .test_profile import passport

EXTENDED, PROSPECTIVE, ONE_TERM, NEXT_YEAR = "210941003", "211342001", "211442004", "211041006"
COPIES = {
    "drafter": Copy("210941002", "210941502"),
    "cross": Copy("211342002", "211342502"),
    "summer": Copy("210843001", "210843501"),
    "legacy": Copy("209841009", "209841509"),
    "nameless": Copy("210941004", "210941504"),
    # its own review makes the recognitions
    "lapsed": Copy("210941005", "210941505", without=frozenset({"recognitions"})),
    "lower_year": Copy("210941003", "210941503"),
    "returned": Copy("210941007", "210941507"),
}
"""Whose rows are copied, and under which number, by what the copy is for."""

APPLICATION = "ntue.graduation.application"
DESK = "/odoo/action-ntue_graduation.action_application_desk"
ALL = "/odoo/action-ntue_graduation.action_application_all"
ASSISTANT, REGISTRAR = "ta.srd", "registrar.continuing"
RESILIENT_CITIES = "0522"
"""Offered in 1111, and new in the framework of entry year 110."""


@pytest.fixture(scope="module")
def copies(school, tmp_path_factory):
    """The number of each copy, which may sign in."""
    bring_in(school, tmp_path_factory.mktemp("copies"), *COPIES.values())
    return {purpose: copy.own for purpose, copy in COPIES.items()}


@pytest.fixture
def evening(school):
    """The evening window, to be closed; it is open again afterwards."""
    before = []

    def close():
        before.append(run(school, "last_day", DAY="-1"))

    yield close
    for day in before:
        run(school, "last_day", DAY=day)


# At the student's pages


def begins(student, *ticks):
    """新增, and these courses ticked."""
    student.page.goto("/my/graduation")
    student.page.click("main button:has-text('新增')")
    student.page.locator("body[is-ready=true] #ntue_expected").wait_for()
    tick(student, *ticks)


def box(student, number):
    return student.page.locator(f".o_ntue_tick:has-text('〔{number}〕') input[name=tick]")


def tick(student, *numbers):
    """Tick these courses and no other."""
    ticked = student.page.locator("input[name=tick]:checked")
    while ticked.count():
        ticked.first.uncheck()
    for number in numbers:
        box(student, number).check()


def saves(student):
    student.page.click("main button:has-text('暫存')")
    student.page.wait_for_url("**told=saved")


def goes_to_check(student):
    student.page.click("main button:has-text('送出申請')")
    student.page.wait_for_url("**/check")


def confirms(student):
    student.page.click("main button:has-text('確認送出')")
    student.page.wait_for_url("**/my/graduation?submitted=1&term=1141")


def submits(student, *ticks):
    begins(student, *ticks)
    saves(student)
    goes_to_check(student)
    confirms(student)


def verdict(student):
    """What the panel says to “May I apply?”: yes, careful or no."""
    return student.page.locator("#may_i").get_attribute("data-verdict")


def condition(student, key):
    return student.page.locator(f"[data-condition={key}]").inner_text()


def progress(student):
    student.page.goto("/my/progress")
    return student.page


def slip(student):
    """The text of the slip of this term."""
    student.page.goto("/my/graduation")
    address = student.page.locator("article a[href$='/slip']").first.get_attribute("href")
    pages = PdfReader(BytesIO(student.context.request.get(address).body())).pages
    text = "".join(page.extract_text() for page in pages)
    return "".join(unicodedata.normalize("NFKC", text).split())


# At the desks


def ask(person, model, method, *args, **kwargs):
    """What the server answers this person's browser."""
    params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
    answer = person.context.request.post(
        f"/web/dataset/call_kw/{model}/{method}",
        data={"jsonrpc": "2.0", "id": 1, "method": "call", "params": params},
    )
    return answer.json()


def listed(person, desk, number):
    """Whether a list of applications has a row of this student."""
    person.page.goto(desk)
    person.page.locator(".o_data_row, .o_view_nocontent").first.wait_for()
    rows = person.page.locator(".o_data_row td[name=student_id]").all_inner_texts()
    return number in [row.split()[0] for row in rows]


def opens(person, number):
    """The application of this student, as its paper leads there."""
    person.page.goto(f"/graduation/slip/1141-{number}-1")
    person.page.wait_for_selector(f".o_form_view:has-text('1141-{number}')")
    return person.page


def clears(registrar, number):
    """The desk of the second review is as it was for the tests that follow."""
    domain = [("student_id.student_no", "=", number)]
    found = ask(registrar, APPLICATION, "search", domain)["result"]
    for method, arguments in (
        ("write", [found, {"review_reason": "測試結束"}]),
        ("action_fail_second", [found]),
    ):
        assert "error" not in ask(registrar, APPLICATION, method, *arguments)


# 2 to 13


def test_02_a_draft_is_seen_by_neither_assistant_nor_registrar_anywhere(enter, copies):
    number = copies["drafter"]
    student = enter(number)
    begins(student)
    saves(student)
    draft = int(student.page.url.split("?")[0].rsplit("/", 1)[1])
    for login in (ASSISTANT, REGISTRAR):
        staff = enter(login)
        for desk in (DESK, ALL):
            assert not listed(staff, desk, number)
        for model, domain in (
            (APPLICATION, [("id", "=", draft)]),
            (APPLICATION, [("student_id.student_no", "=", number)]),
            (f"{APPLICATION}.line", [("application_id", "=", draft)]),
            ("ntue.graduation.event", [("application_id", "=", draft)]),
            ("ntue.graduation.correspondence", [("application_id", "=", draft)]),
            ("mail.activity", [("res_model", "=", APPLICATION), ("res_id", "=", draft)]),
            ("ir.attachment", [("res_model", "=", APPLICATION), ("res_id", "=", draft)]),
        ):
            assert ask(staff, model, "search_count", domain)["result"] == 0, (login, model)
        assert staff.context.request.get(f"/graduation/slip/1141-{number}-1").status == 404


def test_03_an_extended_student_who_never_applied_sees_every_late_term_waiting(enter):
    student = enter(EXTENDED)
    page = student.page
    page.goto("/my/graduation")
    rows = page.locator("article")
    heads = rows.locator("h2").all_inner_texts()
    assert [head.split()[-1] for head in heads] == [
        *("114-1", "113-2", "113-1"),
        *("112-2", "111-2", "111-1"),
    ]  # from the fifth enrolled term on; 112-1 was on leave
    for row in rows.all():
        expect(row.locator("[data-cell=date]")).to_have_text("", use_inner_text=True)
        cells = [row.locator(f"[data-cell={name}]").inner_text() for name in ("first", "second")]
        assert cells == ["待審核", "待審核"]
    assert "10 學期" in condition(student, "enrolled")
    assert verdict(student) == "yes"
    expect(page.locator("[data-deferral]")).to_contain_text("延畢限以紙本申請", use_inner_text=True)
    student.picture("50-extended")


def test_04_a_prospective_graduate_who_never_applied_finds_nothing_and_may_apply(enter):
    student = enter(PROSPECTIVE)
    student.page.goto("/my/graduation")
    expect(student.page.locator("[data-empty]")).to_have_text("查無資料", use_inner_text=True)
    expect(student.page.locator("article")).to_have_count(0)
    assert verdict(student) == "yes"
    expect(student.page.locator("main button:has-text('新增')")).to_be_visible()
    expect(student.page.locator("[data-deferral]")).to_have_count(0)


def test_05_a_third_course_from_elsewhere_and_one_without_approval_are_refused(enter, copies):
    student = enter(copies["cross"])
    page = student.page
    begins(student, "0531", "0665")
    expect(page.locator(".o_ntue_cap .o_ntue_used")).to_have_text("2", use_inner_text=True)
    saves(student)
    box(student, "0813").check()
    expect(page.locator(".o_ntue_cap")).to_have_class(re.compile("o_ntue_over$"))
    page.click("main button:has-text('暫存')")
    expect(page.locator("#problems")).to_contain_text("上限為 2 科", use_inner_text=True)
    student.picture("51-third-course")
    expect(page.locator("#ntue_expected")).to_have_text("27", use_inner_text=True)
    unapproved = page.locator(".o_ntue_tick:has-text('公民社會與教育專題')")
    assert unapproved.locator("input[name=tick]").is_disabled()
    expect(unapproved).to_contain_text("不能勾選：系所未事先核准", use_inner_text=True)
    page.goto(page.url.removesuffix("/save"))
    saved = [box(student, number).is_checked() for number in ("0531", "0665", "0813", "0551")]
    assert saved == [True, True, False, False]


def test_07_in_the_summer_programs_sixth_year_deferral_is_on_paper_and_there_are_no_areas(
    enter, copies
):
    student = enter(copies["summer"])
    page = progress(student)
    expect(page.locator("[data-area]:not([data-area=''])")).to_have_count(0)
    expect(page.locator("[data-area='']")).to_be_visible()
    expect(page.locator("[data-block=totals]")).to_be_visible()
    page.goto("/my/graduation")
    assert "第 6 年" in condition(student, "limit")
    expect(page.locator("[data-deferral]")).to_contain_text("延畢限以紙本申請", use_inner_text=True)
    begins(student)
    sums = page.locator("[data-block=sums]").inner_text().split()
    assert sums[:2] == ["必修", "10"]
    expect(page.locator("[data-block=areas], [data-block=by_area]")).to_have_count(0)
    student.picture("52-without-areas")


def test_08_of_an_early_entry_year_all_is_for_reference_until_checked_by_hand(enter, copies):
    number = copies["legacy"]
    student = enter(number)
    expect(progress(student).locator("main")).to_contain_text("僅供參考", use_inner_text=True)
    begins(student)
    expect(student.page.locator("[data-block=legacy]")).to_contain_text(
        "僅供參考", use_inner_text=True
    )
    student.picture("53-legacy")
    saves(student)
    goes_to_check(student)
    confirms(student)
    assert "98學年度以前資料僅供參考" in slip(student)
    page = opens(enter(ASSISTANT), number)
    page.click("button[name=action_receive_paper]:visible")
    page.click("button[name=action_pass_first]:visible")
    dialog = page.locator(".modal-dialog")
    expect(dialog).to_contain_text("僅供參考", use_inner_text=True)
    dialog.locator("button.btn-primary").click()
    page.check("[name=hand_checked] input")
    page.click("button[name=action_pass_first]:visible")
    page.wait_for_selector("button[name=action_pass_first]", state="detached")
    clears(enter(REGISTRAR), number)


def test_09_with_one_enrolled_term_there_is_no_new_application_and_an_office_to_ask(enter):
    student = enter(ONE_TERM)
    student.page.goto("/my/graduation")
    assert verdict(student) == "no"
    told = condition(student, "enrolled")
    assert "您已在學 1 學期，至少需 2 學期" in told
    assert "課程與教學傳播科技研究所助教 分機 50201" in told
    expect(student.page.locator("main button:has-text('新增')")).to_have_count(0)


def test_10_without_english_name_nothing_is_submitted_then_the_alias_is_with_its_copy(
    enter, copies
):
    student = enter(copies["nameless"])
    page = student.page
    begins(student)
    saves(student)
    goes_to_check(student)
    expect(page.locator("#problems")).to_contain_text("英文姓名為空白", use_inner_text=True)
    expect(page.locator("main button:has-text('確認送出')")).to_have_count(0)
    page.click("#check_english_name a")
    page.fill("#profile_english_name", "cheng,hsiao-yun")
    page.check("#profile_use_alias")
    page.fill("#profile_alias_name", "cheng, cloud")
    page.click("button[value=save]")
    page.wait_for_selector("#profile_passport_copy_error")
    page.set_input_files("#profile_passport_copy", passport())
    page.click("button[value=save]")
    page.wait_for_url("**/check")
    expect(page.locator("#check_alias_name")).to_contain_text("CHENG, CLOUD", use_inner_text=True)
    student.picture("54-alias")
    confirms(student)
    assert "CHENG,HSIAO-YUN" in slip(student)
    assert "CHENG,CLOUD" in slip(student)


def test_11_a_lapsed_application_stays_to_be_read_and_its_ticks_are_not_carried_over(
    school, enter, copies
):
    number = copies["lapsed"]
    assert run(school, "lapsed", STUDENT=number) == "lapsed"
    student = enter(number)
    page = student.page
    page.goto("/my/graduation")
    row = page.locator("article[data-term='1132']")
    expect(row).to_contain_text("已失效", use_inner_text=True)
    expect(row.locator("[data-cell=first]")).to_have_text("通過", use_inner_text=True)
    student.picture("55-lapsed")
    row.locator("a:has-text('檢視')").click()
    page.wait_for_selector(".o_ntue_ticked")
    expect(page.locator(".o_ntue_ticked")).to_have_count(2)
    expect(page.locator("main button:has-text('暫存')")).to_have_count(0)
    begins(student)
    expect(page.locator("input[name=tick]")).to_have_count(2)
    expect(page.locator("input[name=tick]:checked")).to_have_count(0)
    expect(page.locator("#ntue_expected")).to_have_text("28", use_inner_text=True)
    for each in page.locator(".o_ntue_tick").all():
        expect(each).to_contain_text("1132", use_inner_text=True)
    student.picture("56-hint-of-1132")


def test_12_a_course_new_in_a_later_entry_year_is_wine_red_until_it_is_mapped(enter, copies):
    own = progress(enter(NEXT_YEAR)).locator("[data-area=C] .o_ntue_blue")
    expect(own.filter(has_text=RESILIENT_CITIES)).to_have_count(1)
    number = copies["lower_year"]
    student = enter(number)
    course = progress(student).locator("[data-block=cross] .o_ntue_wine")
    expect(course.filter(has_text=RESILIENT_CITIES)).to_have_count(1)
    student.picture("57-lower-year")
    submits(student)
    maps_it_to_c(enter(ASSISTANT), number)
    area = progress(student).locator("[data-area=C]")
    expect(area.locator(".o_ntue_taken").filter(has_text=RESILIENT_CITIES)).to_have_count(1)
    expect(student.page.locator(".o_ntue_wine").filter(has_text=RESILIENT_CITIES)).to_have_count(0)
    student.picture("58-mapped")
    clears(enter(REGISTRAR), number)


def maps_it_to_c(assistant, number):
    page = opens(assistant, number)
    line = f"{APPLICATION}.line"
    domain = [("student_id.student_no", "=", number), ("offering_no", "=", RESILIENT_CITIES)]
    (row,) = ask(assistant, line, "search_read", domain, ["curriculum_id"])["result"]
    domain = [("curriculum_id", "=", row["curriculum_id"][0]), ("code", "=", "C")]
    (area,) = ask(assistant, "ntue.curriculum.area", "search", domain)["result"]
    vals = {"decision": "mapped", "mapped_area_id": area}
    assert ask(assistant, line, "write", [row["id"]], vals)["result"]
    page.reload()
    page.click("button[name=action_receive_paper]:visible")
    page.click("button[name=action_pass_first].btn-primary:visible")
    page.wait_for_selector("button[name=action_pass_first]", state="detached")


def test_13_returned_after_the_close_it_is_submitted_again_within_a_deadline_of_its_own(
    enter, copies, evening
):
    number = copies["returned"]
    student = enter(number)
    submits(student, "0352")
    evening()
    page = opens(enter(ASSISTANT), number)
    page.click("button:has-text('退回修正')")
    page.fill(".modal-dialog [name=reason] input", "請補勾選社會統計與資料分析")
    page.click(".modal-dialog button[name=action_confirm]")
    page.wait_for_selector(".modal-dialog", state="detached")
    page = student.page
    page.goto("/my/graduation")
    row = page.locator("article[data-term='1141']")
    expect(row).to_contain_text("請補勾選社會統計與資料分析", use_inner_text=True)
    student.picture("59-returned")
    row.locator("a:has-text('繼續填寫')").click()
    tick(student, "0352", "0816")
    saves(student)
    goes_to_check(student)
    confirms(student)
    expect(page.locator("#submitted")).to_contain_text(f"1141-{number}", use_inner_text=True)
