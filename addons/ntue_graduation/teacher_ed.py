"""The question to students of teacher education, and its answers (16–19, D35)."""

ANSWERS = [
    ("continuing", "I am in teacher education and need more of its courses next term"),
    ("exam", "I prepare for the next internal selection exam of teacher education"),
    ("finishing", "I finish teacher education this term, or have finished it"),
]
HOLD_OFF = frozenset({"continuing", "exam"})
"""Who gives one of these should not apply yet (16); it is no block."""
