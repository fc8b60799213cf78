"""The spread over a dilemma's choices, and the curious colleague who sees every figure of it.

The colleague knows who answered when, sees everything that is shown, of every municipality and
role, before and after each answer, and even knows in which pool each answer was counted. What
they must not be able to tell is a single answer.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from learning.rules import branches, spread
from learning.rules.spread import Answer

POOLS = ("utrecht", "zwolle", "raadslid", "griffie")
CHOICES = ("a", "b", "c")
SCENE = "begin"
ALL = "all"


@dataclass
class Site:
    """Every pool, and what has been shown so far: by group, the people whose answers it counts."""

    waiting: dict = field(default_factory=lambda: defaultdict(dict))
    shown: dict = field(default_factory=lambda: defaultdict(dict))
    held: dict = field(default_factory=dict)
    people: dict = field(default_factory=lambda: defaultdict(list))
    in_block: dict = field(default_factory=lambda: defaultdict(list))
    blocks: list = field(default_factory=list)

    def answer(self, person, pool, answer, *, coin):
        self.in_block[pool].append(person)
        self.waiting[pool], block = spread.count(self.waiting[pool], answer, coin=coin)
        if block is None:
            return False
        first = {SCENE: block[SCENE]}
        self.shown[pool] = spread.added(self.shown[pool], first)
        self.shown[ALL], self.held = spread.show(self.shown[ALL], self.held, block, SCENE)
        group = self.in_block.pop(pool)
        self.blocks.append(group)
        self.people[pool] += group
        self.people[ALL] += group
        return True

    def view(self):
        return {group: dict(shown) for group, shown in self.shown.items() if shown}


answers = st.builds(
    Answer,
    st.just(SCENE),
    st.sampled_from(CHOICES),
    st.dictionaries(
        st.sampled_from(["later", spread.CHANGED]), st.sampled_from(["yes", "no"]), max_size=2
    ),
)
evenings = st.lists(
    st.tuples(st.sampled_from(POOLS), answers, st.booleans()), min_size=1, max_size=80
)


def play(evening, closings=None):
    """All views, one after each answer; with `closings` blocks close there and nowhere else."""
    site, views, closed = Site(), [], []
    for person, (pool, answer, chance) in enumerate(evening):
        coin = chance if closings is None else person in closings
        if site.answer(person, pool, answer, coin=coin):
            closed.append(person)
        views.append((site.view(), {group: list(p) for group, p in site.people.items()}))
    return site, views, closed


@given(evenings)
def test_whatever_is_added_or_subtracted_covers_five_people(evening):
    """People whom every figure at every moment counts alike cannot be told apart by any sum."""
    _site, views, _closed = play(evening)
    counted_in = defaultdict(set)
    for moment, (_view, people) in enumerate(views):
        for group, counted in people.items():
            for person in counted:
                counted_in[person].add((moment, group))
    alike = defaultdict(list)
    for person, figures in counted_in.items():
        alike[frozenset(figures)].append(person)
    assert all(len(people) >= 5 for people in alike.values())


@given(evenings)
def test_the_figures_are_those_of_the_people_they_count(evening):
    _site, views, _closed = play(evening)
    for view, people in views:
        for group, counted in people.items():
            found = defaultdict(int)
            for person in counted:
                found[evening[person][1].choice] += 1
            assert view[group][SCENE] == dict(found)


@given(evenings, st.data())
def test_two_people_of_a_block_could_have_answered_the_other_way_round(evening, data):
    """All that anybody sees, at every moment, is the same: so nobody can tell which it was."""
    site, views, closed = play(evening)
    if not site.blocks:
        return
    block = data.draw(st.sampled_from(site.blocks))
    order = data.draw(st.permutations(block))
    swapped = list(evening)
    for place, person in zip(block, order, strict=True):
        swapped[place] = (evening[place][0], evening[person][1], evening[place][2])
    _site, others, closed_then = play(swapped, set(closed))
    assert closed_then == closed
    assert others == views


@given(evenings)
def test_nor_can_somebody_in_the_block_who_knows_their_own(evening):
    """For each two people of a block there is a third who chose otherwise than the one."""
    site, _views, _closed = play(evening)
    for block in site.blocks:
        for person in block:
            others = [p for p in block if evening[p][1].choice != evening[person][1].choice]
            for colleague in block:
                assert set(others) - {colleague}


@given(evenings)
def test_what_is_shown_of_later_scenes_is_of_five_people_too(evening):
    _site, views, _closed = play(evening)
    before: dict = {}
    for view, _people in views:
        now = view.get(ALL, {})
        for scene, counts in now.items():
            grown = {key: n - before.get(scene, {}).get(key, 0) for key, n in counts.items()}
            assert not any(grown.values()) or spread.may_be_shown(grown)
        before = now


@given(evenings)
def test_nothing_is_lost_and_nothing_doubled(evening):
    site, _views, _closed = play(evening)
    waiting = sum(spread.total(table.get(SCENE, {})) for table in site.waiting.values())
    shown = spread.total(site.shown[ALL].get(SCENE, {}))
    assert waiting + shown == len(evening)
    by_pool = sum(spread.total(site.shown[pool].get(SCENE, {})) for pool in POOLS)
    assert by_pool == shown


def test_waiting_says_nothing_since_a_coin_may_hold_back_what_could_be_shown():
    mixed = [Answer(SCENE, choice) for choice in "aabbc"]
    alike = [Answer(SCENE, "a")] * 5
    for group in (mixed, alike):
        _site, views, closed = play([("utrecht", answer, False) for answer in group])
        assert closed == []
        assert views[-1][0] == {}


def test_a_block_where_all_but_one_chose_the_same_is_not_shown():
    assert not spread.may_be_shown({"a": 5})
    assert not spread.may_be_shown({"a": 9, "b": 1})
    assert not spread.may_be_shown({"a": 2, "b": 2})
    assert not spread.may_be_shown({})
    assert spread.may_be_shown({"a": 3, "b": 2})
    assert spread.may_be_shown({"a": 3, "b": 1, "c": 1})


def test_shares_are_whole_percents():
    assert [spread.share(n, 3) for n in range(4)] == [0, 33, 67, 100]
    assert spread.share(0, 0) == 0


names = st.sampled_from(["", "a", "b", "c", "d"])
stories = st.lists(st.tuples(names, st.lists(names, min_size=1, max_size=3)), max_size=5)


@given(stories)
def test_branches_without_problems_end_on_every_path(story):
    if branches.problems(story):
        return
    for path in branches.paths(story):
        assert len({scene for scene, _choice in path}) == len(path)
        last, choice = path[-1]
        assert story[last][1][choice] == ""


@given(stories)
def test_every_scene_of_sound_branches_is_on_a_path(story):
    if branches.problems(story):
        return
    seen = {scene for path in branches.paths(story) for scene, _choice in path}
    assert seen == set(range(len(story)))


def faults(*scenes):
    return [(p.fault.name, p.scene, p.choice) for p in branches.problems(scenes)]


def test_each_problem_is_found_where_it_is():
    assert faults(("", ["a"]), ("a", [""])) == []
    assert faults(("", ["x"])) == [("NOT_THERE", 0, 0)]
    assert faults(("b", ["a", ""]), ("a", ["b"])) == [
        ("IN_A_CIRCLE", 0, 0),
        ("IN_A_CIRCLE", 1, 0),
    ]
    assert faults(("b", ["b"])) == [("IN_A_CIRCLE", 0, 0)]
    assert faults(("", [""]), ("a", [""])) == [("NOT_REACHED", 1, None)]
    assert faults(("", ["a"]), ("a", [""]), ("a", [""])) == [("SAME_NAME", 2, None)]
    assert faults(("", [""]), ("", [""])) == [("NAMELESS", 1, None)]
    assert branches.problems([]) == []
    assert list(branches.paths([])) == []
