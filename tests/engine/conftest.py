"""The engine is imported by itself: its parent package needs Odoo, it does not."""

import sys
from pathlib import Path

PACKAGE_PARENT = Path(__file__).resolve().parents[2] / "addons" / "ntue_curriculum"

for folder in (PACKAGE_PARENT, Path(__file__).resolve().parent):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
