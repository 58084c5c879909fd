"""Wordings that pages, mails, papers and refusals share, each in one place.

``reasons``: why a course counts or does not. ``missing``: what is missing. ``milestones``: what is
asked beside courses, and how far it is. ``limits``: how much
from elsewhere may count. Functions take the environment, whose language they answer in; the
sentences are in English here and in Chinese in ``i18n``.
"""
