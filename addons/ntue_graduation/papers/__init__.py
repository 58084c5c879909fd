"""What papers show, as plain functions: an application in, values out.

``values`` has what the slip says today, which ``snapshot`` freezes at submission and ``slip``
draws, from today's data or from what was frozen; ``words`` has every word printed beside them.
"""
