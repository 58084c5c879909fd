"""What pages show of a student's audit, as plain functions: a student in, values out.

``progress``: the progress page and sheet; ``milestones`` and ``programmes``: what they show beside
courses and beside the main program. ``what_if``: other ticks, planned subjects, another
framework. ``effect``: what would change for students under another framework. Their words are
those of ``wording``.
"""
