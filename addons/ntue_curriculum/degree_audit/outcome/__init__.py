"""What an audit says: its figures, its reasons, what would help, what would change.

summing_up.py   the steps in order; the whole's tick: A1, A2, A12
areas.py        what areas and their parents ask, and whether they are met: A7, A10, A13
flexible.py     recognised and ticked courses and their limits: D17, D18, D22
limits.py       limits across areas, and the flexible credits that these leave room for: A51
suggest.py      the best legal choice of ticks; choosing.py: the best choice within limits, exactly
explain.py      why each enrolment counts where it does, or nowhere: A24
fill.py         the smallest sets of courses that would fill a gap; fill_tried.py: where one course
                moves another, each of them tried: A28, A51
certainty.py    whether pending grades can change a tick, and which of them decide
shortfall.py    how many courses are still to be taken at least
milestones.py   what is asked beside courses, and how far it is: A41
beside.py       a further program, and which courses count in both: A45
compare.py      how two audits of one student differ: what-if, a revision (D19, I3); changes.py:
                what differs, part by part
feasible.py     whether a framework can be fulfilled at all: F18
"""
