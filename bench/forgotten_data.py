"""A thousand students with an account, a campus mailbox and an ID number on record."""

import sys
from pathlib import Path

# By its file: the package around it needs Odoo, it does not.
sys.path.append(str(Path(__file__).resolve().parents[1] / "addons" / "ntue_campus_login"))

from national_id import check_digit

PEOPLE = 1000


def number(seed):
    """A good ID number, of nobody in particular."""
    stem = f"X2{(7_654_321 + seed * 9_973) % 10_000_000:07d}"
    return stem + check_digit(stem)


def student_no(seed):
    return f"29{seed:07d}"


def mailbox(seed):
    return f"a{student_no(seed)}@grad.ntue.edu.tw"


def login(seed):
    return f"bench{seed:05d}@mail.example.com"


def main(database):
    """Make them; the network may ask without end."""
    from odoo_env import environment

    with environment(database) as env:
        env = env(context={**env.context, "no_reset_password": True, "tracking_disable": True})
        parameters = env["ir.config_parameter"]
        parameters.set_param("ntue_campus_login.forgotten_per_network", "1000000")
        parameters.set_param("auth_signup.reset_password", "True")
        framework = env["ntue.curriculum"].search([("state", "=", "published")], limit=1)
        portal = env.ref("base.group_portal")
        accounts = env["res.users"].create(
            [
                {
                    "name": f"學生{seed}",
                    "login": login(seed),
                    "email": login(seed),
                    "group_ids": [(6, 0, portal.ids)],
                }
                for seed in range(PEOPLE)
            ]
        )
        students = env["ntue.student"].create(
            [
                {
                    "student_no": student_no(seed),
                    "name": f"學生{seed}",
                    "curriculum_id": framework.id,
                    "entry_year": framework.entry_year,
                    "partner_id": account.partner_id.id,
                }
                for seed, account in enumerate(accounts)
            ]
        )
        for seed, student in enumerate(students):
            student._ntue_set_national_id(number(seed))
        env.cr.commit()


if __name__ == "__main__":
    main(sys.argv[1])
