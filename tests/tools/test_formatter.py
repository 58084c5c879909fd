"""`make format` changes how files look and nothing of what they say."""

import json
import subprocess
from pathlib import Path

import pytest

from dev import formatter, lint, python_env
from dev.checkout import Checkout
from dev.errors import CommandError

HERE = Checkout.here()
VIEW = '<odoo><p class="a" id="b">Apply <b>now</b> <i>or</i> wait.</p></odoo>\n'
SAME = """\
<odoo><p
    id="b"
    class="a"
>Apply <b>now</b> <i
    >or</i> wait.</p></odoo>
"""


def test_where_a_tag_is_broken_into_lines_means_nothing() -> None:
    assert list(formatter.meaning(SAME)) == list(formatter.meaning(VIEW))


@pytest.mark.parametrize(
    "text",
    [
        VIEW.replace("</b> <i>", "</b><i>"),
        VIEW.replace("</b> <i>", "</b>\n <i>"),
        VIEW.replace("Apply", " Apply"),
        VIEW.replace("wait.", "wait. "),
        VIEW.replace('id="b"', 'id="b "'),
        VIEW.replace("<i>or</i>", "<!-- a --><i>or</i>"),
        VIEW.replace("<b>now</b>", "<em>now</em>"),
    ],
)
def test_a_blank_a_word_a_comment_and_an_attribute_mean_something(text: str) -> None:
    assert list(formatter.meaning(text)) != list(formatter.meaning(VIEW))


def view(checkout: Checkout) -> Path:
    file = checkout.addons / "ntue" / "views" / "view.xml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(VIEW)
    return file


def formatted_as(
    text: str, file: Path, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run the command with a prettier that writes `text` into the file."""

    def ends(arguments: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        if "--write" in arguments:
            file.write_text(text)
        return subprocess.CompletedProcess(arguments, 0)

    monkeypatch.setattr(subprocess, "run", ends)
    monkeypatch.setattr(formatter.odoo, "environment", lambda _checkout: {})
    formatter.run(checkout)


def test_a_file_that_says_the_same_keeps_its_new_form(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = view(checkout)
    formatted_as(SAME, file, checkout, monkeypatch)
    assert file.read_text() == SAME


def test_a_file_that_would_say_something_else_is_put_back_and_named(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = view(checkout)
    with pytest.raises(CommandError, match=r"addons/ntue/views/view\.xml"):
        formatted_as(VIEW.replace("> <", ">\n<"), file, checkout, monkeypatch)
    assert file.read_text() == VIEW


def test_views_pages_papers_scripts_and_style_sheets_are_formatted_and_libraries_are_not(
    checkout: Checkout,
) -> None:
    library = checkout.addons / "ntue" / "static" / "lib" / "other.js"
    library.parent.mkdir(parents=True)
    library.write_text("1\n")
    view(checkout)
    assert [file.name for file in formatter.files(checkout)] == ["view.xml"]
    found = {(file.parent.name, file.suffix) for file in formatter.files(HERE)}
    assert {("views", ".xml"), ("report", ".xml"), ("scss", ".scss")} <= found
    assert {".js", ".mjs"} <= {suffix for _folder, suffix in found}


def test_white_space_in_xml_is_kept() -> None:
    settings = json.loads((HERE.root / ".prettierrc.json").read_text())
    assert settings["xmlWhitespaceSensitivity"] == "strict"


def test_lint_asks_for_the_form_that_the_command_gives() -> None:
    command = lint.commands(HERE)["prettier"]
    assert "--check" in command
    assert set(command) >= set(formatter.command(HERE, "--check", formatter.files(HERE)))
    assert str(python_env.interpreter(HERE)) not in command
