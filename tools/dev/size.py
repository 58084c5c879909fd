"""`make size`: how large models, functions and files are, counted in the source, with bars.

A number above its bar makes the command fail. `tests/tools/test_size.py` holds the bars that are
marked as held; a model may be opened in a second file of its addon where docs/architecture.md
gives the reason.
"""

import ast
import json
import re
import statistics
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dev import console, model_source, python_env
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.product import ADDONS

APPLICATION = "ntue.graduation.application"
EXCEPTIONS_PAGE = "docs/architecture.md"
EXCEPTIONS_TITLE = "### Models in several files"
EXCEPTION = re.compile(r"^\| `([a-z_.]+)` \| (\S.*?) *\|$", re.MULTILINE)
FOLDERS = ("addons", "tools", "bench")
"""Folders whose functions are measured."""

COMPLEXITY = 15
FUNCTION_LINES = 60
SHOWN = 8
"""Rows of each table of details."""


@dataclass(frozen=True)
class Function:
    """A function with its size; `name` says where it is."""

    name: str
    size: int


class Sizes:
    """The sizes of one checkout, each counted when it is first asked for."""

    def __init__(self, checkout: Checkout) -> None:
        self._checkout = checkout

    @cached_property
    def models(self) -> model_source.Models:
        """All models of our addons."""
        return model_source.Models(tuple(model_source.read(self._checkout.addons, ADDONS)))

    @cached_property
    def exceptions(self) -> dict[str, str]:
        """Models that may be opened in several files, with the reason."""
        text = (self._checkout.root / EXCEPTIONS_PAGE).read_text(encoding="utf-8")
        section = text.partition(f"{EXCEPTIONS_TITLE}\n")[2].partition("\n#")[0]
        return dict(EXCEPTION.findall(section))

    @cached_property
    def reopened(self) -> dict[tuple[str, str], list[str]]:
        """Models in several files of one addon without a reason on the page."""
        found = self.models.reopened()
        return {key: files for key, files in found.items() if key[1] not in self.exceptions}

    @cached_property
    def file_lines(self) -> dict[str, int]:
        """Lines of every file of the addons, the longest first; package files are left out."""
        found = {
            str(file.relative_to(self._checkout.addons)): len(file.read_bytes().splitlines())
            for file in model_source.python_files(self._checkout.addons, ADDONS)
            if not file.name.startswith("__")
        }
        return dict(sorted(found.items(), key=lambda row: -row[1]))

    @cached_property
    def functions(self) -> list[Function]:
        """Every function with its lines, the longest first."""
        found = [
            Function(f"{file}: {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
            for file in self._files()
            for node in ast.walk(ast.parse((self._checkout.root / file).read_text("utf-8")))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        return sorted(found, key=lambda function: -function.size)

    @cached_property
    def complex_functions(self) -> list[Function]:
        """Every function above the bar of complexity, as ruff counts it; the worst first."""
        found = _ruff_complexity(self._checkout, self._files(), COMPLEXITY)
        return sorted(found, key=lambda function: -function.size)

    def _files(self) -> list[str]:
        return [
            str(file.relative_to(self._checkout.root))
            for folder in FOLDERS
            for file in sorted((self._checkout.root / folder).rglob("*.py"))
        ]


def _ruff_complexity(checkout: Checkout, files: Sequence[str], limit: int) -> list[Function]:
    """Return the functions whose complexity is above `limit`."""
    options = ["--isolated", "--select=C901", "--ignore-noqa", "--output-format=json"]
    bar = ["--config", f"lint.mccabe.max-complexity={limit}"]
    command = [str(python_env.interpreter(checkout)), "-m", "ruff", "check", *options, *bar, "--"]
    ended = subprocess.run(
        [*command, *files], cwd=checkout.root, capture_output=True, text=True, check=False
    )
    if ended.returncode not in (0, 1):
        raise CommandError(f"ruff could not count the complexity: {ended.stderr.strip()}")
    return [
        _function_of(checkout, row) for row in json.loads(ended.stdout) if row["code"] == "C901"
    ]


def _function_of(checkout: Checkout, row: dict[str, str]) -> Function:
    """Return the function of a finding, whose message ends with "(16 > 15)"."""
    name, size = re.findall(r"`(\w+)`.*\((\d+) > ", row["message"])[0]
    file = Path(row["filename"]).resolve().relative_to(checkout.root.resolve())
    return Function(f"{file}: {name}", int(size))


@dataclass(frozen=True)
class Bar:
    """A number that may not rise above `limit`; `held` when a test fails above it."""

    title: str
    measure: Callable[[Sizes], float]
    limit: float
    held: bool = True


BARS = (
    Bar(
        f"methods of {APPLICATION}",
        lambda sizes: sizes.models.methods().get(APPLICATION, 0),
        100,
    ),
    Bar(
        "models in several files of an addon, without a reason",
        lambda sizes: len(sizes.reopened),
        0,
    ),
    Bar(
        f"functions of more than {FUNCTION_LINES} lines",
        lambda sizes: sum(function.size > FUNCTION_LINES for function in sizes.functions),
        0,
    ),
    Bar(
        f"functions of a complexity above {COMPLEXITY}",
        lambda sizes: len(sizes.complex_functions),
        0,
    ),
    Bar(
        "median of lines of a file of the addons",
        lambda sizes: statistics.median(sizes.file_lines.values() or [0]),
        110,
    ),
)


def above(sizes: Sizes) -> list[Bar]:
    """Return the bars that are exceeded."""
    return [bar for bar in BARS if bar.measure(sizes) > bar.limit]


def _details(sizes: Sizes) -> list[str]:
    """Return the tables below the bars: the largest of each kind."""
    methods = list(sizes.models.methods().items())[:SHOWN]
    functions = sizes.functions[:SHOWN]
    files = list(sizes.file_lines.items())[:SHOWN]
    tables = [
        (("methods", "model"), [(str(number), model) for model, number in methods]),
        (("lines", "function"), [(str(found.size), found.name) for found in functions]),
        (("lines", "file"), [(str(lines), file) for file, lines in files]),
    ]
    if sizes.complex_functions:
        rows = [(str(found.size), found.name) for found in sizes.complex_functions]
        tables.append((("complexity", "function"), rows))
    if sizes.reopened:
        rows = [
            (str(len(files)), f"{model} in {addon}: {', '.join(Path(file).stem for file in files)}")
            for (addon, model), files in sizes.reopened.items()
        ]
        tables.append((("files", "model"), rows))
    return [console.table(head, rows) for head, rows in tables]


def run(checkout: Checkout) -> int:
    """Print the numbers with their bars and the largest of each kind; 1 when one is above."""
    sizes = Sizes(checkout)
    exceeded = above(sizes)
    rows = [
        (bar.title, f"{bar.measure(sizes):g}", f"{bar.limit:g}", "above" if bar in exceeded else "")
        for bar in BARS
    ]
    console.line("\n\n".join([console.table(("", "now", "bar", ""), rows), *_details(sizes)]))
    return 1 if exceeded else 0
