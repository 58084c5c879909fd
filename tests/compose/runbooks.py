"""The commands of docs/operations: every fenced block says before it what runs it, or why nothing.

`<!-- run: name -->`: tests/compose, by page and name. `<!-- run by: path -->`: that test.
`<!-- not run: reason -->`.
"""

import re
import textwrap
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "operations"


def commands(page: str, name: str) -> str:
    """Return the commands of the block `name` of `page`; raises ValueError unless it is one."""
    text = (FOLDER / page).read_text(encoding="utf-8")
    block = rf"(?ms)^[ ]*<!-- run: {re.escape(name)} -->\n\n?^([ ]*)```sh\n(.*?)^\1```$"
    ((_indent, found),) = re.findall(block, text)
    return textwrap.dedent(found)
