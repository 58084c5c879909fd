"""Whether answers to known and unknown people can be distinguished: by their text, or by time."""

import re
from bisect import bisect_right
from statistics import median
from time import perf_counter

from rows import row

BINS = 20
LEAST_OVERLAP = 0.85
"""Two samples of a thousand drawn from one distribution share some 0.92 of twenty bins."""

_PASSING = ("Date", "Set-Cookie", "Content-Length", "X-Request-ID")


def comparable(answer, *typed):
    """Status, headers, names of cookies and body; but for what is another in every answer."""
    body = re.sub(r'"[0-9a-f]{40}o\d+"', '"CSRF"', answer.text)
    for text in typed:
        body = body.replace(text, "TYPED")
    headers = {name: value for name, value in answer.headers.items() if name not in _PASSING}
    return answer.status_code, headers, sorted(answer.cookies.keys()), body


def timed(call):
    """The answer of ``call`` and its milliseconds."""
    started = perf_counter()
    answer = call()
    return answer, (perf_counter() - started) * 1000


def overlap(known, unknown):
    """Which part two samples share, 0 to 1, over bins that hold as many of both together."""
    pooled = sorted(known + unknown)
    edges = [pooled[len(pooled) * place // BINS] for place in range(1, BINS)]
    shares = []
    for sample in (known, unknown):
        counts = [0] * BINS
        for value in sample:
            counts[bisect_right(edges, value)] += 1
        shares.append([count / len(sample) for count in counts])
    return sum(map(min, *shares))


def rows_of(what, known, unknown):
    """Print what differs. Both: pairs of an answer, comparable, and its milliseconds."""
    first = known[0][0]
    differing = sum(answer != first for answer, _time in (*known, *unknown))
    row(f"{what}: answers unlike the first", f"{differing} of {len(known) + len(unknown)}", "<= 0")
    times = [[time for _answer, time in sample] for sample in (known, unknown)]
    for who, sample in zip(("known", "unknown"), times, strict=True):
        ordered = sorted(sample)
        figure = f"{median(sample):.1f} ms, 95 %: {ordered[len(ordered) * 95 // 100]:.1f} ms"
        row(f"{what}: time for {who}", figure)
    shared = overlap(*times)
    row(f"{what}: overlap of the two", f"{shared:.2f}", f">= {LEAST_OVERLAP}", f"{shared:.2f}")
