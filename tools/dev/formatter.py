"""`make format`: Python by ruff; XML, JavaScript and style sheets by prettier, as OCA formats.

XML is rewritten inside of tags only: whitespace between tags and in text matters to QWeb and on
paper. Each file is read again afterwards, and put back should its elements differ.
"""

import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path

from dev import console, node, odoo, pinned, python_env, shell
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.tasks import Task

GIGABYTES = 0.2
FORMATTED = ("addons/**/*.xml", "addons/**/*.js", "addons/**/*.scss", "tests/**/*.mjs")
PLUGIN = Path("node_modules", "@prettier", "plugin-xml", "src", "plugin.js")
PRETTIER = Path("node_modules", "prettier", "bin", "prettier.cjs")


def npm_lists(checkout: Checkout) -> list[Path]:
    """Return the lists of the packages of npm."""
    return node.lists(checkout.root / "tools" / "formatter")


def folder(checkout: Checkout) -> Path:
    """Return the folder in which prettier is installed."""
    return checkout.cache / "formatter"


def done(checkout: Checkout) -> bool:
    """Tell whether prettier was installed from the lists as they are now."""
    return pinned.done(folder(checkout), npm_lists(checkout))


def make(checkout: Checkout, _progress: console.Progress) -> None:
    """Install prettier."""
    shell.need_space(checkout.cache, GIGABYTES)
    node.npm_install(checkout, npm_lists(checkout), folder(checkout), checkout.log("formatter"))
    pinned.finish(folder(checkout), npm_lists(checkout))


TASK = Task("Formatter of XML, JavaScript and style sheets", done, make)
TASKS = (node.TASK, TASK)


def files(checkout: Checkout) -> list[Path]:
    """Return the files that prettier formats, but other people's libraries."""
    found = (file for pattern in FORMATTED for file in sorted(checkout.root.glob(pattern)))
    return [file for file in found if "lib" not in file.relative_to(checkout.root).parts]


def command(checkout: Checkout, mode: str, paths: Sequence[Path]) -> list[str]:
    """Return prettier's command line; `mode` is `--check` or `--write`."""
    return [
        str(node.program(checkout)),
        str(folder(checkout) / PRETTIER),
        f"--config={checkout.root / '.prettierrc.json'}",
        f"--plugin={folder(checkout) / PLUGIN}",
        "--log-level=warn",
        mode,
        *(str(file.relative_to(checkout.root)) for file in paths),
    ]


def meaning(text: str) -> Iterator[tuple[str, ...]]:
    """Yield what programs read in an XML text: elements, attributes, comments, every white space.

    The order of attributes and how a tag is broken into lines are not among it.
    """
    builder = ET.TreeBuilder(insert_comments=True, insert_pis=True)
    root = ET.fromstring(text, parser=ET.XMLParser(target=builder))  # noqa: S314 (our own files)
    for element in root.iter():
        attributes = (part for pair in sorted(element.items()) for part in pair)
        yield (str(element.tag), element.text or "", *attributes, element.tail or "")


def restored(before: dict[Path, str]) -> list[Path]:
    """Put back the XML files whose meaning is not what it was `before`, and return them."""
    changed = [
        file
        for file, text in before.items()
        if (now := file.read_text("utf-8")) != text and list(meaning(now)) != list(meaning(text))
    ]
    for file in changed:
        file.write_text(before[file], encoding="utf-8")
    return changed


def run(checkout: Checkout) -> None:
    """Format every file; raise CommandError when one could not be formatted."""
    env = odoo.environment(checkout)
    ruff = [str(python_env.interpreter(checkout)), "-m", "ruff", "format", "--quiet", "."]
    found = files(checkout)
    before = {file: file.read_text("utf-8") for file in found if file.suffix == ".xml"}
    failed = False
    for arguments in (ruff, command(checkout, "--write", found)):
        ended = subprocess.run(arguments, cwd=checkout.root, env=env, check=False)
        failed = failed or bool(ended.returncode)
    kept = restored(before)
    if kept:
        names = ", ".join(str(file.relative_to(checkout.root)) for file in kept)
        raise CommandError(
            f"Formatting would have changed what these say, so it left them: {names}"
        )
    if failed:
        raise CommandError("A file could not be formatted, see above.")
