"""Pages of a signed-in student, beside a page of Odoo's own on the same server.

The student of the sample with the worked example, given as many enrolments as a whole
bachelor's study has. Pages are asked for in turn, over real HTTP in one signed-in session;
each page's time is the median. The slip is asked for in turn with the printing program alone, on
the page that the server draws of it.
"""

import re
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import requests
from rows import row

sys.path.append(str(Path(__file__).parents[1] / "addons" / "ntue_curriculum"))
import press  # the addon around it needs Odoo, this does not

LOGIN = "210941001"
ENROLMENTS = 45
WARM_UP, ROUNDS, SLIPS = 5, 40, 15
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)"[^>]*value="([^"]+)"')


class Student:
    """Somebody signed in through the login page."""

    def __init__(self, url):
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        self.post("/web/login", "/web/login", login=LOGIN, password=f"demo-{LOGIN}")

    def get(self, path):
        """The page at ``path``; an error or a way back to the login page is refused."""
        answer = self.session.get(self.url + path, timeout=60)
        assert answer.ok, f"{path} answers {answer.status_code}"
        assert path == "/web/login" or "/web/login" not in answer.url
        return answer

    def post(self, page, path, **fields):
        """Send the form on ``page`` with its hidden fields."""
        data = {**dict(HIDDEN.findall(self.get(page).text)), **fields}
        answer = self.session.post(self.url + path, data=data, timeout=60)
        assert answer.ok, f"{path} answers {answer.status_code}"
        return answer


def milliseconds(calls, rounds):
    """Median milliseconds of each call, all of them in turn."""
    times = [[] for _ in calls]
    for number in range(WARM_UP + rounds):
        for call, column in zip(calls, times, strict=True):
            started = perf_counter()
            call()
            if number >= WARM_UP:
                column.append((perf_counter() - started) * 1000)
    return [median(column) for column in times]


def page_rows(student, form):
    """The progress page and the application form, against /my/account."""
    paths = ("/my/account", "/my/progress", form)
    own, progress, application = milliseconds(
        [lambda path=path: student.get(path) for path in paths], ROUNDS
    )
    row("/my/account, for comparison", f"{own:.1f} ms")
    row(
        f"/my/progress, {ENROLMENTS} enrolments",
        f"{progress:.1f} ms",
        "<= 1.5",
        f"{progress / own:.2f}",
    )
    row("application form", f"{application:.1f} ms", "<= 2", f"{application / own:.2f}")


def drawing(page):
    """A call that prints the same page, by the product's program and without Odoo."""

    def call():
        assert press.printed(page).startswith(b"%PDF")

    return call


def slip_row(student, form):
    """The slip over HTTP against the program that draws it."""
    path = f"{form}/slip"
    assert student.get(path).content.startswith(b"%PDF")
    number = form.rpartition("/")[2]
    page = student.get(f"/report/html/ntue_graduation.report_slip/{number}").text
    assert "主修畢業學分審核確認單" in page
    slip, alone = milliseconds([lambda: student.get(path), drawing(page)], SLIPS)
    row("slip as PDF", f"{slip:.0f} ms", "<= 1.3", f"{slip / alone:.2f}")
    row("  the printing program alone", f"{alone:.0f} ms")


def main(url):
    """Sign in, save the draft of an application and print the rows."""
    student = Student(url)
    begun = student.post("/my/graduation", "/my/graduation/new")
    form = re.search(r"/my/graduation/\d+", begun.url)[0]
    saved = student.post(form, f"{form}/save", action="save")
    assert saved.url.endswith("told=saved"), f"the draft is not saved: {saved.url}"
    page_rows(student, form)
    slip_row(student, form)


if __name__ == "__main__":
    main(*sys.argv[1:])
