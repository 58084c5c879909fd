"""One line per row: what was measured, the figure, the bar, and the ratio that it is about."""

COLUMNS = (58, 26, 12, 8)


def row(what, figure, bar="", ratio=""):
    """Print one row at once; words go to their column, whatever their width."""
    cells = (what, figure, bar, ratio)
    print("  ".join(f"{cell:<{wide}}" for cell, wide in zip(cells, COLUMNS, strict=True)).rstrip())


def head():
    """Print what the columns hold."""
    row("what", "figure", "bar", "ratio")
