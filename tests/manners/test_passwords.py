"""Passwords are hashed cheaply in tests, and dearly in the product."""

import json

from house import cheap_passwords, databases, odoo, sample_school, workers
from house.place import Place

LEAST = 600_000
"""Rounds of PBKDF2 that Odoo 19 takes at least."""

ROUNDS = """
import json
print("=== rounds", json.dumps(env["res.users"]._crypt_context().hash("word").split("$")[2]))
"""


def rounds(place, name, script, *options):
    """The rounds in which Odoo's shell hashes a password."""
    shell = ("shell", "--database", name, "--no-http", *options)
    said = odoo.run(place, "Hashing", *shell, script=script)
    (line,) = [line for line in said.splitlines() if line.startswith("=== rounds")]
    return int(json.loads(line.removeprefix("=== rounds ")))


def test_the_products_configuration_hashes_dearly_and_the_one_of_the_tests_does_not(tmp_path):
    place = Place.here()
    name = workers.database(place, "passwords")
    sample_school.copy(place, name)
    script = tmp_path / "rounds.py"
    script.write_text(ROUNDS)
    try:
        assert rounds(place, name, script) >= LEAST
        assert rounds(place, name, script, *cheap_passwords.options(place)) == 1
    finally:
        databases.drop(place, name)


def test_no_configuration_of_the_product_names_the_cheap_module():
    place = Place.here()
    files = [
        odoo.write_configuration(place),
        place.root / "docker-compose.yml",
        *(file for file in (place.root / "docker").rglob("*") if file.is_file()),
        *place.addons.rglob("__manifest__.py"),
    ]
    assert [file for file in files if cheap_passwords.MODULE in file.read_text()] == []
