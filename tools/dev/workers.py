"""Names that pytest's processes do not share when several run side by side.

A test asks for a database or a log by its purpose, whichever process it runs in.
"""

import os
from pathlib import Path

from dev import databases
from dev.checkout import Checkout


def _suffix() -> str:
    """Return what tells this process apart; empty when it is the only one."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    return f"_{worker}" if worker else ""


def logs(checkout: Checkout) -> Path:
    """Return the folder of the run's logs: every `.log` in it is read for faults at the end."""
    return checkout.logs / "test"


def log(checkout: Checkout, purpose: str) -> Path:
    """Return the file into which a server of this process logs."""
    logs(checkout).mkdir(parents=True, exist_ok=True)
    return logs(checkout) / f"{purpose}{_suffix()}.log"


def database(checkout: Checkout, purpose: str) -> str:
    """Return the name of a database of this process."""
    return databases.own_name(checkout, f"{purpose}{_suffix()}")
