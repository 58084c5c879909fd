"""Templates of the students' pages hand over values as arguments where they call one in a loop.

A call with ``t-set`` inside is two renderings: QWeb draws what is inside for its values first.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parents[2] / "addons"
FILES = sorted(ADDONS.glob("*/views/portal_*.xml"))


def faults(node: ET.Element, *, in_loop: bool = False) -> Iterator[str]:
    """Yield the templates that are called in a loop with ``t-set`` inside."""
    in_loop = in_loop or "t-foreach" in node.attrib
    if in_loop and "t-call" in node.attrib and any("t-set" in child.attrib for child in node):
        yield node.attrib["t-call"]
    for child in node:
        yield from faults(child, in_loop=in_loop)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ADDONS)))
def test_a_template_in_a_loop_is_called_with_its_values_as_arguments(file: Path) -> None:
    assert list(faults(ET.parse(file).getroot())) == []  # noqa: S314 (our own files)


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ('<t><t t-foreach="a"><t t-call="b"><t t-set="c" t-value="1"/></t></t></t>', ["b"]),
        ('<t><li t-foreach="a"><p><t t-call="b"><t t-set="c">d</t></t></p></li></t>', ["b"]),
        ('<t><t t-foreach="a"><t t-call="b" c="1">d</t></t></t>', []),
        ('<t><t t-call="b"><t t-set="c" t-value="1"/></t></t>', []),
    ],
)
def test_a_call_in_a_loop_that_draws_its_values_first_is_found(
    template: str, found: list[str]
) -> None:
    assert list(faults(ET.fromstring(template))) == found  # noqa: S314 (our own text)
