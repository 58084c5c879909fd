"""Counts of requests, for Prometheus; over all worker processes where there are some.

The programs of prometheus-client add processes up by files; where these are has to be said before
they are loaded.
"""

import os
from pathlib import Path

from odoo.tools import config

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def begin_anew(folder):
    """Remove the counts of processes that have all ended; of some that have, none."""
    files = list(folder.glob("*.db"))
    numbers = {file.stem.rpartition("_")[2] for file in files}
    if not any(number.isdigit() and Path(f"/proc/{number}").exists() for number in numbers):
        for file in files:
            file.unlink(missing_ok=True)


def _prepare():
    """Name the folder of the counts; it begins anew when no process of before is there any more.

    Of a worker that ended its counts stay as long as others go on: a sum that went down would be
    taken for one that began anew.
    """
    if not config["workers"] or FOLDER in os.environ:
        return
    folder = Path(config["data_dir"]) / "ntue_metrics"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    begin_anew(folder)
    os.environ[FOLDER] = str(folder)


_prepare()

# pylint: disable=wrong-import-position
from prometheus_client import REGISTRY as ALL  # noqa: E402
from prometheus_client import CollectorRegistry, Histogram, generate_latest  # noqa: E402
from prometheus_client.core import GaugeMetricFamily  # noqa: E402
from prometheus_client.multiprocess import MultiProcessCollector  # noqa: E402

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Histogram(
    "ntue_request_seconds",
    "Requests by the route that answered, and how long each took.",
    ("route", "method", "status"),
    buckets=BUCKETS,
)


class Gauges:
    """Figures of the moment, as a collector."""

    def __init__(self, figures):
        self._figures = figures

    def collect(self):
        """A family for each name, with its labels."""
        for name, (text, labels, rows) in self._figures.items():
            family = GaugeMetricFamily(name, text, labels=labels)
            for values, figure in rows:
                family.add_metric(values, figure)
            yield family


def text_of(figures):
    """All that is counted here, and ``figures``, in the form that Prometheus reads."""
    registry = CollectorRegistry()
    registry.register(Gauges(figures))
    counted = ALL
    if FOLDER in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)
    return generate_latest(counted) + generate_latest(registry)
