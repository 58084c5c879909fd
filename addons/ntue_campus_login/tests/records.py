"""The records that the access table of this addon asks about; every part adds its own rows."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.access import Row


def invite(case):
    """A student without an account, whom the registrar is about to invite: ``case.batch``."""
    newcomer = case.new_student("210941011", "新生", taken=())
    school_of.account_of(newcomer).unlink()
    batches = case.env["ntue.account.batch"].with_user(case.registrar)
    wanted = [(newcomer.student_no, newcomer.with_user(case.registrar), "")]
    case.batch = batches._prepare("invitation", wanted).with_env(case.env)


def rows(case):
    """Title to ``Row`` for every model of ntue_campus_login."""
    return {**_accounts(case), **_portal(case)}


def _accounts(case):
    batch = case.batch
    mine = case.env(user=case.registrar.id)
    wizard = mine["ntue.account.wizard"].create({})
    whose = {"student_id": case.student.id}
    dialog = mine["ntue.national.id.dialog"].create(whose)
    return {
        "accounts for many": Row(
            batch,
            {"again": True},
            lambda: {"way": "invitation", "requested_by_id": case.registrar.id},
        ),
        "account among many": Row(
            batch.line_ids[:1],
            {"message": "Changed"},
            lambda: {"batch_id": batch.id, "verdict": "ready"},
        ),
        "accounts wizard": Row(
            wizard.with_env(case.env), {"entry_year": 110}, lambda: {"way": "invitation"}
        ),
        "ID number dialog": Row(
            dialog.with_env(case.env), {"reason": "Shown at the counter"}, lambda: whose
        ),
    }


def _portal(case):
    provider = case.env.ref("ntue_campus_login.provider_campus")
    session = {
        "user_id": case.registrar.id,
        "provider_id": provider.id,
        "subject": "somebody",
        "identifier": "beginning",
    }
    record = case.env["ntue.sso.session"].create(session)
    return {
        "session by the portal": Row(record, {"subject": "another"}, lambda: session),
    }
