"""Set how the captcha of the sign-in page is, as the settings page does: CAPTCHA and WHEN."""

import os

settings = env["ir.config_parameter"]  # noqa: F821
settings.set_param("ntue_campus_login.captcha", os.environ["CAPTCHA"])
settings.set_param("ntue_campus_login.captcha_when", os.environ["WHEN"])
env.cr.commit()  # noqa: F821
print("{}")
