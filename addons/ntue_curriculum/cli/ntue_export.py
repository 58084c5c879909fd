"""``odoo ntue_export -d DB FOLDER``: the school's tables as files, from the shell."""

# Odoo loads this file as odoo.cli.…, where relative imports lead nowhere.
# pylint: disable=odoo-addons-relative-import

from pathlib import Path

from odoo.cli.command import Command


class NtueExport(Command):
    """Write every table as the files that ntue_import reads, or the templates of these files."""

    name = "ntue_export"

    def run(self, cmdargs):
        # Only now: the addon may not be imported before Odoo is configured.
        from odoo.addons.ntue_curriculum.cli import _database

        parser = self.parser
        _database.add_arguments(parser)
        _add_arguments(parser)
        parsed, rest = parser.parse_known_args(cmdargs)
        if not (parsed.folder or parsed.template or parsed.data_package):
            parser.error("Name a folder, --template or --data-package.")
        for path in filter(None, (parsed.template, parsed.data_package)):
            if not path.absolute().parent.is_dir():
                parser.error(f"There is no folder “{path.parent}”.")
        if parsed.folder and not parsed.folder.is_dir():
            parser.error(f"“{parsed.folder}” is no folder.")
        with _database.command(parser, parsed, rest) as env:
            exporter = env["ntue.exporter"]
            if parsed.template:
                parsed.template.write_bytes(exporter._template())
            if parsed.data_package:
                parsed.data_package.write_text(exporter._data_package(), encoding="utf-8")
            if parsed.folder:
                export_folder(env, parsed.folder, parsed.table, _database.say)
                env.cr.commit()  # the register says who took what out
        raise SystemExit(0)


def _add_arguments(parser):
    """What may be asked for; each has a sentence in ``--help``."""
    parser.add_argument(
        "folder", type=Path, nargs="?", metavar="FOLDER", help="existing folder for the files"
    )
    parser.add_argument(
        "--table",
        action="append",
        default=[],
        metavar="NAME",
        help="this table only, as students; may be given several times",
    )
    parser.add_argument(
        "--template", type=Path, metavar="FILE.xlsx", help="write the workbook to fill in"
    )
    parser.add_argument(
        "--data-package",
        type=Path,
        metavar="FILE.json",
        help="write the format of the files for programs (Data Package, Table Schema)",
    )


def export_folder(env, folder, names, say):
    """Write the tables into ``folder``, CSV each, and say how many rows each has."""
    tables, notes = env["ntue.exporter"]._export_folder(folder, names)
    for table in tables:
        say(env._("%(file)s: %(count)s rows", file=f"{table.spec.name}.csv", count=table.count))
    for note in notes:
        say(env["ntue.importer"]._import_text(note))
