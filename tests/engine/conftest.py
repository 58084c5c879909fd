"""The engine is imported by itself: its parent package needs Odoo, it does not."""

import gc
import sys
from pathlib import Path

from hypothesis import settings

ADDONS = Path(__file__).resolve().parents[2] / "addons"
PACKAGE_PARENT = ADDONS / "ntue_curriculum"

for folder in (PACKAGE_PARENT, ADDONS / "ntue_campus_login", Path(__file__).resolve().parent):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

# The same examples in every run, and none of them is timed.
settings.register_profile(
    "thorough", max_examples=200, derandomize=True, database=None, deadline=None
)
settings.register_profile("quick", settings.get_profile("thorough"), max_examples=20)
settings.load_profile("thorough")


def pytest_collection_finish():
    """Look for garbage seldom: audits are many small values and hardly a cycle among them.

    What was imported and collected stays anyhow, so it is looked through no more.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
