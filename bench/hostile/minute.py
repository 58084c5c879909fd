"""One student's worst minute: what another student waits for pages, and what the server needs."""

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from statistics import quantiles
from time import monotonic, perf_counter, sleep
from urllib.parse import urlsplit

import psutil
from browser import Browser
from rows_kept import Rows

RATE = int(os.environ.get("RATE", "1000"))
SECONDS = int(os.environ.get("SECONDS", "60"))
BEFORE = int(os.environ.get("BEFORE", "25"))

TIMES, MEGABYTES = 3, 300
"""The bars: how many times longer the other waits at the 95th percentile, and the memory."""

PAGES = ("/my/progress", "/my/graduation", "/my/profile", "/my")


class Memory(threading.Thread):
    """The most that the server and its programs held."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.server, self.most = psutil.Process(pid), 0.0

    def now(self):
        total = 0
        for process in (self.server, *self.server.children(recursive=True)):
            with suppress(psutil.Error):
                total += process.memory_info().rss
        return total / 1024 / 1024

    def run(self):
        while True:
            self.most = max(self.most, self.now())
            sleep(0.2)


def waited(browser, seconds):
    """Milliseconds of each page that somebody opens in ``seconds``, one after the other."""
    times, refused, until = [], 0, monotonic() + seconds
    while monotonic() < until:
        for page in PAGES:
            began = perf_counter()
            answer = browser.ask("GET", page)
            times.append((perf_counter() - began) * 1000)
            refused += answer.status != 200
            sleep(0.1)
    return times, refused


def percentiles(times):
    cuts = quantiles(times, n=20)
    return cuts[9], cuts[18]


def flooded(port, notes, victim):
    """The other's pages while the flood runs, and what came of it."""
    script = Path(__file__).with_name("flood.py")
    command = [sys.executable, str(script), str(port), notes, str(RATE), str(SECONDS)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as flood:
        assert flood.stdout.readline().strip() == "ready"
        yield None
        flood.stdin.write("go\n")
        flood.stdin.flush()
        sleep(1)
        during = waited(victim, SECONDS - 2)
        yield during, json.loads(flood.stdout.readline())


def main(url, notes, pid):
    described = json.loads(Path(notes).read_text())
    port = urlsplit(url).port
    login = described["roles"]["other"]
    victim = Browser(port, login, described["passwords"][login])
    # What the server keeps for everybody (templates, fonts) is in its idle memory.
    for page in (*PAGES, "/my/progress/sheet", *PAGES):
        victim.ask("GET", page)
    running = flooded(port, notes, victim)
    next(running)
    memory = Memory(int(pid))
    before, refused_before = waited(victim, BEFORE)
    idle = memory.now()
    memory.start()
    (during, refused), flood = next(running)
    sleep(15)
    report(before, during, refused + refused_before, flood, (idle, memory.most, memory.now()))


def report(before, during, refused, flood, memory):
    rows = Rows()
    (half, most), (half_during, most_during) = percentiles(before), percentiles(during)
    came = ", ".join(f"{key}: {number}" for key, number in sorted(flood["came"].items()))
    rows.say(f"one student, {SECONDS} s", f"{flood['offered']:.0f} requests a second")
    rows.say("  came to", came)
    rows.say("another student's pages before, p50 and p95", f"{half:.0f} ms, {most:.0f} ms")
    rows.say("  and meanwhile", f"{half_during:.0f} ms, {most_during:.0f} ms")
    rows.at_most("  p95, times", round(most_during / most, 2), TIMES,
                 ratio=f"{most_during / most / TIMES:.2f}")  # fmt: skip
    rows.at_most("  pages that were refused", refused, 0)
    idle, at_most, after = memory
    rows.say("memory of the server idle", f"{idle:.0f} MB")
    grown = round(at_most - idle)
    rows.at_most("  more than that at most", grown, MEGABYTES, "MB", f"{grown / MEGABYTES:.2f}")
    rows.say("  more than that 15 s after", f"{after - idle:.0f} MB")
    rows.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
