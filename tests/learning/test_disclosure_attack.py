"""The attack: take every page that the nation's page can show, and solve for what is hidden.

The attacker knows which people each number counts, how many there are of each kind, and who
holds two roles; what he is after is how far they are. Each number shown is an equation over
kinds of people (one municipality, one set of roles). He wins when some combination of
equations speaks of one to four people and of nobody else: their figure then follows.
"""

from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from learning.rules.disclosure import SMALLEST_GROUP, Place, disclose

ROLES = ("council", "alderman", "mayor", "clerk")
PROVINCES = ("Utrecht", "Zeeland")
SIZES = ("small", "large")
PRIME = 2**61 - 1

# A kind of people: of one municipality, with the same roles.
role_sets = st.sampled_from(
    [*[(role,) for role in ROLES] * 3, ("council", "alderman"), ("mayor", "clerk", "alderman")]
)
places = st.builds(Place, st.sampled_from(PROVINCES), st.sampled_from(SIZES))
municipalities = st.tuples(places, st.dictionaries(role_sets, st.integers(1, 8), max_size=4))
nations = st.lists(municipalities, min_size=1, max_size=9)
BOARD = {("council",): 9, ("alderman",): 4, ("mayor",): 1}


class Nation:
    """People by kind, and what the pages say of them."""

    def __init__(self, municipalities):
        self.people = {
            (n, roles): count
            for n, (_, kinds) in enumerate(municipalities)
            for roles, count in kinds.items()
        }
        self.names = range(len(municipalities))
        self.table = disclose(
            {n: place for n, (place, _) in enumerate(municipalities)},
            {n: self.size(self.cell(n)) for n in self.names},
            {n: {role: self.size(self.cell(n, role)) for role in ROLES} for n in self.names},
        )

    def cell(self, name, role=""):
        """The kinds that a municipality's figure counts."""
        return [kind for kind in self.people if kind[0] == name and role in ("", *kind[1])]

    def size(self, kinds):
        return sum(self.people[kind] for kind in kinds)

    def numbers(self):
        """Every number on every page: rows, and totals under every filter."""
        for role in ("", *ROLES):
            yield from (self.cell(n, role) for n in self.names if self.table.shows(n, role))
            for province in ("", *PROVINCES):
                for size in ("", *SIZES):
                    counted = self.table.counted(role, Place(province, size))
                    yield [kind for name in counted for kind in self.cell(name, role)]


def attack(nation):
    """The smallest kinds that an equation speaks of alone, or nothing.

    Leave the columns of some kinds out: when that lowers the rank, a combination of the
    equations held nothing but those kinds.
    """
    kinds = sorted(nation.people)
    equations = {
        tuple(int(kind in set(n)) for kind in kinds) for n in map(frozenset, nation.numbers())
    }
    # What belongs together nowhere is attacked apart: it is quicker, and comes to the same.
    for block in blocks(kinds, equations):
        matrix = [[row[c] for c in block] for row in equations if any(row[c] for c in block)]
        whole = len(basis(matrix))
        for count in range(1, SMALLEST_GROUP):
            for chosen in combinations(range(len(block)), count):
                found = [kinds[block[c]] for c in chosen]
                if nation.size(found) >= SMALLEST_GROUP:
                    continue
                rest = [[v for c, v in enumerate(row) if c not in chosen] for row in matrix]
                if len(basis(rest)) < whole:
                    return found
    return None


def blocks(kinds, equations):
    """Columns that are linked by equations; known cells link nothing, as they can be taken off."""
    reduced = basis(equations)
    linked = {c: {c} for c in range(len(kinds))}
    for row in reduced:
        columns = [c for c, value in enumerate(row) if value]
        union = set().union(*(linked[c] for c in columns))
        for c in union:
            linked[c] = union
    return [sorted(block) for block in {frozenset(block) for block in linked.values()}]


def basis(equations):
    """Equations in fully reduced form, modulo a large prime: as many as are independent."""
    rows, done = [list(row) for row in equations], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(done, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        inverse = pow(rows[done][column], -1, PRIME)
        rows[done] = [value * inverse % PRIME for value in rows[done]]
        for r in range(len(rows)):
            if r != done and rows[r][column]:
                factor = rows[r][column]
                rows[r] = [
                    (a - factor * b) % PRIME for a, b in zip(rows[r], rows[done], strict=True)
                ]
        done += 1
    return rows[:done]


@settings(deadline=None)
@given(nations)
@example([(Place("Utrecht", "small"), BOARD)] * 4)
@example([(Place("Utrecht", "small"), BOARD)] * 5)
@example([(Place("Utrecht", "small"), BOARD)] * 3 + [(Place("Zeeland", "large"), BOARD)] * 2)
@example([(Place("Utrecht", "small"), {("council",): 33, ("council", "alderman"): 1})])
def test_nothing_that_is_shown_speaks_of_fewer_than_five_people(municipalities):
    assert attack(Nation(municipalities)) is None
