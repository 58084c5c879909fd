"""The registrar's whole way through an import: refused, mended, looked at, done, and kept."""

import csv
import io

import openpyxl
from playwright.sync_api import expect

from .copies import Copy, bring_in, write
from .shell import begin, import_files, run

REGISTRAR = "registrar.continuing"
ORIGINAL, OWN = "209841009", "209870001"
STUDENTS = "/odoo/action-ntue_curriculum.action_student"
RECORDS = "/odoo/action-ntue_curriculum.action_import_record"
CONFLICTS = "/odoo/action-ntue_curriculum.action_import_conflict"
DIALOG = ".modal:has(.o_form_view)"
MARKED = "00F8CBAD"
"""The fill of a cell with an error."""


def rows_of(folder):
    with (folder / "enrollments.csv").open(encoding="utf-8-sig") as text:
        return list(csv.DictReader(text))


def changed(folder, rows, score):
    """The first enrolment with another score, in a folder of its own."""
    folder.mkdir()
    write(folder, "enrollments", [{**rows[0], "成績": score}, *rows[1:]])
    return folder / "enrollments.csv"


def long_file(folder, rows, score):
    """The first enrolment with another score, in a file that is the server's work."""
    file = changed(folder, rows, score)
    with file.open("a", encoding="utf-8") as text:
        text.writelines([" " * 199 + "\n"] * 11_000)  # blank rows at the end are no rows
    return file


def open_import(page):
    """The dialog of the import, from the menu."""
    page.goto(STUDENTS)
    page.locator(".o_menu_sections button", has_text="設定").click()
    page.locator(".o-dropdown--menu .dropdown-item", has_text="匯入檔案").click()
    page.locator(f"{DIALOG} button[name=action_check]").first.wait_for()


def upload(page, file):
    """Choose a file and wait until the server has it."""
    before = page.locator(f"{DIALOG} .o_attachment").count()
    page.set_input_files(f"{DIALOG} input[type=file]", file)
    expect(page.locator(f"{DIALOG} .o_attachment")).to_have_count(before + 1)


def press(page, name):
    """Press a button, and wait for the dialog that comes in place of this one."""
    page.locator(DIALOG).evaluate("dialog => { dialog.dataset.old = 1 }")
    page.locator(f"{DIALOG} button[name={name}]:visible").first.click()
    page.locator(f"{DIALOG}:not([data-old])").wait_for()


def said(page, kind, words):
    """Wait until the dialog says so."""
    expect(page.locator(f"{DIALOG} .alert-{kind}:visible", has_text=words).first).to_be_visible()


def mended(book, file):
    """The workbook of findings with the marked score put right, saved to be uploaded."""
    marked = [one for one in book["enrollments"][2] if one.fill.fgColor.rgb == MARKED]
    (cell,) = [one for one in marked if one.value == "185"]
    cell.value = "61"
    book.save(file)
    return file


def test_a_refused_file_is_mended_looked_at_and_imported_and_all_of_it_is_kept(
    school, enter, tmp_path
):
    bring_in(school, tmp_path, Copy(ORIGINAL, OWN))
    bad = changed(tmp_path / "bad", rows_of(tmp_path), "185")

    person = enter(REGISTRAR)
    page = person.page
    open_import(page)
    upload(page, bad)
    press(page, "action_check")
    said(page, "danger", "錯誤")
    expect(page.locator(f"{DIALOG} .badge.text-bg-danger")).to_have_count(1)
    person.picture("60-import-refused")
    press(page, "action_import")
    said(page, "danger", "錯誤")
    with page.expect_download() as download:
        page.locator(f"{DIALOG} a[href*=findings_book]").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    good = mended(book, tmp_path / "findings.xlsx")

    page.locator(f"{DIALOG} .o_attachment .o_attachment_delete").click()
    expect(page.locator(f"{DIALOG} .o_attachment")).to_have_count(0)
    upload(page, good)
    press(page, "action_check")
    said(page, "success", "尚未匯入")
    expect(page.locator(f"{DIALOG} a[name=repairs]")).to_have_count(0)  # nothing is left to mend
    panel = page.locator(f"{DIALOG} div[name=panel]")
    expect(panel).to_contain_text("→ 61")
    expect(panel).to_contain_text(OWN)
    person.picture("61-import-preview")
    press(page, "action_import")
    said(page, "success", "已匯入")
    person.picture("62-import-done")

    page.goto(RECORDS)
    rows = page.locator(".o_data_row")
    expect(rows.nth(2)).to_contain_text("退回")
    person.picture("63-import-records")
    rows.first.locator("td[name=started_at]").click()
    page.locator(".o_form_view").wait_for()
    person.picture("64-import-record")
    page.locator(".o_form_view button", has_text="變更").first.click()
    entry = page.locator(".o_data_row", has_text=OWN)
    expect(entry).to_contain_text("61")
    person.picture("65-import-changed")


def test_a_long_file_is_the_servers_work_and_its_page_says_what_came_of_it(school, enter, tmp_path):
    own = "209870003"
    bring_in(school, tmp_path, Copy(ORIGINAL, own))
    file = long_file(tmp_path / "long", rows_of(tmp_path), "62")

    person = enter(REGISTRAR)
    page = person.page
    open_import(page)
    upload(page, file)
    page.locator(f"{DIALOG} button[name=action_check]:visible").first.click()
    page.locator(".o_form_view button[name=action_dialog]").wait_for()
    expect(page.locator(".o_form_view div[name=state]")).to_contain_text("已檢查")
    person.picture("67-import-job")
    page.click("button[name=action_dialog]")
    said(page, "success", "尚未匯入")
    page.locator(f"{DIALOG} button[name=action_import]:visible").first.click()
    expect(page.locator(".o_form_view div[name=state]")).to_contain_text("已匯入")


def test_a_long_import_that_a_person_stops_is_told_as_stopped_and_not_as_broken_off(
    school, enter, tmp_path
):
    own = "209870004"
    bring_in(school, tmp_path, Copy(ORIGINAL, own))
    page = (person := enter(REGISTRAR)).page
    open_import(page)
    upload(page, long_file(tmp_path / "long", rows_of(tmp_path), "63"))
    holder = begin(school, "holds_imports")
    try:
        assert any(line.strip() == "holding" for line in holder.stdout)
        page.locator(f"{DIALOG} button[name=action_import]:visible").first.click()
        state = page.locator(".o_form_view div[name=state]")
        expect(state).to_contain_text("執行中")
        page.click("button[name=action_stop]")
        with page.expect_response(lambda one: "action_stop" in one.url) as stopped:
            page.locator(".modal .btn-primary").click()
        assert stopped.value.ok
    finally:
        holder.kill()
        holder.wait()
    expect(state).to_contain_text("由人員停止")
    person.picture("68-import-stopped")
    assert run(school, "scores", NUMBER=own, SCORE="63") == 0


def test_a_conflict_is_decided_where_the_import_lists_it(school, enter, tmp_path):
    bring_in(school, tmp_path, Copy(ORIGINAL, "209870002"))
    school.shell.output(
        school.checkout.root / "tests/e2e/scripts/corrected.py", NUMBER="209870002", LOGIN=REGISTRAR
    )
    school.run("ntue_import", str(tmp_path))
    person = enter(REGISTRAR)
    page = person.page
    page.goto(CONFLICTS)
    row = page.locator(".o_data_row", has_text="209870002")
    expect(row).to_have_count(1)
    person.picture("65-conflicts")
    row.locator("td[name=found_at]").click()
    page.locator("div[name=decision_reason] input").fill("以教師成績單為準")
    person.picture("66-conflict")
    page.click("button[name=action_keep]")
    expect(page.locator("button[name=action_keep]")).to_have_count(0)


def test_a_conflict_is_not_decided_on_what_a_later_file_says_otherwise(school, enter, tmp_path):
    own = "209870005"
    bring_in(school, tmp_path, Copy(ORIGINAL, own))
    rows = rows_of(tmp_path)
    corrected = school.checkout.root / "tests/e2e/scripts/corrected.py"
    school.shell.output(corrected, NUMBER=own, LOGIN=REGISTRAR)
    import_files(school, tmp_path)
    page = (person := enter(REGISTRAR)).page
    page.goto(CONFLICTS)
    page.locator(".o_data_row", has_text=own).locator("td[name=found_at]").click()
    page.locator("div[name=decision_reason] input").fill("以教師成績單為準")
    (later := tmp_path / "later").mkdir()
    write(later, "enrollments", [{**row, "成績": row["成績"] and "71"} for row in rows])
    import_files(school, later)
    page.click("button[name=action_take]")
    told = page.locator(".modal", has_text="您開啟本頁後資料已有變動")
    expect(told).to_be_visible()
    person.picture("69-conflict-changed-since")
    page.reload()
    expect(page.locator("div[name=changes_text]")).to_contain_text("71")
    page.click("button[name=action_take]")
    expect(page.locator("button[name=action_take]")).to_have_count(0)
    expect(page.locator("div[name=state]")).to_contain_text("已採用檔案的值")


def test_of_two_imports_at_once_one_is_refused_in_words_and_tried_again_sees_the_first(
    school, tmp_path
):
    write(tmp_path, "terms", [{"學年期": "1301", "開始日": "130-08-01", "結束日": "131-01-31"}])
    told = run(school, "two_imports", FOLDER=tmp_path)
    assert told["first"] == {"ok": True, "created": 1, "nothing_changes": False}
    assert "匯入" in told["meanwhile"] or "import" in told["meanwhile"]
    assert told["second"] == {"ok": True, "created": 0, "nothing_changes": True}
