"""The format of the files for programs: a Data Package with a Table Schema of each file.

Made of the same declarations that read the files, so that a school's own tools can check before
they send (https://datapackage.org). References between files are told in words only: what a file
refers to may be in the database.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from .columns import Column
from .problems import Message, _
from .spec import FileSpec

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

Text = Callable[[Message], str]
"""A sentence in the reader's language."""


def data_package(specs: Iterable[FileSpec], text: Text) -> str:
    """The descriptor ``datapackage.json`` of all files, as text."""
    package = {
        "$schema": PROFILE,
        "name": "ntue-graduation-files",
        "title": text(_("Files of a school for the graduation desk")),
        "description": text(
            _(
                "Any of the files may be left out, and any column that is not required: what is "
                "stored stays. References lead to other files or to what was imported before."
            )
        ),
        "resources": [_resource(spec, text) for spec in specs],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(spec: FileSpec, text: Text) -> dict[str, Any]:
    return {
        "name": spec.name,
        "title": text(spec.title) if spec.title else spec.name,
        "path": f"{spec.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(spec, column, text) for column in spec.columns],
            "fieldsMatch": "superset",
            "primaryKey": [spec.header(name) for name in spec.key],
            "missingValues": [""],
        },
    }


def _field(spec: FileSpec, column: Column, text: Text) -> dict[str, Any]:
    schema = column.schema()
    constraints = dict(schema.pop("constraints", {}))
    if column.required:
        constraints["required"] = True
    field = {
        "name": column.header,
        **schema,
        "description": explanation(spec, column, text),
        "example": column.example,
        "constraints": constraints,
        "aliases": list(column.aliases),
    }
    return {name: value for name, value in field.items() if value not in ("", {}, [])}


def explanation(spec: FileSpec, column: Column, text: Text) -> str:
    """What a column means and what its cells may hold, in whole sentences."""
    referred = [
        reference.target
        for reference in spec.references
        if reference.columns[-1] == column.name and reference.target != "courses"
    ]
    sentences = [column.help, column.kind]
    sentences += [
        _("It is in the file “%(file)s”, or was imported before.", file=target)
        for target in referred
    ]
    said = [text(sentence) for sentence in sentences if sentence]
    return "".join(one if one.endswith("。") else f"{one} " for one in said).strip()
