"""The scripts that act on the running product from Odoo's shell."""

import json
import os
import subprocess
from pathlib import Path

from house import odoo

SCRIPTS = Path(__file__).parent / "scripts"


def begin(school, script, **values):
    """Odoo's shell with one of the scripts, on its way."""
    place = school.place
    command = odoo.command(place, "shell", "--database", school.database, "--no-http")
    environment = {**os.environ, **odoo.environment(place)}
    environment |= {name: str(value) for name, value in values.items()}
    with (SCRIPTS / f"{script}.py").open() as text:
        return subprocess.Popen(
            command, stdin=text, stdout=subprocess.PIPE, env=environment, cwd=place.root, text=True
        )


def run(school, script, **values):
    """What one of the scripts found out."""
    process = begin(school, script, **values)
    output, _ = process.communicate()
    assert process.returncode == 0
    return json.loads(output.strip().splitlines()[-1])
