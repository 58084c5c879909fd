"""docs/states.md is what the table of steps says."""

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def drawing() -> Any:
    path = ROOT / "tools" / "draw_states.py"
    spec = importlib.util.spec_from_file_location("draw_states", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_the_steps_is_drawn_from_the_table_as_it_is() -> None:
    draw = drawing()
    said = (ROOT / "docs" / "states.md").read_text(encoding="utf-8")
    assert said == draw.page(draw.table()), "stale: run tools/draw_states.py"


def test_another_effect_makes_the_page_stale() -> None:
    draw = drawing()
    workflow = draw.table()
    before = draw.page(workflow)
    first, *others = workflow.TRANSITIONS
    workflow.TRANSITIONS = (replace(first, effects=first.effects[:-1]), *others)
    assert draw.page(workflow) != before
