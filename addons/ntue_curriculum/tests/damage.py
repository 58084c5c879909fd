"""Files as they come out of broken exports, editors and disks: a good set, damaged at random."""

import csv
import io
import random
import zipfile

ODD = (
    "",
    " ",
    "\ufeff",
    "\u200b",
    "0",
    "-1",
    "1e9",
    "99999999999999999999",
    "NaN",
    "Infinity",
    "25%",
    "%",
    "是",
    "否",
    "x" * 300,
    "　全形　",
    "#REF!",
    "=1+1",
    "\x00",
    "\x0b",
    "114-13-45",
    "0000-00-00",
    "1141",
    "進修",
    "博士",
    "比例",
    "抵免",
    "ZQ",
    "A",
    "\N{OLD PERSIAN SIGN A}",
    "²",
    "½",
    ";",
    ",",
    '"',
    "\n",
)
"""Cells that people and programs have been known to leave behind."""


def chance(seed):
    """The same choices for the same seed."""
    return random.Random(seed)  # noqa: S311  # chooses damage, keeps no secret


def damaged(rng, files, to_xlsx):
    """``files`` (lines by name) as contents by file name, damaged in one to four places.

    ``to_xlsx``: makes a workbook's bytes of rows; some files become workbooks.
    """
    tables = {
        name: list(csv.reader(io.StringIO("\n".join(lines)))) for name, lines in files.items()
    }
    for _ in range(rng.randint(1, 4)):
        name = rng.choice(sorted(tables))
        rng.choice(OF_ROWS)(rng, tables[name])
    for name in rng.sample(sorted(tables), rng.choice((0, 0, 0, 1, 3))):
        del tables[name]
    contents = {}
    for name, rows in tables.items():
        if rng.random() < 0.1:
            contents[f"{name}.xlsx"] = to_xlsx(rows)
        else:
            contents[f"{name}.csv"] = _csv(rows)
    for _ in range(rng.choice((0, 0, 1, 2))):
        if contents:
            name = rng.choice(sorted(contents))
            contents[name] = rng.choice(OF_BYTES)(rng, contents[name])
    return contents


def _csv(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode(errors="surrogatepass")


# -- of rows, in place


def _place(rng, rows, first=0):
    if len(rows) <= first:
        return None, None
    row = rng.randrange(first, len(rows))
    return (row, rng.randrange(len(rows[row]))) if rows[row] else (None, None)


def cell_is_odd(rng, rows):
    """One cell says something else."""
    row, column = _place(rng, rows)
    if row is not None:
        rows[row][column] = rng.choice(ODD)


def cell_is_anothers(rng, rows):
    """One cell says what another one of the file says."""
    row, column = _place(rng, rows)
    other, place = _place(rng, rows)
    if row is not None and other is not None:
        rows[row][column] = rows[other][place]


def column_is_gone(rng, rows):
    """A whole column is missing, its header with it."""
    if rows and rows[0]:
        column = rng.randrange(len(rows[0]))
        rows[:] = [row[:column] + row[column + 1 :] for row in rows]


def column_is_blank(rng, rows):
    """A whole column is empty below its header."""
    if rows and rows[0]:
        column = rng.randrange(len(rows[0]))
        for row in rows[1:]:
            if column < len(row):
                row[column] = ""


def columns_change_places(rng, rows):
    """Two headers have changed places, what is below has not."""
    if rows and len(rows[0]) > 1:
        one, other = rng.sample(range(len(rows[0])), 2)
        rows[0][one], rows[0][other] = rows[0][other], rows[0][one]


def row_is_gone(rng, rows):
    """A row is missing; the header perhaps."""
    if rows:
        del rows[rng.randrange(len(rows))]


def row_is_twice(rng, rows):
    """A row is twice; the header perhaps."""
    if rows:
        rows.append(list(rng.choice(rows)))


def row_is_cut(rng, rows):
    """A row ends early."""
    row, column = _place(rng, rows)
    if row is not None:
        rows[row] = rows[row][:column]


def row_is_longer(rng, rows):
    """A row goes on."""
    if rows:
        rng.choice(rows).extend(rng.choice(ODD) for _ in range(rng.randint(1, 80)))


OF_ROWS = (
    cell_is_odd,
    cell_is_odd,
    cell_is_anothers,
    column_is_gone,
    column_is_blank,
    columns_change_places,
    row_is_gone,
    row_is_twice,
    row_is_cut,
    row_is_longer,
)


# -- of bytes


def bytes_are_flipped(rng, data):
    """Some bytes are others."""
    found = bytearray(data)
    for _ in range(rng.randint(1, 20)):
        if found:
            found[rng.randrange(len(found))] = rng.randrange(256)
    return bytes(found)


def end_is_gone(rng, data):
    """The file ends early."""
    return data[: rng.randrange(len(data) + 1)]


def middle_is_gone(rng, data):
    """A piece is missing."""
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.randint(1, 200) :]


def middle_is_twice(rng, data):
    """A piece is twice."""
    start = rng.randrange(len(data) + 1)
    return data[: start + rng.randint(1, 200)] + data[start:]


def encoding_is_another(rng, data):
    """Text in another encoding, or with other line ends."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return data
    encoding = rng.choice(("cp950", "utf-16", "utf-8-sig", "latin-1"))
    return text.replace("\n", rng.choice(("\r\n", "\r", "\n"))).encode(encoding, "replace")


def part_is_damaged(rng, data):
    """One part of a workbook is damaged, and packed well."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # damaged before
        return data
    at = rng.randrange(len(parts))
    damage = rng.choice((bytes_are_flipped, end_is_gone, middle_is_gone, middle_is_twice))
    parts[at] = (parts[at][0], damage(rng, parts[at][1]))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts:
            archive.writestr(name, part)
    return packed.getvalue()


OF_BYTES = (
    bytes_are_flipped,
    bytes_are_flipped,
    end_is_gone,
    middle_is_gone,
    middle_is_twice,
    encoding_is_another,
    part_is_damaged,
    part_is_damaged,
)
