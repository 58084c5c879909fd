"""The last hour of a period, played by Locust: students look, save and print, or submit.

Runs in an environment of its own, which has Locust and nothing of this product
(tools/dev/crowd_python.py). What is to be done is in the file that NTUE_PLAN names, as
tools/dev/hour.py writes it; every request is a line of its `requests`, every visit one of its
`visits`, as `Line` and `Visit` of figures.py have them.

A visit is a browser that was never here: it signs in, walks from page to page and thinks between
two. While it waits outside (docker/proxy/waiting) it tries again as that page does.
"""

import itertools
import json
import os
import random
import re
import time
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlencode

import gevent
import psutil
from locust import FastHttpUser, LoadTestShape, events, task
from locust.exception import StopUser
from places import has_place, told

PLAN = json.loads(Path(os.environ["NTUE_PLAN"]).read_text(encoding="utf-8"))
STAGES = PLAN["stages"]
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
VERSION = re.compile(r'name="version"[^>]*value="([^"]+)"')
CAPTCHA = re.compile(r'name="captcha_number"[^>]*value="([^"]+)"')

LOOK, SAVE, SUBMIT = "look", "save", "submit"
HOUR = [LOOK] * 16 + [SAVE] * 3 + [SUBMIT]
"""Of twenty visits: 80 % look, 15 % save and print, 5 % submit."""

EACH = [LOOK, SAVE, SUBMIT]
"""As often one as the other: to know what each page takes alone."""

OUTSIDE = "ntue_waiting"
"""A word of the page that is shown while there is no room (docker/proxy/waiting)."""

FORM = "application/x-www-form-urlencoded"
PATIENCE = 120


class FaultError(Exception):
    """A page was not answered as it has to be."""


class OutsideError(Exception):
    """There is no room yet."""


def used():
    """Processor seconds that the server and PostgreSQL have used so far, on this machine."""
    total = 0.0
    for pid in PLAN["pids"]:
        first = psutil.Process(pid)
        for one in (first, *first.children(recursive=True)):
            try:
                total += sum(one.cpu_times()[:4])  # its own, and of children that have ended
            except psutil.NoSuchProcess:
                continue
    return total


def kinds(block):
    """Kinds of visits for ever, in an order that is the same in every run."""
    draw = random.Random(114)
    while True:
        yield from draw.sample(block, len(block))


class Evening:
    """What all students of the run share: who comes next, and what was seen."""

    stage = 0
    stopping = False
    outside = 0.0
    """When the page of the waiting room was given last."""
    places = itertools.count()
    number = itertools.count()
    mixes: ClassVar = {"hour": kinds(HOUR), "each": kinds(EACH)}
    fresh = iter(PLAN["fresh"])
    looking = itertools.cycle(PLAN["looking"])
    requests = Path(PLAN["requests"]).open("a", encoding="utf-8")  # noqa: SIM115  # closed at the end
    visits = Path(PLAN["visits"]).open("a", encoding="utf-8")  # noqa: SIM115

    @classmethod
    def next(cls):
        """Kind and sign-in of the next visit; none when everybody has been here."""
        kind = next(cls.mixes[STAGES[cls.stage]["mix"]])
        return kind, next(cls.looking if kind == LOOK else cls.fresh, None)


@events.test_stopping.add_listener
def _stopping(**_kwargs):
    Evening.stopping = True


@events.quitting.add_listener
def _close(**_kwargs):
    Evening.requests.close()
    Evening.visits.close()


class Stages(LoadTestShape):
    """So many students at once, for so many seconds, one stage after the other.

    Where a stage has fewer than the one before, Locust is told of none who go (`places.told`):
    they stay away by themselves (`Student.visit`).
    """

    def tick(self):
        """How many students there are now, and how many of them come in a second."""
        left = self.get_run_time()
        for number, stage in enumerate(STAGES):
            if left < stage["seconds"]:
                Evening.stage = number
                if self.is_quiet(stage, left):
                    return None
                return told(STAGES, number, PLAN["ramp"])
            left -= stage["seconds"]
        return None

    def is_quiet(self, stage, lasted):
        """Whether nobody was outside for as long as the stage has to show."""
        enough = stage.get("quiet")
        return enough is not None and min(lasted, time.time() - Evening.outside) >= enough


class Student(FastHttpUser):
    """Makes one visit after the other, each as another student."""

    host = PLAN["host"]
    insecure = True
    network_timeout = connection_timeout = PATIENCE

    def on_start(self):
        """Take a place."""
        self.place = next(Evening.places)

    @task
    def visit(self):
        """From the first page to the last, or to the first that is not as it has to be."""
        if not has_place(STAGES[Evening.stage], self.place):
            gevent.sleep(random.uniform(0, PLAN["ramp"]))
            return
        kind, login = Evening.next()
        self.kind = kind
        if login is None:
            self.environment.runner.quit()
            raise StopUser
        self.client.cookiejar.clear()
        number = next(Evening.number)
        self.address = f"10.{number // 62500 % 250}.{number // 250 % 250}.{number % 250 + 1}"
        self.reached, began, stage = "", time.time(), Evening.stage
        fault = ""
        try:
            self.enter(login)
            getattr(self, kind)()
        except FaultError as problem:
            fault = str(problem)
        except OutsideError:
            fault = f"outside, having been {self.reached or 'let in'}"
        finally:
            line = [began, stage, login, kind, self.reached, fault, time.time() - began]
            Evening.visits.write(json.dumps(line) + "\n")

    def think(self):
        """What a person does between two pages."""
        least, most = STAGES[Evening.stage]["think"]
        gevent.sleep(random.uniform(least, most))

    def ask(self, name, path, form=None, status=200):
        """One request, entered with how long it took; FaultError unless `status` is answered."""
        if Evening.stopping:
            raise StopUser
        headers = {"X-Forwarded-For": self.address, "Accept-Language": "zh-TW"}
        headers |= PLAN["headers"]
        body = None if form is None else urlencode(form)
        if form is not None:
            headers["Content-Type"] = FORM
        stage, is_alone = Evening.stage, STAGES[Evening.stage]["students"] == 1
        before = used() if is_alone else 0.0
        began = time.time()
        answer = self.client.request(
            "GET" if form is None else "POST",
            path,
            name=name,
            data=body,
            headers=headers,
            allow_redirects=False,
        )
        took = (time.time() - began) * 1000
        processor = (used() - before) * 1000 if is_alone else 0.0
        outside = answer.status_code == 503 and OUTSIDE in (answer.text or "")
        is_good = answer.status_code == status
        line = [
            began,
            stage,
            name,
            took,
            answer.status_code,
            is_good,
            outside,
            processor,
            self.kind,
        ]
        Evening.requests.write(json.dumps(line) + "\n")
        if outside:
            Evening.outside = time.time()
            raise OutsideError
        if not is_good:
            raise FaultError(f"{name}: {answer.status_code} {answer.error or ''}")
        return answer

    def page(self, name, path):
        """A page, and the time to read it."""
        answer = self.ask(name, path)
        self.think()
        return answer

    def sent(self, name, page, path, **fields):
        """Where the form of `page` leads that is sent to `path`."""
        form = {"csrf_token": TOKEN.findall(page.text)[0], **fields}
        where = self.ask(name, path, form, 303).headers.get("Location") or ""
        return re.sub(r"^https?://[^/]+", "", where)

    def enter(self, login):
        """Sign in; whoever finds no room tries again after as long as the page waits."""
        while True:
            try:
                page = self.page("sign-in page", "/web/login")
                break
            except OutsideError:
                gevent.sleep(random.uniform(*PLAN["outside"]))
        fields = {"login": login, "password": PLAN["password"], **self.answered(page)}
        where = self.sent("sign-in", page, "/web/login", **fields)
        if "login" in where:
            raise FaultError(f"sign-in: led to {where}")
        self.reached = "in"
        self.page("home", "/my")

    def answered(self, page):
        """The answer to the page's captcha, read from the session that the server keeps."""
        found = CAPTCHA.search(page.text)
        if not found:
            return {}
        (session,) = [one.value for one in self.client.cookiejar if one.name == "session_id"]
        kept = Path(PLAN["sessions"]) / session[:2] / session
        challenge = json.loads(kept.read_text(encoding="utf-8"))["ntue_captcha"][found[1]]
        return {"captcha_number": found[1], "captcha": challenge["text"]}

    def look(self):
        """How far am I, may I apply, and until when."""
        self.page("progress", "/my/progress")
        self.page("list of applications", "/my/graduation")
        self.page("notice", "/my/graduation/notice")

    def drafted(self):
        """The address of a draft that was begun and saved."""
        page = self.page("list of applications", "/my/graduation")
        form = self.sent("new", page, "/my/graduation/new")
        self.reached = "begun"
        page = self.page("form", form)
        version = VERSION.findall(page.text)[0]
        told = self.sent("save", page, f"{form}/save", action="save", version=version)
        self.reached = "saved"
        self.page("form", told)
        return form

    def save(self):
        """A draft, saved and printed."""
        form = self.drafted()
        self.ask("slip", f"{form}/slip")

    def submit(self):
        """The whole way, and the slip at its end."""
        form = self.drafted()
        page = self.page("check", f"{form}/check")
        version = VERSION.findall(page.text)[0]
        where = self.sent("submit", page, f"{form}/submit", version=version)
        if where != "/my/graduation?submitted=1&term=1141":
            raise FaultError(f"submit: led to {where}")
        self.reached = "submitted"
        self.page("list of applications", where)
        self.ask("slip", f"{form}/slip")
