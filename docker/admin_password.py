"""Run in Odoo's shell before the server starts: nobody signs in as admin with `admin`.

A new database has that well-known password; it becomes NTUE_ADMIN_PASSWORD, once.
"""

import os

from odoo.exceptions import AccessDenied

admin = env.ref("base.user_admin")  # noqa: F821 (the shell brings it)
try:
    known = {"type": "password", "password": "admin"}
    admin.with_user(admin)._check_credentials(known, {"interactive": True})
except AccessDenied:
    pass
else:
    admin.password = os.environ["NTUE_ADMIN_PASSWORD"]
    env.cr.commit()  # noqa: F821
