"""What a student took and what was decided: which attempts and which decisions count.

attempts.py    which attempt at a course counts, and when a recognised one does: A18, A19,
               D3, D42
ledger.py      what an earlier degree counted, which counts no more: A46
decisions.py   what reviewers decided, and which decision holds: A27, D19, D20, I6; waived
               and substituted lines
together.py    which courses stand for one subject together, and for how many credits: A55
orders.py      what was taken out of the order that is asked for: A51
"""
