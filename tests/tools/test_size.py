"""`make size` counts what the source has, and no number rises above its bar."""

from pathlib import Path

import pytest

from dev import model_source, python_env, size
from dev.checkout import Checkout

HERE = Checkout.here()
SIZES = size.Sizes(HERE)
HELD = [bar for bar in size.BARS if bar.held]

REGISTER = """
from odoo import models

class Register(models.Model):
    _name = "ntue.register"
    _inherit = ["mail.thread", "ntue.register.pages"]

    def open(self): ...
    def close(self): ...
"""
PAGES = """
from odoo import models

class Pages(models.AbstractModel):
    _name = "ntue.register.pages"

    def turn(self): ...
"""
AGAIN = """
from odoo import models

class Register(models.Model):
    _inherit = "ntue.register"

    def burn(self): ...
"""


def models_of(**sources: str) -> model_source.Models:
    found = (model_source.classes(text, f"ntue/{name}.py") for name, text in sources.items())
    return model_source.Models(tuple(row for rows in found for row in rows))


@pytest.fixture
def small(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A checkout with an addon of one file, and the checkers of this one."""
    monkeypatch.setattr(size, "ADDONS", ("ntue",))
    monkeypatch.setattr(python_env, "interpreter", lambda _checkout: interpreter())
    put(checkout, "addons/ntue/models/register.py", REGISTER)
    put(checkout, size.EXCEPTIONS_PAGE, "# Architecture\n")
    return checkout


def interpreter() -> Path:
    return python_env.folder(HERE) / "bin" / "python"


def put(checkout: Checkout, name: str, text: str) -> None:
    file = checkout.root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.mark.parametrize("bar", HELD, ids=[bar.title for bar in HELD])
def test_no_number_is_above_its_bar(bar: size.Bar) -> None:
    assert bar.measure(SIZES) <= bar.limit, "`make size` says which ones"


def test_every_reason_on_the_page_is_still_needed() -> None:
    several = {model for _addon, model in SIZES.models.reopened()}
    assert set(SIZES.exceptions) <= several


def test_the_largest_model_is_counted_at_all() -> None:
    assert SIZES.models.methods()[size.APPLICATION] > 20


def test_a_mixin_that_one_model_alone_inherits_counts_with_it() -> None:
    assert models_of(register=REGISTER, pages=PAGES).methods() == {"ntue.register": 3}


def test_a_mixin_that_two_models_inherit_counts_by_itself() -> None:
    other = REGISTER.replace('"ntue.register"', '"ntue.other"')
    found = models_of(register=REGISTER, other=other, pages=PAGES).methods()
    assert found == {"ntue.other": 2, "ntue.register": 2, "ntue.register.pages": 1}


def test_a_model_in_two_files_of_an_addon_is_named_with_both() -> None:
    found = models_of(register=REGISTER, pages=PAGES, again=AGAIN)
    assert found.reopened() == {("ntue", "ntue.register"): ["ntue/register.py", "ntue/again.py"]}
    assert found.methods() == {"ntue.register": 4}


def test_a_model_assembled_from_mixins_is_in_one_file() -> None:
    assert models_of(register=REGISTER, pages=PAGES).reopened() == {}


def test_a_reason_on_the_page_lets_a_model_have_several_files(small: Checkout) -> None:
    put(small, "addons/ntue/models/again.py", AGAIN)
    assert list(size.Sizes(small).reopened) == [("ntue", "ntue.register")]
    row = "| model | reason |\n| --- | --- |\n| `ntue.register` | Two offices keep it |\n"
    put(small, size.EXCEPTIONS_PAGE, f"# A\n\n{size.EXCEPTIONS_TITLE}\n\n{row}\n## B\n")
    assert size.Sizes(small).reopened == {}


def test_a_number_above_its_bar_makes_the_command_fail(
    small: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    assert size.run(small) == 0
    put(small, "addons/ntue/models/again.py", AGAIN)
    assert size.run(small) == 1
    assert "ntue.register in ntue: again, register" in " ".join(capsys.readouterr().out.split())


def test_a_function_that_is_too_long_or_too_complex_is_counted(small: Checkout) -> None:
    branches = "".join(f"    if n == {n}:\n        return {n}\n" for n in range(40))
    put(small, "addons/ntue/models/many.py", f"def many(n):\n{branches}")
    sizes = size.Sizes(small)
    name = "addons/ntue/models/many.py: many"
    assert sizes.functions[0] == size.Function(name, 81)
    assert sizes.complex_functions == [size.Function(name, 41)]
    exceeded = {bar.title for bar in size.above(sizes)}
    assert exceeded == {"functions of more than 60 lines", "functions of a complexity above 15"}


def test_tests_and_package_files_are_not_among_the_files(small: Checkout) -> None:
    put(small, "addons/ntue/tests/test_register.py", "\n" * 900)
    put(small, "addons/ntue/__init__.py", "\n")
    assert list(size.Sizes(small).file_lines) == ["ntue/models/register.py"]
