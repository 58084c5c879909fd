"""Where each course counts: the best placement of all (A3–A6, A8).

==================  =====================================================================
placing.py          attempts, rulings and the allocation put together
courses.py          the places open to one course; grade floors
ambiguous.py        a name that several lines share, and who gets which: A17
tally.py            running sums of what is placed: A6, A11, A26
allocation.py       who competes for what: A3, A8; pieces.py: what can be solved by itself
unlike_places.py    caps, shareable and total-only places: A4, A5, A11, A12; ways.py: what
                    may be taken, ways that differ in nothing once
solver.py           chooses how a piece is solved:
  meeting_all.py      all of its areas can be met
  few_courses.py      few courses: every way looked at, each once
  search.py           any piece, in whole numbers (component.py); bounds.py: what cuts it
                      short; augmenting.py: who moves
  nearby.py           what is found without proof; climb.py: the same of ways.py
bound.py            placing under counting rules: A51; bound_program.py: their rows in
program.py          an allocation as an integer program, for kept_solver.py: HiGHS, to which is
                    handed over what takes many steps, where it is installed: A33;
                    decided.py: what a level that is settled decides
scale.py            the levels of a placement as one number; worth.py: as a tuple: A8, A3
budget.py           how many steps an audit may search: A33
==================  =====================================================================

Frameworks whose subjects are in one area each are placed in time linear in the
enrolments. Elsewhere the allocation is exact and splits no course. Courses compete only in
areas that some of them would meet and others would not; by these areas the courses fall
into pieces, and each is solved by itself:

* All its areas can be met: area after area takes the most that leaves the rest possible,
  which Hall's condition tells for all sets of areas at once (meeting_all.py). Nearly always in a
  number of steps linear in areas and courses; each step's work doubles with every area.
* Not all can be met, and it has twelve courses at most: sets of courses are gone through,
  area after area, in at most three to the power of the courses steps an area (few_courses.py).
* Otherwise branch and bound over the areas, by how many courses of a kind are in an area,
  with a matching that finds out which (search.py). Its worst case grows exponentially with
  the areas of one piece and the kinds of courses in it (a kind: equal credits, equal worth).

Two things multiply it: each shareable place under a cap that binds doubles the searches
(unlike_places.py), and so may each further enrolment of a name that several subjects carry
(ambiguous.py). What grows without a bound is counted in steps, never in time (budget.py):
beyond them it is handed over (allocation.py), or the best placement found is the answer, and
says that it is not proven best (A33). Explanations and fills are worked out when asked for.
"""
