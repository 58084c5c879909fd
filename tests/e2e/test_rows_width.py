"""What is decided on a course is read whole at every width, in one session that is made wider."""

import re

from .conftest import keep
from .shell import run

WIDTHS = (390, 768, 1280, 1440, 1600, 1920)
FORM = "/odoo/action-ntue_graduation.action_application_desk/{}"
REFUSED = {
    "course": "跨領域人工智慧與永續發展教育專題研究暨實作工作坊（一）",
    "credits": "（2.5）",
    "origin": "他系所",
    "score": "成績 87",
    "decision": "不採計",
    "reason": "與本系必修科目內容重複，且授課大綱未達碩士班程度，經系課程會議決議不予採計。",
}
"""What the refused row shows, in the words of the page."""

UNDECIDED = {
    **{name: REFUSED[name] for name in ("course", "credits", "origin", "score")},
    "decision": "待決定",
    "button": "認列",
}

HIDDEN_PARTS = """(asked) => {
    // Where the words are on the screen, and whether any box around them cuts a part of them off.
    const holder = document.querySelector("div[name=outside_line_ids]");
    const kinds = ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)";
    const blocks = [...holder.querySelectorAll(kinds)];
    const cut = (box, block) => {
        if (box.left < 0 || box.right > innerWidth + 0.5 || !box.width || !box.height) {
            return true;
        }
        for (let around = block; around !== document.body; around = around.parentElement) {
            if (getComputedStyle(around).overflowX !== "visible") {
                const edge = around.getBoundingClientRect();
                if (box.left < edge.left - 1 || box.right > edge.right + 1) {
                    return true;
                }
            }
        }
        return false;
    };
    const found = (block, words) => {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const start = node.data.indexOf(words);
            if (start >= 0) {
                const range = document.createRange();
                range.setStart(node, start);
                range.setEnd(node, start + words.length);
                return [...range.getClientRects()].every((box) => !cut(box, node.parentElement));
            }
        }
        return false;
    };
    return asked.flatMap((row, place) =>
        Object.entries(row)
            .filter(([, words]) => !found(blocks[place], words))
            .map(([name]) => `${name} of row ${place}`)
    );
}"""


def shown(page, width):
    """Wait until the form is laid out for ``width``: cards on a phone, a list elsewhere."""
    page.set_viewport_size({"width": width, "height": 900})
    kind = ".o_kanban_record" if width < 768 else ".o_data_row"
    page.wait_for_selector(f"div[name=outside_line_ids] {kind}:has-text('不採計')")


def test_each_row_shows_all_that_is_decided_at_every_width(school, enter):
    (made,) = run(school, "clean_students", FIRST=9700, COUNT=1, STAND="submitted", OUTSIDE="1")
    page = (person := enter("ta.cs")).page
    hidden = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(FORM.format(made))
        shown(page, width)
        hidden[width] = page.evaluate(HIDDEN_PARTS, [REFUSED, UNDECIDED])
        keep(page, person.screens / f"rows-{width}.png")
    assert hidden == {width: [] for width in WIDTHS}


def test_I15_days_on_the_desk_read_in_roc_years(school, enter):
    (made,) = run(school, "clean_students", FIRST=9800, COUNT=1, STAND="submitted")
    page = (person := enter("ta.cs")).page
    page.goto(FORM.format(made))
    page.wait_for_selector("button[name=action_receive_paper]:visible")
    page.click("button[name=action_receive_paper]:visible")
    page.wait_for_selector("button[name=action_receive_paper]", state="hidden")
    days = {
        name: page.locator(f"div[name={name}]").inner_text().strip()
        for name in ("review_due", "paper_received_on", "submitted_at")
    }
    person.picture("roc-days")
    assert all(re.fullmatch(r"1\d\d-\d\d-\d\d( \d\d:\d\d)?", day) for day in days.values()), days
