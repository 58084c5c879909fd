"""The dear steps of the last night of a period, one after the other, each committed.

A sign-in's password, a submission and how long it has the one log for itself, and the slip: as it
is drawn, and as another process of the server has it afterwards. The students are those of the
addon's own tests; the database is thrown away.
"""

import sys
from contextlib import contextmanager
from statistics import median
from time import perf_counter

from odoo_env import environment
from rows import row

STUDENTS = 15
SLIP = "ntue_graduation.report_slip"
PASSWORD = "Kestrel-on-97-roofs"  # noqa: S105  # of an account that is made for a row


def milliseconds(call):
    """What ``call`` returns, and how long it took."""
    started = perf_counter()
    result = call()
    return result, (perf_counter() - started) * 1000


@contextmanager
def holding(env):
    """A list with the moment since which this transaction has the log for itself."""
    taken, chained = [], type(env["ntue.graduation.event"])
    head = chained._head

    def timed(self):
        found = head(self)
        taken.append(perf_counter())
        return found

    chained._head = timed
    try:
        yield taken
    finally:
        chained._head = head


def submission(env, way):
    """Milliseconds of a submission, and for how many of them it has the log for itself."""
    with holding(env) as taken:

        def submit():
            way.submit()
            env.cr.commit()

        _nothing, whole = milliseconds(submit)
    return whole, (perf_counter() - taken[0]) * 1000


def slip(env, user, application):
    """Milliseconds of the slip as ``user`` asks for it."""
    reports = env["ir.actions.report"].with_user(user)
    (content, _kind), took = milliseconds(lambda: reports._render_qweb_pdf(SLIP, application.ids))
    assert content.startswith(b"%PDF")
    env.cr.commit()
    return took


def measure(env):
    """Print the rows."""
    from odoo.addons.ntue_curriculum.printing import KEPT
    from odoo.addons.ntue_curriculum.tests import school as school_of
    from odoo.addons.ntue_curriculum.tests.common import RpcMixin
    from odoo.addons.ntue_graduation.tests.common import Way, window

    school = school_of.build(env)
    window(school)
    people = {"env": env, "assistant": school.assistant, "registrar": school.registrar}
    case = type("Case", (RpcMixin,), people)()
    crypt = env["res.users"]._crypt_context()
    hashed = crypt.hash(PASSWORD)
    columns = {name: [] for name in ("sign-in", "submit", "log", "drawn", "elsewhere", "here")}
    for number in range(STUDENTS):
        student = school_of.student(school, f"2109410{number:02}", "王大明")
        way = Way(case, student).drafted()
        env.cr.commit()
        columns["sign-in"].append(milliseconds(lambda: crypt.verify(PASSWORD, hashed))[1])
        whole, held = submission(env, way)
        columns["submit"].append(whole)
        columns["log"].append(held)
        for name in ("drawn", "elsewhere", "here"):
            if name != "here":
                KEPT.clear()  # as in another process
            columns[name].append(slip(env, way.account, way.record))
    tell({name: median(times[2:]) for name, times in columns.items()})


def tell(took):
    """The rows of these milliseconds."""
    row("sign-in: the password alone", f"{took['sign-in']:.0f} ms")
    row("submission, with snapshot, log and mails", f"{took['submit']:.0f} ms")
    row("  of it with the log for itself", f"{took['log']:.0f} ms")
    row("  so that one log takes at most", f"{1000 / took['log']:.0f} a second")
    row("slip as it is drawn: the first time", f"{took['drawn']:.0f} ms")
    ratio = took["drawn"] / took["elsewhere"]
    row("slip again, of another process", f"{took['elsewhere']:.1f} ms", ">= 3", f"{ratio:.1f}")
    row("slip again, of the same process", f"{took['here']:.1f} ms")


def main(database):
    """Fill the database and print the rows."""
    with environment(database) as env:
        # Addons are found from here on only.
        from odoo.addons.ntue_curriculum.tests.common import NOON
        from odoo.tests import freeze_time

        with freeze_time(NOON, tick=True):
            measure(env)


if __name__ == "__main__":
    main(*sys.argv[1:])
