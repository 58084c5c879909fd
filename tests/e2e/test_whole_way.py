"""Worked student 1 of the sample, from the progress page to a passed second review.

It goes as a copy under a number of its own: other tests look at student 1 before an application.
"""

import subprocess
import unicodedata
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from .axe import serious_faults
from .conftest import Person
from .copies import Copy, bring_in, sample, write
from .shell import import_files
from .test_for_everybody import NARROW

ORIGINAL, STUDENT = "210941001", "210941501"
EMAIL = "student51@example.com"
"""Its own: mail to the student's address is for the copy."""

ASSISTANT, REGISTRAR = "ta.srd", "registrar.continuing"
NUMBER = f"1141-{STUDENT}"
SLIP = "主修畢業學分審核確認單"
DESK = "/odoo/action-ntue_graduation.action_application_desk"
SECOND = "/odoo/action-ntue_graduation.action_application_registrar"


@pytest.fixture
def people(school, windows, screens, tmp_path_factory):
    bring_in(school, tmp_path_factory.mktemp("copy"), Copy(ORIGINAL, STUDENT, {"電子信箱": EMAIL}))
    logins = (STUDENT, ASSISTANT, REGISTRAR)
    found = [Person(school, windows, login, screens) for login in logins]
    yield found
    for person in found:
        person.leave()


def test_a_student_goes_from_progress_to_a_passed_second_review(people, school, tmp_path):
    student, assistant, registrar = people
    looks_at_progress(student)
    saves_a_draft(student)
    listed(assistant, DESK, 0)
    submits(student)
    listed(assistant, DESK, 1)
    asks_the_office(student)
    answers_by_typing_and_sending(assistant)
    reads_the_answer(student)
    scans_the_slip(assistant)
    passes_first_review(assistant)
    assert figure(student, "", "earned") == "30"
    is_refused_while_the_thesis_is_ungraded(registrar)
    grade_the_thesis(school, tmp_path, "70")
    passes_second_review(registrar)
    assert figure(student, "", "earned") == "34"
    student.page.goto("/my/graduation")
    student.picture("07-list-passed")
    row = student.page.locator("article")
    verdicts = [row.locator(f"[data-cell={review}]").inner_text() for review in ("first", "second")]
    assert verdicts == ["通過", "通過"]


def figure(person, area, name):
    """A number of the progress page; an empty area means the whole."""
    person.page.goto("/my/progress")
    section = f"[data-area='{area}']" if area else "[data-block=totals]"
    # An area that is met is folded, with its figures in it.
    return person.page.locator(f"{section} [data-figure={name}]").text_content().strip()


def looks_at_progress(student):
    student.page.goto("/my")
    student.picture("01-home")
    student.page.click("text=修業進度管制")
    student.page.wait_for_url("**/my/progress")
    student.picture("02-progress")
    keep_paper(student, "/my/progress/sheet", "02-sheet")
    student.page.goto("/my/profile")
    student.picture("02-profile")
    student.page.goto("/my/progress")
    areas = {
        area: (figure(student, area, "taken"), figure(student, area, "min")) for area in "ABCD"
    }
    assert areas == {"A": ("6", "6"), "B": ("6", "6"), "C": ("12", "9"), "D": ("4", "4")}
    expect(student.page.locator("[data-area]:has-text('✓')")).to_have_count(4)
    assert (figure(student, "", "taken"), figure(student, "", "earned")) == ("28", "24")
    assert "〔0648〕（1092）環境資源調查與規劃（3）" in student.page.content()
    cross = student.page.locator("[data-block=cross]").inner_text()
    assert "0733" in cross
    assert "0812" in cross


def saves_a_draft(student):
    page = student.page
    page.goto("/my/graduation")
    never_applied = page.locator("article").all_inner_texts()
    assert len(never_applied) == 3  # 1131 to 1141: extended study, situation 2 (118)
    assert all(text.count("待審核") == 2 for text in never_applied)
    student.picture("03-list-never-applied")
    page.click("button:has-text('新增')")
    page.locator("body[is-ready=true] input[name=tick]").first.wait_for()
    boxes = page.locator("input[name=tick]")
    expect(boxes).to_have_count(2)
    expect(page.locator("#ntue_expected")).to_have_text("28", use_inner_text=True)
    for box, total in zip(boxes.all(), ("31", "34"), strict=True):
        box.check()
        expect(page.locator("#ntue_expected")).to_have_text(total, use_inner_text=True)
    page.click("button:has-text('暫存')")
    page.wait_for_url("**told=saved")
    student.picture("04-form-saved")
    text = slip_text(student, "08-slip-draft")
    assert f"{SLIP}（暫存檔）" in text


def submits(student):
    page = student.page
    page.click("button:has-text('送出申請')")
    page.wait_for_url("**/check")
    student.picture("05-check")
    page.click("button:has-text('確認送出')")
    page.wait_for_url("**/my/graduation?submitted=1&term=1141")
    student.picture("05-submitted")
    text = slip_text(student, "09-slip-official")
    assert "暫存檔" not in text
    for words in (
        "WANG, TA-MING",
        EMAIL,
        "〔0648〕（1092）環境資源調查與規劃（3）",
    ):
        assert words in text
    page.goto("/my/graduation")
    page.click("a:has-text('檢視')")
    student.picture("06-submitted-form")
    expect(page.locator("button:has-text('暫存')")).to_have_count(0)


def asks_the_office(student):
    """On a phone; an empty message is told, and what was typed stays."""
    page = student.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.fill("#answer", "請問確認單要交到哪裡？")
    page.click("#answers button[type=submit]")
    page.wait_for_url("**told=written**")
    expect(page.locator("#answers .alert-success")).to_be_visible()
    expect(page.locator("[data-answer='1']")).to_contain_text(
        "請問確認單要交到哪裡？", use_inner_text=True
    )


def answers_by_typing_and_sending(assistant):
    """Odoo's own box proposes the student: nobody has to be looked up."""
    page = assistant.page
    opens(assistant, DESK)
    page.wait_for_selector(".o-mail-Chatter .o-mail-Message:has-text('請問確認單要交到哪裡？')")
    page.click("button.o-mail-Chatter-sendMessage")
    page.wait_for_selector(".o-mail-RecipientsInput:has-text('王大明')")
    assistant.picture("10-answer-composer")
    page.fill(".o-mail-Composer-input", "請交到篤行樓 201 室。")
    page.click(".o-mail-Composer-send:visible")
    page.wait_for_selector(".o-mail-Message:has-text('請交到篤行樓 201 室。')")


def reads_the_answer(student):
    page = student.page
    page.reload()
    told = page.locator("[data-answer='0']")
    expect(told).to_contain_text("請交到篤行樓 201 室。", use_inner_text=True)
    student.picture("10-answered")
    assert serious_faults(page) == []
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


def scans_the_slip(assistant):
    """The address in the QR code opens the application."""
    assistant.page.goto(f"/graduation/slip/{NUMBER}-1")
    assistant.page.wait_for_selector(f".o_form_view:has-text('{NUMBER}')")
    assert "ntue.graduation.application" in assistant.page.url


def keep_paper(student, address, name):
    """The PDF at an address of the student's; its first page is kept as a picture."""
    answer = student.context.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    picture = ["pdftoppm", "-r", "110", "-png", "-singlefile", "-", str(student.screens / name)]
    subprocess.run(picture, input=answer.body(), check=True)
    return answer.body()


def slip_text(student, name):
    """The text of the slip that the student's own link opens; its picture is kept."""
    link = student.page.locator("a[href$='/slip']").first
    assert link.get_attribute("target") == "_blank"
    pages = PdfReader(BytesIO(keep_paper(student, link.get_attribute("href"), name))).pages
    # Extraction gives Kangxi radicals for characters, and any kind of blank.
    text = unicodedata.normalize("NFKC", " ".join(page.extract_text() for page in pages))
    return " ".join(text.replace("(", "（").replace(")", "）").split())


def listed(person, desk, times):
    """A desk lists the application so often: once its rows are there, which may be old ones.

    Odoo's client draws what it remembers first, and what the server answers when that comes.
    """
    page = person.page
    page.goto(desk)
    page.locator(".o_data_row, .o_view_nocontent").first.wait_for()
    expect(page.locator(".o_data_row td[name=student_id]", has_text=STUDENT)).to_have_count(times)


def opens(person, desk):
    listed(person, desk, 1)
    person.page.click(f".o_data_row td[name=student_id]:has-text('{STUDENT}')")
    person.page.wait_for_selector(".o_form_view")


def passes_first_review(assistant):
    page = assistant.page
    opens(assistant, DESK)
    assistant.picture("11-first-review")
    page.click("button[name=action_receive_paper]:visible")
    page.wait_for_selector("button[name=action_pass_first]:visible")
    for remaining in (1, 0):
        page.locator("button[name=action_accept]:visible").first.click()
        page.wait_for_function(
            "n => document.querySelectorAll('button[name=action_accept]').length == n",
            arg=remaining,
        )
    page.click("button[name=action_pass_first].btn-primary:visible")
    page.wait_for_selector("button[name=action_pass_first]", state="detached")
    assistant.picture("12-first-review-passed")


def is_refused_while_the_thesis_is_ungraded(registrar):
    page = registrar.page
    listed(registrar, SECOND, 1)
    opens(registrar, SECOND)
    registrar.picture("13-second-review")
    page.click("button[name=action_pass_second]")
    expect(page.locator(".modal-dialog")).to_contain_text("碩士論文", use_inner_text=True)
    page.click(".modal-dialog button.btn-primary")


def grade_the_thesis(school, folder, score):
    """Import one graded row, as the school's own nightly file would."""
    thesis = next(
        row
        for row in sample(school, "enrollments")
        if row["學號"] == ORIGINAL and row["科目名稱"] == "碩士論文"
    )
    thesis |= {"學號": STUDENT, "成績": score, "成績鎖定": "是", "狀態": ""}
    write(folder, "enrollments", [thesis])
    import_files(school, folder)


def passes_second_review(registrar):
    page = registrar.page
    opens(registrar, SECOND)
    page.click("button[name=action_pass_second]")
    # The next of the list may be one that can pass, too.
    page.wait_for_selector(f".o_ntue_told:has-text('{NUMBER}')")
    registrar.picture("14-second-review-passed")
