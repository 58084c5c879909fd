"""Students for an evening: each as one of the sample school, who lacks nothing.

Functions over an environment and nothing else, so that Odoo's shell in a container can be given
this file as it is. `names` must be as tools/dev/hour.py has them.
"""

LIKE = "210941003"
FIRST = 310000000


def names(number):
    """The student numbers of so many."""
    return [str(FIRST + place) for place in range(number)]


def enrolled(env, one, number):
    """So many students with the courses and terms of ``one``."""
    (common,) = one.copy_data()
    made = env["ntue.student"].create(
        [
            {**common, "student_no": name, "email": f"{name}@example.com"}
            for name in names(number)
        ]
    )  # fmt: skip
    for rows in (one.term_ids, one.enrollment_ids):
        values = rows.copy_data()
        rows.create([{**row, "student_id": who.id} for who in made for row in values])
    return made


def signing_in(env, students, password, rounds):
    """An account for each, all with one password."""
    from odoo.addons.base.models import res_users

    users = env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
    made = users.create(
        [
            {
                "login": who.student_no,
                "name": who.name,
                "partner_id": who.partner_id.id,
                "lang": "zh_TW",
                "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
            }
            for who in students
        ]
    )
    env.flush_all()
    res_users.MIN_ROUNDS = rounds or res_users.MIN_ROUNDS
    hashed = made._crypt_context().hash(password)
    env.cr.execute("UPDATE res_users SET password = %s WHERE id IN %s", (hashed, made._ids))
    return made


def drafted(env, students, users):
    """A saved draft of each, begun and saved as they do it themselves."""
    for who, user in zip(students, users, strict=True):
        application = env["ntue.graduation.application"].with_user(user)
        draft = application.create({"student_id": who.id})
        draft.write({"tick_ids": [(6, 0, [])]})
        env.cr.commit()


def evening(env, number, password, *, rounds=0, drafts=False):
    """So many students who can sign in, audited, and each with a saved draft where ``drafts``."""
    one = env["ntue.student"].search([("student_no", "=", LIKE)])
    made = enrolled(env, one, number)
    users = signing_in(env, made, password, rounds)
    env.cr.commit()
    env.invalidate_all()
    env["ntue.audit"]._make_due()
    env.cr.commit()
    if drafts:
        drafted(env, made, users)
    env.cr.execute("ANALYZE")
    env.cr.commit()
