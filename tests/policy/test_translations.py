"""The translation into Chinese of Taiwan: complete, whole, and in the notice's own words.

Reads i18n/ of every addon and its source; `tools/translations` renews the files.
"""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import polib
import pytest

ADDONS = Path(__file__).parents[2] / "addons"
NAMES = sorted(
    manifest.parent.name
    for manifest in ADDONS.glob("ntue_*/__manifest__.py")
    if list(manifest.parent.rglob("*.xml"))
)

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PYTHON_PLACE = re.compile(r"%(?:\(\w+\))?[-+# 0-9.]*[sdifr%]")
QWEB_PLACE = re.compile(r"\{\{.*?\}\}|#\{.*?\}")
TAG = re.compile(r"<[^>]+>")
JAVASCRIPT_TERM = re.compile(r"""\b_t\(\s*(["'`])((?:\\.|(?!\1).)*)\1""", re.DOTALL)

THE_SAME_IN_CHINESE = {
    "object.after_id.code": "a Python expression that Odoo exports with the report",
    "object._slip_name()": "a Python expression that Odoo exports with the report",
    "object.student_no": "a Python expression that Odoo exports with the report",
    "SRD-E-109": "an example of a code",
    "1141-210941001": "an example of a slip's number",
    "210941001": "an example of a student number",
}

MAINLAND = "數據 信息 用戶 默認 郵箱 打印 網絡 軟件 保存 文件夾 賬號 點擊 鼠標 字符 視圖 菜單 助理"
"""Words that the school does not use: it says 資料, 訊息, 使用者, 預設, 信箱, 列印, 儲存, 助教."""

NOTICE = (
    # number in docs/requirements.md, addon, source, the notice's word
    ("086", "ntue_curriculum", "Study progress", "修業進度管制"),
    ("088", "ntue_curriculum", "Course category", "課程類別"),
    ("088", "ntue_curriculum", "Major", "主修"),
    ("098", "ntue_curriculum", "Minimum credits", "最低應修學分數"),
    ("098", "ntue_curriculum", "Credits taken", "實修學分數"),
    ("103", "ntue_curriculum", "Courses from elsewhere", "所際及校際選課"),
    ("105", "ntue_curriculum", "Flexible courses", "彈性課程"),
    ("106", "ntue_curriculum", "Credits earned", "實得學分數"),
    ("106", "ntue_curriculum", "Minimum credits to graduate", "最低修習學分數"),
    ("099", "ntue_curriculum", "Not completed", "未修畢"),
    ("111", "ntue_curriculum", "Credit difference", "差異學分"),
    ("032", "ntue_curriculum", "Student profile", "學生基本資料"),
    ("043", "ntue_curriculum", "Passport copy", "護照影本"),
    ("016", "ntue_graduation", "Please do not apply yet.", "請暫勿提出畢業資格申請。"),
    ("019", "ntue_graduation", "Office of Teacher Education", "師資培育處"),
    ("086", "ntue_graduation", "Graduation application", "畢業資格申請"),
    ("099", "ntue_graduation", "Area met", "已修畢"),
    ("118", "ntue_graduation", "Waiting for review", "待審核"),
    ("121", "ntue_graduation", "No records found.", "查無資料"),
    ("122", "ntue_graduation", "New application", "新增"),
    ("126", "ntue_graduation", "First review", "初審"),
    ("126", "ntue_graduation", "Second review", "複審"),
    ("143", "ntue_graduation", "Credits by area", "各領域修課學分清單"),
    ("145", "ntue_graduation", "Leave without applying", "離開"),
    ("146", "ntue_graduation", "Save draft", "暫存"),
    ("147", "ntue_graduation", "Print the draft slip", "列印審核確認單"),
    ("154", "ntue_graduation", "Submit application", "送出申請"),
    ("162", "ntue_graduation", "Print the slip", "主修畢業學分審核確認單"),
    ("D24", "ntue_graduation", "Draft saved", "暫存"),
    ("D24", "ntue_graduation", "Submitted", "已送出"),
    ("D24", "ntue_graduation", "Lapsed", "已失效"),
    ("D24", "ntue_graduation", "Returned for correction", "退回修正"),
)


@cache
def terms_of(addon, name):
    file = ADDONS / addon / "i18n" / name
    assert file.exists(), f"{addon} has no {name}: run tools/translations"
    return polib.pofile(str(file))


def translation(addon):
    return terms_of(addon, "zh_TW.po")


def template(addon):
    return terms_of(addon, f"{addon}.pot")


def faults(check):
    """The terms on which ``check`` has something to say, with what it says."""
    return [
        f"{addon}: {term.msgid!r} → {term.msgstr!r}: {fault}"
        for addon in NAMES
        for term in translation(addon)
        if (fault := check(term))
    ]


def is_chinese_already(text):
    return bool(CHINESE.search(text)) and not re.search("[a-z]", text)


def python_terms(addon):
    """The texts that Python marks for translation: ``env._("…")`` and ``_("…")``."""
    for file in sorted((ADDONS / addon).rglob("*.py")):
        if "tests" in file.relative_to(ADDONS).parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            text = node.args[0]
            if called in ("_", "_lt") and isinstance(text, ast.Constant):
                yield text.value


def javascript_terms(addon):
    for file in sorted((ADDONS / addon / "static").rglob("*.js")):
        for match in JAVASCRIPT_TERM.finditer(file.read_text()):
            yield match[2]


@pytest.mark.parametrize("addon", NAMES)
def test_the_template_holds_every_text_that_the_code_marks(addon):
    exported = {term.msgid for term in template(addon)}
    marked = [*python_terms(addon), *javascript_terms(addon)]
    forgotten = sorted(set(marked) - exported)
    assert not forgotten, "run tools/translations"


@pytest.mark.parametrize("addon", NAMES)
def test_the_translation_has_the_terms_of_the_template_and_no_others(addon):
    wanted = [term.msgid for term in template(addon)]
    assert [term.msgid for term in translation(addon)] == wanted, "run tools/translations"
    assert not translation(addon).obsolete_entries()


def test_every_term_is_translated():
    assert faults(lambda term: "" if term.msgstr.strip() else "empty") == []


def test_a_term_of_the_code_is_marked_as_one():
    """Without the mark Odoo does not find the sentence, and it stays in English."""
    marks = {".py": "odoo-python", ".js": "odoo-javascript", ".xml": "odoo-javascript"}

    def unmarked(term):
        files = [Path(file) for file, _line in term.occurrences if file.startswith("code:")]
        missing = {marks[file.suffix] for file in files} - set(term.comment.split())
        return ", ".join(sorted(missing))

    assert faults(unmarked) == []


def test_no_translation_is_fuzzy():
    assert faults(lambda term: "fuzzy" if term.fuzzy else "") == []


def test_placeholders_are_the_same_on_both_sides():
    def differ(term):
        for pattern in (PYTHON_PLACE, QWEB_PLACE, TAG):
            if Counter(pattern.findall(term.msgid)) != Counter(pattern.findall(term.msgstr)):
                return "places or tags differ"
        positions = [re.findall("%s", side) for side in (term.msgid, term.msgstr)]
        return "%s differ" if positions[0] != positions[1] else ""

    assert faults(differ) == []


def test_nothing_is_left_in_english():
    def left(term):
        known = term.msgid in THE_SAME_IN_CHINESE or is_chinese_already(term.msgid)
        return "as in English" if term.msgstr == term.msgid and not known else ""

    assert faults(left) == []


def test_the_list_of_terms_that_stay_the_same_holds_no_dead_ones():
    all_terms = {term.msgid for addon in NAMES for term in translation(addon)}
    assert set(THE_SAME_IN_CHINESE) <= all_terms


def test_chinese_sentences_have_full_width_punctuation():
    half_width = re.compile(r"(?<=[\u4e00-\u9fff」）])[,;:?!]|(?<=[\u4e00-\u9fff」）])\.(?!\w)")
    assert faults(lambda term: half_width.search(term.msgstr) and "half-width mark") == []


def test_the_words_are_those_of_taiwan():
    assert faults(lambda term: next((w for w in MAINLAND.split() if w in term.msgstr), "")) == []


def test_no_sentence_for_both_divisions_speaks_of_the_office_of_one():
    """註冊組 is the office of the day division alone; the other one's is 進修教育中心."""
    named = {
        term.msgid for addon in NAMES for term in translation(addon) if "註冊組" in term.msgstr
    }
    assert named == {"Registrar's office"}


@pytest.mark.parametrize(("number", "addon", "source", "word"), NOTICE)
def test_labels_are_the_words_of_the_notice(number, addon, source, word):
    term = translation(addon).find(source)
    assert term is not None, f"{number}: {source!r} is not in {addon} any more"
    assert term.msgstr == word


@pytest.mark.parametrize("addon", NAMES)
def test_the_files_say_nothing_of_the_machine_or_the_day_they_were_made(addon):
    for file in (ADDONS / addon / "i18n").glob("*.po*"):
        text = file.read_text()
        assert "POT-Creation-Date" not in text
        assert "PO-Revision-Date" not in text
        assert str(ADDONS.parent) not in text
        assert not re.search(r"^#: \S*code:/", text, re.MULTILINE)
