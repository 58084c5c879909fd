"""Counts of requests, for Prometheus; over all worker processes where there are some.

The programs of prometheus-client add processes up by files; where these are has to be said before
they are loaded.
"""

import os
import time
from pathlib import Path

from odoo.tools import config

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
DAY = 24 * 3600


def _prepare():
    """Name the folder of the counts, without those of processes that ended long ago."""
    if not config["workers"] or FOLDER in os.environ:
        return
    folder = Path(config["data_dir"]) / "ntue_metrics"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        number = file.stem.rpartition("_")[2]
        is_old = time.time() - file.stat().st_mtime > DAY
        if is_old and not (number.isdigit() and Path(f"/proc/{number}").exists()):
            file.unlink(missing_ok=True)
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
