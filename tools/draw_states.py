#!/usr/bin/env python3
"""Draw docs/states.md from the table of steps: run it after workflow.py was changed."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "addons" / "ntue_graduation" / "workflow.py"
PAGE = ROOT / "docs" / "states.md"

HEAD = """\
# The steps of an application

Drawn from `addons/ntue_graduation/workflow.py` by `tools/draw_states.py`; a test says when it is
stale. Guards and effects are functions of these names in `addons/ntue_graduation/steps/`.
"""

DIAGRAM = """\
A position is the state of the application, then of its first and of its second review.

```mermaid
stateDiagram-v2
    direction LR
{lines}
```

When the final leaving date is over the system lets lapse whatever is at {lapsing}.
"""


def table() -> ModuleType:
    """The module by its path: its package needs Odoo, it does not."""
    spec = importlib.util.spec_from_file_location("drawn_workflow", TABLE)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(TABLE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def page(workflow: Any) -> str:
    """The whole page: the diagram, the steps, the stages."""
    return "\n".join((HEAD, _diagram(workflow), _steps(workflow), _stages(workflow)))


def _label(position: tuple[str, ...]) -> str:
    return "/".join(position)


def _key(position: tuple[str, ...]) -> str:
    return "_".join(position)


def _diagram(workflow: Any) -> str:
    rows = [*workflow.TRANSITIONS, *workflow.IN_PLACE]
    moving = [row for row in rows if row.action != "lapse"]
    positions = dict.fromkeys(place for row in moving for place in (row.source, row.target))
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in moving:
        ends = _key(row.source), _key(row.target)
        arrows.setdefault(ends, []).append(f"{row.action} ({row.role})")
    lines = [
        *(f'    state "{_label(place)}" as {_key(place)}' for place in positions),
        f"    [*] --> {_key(workflow.DRAFT)}",
        *(f"    {one} --> {other}: {', '.join(by)}" for (one, other), by in arrows.items()),
        f"    {_key(workflow.COMPLETED)} --> [*]",
    ]
    lapsing = [f"`{_label(row.source)}`" for row in rows if row.action == "lapse"]
    return DIAGRAM.format(lines="\n".join(lines), lapsing=", ".join(lapsing))


def _table(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    cells = [head, tuple("---" for _name in head), *rows]
    return "\n".join((title, "", *(f"| {' | '.join(row)} |" for row in cells), ""))


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _steps(workflow: Any) -> str:
    rows = [
        (
            f"`{row.action}`",
            str(row.role),
            _label(row.source),
            _label(row.target),
            _names(row.guards),
            _names(row.effects),
        )
        for row in (*workflow.TRANSITIONS, *workflow.IN_PLACE)
    ]
    head = ("step", "who", "from", "to", "what must hold", "what follows")
    return _table("## What happens when", head, rows)


def _stages(workflow: Any) -> str:
    papers = {None: "", True: "received", False: "missing"}
    rows = []
    for stage in workflow.STAGES:
        places = [_label(tuple(part or "any" for part in place)) for place in stage.places]
        rows.append((f"`{stage.name}`", stage.step, " or ".join(places), papers[stage.paper]))
    head = ("stage", "step of the desk", "positions", "signed slip")
    return _table("## Where an application is, for desks, counts and lists", head, rows)


if __name__ == "__main__":
    PAGE.write_text(page(table()), encoding="utf-8")
