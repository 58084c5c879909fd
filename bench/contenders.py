"""What the engine is compared with: two max-flow relaxations, and first-fit.

Each is made for one framework, as ``prepare`` makes it for the engine, and then called
with the enrolments of one student. They answer one question only, whether every area
reaches its minimum. The flows may split a course between areas: a placement that cannot be
printed on a student's page, but no placement reaches more.
"""

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_flow


class Contender:
    """The tables of a framework: the areas of each course, and what each area asks."""

    def __init__(self, framework):
        number = {area.code: n for n, area in enumerate(framework.areas)}
        self.asks = [int(area.min_credits) for area in framework.areas]
        self.total = sum(self.asks)
        self.areas_of = {}
        for line in framework.lines:
            self.areas_of.setdefault(line.code, []).append(number[line.area])

    def courses(self, enrolments):
        """Credits and areas of every course."""
        areas_of = self.areas_of
        return [(int(enrolment.credits), areas_of[enrolment.code]) for enrolment in enrolments]


class OrTools(Contender):
    """Source → course → area → sink, solved by OR-Tools' compiled push-relabel.

    Arcs are added one by one: at this size that is nearly twice as fast as from arrays.
    """

    def satisfied(self, enrolments):
        """Whether every area gets what it asks."""
        source, sink = len(self.asks), len(self.asks) + 1
        flow = SimpleMaxFlow()
        add = flow.add_arc_with_capacity
        for area, least in enumerate(self.asks):
            add(area, sink, least)
        for node, (units, places) in enumerate(self.courses(enrolments), sink + 1):
            add(source, node, units)
            for place in places:
                add(node, place, units)
        flow.solve(source, sink)
        return flow.optimal_flow() == self.total


class SciPy(Contender):
    """The same graph as a sparse matrix, solved by SciPy's compiled Edmonds-Karp.

    Of its two methods and of the orders of nodes (courses first or areas first) these are
    the fastest here; courses first alone is worth more than half as much again.
    """

    def satisfied(self, enrolments):
        """Whether every area gets what it asks."""
        courses = self.courses(enrolments)
        first = len(courses)
        source = first + len(self.asks)
        sink = source + 1
        columns, room, starts = [], [], [0]
        for units, places in courses:
            for place in places:
                columns.append(first + place)
                room.append(units)
            starts.append(len(columns))
        for least in self.asks:
            columns.append(sink)
            room.append(least)
            starts.append(len(columns))
        columns.extend(range(first))
        room.extend([units for units, _ in courses])
        starts += [len(columns), len(columns)]
        arrays = (np.array(each, dtype=np.int32) for each in (room, columns, starts))
        graph = csr_matrix(tuple(arrays), shape=(sink + 1, sink + 1))
        flow = maximum_flow(graph, source, sink, method="edmonds_karp")
        return flow.flow_value == self.total


class FirstFit(Contender):
    """Every course goes to the first of its areas that still lacks credits."""

    def satisfied(self, enrolments):
        """Whether every area gets what it asks."""
        lacking = self.asks[:]
        for units, places in self.courses(enrolments):
            for place in places:
                if lacking[place] > 0:
                    lacking[place] -= units
                    break
        return max(lacking) <= 0
