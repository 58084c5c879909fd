"""docker-compose.yml is the native way in containers: same addons, database, commands.

compose_spec.json is the Compose Specification's schema (Apache-2.0), unchanged, as the package
docker-compose 1.29.2 carries it.
"""

import ast
import configparser
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from dev import odoo, proxy
from dev.product import ADDONS, install_arguments, serve_arguments

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, Any] = COMPOSE["services"]
VARIABLE = re.compile(r"\$\{(\w+)(:?[-?])?[^}]*\}")


def command(service: str) -> list[str]:
    """Return a service's command for the database `school`, as compose would fill it in."""
    filled = (
        re.sub(r"\$\{NTUE_DATABASE[^}]*\}", "school", word) for word in SERVICES[service]["command"]
    )
    named = (re.sub(r"\$\{NTUE_ADDONS:-([^}]*)\}", r"\1", word) for word in filled)
    return [word.replace("$$", "$") for word in named]


def test_the_file_is_valid_by_the_compose_specification() -> None:
    schema = json.loads((ROOT / "tests" / "tools" / "compose_spec.json").read_text())
    filled = yaml.safe_load(re.sub(r"\$\{\w+:-(\d+)\}", r"\1", TEXT))
    jsonschema.Draft201909Validator(schema).validate(filled)


def test_it_installs_with_the_very_arguments_of_the_native_way() -> None:
    assert command("install") == ["odoo", *install_arguments("school")]


def test_it_serves_with_the_very_arguments_of_the_native_way() -> None:
    native = ["odoo", *serve_arguments("school")]
    assert command("odoo")[: len(native)] == native


def test_both_run_one_image_and_one_data_volume() -> None:
    assert SERVICES["install"]["image"] == SERVICES["odoo"]["image"]
    assert "odoo-data:/var/lib/odoo" in SERVICES["install"]["volumes"]
    assert SERVICES["install"]["volumes"] == SERVICES["odoo"]["volumes"]
    assert SERVICES["install"]["environment"] == SERVICES["odoo"]["environment"]


def test_the_image_is_odoo_19_with_our_addons_and_the_slips_type() -> None:
    dockerfile = (ROOT / "docker" / "Dockerfile").read_text()
    assert dockerfile.startswith("ARG ODOO_IMAGE=odoo:19\nFROM ${ODOO_IMAGE}\n")
    assert "fonts-noto-cjk" in dockerfile
    # Not a volume of the image, which a container that is made anew takes over from the one before.
    assert "COPY addons /opt/ntue/addons\n" in dockerfile
    assert dockerfile.rstrip().endswith("USER odoo")


def test_the_containers_configuration_agrees_with_the_native_one() -> None:
    inside = configparser.ConfigParser()
    inside.read(ROOT / "docker" / "odoo.conf")
    native = configparser.ConfigParser(interpolation=None)
    native.read_string(odoo.CONFIGURATION)
    assert inside["options"]["addons_path"] == "/opt/ntue/addons"
    for option in ("list_db", "proxy_mode"):
        assert inside["options"][option] == native["options"][option] == "False"


def test_the_server_waits_for_the_database_the_installation_and_the_password() -> None:
    ended = "service_completed_successfully"
    waits = SERVICES["odoo"]["depends_on"]
    assert waits["db"]["condition"] == "service_healthy"
    assert waits["admin"]["condition"] == ended
    assert SERVICES["admin"]["depends_on"]["install"]["condition"] == ended
    assert SERVICES["install"]["depends_on"]["db"]["condition"] == "service_healthy"


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_service_lasts_with_a_health_check_or_ends_and_stays_ended(service: str) -> None:
    lasting = {"db", "replica", "odoo", "cron", "proxy", "mail"}
    wanted = "unless-stopped" if service in lasting else "no"
    assert SERVICES[service]["restart"] == wanted
    assert bool(SERVICES[service].get("healthcheck", {}).get("test")) is (service in lasting)


def test_the_database_is_postgresql_17_on_named_volumes() -> None:
    assert SERVICES["db"]["build"]["args"] == {
        "POSTGRES_IMAGE": "${NTUE_POSTGRES_IMAGE:-postgres:17}"
    }
    dockerfile = (ROOT / "docker" / "postgres" / "Dockerfile").read_text()
    assert dockerfile.startswith("ARG POSTGRES_IMAGE=postgres:17\nFROM ${POSTGRES_IMAGE}\n")
    assert "db-data:/var/lib/postgresql/data" in SERVICES["db"]["volumes"]
    mounted = {
        word.split(":")[0]
        for service in SERVICES.values()
        for word in re.sub(
            r"\$\{\w+:-([^}]*)\}", r"\1", "\n".join(service.get("volumes", []))
        ).split()
    }
    assert {name for name in mounted if not name.startswith(".")} == set(COMPOSE["volumes"])


def test_ports_are_open_on_loopback_unless_the_school_opens_them() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith(("127.0.0.1:", "${NTUE_BIND:-127.0.0.1}:")) for port in ports)


def test_the_proxys_word_is_taken_and_nobody_else_reaches_odoo() -> None:
    assert {name for name, service in SERVICES.items() if service.get("ports")} == {"proxy", "mail"}
    for service in ("install", "admin", "odoo", "cron"):
        assert SERVICES[service]["environment"]["ODOO_PROXY_MODE"] == "True"
    assert SERVICES["proxy"]["environment"]["NTUE_PROXY_ODOO"] == "odoo:8069"


def test_pages_are_answered_by_workers_and_jobs_run_in_a_container_apart() -> None:
    assert {"--workers=${NTUE_WORKERS:-2}", "--max-cron-threads=0"} <= set(command("odoo"))
    assert {"--workers=0", "--max-cron-threads=${NTUE_CRON_THREADS:-2}"} <= set(command("cron"))
    # The evented process, which there is with workers alone.
    assert SERVICES["proxy"]["environment"]["NTUE_PROXY_WEBSOCKET"] == "odoo:8072"
    native = ["odoo", *serve_arguments("school")]
    assert command("cron")[: len(native)] == native


def test_the_process_of_all_jobs_begins_anew_by_its_containers_memory_and_not_before() -> None:
    limits = re.findall(r"--limit-memory-(soft|hard)=\$\{\w+:-(\d+)\}", " ".join(command("cron")))
    found = {name: int(size) for name, size in limits}
    default = re.findall(r":-(\d+)g\}", SERVICES["cron"]["mem_limit"])
    assert 2048 * 2**20 < found["soft"] < found["hard"] < int(default[0]) * 2**30


def test_an_addon_that_the_school_leaves_out_is_not_installed_at_the_next_start() -> None:
    (named,) = [word for word in SERVICES["install"]["command"] if "ntue_curriculum" in word]
    assert named == f"${{NTUE_ADDONS:-{','.join(ADDONS)}}}"


def test_the_small_default_is_what_has_no_profile() -> None:
    asked_for = {name: service.get("profiles") for name, service in SERVICES.items()}
    assert {name for name, profiles in asked_for.items() if not profiles} == {
        *("db", "install", "admin", "marks", "odoo", "cron", "proxy")
    }


def test_a_replica_that_is_not_wanted_is_not_named_to_odoo_at_all() -> None:
    """Empty would mean that Odoo plays a replica to itself."""
    assert "PGHOST_REPLICA" in SERVICES["odoo"]["environment"]
    assert SERVICES["odoo"]["environment"]["PGHOST_REPLICA"] is None


def test_what_writes_is_given_time_to_end() -> None:
    for service in ("db", "replica", "odoo", "cron"):
        assert SERVICES[service]["stop_grace_period"] == "60s"


def test_the_database_counts_as_well_only_when_others_can_reach_it() -> None:
    """While its image prepares an empty volume it answers by the socket alone, and then stops."""
    for service in ("db", "replica"):
        assert "--host=127.0.0.1" in SERVICES[service]["healthcheck"]["test"][1]


def test_the_proxys_template_has_a_value_for_each_of_its_variables() -> None:
    templates = sorted((ROOT / proxy.FOLDER).glob("*.template"))
    assert len(templates) == 3
    # The image fills in that of the waiting room as well.
    filled = [*templates, ROOT / proxy.FOLDER / "waiting" / "room.conf"]
    named = {name for file in filled for name in proxy.VARIABLE.findall(file.read_text())}
    asked_of_the_image = {"NGINX_ENTRYPOINT_LOCAL_RESOLVERS"}
    assert named | asked_of_the_image == set(SERVICES["proxy"]["environment"])


def test_the_mail_catcher_runs_only_when_asked_for() -> None:
    assert SERVICES["mail"]["profiles"] == ["mail"]


def test_no_secret_has_a_default_and_the_example_names_each_variable() -> None:
    example = (ROOT / ".env.example").read_text()
    given = dict(re.findall(r"(?m)^#?(NTUE_\w+)=(.*)$", example))
    uses = {found[1]: found[2] for found in VARIABLE.finditer(TEXT)}
    assert set(given) == set(uses)
    required = {name for name, rule in uses.items() if rule == ":?"}
    assert required == {
        "NTUE_POSTGRES_PASSWORD",
        "NTUE_DB_USER",
        "NTUE_DB_PASSWORD",
        "NTUE_DATABASE",
        "NTUE_ADMIN_PASSWORD",
    }
    assert all(given[name] == "" for name in required)


def test_the_administrators_known_password_is_changed_by_a_script_of_the_image() -> None:
    script = SERVICES["admin"]["command"][-1].split("< ")[1]
    copied = f"COPY docker/admin_password.py {script}\n"
    assert copied in (ROOT / "docker" / "Dockerfile").read_text()
    ignored = (ROOT / "docker" / "Dockerfile.dockerignore").read_text()
    assert {"*", "!addons", "!docker/odoo.conf", "!docker/admin_password.py"} <= set(
        ignored.splitlines()
    )


def test_the_addons_are_the_ones_of_this_checkout() -> None:
    for name in ADDONS:
        manifest = ast.literal_eval((ROOT / "addons" / name / "__manifest__.py").read_text())
        assert manifest["version"].startswith("19.0.")


def test_odoos_role_is_no_superuser_and_owns_its_database_only() -> None:
    database = SERVICES["db"]["environment"]
    assert database["POSTGRES_USER"] == "postgres"
    assert "NTUE_POSTGRES_PASSWORD" in database["POSTGRES_PASSWORD"]
    for service in ("install", "admin", "odoo", "cron"):
        environment = SERVICES[service]["environment"]
        assert "NTUE_DB_USER" in environment["USER"] == environment["PGUSER"]
        assert not any("POSTGRES" in str(value) for value in environment.values())
    script = (ROOT / "docker" / "postgres" / "make_role.sh").read_text()
    assert "NOSUPERUSER NOCREATEDB NOCREATEROLE" in script
    assert 'OWNER :"role"' in script
    mounted = [volume for volume in SERVICES["db"]["volumes"] if "make_role.sh" in volume]
    assert mounted == ["./docker/postgres/make_role.sh:/docker-entrypoint-initdb.d/make_role.sh:ro"]


def test_every_image_can_be_pinned_by_digest_and_every_service_has_limits() -> None:
    for name, service in SERVICES.items():
        (built,) = service.get("build", {}).get("args", {}).values() or [service["image"]]
        assert built.startswith("${NTUE_"), name
        assert service["mem_limit"], name
        assert service["pids_limit"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name


def test_what_odoo_writes_in_its_container_is_its_own() -> None:
    dockerfile = (ROOT / "docker" / "Dockerfile").read_text()
    entry = "/usr/local/lib/ntue/entrypoint.sh"
    assert f"COPY docker/entrypoint.sh {entry}\n" in dockerfile
    assert f'ENTRYPOINT ["{entry}"]\n' in dockerfile
    script = (ROOT / "docker" / "entrypoint.sh").read_text()
    assert "umask 077\nexec /entrypoint.sh" in script
    assert (ROOT / "docker" / "entrypoint.sh").stat().st_mode & 0o111


OF_ODOO = {"openpyxl", "requests", "vobject", "xlsxwriter"}
"""Packages of Python that Odoo's own image has."""


def test_the_image_brings_what_the_addons_ask_of_python() -> None:
    dockerfile = (ROOT / "docker" / "Dockerfile").read_text()
    lock = (ROOT / "requirements" / "dev.lock").read_text()
    asked = {"pypinyin"}
    for name in ADDONS:
        manifest = ast.literal_eval((ROOT / "addons" / name / "__manifest__.py").read_text())
        asked.update(manifest["external_dependencies"]["python"])
    for name in asked - OF_ODOO:
        (pinned,) = re.findall(rf"\b{name}==([0-9.]+)", dockerfile)
        assert f"\n{name}=={pinned} " in lock


def test_the_marks_of_the_logs_are_given_to_another_role_before_the_server_starts() -> None:
    marks = SERVICES["marks"]
    assert "./tools/keep_marks.sql:/keep_marks.sql:ro" in marks["volumes"]
    assert "--file=/keep_marks.sql" in marks["command"]
    assert "--username=postgres" in marks["command"]
    ended = "service_completed_successfully"
    assert marks["depends_on"]["install"]["condition"] == ended
    assert SERVICES["odoo"]["depends_on"]["marks"]["condition"] == ended
    assert "NTUE_LOG_KEY" in SERVICES["odoo"]["environment"]
