"""The call by which another system sends its files every night: one address, one kind of key.

A key of this kind is good at that address alone. Odoo's own keys are good everywhere.
"""

GROUP = "ntue_curriculum.group_feed"
MODEL, METHOD = "ntue.import", "receive"
PATH = f"/json/2/{MODEL}/{METHOD}"
SCOPE = "ntue.feed"

LOGIN = "student-system-feed"
"""The account that ``ntue_feed_key`` makes."""

DAYS = 365
"""Days that a key is good unless something else is said."""

BYTES = 32 * 1024 * 1024
"""Of one call. A zip with 400,000 rows takes some five million; as text in JSON it is read once."""
