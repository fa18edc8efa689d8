"""What the branch of titles learns from, on a wall written here."""

import numpy as np
import pandas as pd

from pipeline.workbench.contrast import Recipe, batches, is_taught, lists_of, written_lists
from pipeline.workbench.placing import COLUMNS, NONE, OPPOSED, SAID, TYPED, Sheet

TEXTS = [
    "Plus de bus le soir",
    "Le dernier car est à 18 h",
    "Trop cher",
    "Un loyer impossible",
    "Les bus sont à l'heure",
]
AXES = ["est", "est", "est", "est", "nord"]


def sheet(kind: str) -> Sheet:
    ideas = pd.DataFrame({"text": TEXTS, "context": "Rubrique", "axis": AXES, "id": list("abcde")})
    sides = np.array(
        [[SAID, NONE, NONE], [SAID, NONE, NONE], [NONE, SAID, NONE], [NONE, SAID, NONE], [OPPOSED, NONE, SAID]],
        dtype=np.int8,
    )
    sides[4, 0] = OPPOSED if kind == TYPED else NONE
    titles, axes = ("Des bus trop rares", "La vie est chère", "Des bus à l'heure"), ("est", "est", "nord")
    return Sheet("mur", "dépôt", kind, ideas, titles, axes, sides)


def test_titles_typed_before_sorting_are_compared_across_axes_the_others_inside_them() -> None:
    assert [one.titles for one in lists_of([sheet(COLUMNS)])] == [
        ("Des bus trop rares", "La vie est chère"),
        ("Des bus à l'heure",),
    ]
    (typed,) = lists_of([sheet(TYPED)])
    assert len(typed.titles) == 3 and [len(ideas) for ideas in typed.ideas] == [3, 2, 1]


def test_every_idea_is_learnt_under_each_of_its_titles_and_no_true_title_is_pushed_away() -> None:
    lists = list(lists_of([sheet(TYPED)]))
    recipe = Recipe(n_elsewhere=1, without_context=0)
    (one,) = batches(lists, recipe, np.random.default_rng(0))
    pairs = {(text, one.titles[own]) for (text, _), own in zip(one.ideas, one.own, strict=True)}
    assert pairs == {
        *((text, "Des bus trop rares") for text in (TEXTS[0], TEXTS[1], TEXTS[4])),
        *((text, "La vie est chère") for text in TEXTS[2:4]),
    }  # a title of one idea is learnt from nothing, and stands among the others at most
    for row, place in one.also:
        assert (one.ideas[row][0], one.titles[place]) == (TEXTS[4], "Des bus à l'heure")
    assert {heading for _, heading in one.ideas} == {"Rubrique"}
    (bare,) = batches(lists, Recipe(n_elsewhere=1, without_context=1), np.random.default_rng(0))
    assert {heading for _, heading in bare.ideas} == {""}


def test_what_was_written_weighs_little_in_a_pass() -> None:
    written = list(written_lists())
    assert written and all(one.is_written for one in written)
    recipe = Recipe()
    told = batches(written, recipe, np.random.default_rng(0))
    assert max(len(one.ideas) for one in told) <= recipe.n_written


def test_sources_that_the_axes_did_not_learn_from_teach_nothing() -> None:
    taught = [name for name in map(str, range(200)) if is_taught(name, {"3"})]
    assert 110 < len(taught) < 170 and "3" not in taught
