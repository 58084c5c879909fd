"""Names that pytest's processes do not share when several run side by side.

A test asks for a database or a log by its purpose and need not know which process it is in.
"""

import os
from pathlib import Path

from house import databases
from house.place import Place


def _suffix() -> str:
    """Return what tells this process apart; empty when it is the only one."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    return f"_{worker}" if worker else ""


def logs(place: Place) -> Path:
    """Return the folder of the run's logs: every `.log` in it is read for faults at the end."""
    return place.logs / "test"


def log(place: Place, purpose: str) -> Path:
    """Return the file into which a server of this process logs."""
    logs(place).mkdir(parents=True, exist_ok=True)
    return logs(place) / f"{purpose}{_suffix()}.log"


def database(place: Place, purpose: str) -> str:
    """Return the name of a database of this process."""
    return databases.house_name(place, f"{purpose}{_suffix()}")
