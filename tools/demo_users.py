"""Run in Odoo's shell by `make demo`: a sign-in for each role, and an open window.

The sample's window is the notice's own (autumn of 114). So that the demo can be used on
any day, the windows and the term of 1141 are moved around today; nothing else is changed.
NTUE_CAPTCHA_WHEN in the environment is the setting of that name: tests sign in without a code.
NTUE_ADDRESS is where the links of mails and slips lead.
Mail stays in the outbox: nothing leaves the machine.  Odoo's cleaning waits for the night: due
since the database was made, it would run for seconds beside the first page.
"""

import csv
import os
from datetime import datetime, time, timedelta
from pathlib import Path

from odoo.addons.ntue_curriculum.clock import taipei_today

TERM = "1141"
PASSWORD = "demo-{login}"
NIGHT = time(20)  # UTC: four in the morning in Taipei, always ahead of `taipei_today`

env = env(context=dict(env.context, lang="zh_TW", no_reset_password=True))  # noqa: F821
sign_ins = []


def user(role, login, name, groups, partner=None):
    """Make the user unless there is one, and remember its line of the table."""
    found = env["res.users"].search([("login", "=", login)])
    if not found:
        values = {
            "login": login,
            "name": name,
            "password": PASSWORD.format(login=login),
            "lang": "zh_TW",
            "tz": "Asia/Taipei",
            "group_ids": [(6, 0, [env.ref(group).id for group in groups])],
        }
        if partner:
            values["partner_id"] = partner.id
        found = env["res.users"].create(values)
    sign_ins.append((role, login, PASSWORD.format(login=login)))
    return found


def assistants():
    """A user for every account that departments.csv names."""
    with Path("data/samples/ntue/departments.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            department = env["ntue.department"].search([("code", "=", row["系所代碼"])])
            for login in filter(None, row["助教帳號"].split(";")):
                department.assistant_ids |= user(
                    f"助教 {row['系所名稱']}",
                    login,
                    f"{row['系所名稱']}助教",
                    ["ntue_curriculum.group_assistant"],
                )


def registrars():
    """One registrar a division."""
    for division, name in (("continuing", "進修教育中心承辦"), ("day", "註冊組承辦")):
        user(f"註冊 {name}", f"registrar.{division}", name, [
            f"ntue_curriculum.group_registrar_{division}",
            "ntue_curriculum.group_operator",
        ])  # fmt: skip


def students():
    """A portal user for every sample student."""
    for student in env["ntue.student"].search([], order="student_no"):
        user(
            f"學生 {student.name}",
            student.student_no,
            student.name,
            ["base.group_portal"],
            student.partner_id,
        )


def administrator():
    """Odoo's own administrator, with a password of the demo's instead of the known one."""
    admin = env.ref("base.user_admin")
    admin.password = PASSWORD.format(login=admin.login)
    sign_ins.append(("系統管理", admin.login, PASSWORD.format(login=admin.login)))


def open_window():
    """Move the term and its windows around today (see the module's docstring)."""
    today = taipei_today()
    windows = env["ntue.graduation.window"].search([("term_id.code", "=", TERM)])
    for window in windows:
        window.write(
            {
                "date_open": min(window.date_open, today),
                "date_close": max(window.date_close, today + timedelta(days=21)),
                "date_leave": max(window.date_leave, today + timedelta(days=90)),
                "contact_name": "進修教育中心承辦人",
                "contact_phone": "分機 50901",
                "legal_basis": "學生畢業資格審核作業要點",
            }
        )
    term = windows.term_id
    term.date_end = max(term.date_end, today + timedelta(days=90))


students()
assistants()
registrars()
administrator()
open_window()
env.ref("mail.ir_cron_mail_scheduler_action").active = False
cleaning, night = env.ref("base.autovacuum_job"), datetime.combine(taipei_today(), NIGHT)
if cleaning.nextcall < night:  # while a server runs it may be at its jobs
    cleaning.nextcall = night
env["ir.cron.trigger"].search([("cron_id", "=", cleaning.id)]).unlink()  # of the installation
if os.environ.get("NTUE_CAPTCHA_WHEN"):
    env["ir.config_parameter"].set_param(
        "ntue_campus_login.captcha_when", os.environ["NTUE_CAPTCHA_WHEN"]
    )
if os.environ.get("NTUE_ADDRESS"):
    env["ir.config_parameter"].set_param("web.base.url", os.environ["NTUE_ADDRESS"])
env.company.name = "國立臺北教育大學（示範）"
env.company.email = "office@example.org"
env.cr.commit()
print("=== sign-ins")
for line in sign_ins:
    print("\t".join(line))
print("=== end of sign-ins")
