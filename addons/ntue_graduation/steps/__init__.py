"""What the steps of an application ask and do: the functions that ``workflow`` names.

``guards/``: what must hold before a step, by who acts on the sentence. ``effects/``: what
follows it. ``registry.py`` finds each by its name and says how another addon adds one.
"""

from . import effects, guards
