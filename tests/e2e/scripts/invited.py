"""Run in Odoo's shell: newcomers who get an account, and how they get in for the first time.

Environment: NUMBERS are student numbers as JSON; WAY is "invitation" or "first_password", for
which ID_NUMBER is the number of each. Prints the mailed link of each, without the site, as JSON
on the last line.
"""

import json
import os
from urllib.parse import urlsplit

from lxml import html

env = env(context={**env.context, "lang": "zh_TW", "no_reset_password": True})  # noqa: F821
links = {}
like = env["ntue.student"].search([("student_no", "=", "210941004")])
for number in json.loads(os.environ["NUMBERS"]):
    student = env["ntue.student"].create(
        {
            "student_no": number,
            "name": "新生",
            "email": f"a{number}@example.com",
            "curriculum_id": like.curriculum_id.id,
            "entry_year": like.entry_year,
        }
    )
    student._ntue_give_account(os.environ["WAY"], os.environ.get("ID_NUMBER", ""))
    if os.environ["WAY"] == "invitation":
        to = [("email_to", "=", student.email)]
        mail = env["mail.mail"].search(to, order="id desc", limit=1)
        address = urlsplit(html.fromstring(mail.body_html).cssselect("a")[0].get("href"))
        links[number] = f"{address.path}?{address.query}"
env.cr.commit()
print("\n" + json.dumps(links))
