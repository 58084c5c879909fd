"""A new term, and everything taken away by another system."""

import csv
import json

from .conftest import Desk


def test_a_new_terms_files_are_taken_in_and_the_log_is_checked(desk: Desk) -> None:
    desk.follow("term-rollover.md", "import")
    desk.follow("term-rollover.md", "audit")
    desk.follow("term-rollover.md", "check")


def test_another_system_reads_all_that_leaves(desk: Desk) -> None:
    desk.stack.run("rm -rf exit")
    desk.follow("exit.md", "export")
    folder = desk.stack.folder / "exit"
    package = json.loads((folder / "school" / "datapackage.json").read_text(encoding="utf-8"))
    there = {file.name for file in (folder / "school").glob("*.csv")}
    assert there
    assert there <= {resource["path"] for resource in package["resources"]}
    with (folder / "school" / "students.csv").open(encoding="utf-8-sig") as file:
        students = list(csv.DictReader(file))
    assert len(students) == int(desk.stack.sql("SELECT count(*) FROM ntue_student"))
    entries = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in entries]
    with (folder / "files.csv").open(encoding="utf-8") as file:
        named = {row["store_fname"] for row in csv.DictReader(file)}
    assert named
    assert all((folder / "files" / name).exists() for name in named)
    assert "CREATE TABLE public.ntue_student" in (folder / "database.sql").read_text()


def test_in_the_end_nothing_is_left(desk: Desk) -> None:
    desk.follow("exit.md", "erase")
    assert "ntue_db-data" not in desk.stack.run("docker volume ls")
