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
    """Source → course → area → sink, solved by OR-Tools' compiled push-relabel."""

    def satisfied(self, enrolments):
        """Whether every area gets what it asks."""
        asks = self.asks
        areas = len(asks)
        source, sink = areas, areas + 1
        tails, heads, room = [*range(areas)], [sink] * areas, [*asks]
        for node, (units, places) in enumerate(self.courses(enrolments), sink + 1):
            tails.append(source)
            heads.append(node)
            room.append(units)
            for place in places:
                tails.append(node)
                heads.append(place)
                room.append(units)
        flow = SimpleMaxFlow()
        flow.add_arcs_with_capacity(np.array(tails), np.array(heads), np.array(room))
        flow.solve(source, sink)
        return flow.optimal_flow() == self.total


class SciPy(Contender):
    """The same graph as a sparse matrix, solved by SciPy's compiled Dinic."""

    def satisfied(self, enrolments):
        """Whether every area gets what it asks."""
        asks, courses = self.asks, self.courses(enrolments)
        areas = len(asks)
        source, sink = areas, areas + 1
        first = sink + 1
        size = first + len(courses)
        columns, room, starts = [sink] * areas, [*asks], [*range(areas + 1)]
        columns.extend(range(first, size))
        room.extend([units for units, _ in courses])
        starts += [len(columns), len(columns)]
        for units, places in courses:
            columns += places
            room += [units] * len(places)
            starts.append(len(columns))
        arrays = (np.array(each, dtype=np.int32) for each in (room, columns, starts))
        graph = csr_matrix(tuple(arrays), shape=(size, size))
        return maximum_flow(graph, source, sink, method="dinic").flow_value == self.total


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
