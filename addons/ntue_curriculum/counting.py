"""Fields of a counting rule, and columns of ``counting_rules``, as records and files have them."""

SOURCES = ("from_transferred", "from_mooc", "from_off_campus", "from_other_department")
"""Each says that a limit is about courses that come from there; named after the engine's
``CourseSource`` (A51)."""
