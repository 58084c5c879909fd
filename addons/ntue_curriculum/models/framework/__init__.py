# In the order in which they build on each other, not of the alphabet.
from . import (
    curriculum_part,
    curriculum,
    curriculum_check,
    curriculum_difference,
    curriculum_equivalents,
    curriculum_next_year,
    curriculum_take_over,
    curriculum_area,
    curriculum_line,
    curriculum_outline,
    flexible_rule,
)
