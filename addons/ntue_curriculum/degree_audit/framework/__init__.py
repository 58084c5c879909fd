"""What a framework asks: whether it is legal, its tables, its revisions.

legality.py     what makes a framework illegal: cycles, unknown parents, A6
prepared.py     the tables of a legal framework; spots.py: where courses may count
matching.py     a course and the lines it may stand for, by code, equivalents or name, and
                its origin outside: A14, A15, A17, F3, I5
counting.py     what holds across areas: limits, groups, orders: A51
selecting.py    what is in an area by what it is, without being listed: A35
equivalents.py  which courses stand for which, and in which direction: A29
names.py        how names are compared: A16
limits.py       what the limit of a flexible rule comes to, by its unit: D17
units.py        credits as whole numbers inside; masks.py: sets as bits of one number
difference.py   how two frameworks differ: a revision, next year's copy (I3)
succession.py   how decisions are carried to a revision: I3
"""
