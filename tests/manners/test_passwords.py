"""Passwords are hashed cheaply in tests, and dearly in the product."""

import json

from dev import cheap_passwords, databases, odoo, sample_school, workers
from dev.checkout import Checkout

LEAST = 600_000
"""Rounds of PBKDF2 that Odoo 19 takes at least."""

ROUNDS = """
import json
print("=== rounds", json.dumps(env["res.users"]._crypt_context().hash("word").split("$")[2]))
"""


def rounds(checkout, name, script, *options):
    """The rounds in which Odoo's shell hashes a password."""
    shell = ("shell", "--database", name, "--no-http", *options)
    said = odoo.run(checkout, "Hashing", *shell, script=script)
    (line,) = [line for line in said.splitlines() if line.startswith("=== rounds")]
    return int(json.loads(line.removeprefix("=== rounds ")))


def test_the_products_configuration_hashes_dearly_and_the_one_of_the_tests_does_not(tmp_path):
    checkout = Checkout.here()
    name = workers.database(checkout, "passwords")
    sample_school.copy(checkout, name)
    script = tmp_path / "rounds.py"
    script.write_text(ROUNDS)
    try:
        assert rounds(checkout, name, script) >= LEAST
        assert rounds(checkout, name, script, *cheap_passwords.options(checkout)) == 1
    finally:
        databases.drop(checkout, name)


def test_no_configuration_of_the_product_names_the_cheap_module():
    checkout = Checkout.here()
    files = [
        odoo.write_configuration(checkout),
        checkout.root / "docker-compose.yml",
        *(file for file in (checkout.root / "docker").rglob("*") if file.is_file()),
        *checkout.addons.rglob("__manifest__.py"),
    ]
    assert [file for file in files if cheap_passwords.MODULE in file.read_text()] == []
