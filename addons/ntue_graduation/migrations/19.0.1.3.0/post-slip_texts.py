"""Mail texts of before that asked for too much, or told that there was nothing to do.

What is asked of a student stands below the text of every step, where it holds. Only a text that is
as it was brought is changed, in either language; what a school has written stays.
"""

import re
from typing import NamedTuple

from odoo import SUPERUSER_ID, api

FIELD = re.compile(r'<t\s+t-out="object\.([\w.]+)"\s*(?:/>|>\s*</t>)')
TAG = re.compile(r"<[^>]*>")
BLANK = re.compile(r"\s*<p>\s*</p>")


class Text(NamedTuple):
    """A body as it was brought: all its words, fields in braces; and what of it is said how now."""

    name: str
    lang: str
    whole: str
    changes: dict[str, str]


SLIP = ", print the slip, sign it and hand it to the assistant of your department."
SLIP_ZH = "，再列印確認單、簽名後交給就讀系所助教。"
DEPARTMENT = "Questions: {department_id.shown_name} {department_id.phone}"
DEPARTMENT_ZH = "洽詢：{department_id.shown_name} {department_id.phone}"
STAYS = "If you do not leave this term, there is nothing to do."
STAYS_ZH = "如果您本學期不離校，不需要做任何事。"
SIGNED = (
    "It is complete only with the signed slip: print it, sign it and hand it to the assistant of "
    "your department."
)
SIGNED_ZH = "須繳交簽名的確認單才算完成：請列印、簽名後送交系所助教。"

TEXTS = (
    Text(
        "mail_step_submitted",
        "en_US",
        "Dear {student_id.name}, your graduation application for term {reminder_term} is "
        f"submitted. Its number is {{slip_number}}. {SIGNED} Go to my application {DEPARTMENT}",
        {SIGNED: ""},
    ),
    Text(
        "mail_step_submitted",
        "zh_TW",
        "{student_id.name} 同學您好： 您 {reminder_term} 學期的畢業資格申請已送出，編號為 "
        f"{{slip_number}}。 {SIGNED_ZH} 前往我的申請 {DEPARTMENT_ZH}",
        {SIGNED_ZH: ""},
    ),
    Text(
        "mail_step_returned",
        "en_US",
        "Dear {student_id.name}, your graduation application for term {reminder_term} has been "
        "returned to you for correction: {review_reason} Please correct it, submit it again by "
        f"{{reminder_last_day}}, and hand in the new slip. Go to my application {DEPARTMENT}",
        {"correct it, submit": "correct it and submit", ", and hand in the new slip.": "."},
    ),
    Text(
        "mail_step_returned",
        "zh_TW",
        "{student_id.name} 同學您好： 您 {reminder_term} 學期的畢業資格申請已退回修正： "
        "{review_reason} 請修正後於 {reminder_last_day} 前重新送出，並繳交新的確認單。 "
        f"前往我的申請 {DEPARTMENT_ZH}",
        {"，並繳交新的確認單。": "。"},
    ),
    Text(
        "mail_returned",
        "en_US",
        "Dear {student_id.name}, your graduation application for term {reminder_term} was "
        "returned to you for correction and has not been submitted again. Please correct it, "
        "submit it by {reminder_last_day}, and hand in the new slip. Go to my application "
        f"{DEPARTMENT}",
        {"correct it, submit": "correct it and submit", ", and hand in the new slip.": "."},
    ),
    Text(
        "mail_returned",
        "zh_TW",
        "{student_id.name} 同學您好： 您的 {reminder_term} 學期畢業資格申請已退回修正，"
        "目前尚未重新送出。 請修正後於 {reminder_last_day} 以前重新送出，並繳交新的確認單。 "
        "前往我的申請 聯絡系所：{department_id.shown_name} {department_id.phone}",
        {"，並繳交新的確認單。": "。"},
    ),
    Text(
        "mail_closing",
        "en_US",
        "Dear {student_id.name}, you saved a draft of your graduation application for term "
        "{reminder_term}. It is not submitted yet: nobody but you can see it, and nobody can "
        "review it. Applications are taken until {reminder_last_day}. If you leave this term, "
        f"please submit it by then{SLIP} Go to my application {STAYS}",
        {SLIP: "."},
    ),
    Text(
        "mail_closing",
        "zh_TW",
        "{student_id.name} 同學您好： 您已暫存 {reminder_term} 學期的畢業資格申請，但尚未送出："
        "目前只有您自己看得到，助教無法審核。 申請開放至 {reminder_last_day}。"
        f"如果您要在本學期離校，請在期限內點選「送出申請」{SLIP_ZH} 前往我的申請 {STAYS_ZH}",
        {SLIP_ZH: "。"},
    ),
    Text(
        "mail_last_day",
        "en_US",
        "Dear {student_id.name}, today, {reminder_last_day}, is the last day for graduation "
        "applications of term {reminder_term}. Your draft is saved, but not submitted. If you "
        f"leave this term, please submit it before midnight{SLIP} Go to my application {STAYS}",
        {SLIP: "."},
    ),
    Text(
        "mail_last_day",
        "zh_TW",
        "{student_id.name} 同學您好： 今天（{reminder_last_day}）是 {reminder_term} "
        "學期畢業資格申請的最後一天。您的申請已暫存，但尚未送出。 如果您要在本學期離校，"
        f"請在今天午夜以前點選「送出申請」{SLIP_ZH} 前往我的申請 {STAYS_ZH}",
        {SLIP_ZH: "。"},
    ),
    Text(
        "mail_step_paper",
        "en_US",
        "Dear {student_id.name}, your department has received the signed slip of your graduation "
        "application for term {reminder_term}. The first review follows; there is nothing to do "
        "for you now. Go to my application",
        {"; there is nothing to do for you now.": "."},
    ),
    Text(
        "mail_step_paper",
        "zh_TW",
        "{student_id.name} 同學您好： 系所已收到您 {reminder_term} 學期畢業資格申請簽名的確認單，"
        "接著將進行初審，您目前不需辦理其他事項。 前往我的申請",
        {"，您目前不需辦理其他事項。": "。"},
    ),
)


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    installed = {code for code, _name in env["res.lang"].get_installed()} | {"en_US"}
    bodies = {}
    for text in TEXTS:
        template = env.ref(f"ntue_graduation.{text.name}", raise_if_not_found=False)
        if template and text.lang in installed:
            body = template.with_context(lang=text.lang).body_html
            if words(body) == words(text.whole):
                bodies.setdefault(template, {})[text.lang] = changed(str(body), text.changes)
    for template, by_language in bodies.items():
        # Not by writing, which where English is not in use says the same in English.
        template.update_field_translations("body_html", by_language)


def words(body):
    """What a body says, whatever its layout: without tags and spaces, its fields in braces."""
    return "".join(TAG.sub("", FIELD.sub(r"{\1}", str(body or ""))).split())


def changed(body, changes):
    """``body`` with what is said otherwise now; a paragraph of which nothing is left is gone."""
    for former, now in changes.items():
        body = re.sub(
            r"\s+".join(map(re.escape, former.split())), lambda _match, now=now: now, body
        )
    return BLANK.sub("", body)
