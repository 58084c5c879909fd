"""Groups of users that several models name in the ``groups`` of a field."""

STAFF = "ntue_curriculum.group_assistant,ntue_curriculum.group_registrar"
"""Those who work on students' records; whose records each of them sees is said by record rules."""
