# In the order in which they build on each other, not of the alphabet.
from . import (
    curriculum_part,
    selecting,
    curriculum_findings,
    curriculum_difference,
    curriculum_equivalents,
    curriculum_next_year,
    curriculum_succession,
    curriculum_outline,
    curriculum_blocks,
    curriculum,
    curriculum_area,
    curriculum_line,
    counting_rule,
    flexible_rule,
    milestone,
    rule_source,
)
