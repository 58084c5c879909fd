"""Tasks of staff (待辦): whose turn it is on an application, and until when.

They are no facts of their own. A task is there because an application is at a stage, somebody is
of the office that has the next step, and the window plans a day for it: ``follow`` compares the
tasks with these and makes, moves or removes what differs. It is called after each step, when an
office or a window changes, and every night for whatever else may have changed.

What happened does not happen again: where an office has nobody, its task stays with the
application and is nobody's, until somebody is named.
"""

from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.languages import as_kept
from odoo.addons.ntue_curriculum.office_mail import language_of

from .further import short_of

REVIEW = "ntue_graduation.activity_first_review"
SHORT = "ntue_graduation.activity_short"
WRITTEN = "ntue_graduation.activity_written"
UPLOADED = "ntue_graduation.activity_uploaded"
"""Kinds of tasks: the first is there by the stage alone, the others once something happened."""

HAPPENED = (SHORT, WRITTEN, UPLOADED)

DATES = frozenset({"date_close", "date_leave", "first_review_due", "second_review_due"})
"""Fields of a window from which the days follow."""


def follow(applications):
    """Let the tasks of these applications be what their stage, office and day say."""
    for application in applications.sudo():
        had = bool(application.activity_ids)
        _follow(application, REVIEW)
        for kind in HAPPENED if had else ():
            _follow(application, kind)


def begin(application, kind):
    """Give everybody who has to do with it a task of this kind, once; who they are."""
    known = application.sudo()
    tasks, users = _tasks(known, kind), _users(known, kind)
    _give(known, kind, users - tasks.user_id)
    if _is_vacant(known, kind) and all(task.user_id for task in tasks):
        _schedule(known, kind, users.browse())
    return users


def begin_short(application):
    """不足: in the log, and a task of the assistants and the registrars (D30)."""
    position = application._position()
    # A job finds it, in no language of its own; the log keeps it for good.
    application._log("found_short", position, position, " ".join(short_of(as_kept(application))))
    begin(application, SHORT)


def leave(users):
    """Take ``users`` off what happened and waits for them; the applications that it is about."""
    applications = users.env["ntue.graduation.application"]
    kinds = [users.env.ref(kind).id for kind in HAPPENED]
    owed = [
        ("user_id", "in", users.ids),
        ("res_model", "=", applications._name),
        ("activity_type_id", "in", kinds),
        ("automated", "=", True),
    ]
    found = users.env["mail.activity"].sudo().search(owed)
    found.write({"user_id": False})
    return applications.browse(set(found.mapped("res_id")))


def owing(users):
    """Those of ``users`` for whom a task on an application waits, whoever made it."""
    applications = users.env["ntue.graduation.application"]
    owed = [("user_id", "in", users.ids), ("res_model", "=", applications._name)]
    return users.browse(users.env["mail.activity"].sudo().search(owed).user_id.ids)


def of_offices(applications, domain):
    """``follow`` for those under review that ``domain`` finds, of any office."""
    follow(applications.sudo().search([("state", "=", "submitted"), *domain]))


def _follow(application, kind):
    tasks, users = _tasks(application, kind), _users(application, kind)
    gone, kept = tasks.filtered(lambda task: task.user_id not in users), tasks.browse()
    if kind in HAPPENED and _is_vacant(application, kind):
        kept = gone[:1]
        kept.filtered("user_id").write({"user_id": False})
    elif kind == REVIEW or gone:  # a successor takes over
        _give(application, kind, users - tasks.user_id)
    (gone - kept).unlink()
    day, there = _day(application), tasks - gone + kept
    there.filtered(lambda task: task.date_deadline != day).write({"date_deadline": day})


def _tasks(application, kind):
    wanted = application.env.ref(kind)
    return application.activity_ids.filtered(
        lambda task: task.activity_type_id == wanted and task.automated
    )


def _users(application, kind):
    """Whose task of this kind an application is now; nobody's where it is over."""
    return application.env["res.users"].union(*_offices(application, kind))


def _is_vacant(application, kind):
    """Whether it is the task of an office that has nobody now."""
    return not all(_offices(application, kind))


def _offices(application, kind):
    """The users of each office whose task of this kind it is now; none where it is over."""
    if application.state != "submitted":
        return ()
    assistants = application.department_id.assistant_ids.filtered("active")
    if kind == REVIEW:
        return (assistants,) if application.step == "first" else ()
    if kind == SHORT:
        return (assistants, _registrars(application)) if application.is_short else ()
    if kind == UPLOADED:
        return (assistants,) if application.supplement_is_open else ()
    return (_registrars(application) if application.first_review == "passed" else assistants,)


def _registrars(application):
    group = application.env.ref(f"ntue_curriculum.group_registrar_{application.division}")
    return group.all_user_ids.filtered("active")


def _day(application):
    return application.review_due or taipei_today()


def _give(application, kind, users):
    for user in users:
        _schedule(application, kind, user)


def _schedule(application, kind, user):
    """A task of this kind for ``user``, who may be nobody."""
    lang = language_of(application.env, user.partner_id)
    env = application.with_context(lang=lang).env
    words = {
        REVIEW: env._("First review: %s", application.display_name),
        SHORT: env._("Short: %s", application.slip_number),
        WRITTEN: env._("The student has written: %s", application.slip_number),
        UPLOADED: env._("A supplement was uploaded: %s", application.slip_number),
    }
    # Whose step this follows has no say in it: a client's context may ask for no task at all.
    quietly = {"mail_activity_quick_update": True, "mail_activity_automation_skip": False}
    application.with_context(**quietly).activity_schedule(
        kind, date_deadline=_day(application), summary=words[kind], user_id=user.id
    )
