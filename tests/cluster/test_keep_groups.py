"""Groups that are kept: what was grouped stays, new items join, make groups or stay alone."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.cluster import keep_groups
from pipeline.cluster.corpus import ClusterResult, EarlierGroups
from pipeline.cluster.grouping.likeness import load_likeness
from pipeline.cluster.grouping.space import AxisSpace, RunSpaces
from pipeline.cluster.stage import REGROUPED, cluster
from pipeline.config import load_config
from pipeline.contracts.checks import empty, validate
from pipeline.contracts.labels import counted_in
from pipeline.contracts.tables import TABLES
from tests.cluster.conftest import make_frames

BUS = ["Pas assez de bus le soir", "Plus aucun bus après 19 h", "Le dernier bus part trop tôt"]
DOCTORS = ["Il manque des médecins dans le canton", "Trop peu de médecins généralistes", "On ne trouve plus de médecin"]
RENTS = ["Les loyers sont trop chers", "Des loyers trop élevés pour les jeunes", "Le loyer mange tout le salaire"]
NIGHT_BUS = ["Créer une navette de bus le soir", "Mettre en place un bus du soir le vendredi"]
BEES = ["Les ruches meurent à cause des pesticides", "Les pesticides tuent les abeilles de nos ruches"]
LONE = "Le clocher sonne la nuit et réveille tout le monde"
FIRST = [*BUS, *DOCTORS, *RENTS, *NIGHT_BUS, LONE]
FIRST_AXES = ["est"] * 9 + ["sud"] * 2 + ["est"]
KEPT = ("groups", "memberships", "themes", "links", "near_pairs")


def run(
    texts: Sequence[str], axes: Sequence[str], earlier: ClusterResult | None = None, **columns: Any
) -> ClusterResult:
    items, contributions, tags, embeddings = make_frames(texts, axes, **columns)
    before = None
    if earlier is not None:
        tables = {name: reread(name, getattr(earlier, name)) for name in KEPT}
        before = EarlierGroups(**tables, spaces=stored(earlier.spaces))
    found = cluster(
        items, contributions, tags, embeddings, empty("workshop_tables"), load_config(), load_likeness(), earlier=before
    )
    for name in KEPT:
        validate(name, getattr(found, name))
    return found


def reread(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """As the run folder gives it back."""
    file = io.BytesIO()
    table.to_parquet(file, index=False)
    return validate(name, pd.read_parquet(file))


def stored(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    file = io.BytesIO()
    np.savez(file, **arrays)
    file.seek(0)
    with np.load(file, allow_pickle=False) as found:
        return {name: found[name] for name in found.files}


def group_of(result: ClusterResult, row: int) -> str | None:
    found = result.memberships.set_index("item_id")["group_id"].get(f"i{row:04d}")
    return None if pd.isna(found) else str(found)


def without_lists(table: pd.DataFrame) -> pd.DataFrame:
    lists = [column.name for column in TABLES["groups"].columns if column.kind == "list" and column.name in table]
    return table.assign(**{name: table[name].map(tuple) for name in lists}).reset_index(drop=True)


@pytest.fixture(scope="module")
def first() -> ClusterResult:
    return run(FIRST, FIRST_AXES)


def test_without_new_item_nothing_changes(first: ClusterResult) -> None:
    again = run(FIRST, FIRST_AXES, first)
    for name in KEPT:
        pd.testing.assert_frame_equal(without_lists(getattr(again, name)), without_lists(getattr(first, name)))
    assert again.warnings == ("Groupes gardés tels quels. Aucune idée nouvelle.",)
    assert again.spaces.keys() == first.spaces.keys()
    for name, array in again.spaces.items():
        np.testing.assert_array_equal(array, first.spaces[name])


def test_a_new_item_joins_the_group_that_says_the_same(first: ClusterResult) -> None:
    result = run([*FIRST, "Il n'y a plus de bus le soir"], [*FIRST_AXES, "est"], first)
    joined = group_of(result, len(FIRST))
    assert joined == group_of(first, 0) is not None
    before, after = (without_lists(one.groups).set_index("group_id") for one in (first, result))
    assert before.index.tolist() == after.index.tolist()
    pd.testing.assert_frame_equal(before.drop(index=joined), after.drop(index=joined))
    assert after.at[joined, "n_items"] == before.at[joined, "n_items"] + 1
    assert after.at[joined, "title"] == before.at[joined, "title"]
    counts = [counted_in(table.at[joined, "title_coverage"], table.at[joined, "n_items"]) for table in (before, after)]
    assert counts[0] is not None
    assert counts[1] is None  # nobody read the title with the new one
    assert result.warnings == ("Groupes gardés tels quels. Une idée nouvelle\u00a0: une a rejoint un groupe.",)


def test_new_items_that_say_the_same_make_a_group(first: ClusterResult) -> None:
    result = run([*FIRST, *BEES], [*FIRST_AXES, "est", "est"], first)
    made = group_of(result, len(FIRST))
    assert made == group_of(result, len(FIRST) + 1) is not None
    assert made not in set(first.groups["group_id"])
    assert result.groups["group_id"].tolist()[:-1] == first.groups["group_id"].tolist()
    row = result.groups.iloc[-1]
    assert (row["group_id"], row["n_items"]) == (made, 2)
    assert row["theme_id"] in set(result.themes["theme_id"])
    assert result.themes["position"].tolist() == list(range(len(result.themes)))
    assert "sont dans un groupe nouveau" in result.warnings[0]
    again = run([*FIRST, *BEES, BEES[0]], [*FIRST_AXES, "est", "est", "est"], result)
    assert group_of(again, len(FIRST) + 2) == made


def test_a_new_item_and_a_weak_signal_make_a_group(first: ClusterResult) -> None:
    assert group_of(first, FIRST.index(LONE)) is None
    result = run([*FIRST, "Le clocher sonne toute la nuit"], [*FIRST_AXES, "est"], first)
    assert group_of(result, len(FIRST)) == group_of(result, FIRST.index(LONE)) is not None


def test_a_new_item_like_no_other_stays_alone(first: ClusterResult) -> None:
    result = run([*FIRST, "La piscine ferme en août"], [*FIRST_AXES, "est"], first)
    assert group_of(result, len(FIRST)) is None
    assert "reste un signal faible" in result.warnings[0]


def test_what_changes_axis_is_new_and_leaves_its_group(first: ClusterResult) -> None:
    axes = [*FIRST_AXES]
    axes[0] = "nord"
    result = run(FIRST, axes, first)
    assert group_of(result, 0) is None
    assert group_of(result, 1) == group_of(first, 1)
    of = result.groups.set_index("group_id")["n_items"]
    assert of[group_of(first, 1)] == 2


def test_a_group_whose_members_have_gone_is_no_group(first: ClusterResult) -> None:
    """Items 1 and 2, of the group of item 0, are no longer read."""
    gone, left = ["i0001", "i0002"], [0, *range(3, len(FIRST))]
    renamed = {f"i{row:04d}": f"i{place:04d}" for place, row in enumerate(left)}
    memberships = first.memberships[~first.memberships["item_id"].isin(gone)]
    earlier = dataclasses.replace(
        first,
        memberships=memberships.assign(item_id=memberships["item_id"].map(renamed)),
        links=first.links.iloc[:0],
    )
    result = run([FIRST[row] for row in left], [FIRST_AXES[row] for row in left], earlier)
    assert group_of(first, 0) == group_of(first, 1) == group_of(first, 2)
    assert group_of(result, 0) is None
    assert result.groups["group_id"].tolist() == [g for g in first.groups["group_id"] if g != group_of(first, 0)]
    assert group_of(result, 1) == group_of(first, 3)


def test_the_note_of_a_table_repeats_its_post_it() -> None:
    tables = [f"Table {row % 5 + 1}" for row in range(len(FIRST))]
    before = run(FIRST, FIRST_AXES, tables=tables)
    result = run(
        [*FIRST, "Pas assez de bus le soir"], [*FIRST_AXES, "est"], before,
        tables=[*tables, tables[0]], channels=["postit"] * len(FIRST) + ["note"],
    )  # fmt: skip
    row = result.memberships.set_index("item_id").loc[f"i{len(FIRST):04d}"]
    assert row["tied_to"] == "i0000"
    assert row["group_id"] == group_of(before, 0)
    group = result.groups.set_index("group_id").loc[row["group_id"]]
    assert group["n_items"] == group["n_ideas"] + 1


def test_a_weak_signal_and_what_repeats_it_make_no_group() -> None:
    lone = FIRST.index(LONE)
    tables = [f"Table {row % 5 + 1}" for row in range(len(FIRST))]
    before = run(FIRST, FIRST_AXES, tables=tables)
    result = run(
        [*FIRST, LONE], [*FIRST_AXES, "est"], before,
        tables=[*tables, tables[lone]], channels=["postit"] * len(FIRST) + ["note"],
    )  # fmt: skip
    assert result.memberships["tied_to"].iloc[-1] == f"i{lone:04d}"
    assert group_of(result, len(FIRST)) is None
    assert result.groups["group_id"].tolist() == before.groups["group_id"].tolist()


REFUSAL = "Créer une navette de bus le soir ? Elle ne servira à rien"


def n_objections(result: ClusterResult, group: str | None) -> str:
    reason = str(result.groups.set_index("group_id").at[group, "reason"])
    return reason.partition("objection")[0].rpartition(";")[2].strip() if "objection" in reason else ""


def test_objections_are_those_that_are_there(first: ClusterResult) -> None:
    """One that is renamed counts once, one that goes no longer counts."""
    navette = group_of(first, FIRST.index(NIGHT_BUS[0]))
    assert navette is not None
    once = run([*FIRST, REFUSAL], [*FIRST_AXES, "est"], first)
    assert n_objections(once, navette) == "une"
    again = run([*FIRST, "", REFUSAL], [*FIRST_AXES, "hors_axe", "est"], once)  # under another id
    assert n_objections(again, navette) == "une"
    gone = run(FIRST, FIRST_AXES, again)
    assert n_objections(gone, navette) == ""
    as_first, as_gone = (
        without_lists(one.groups).drop(columns="title_coverage") for one in (first, gone)
    )  # once an item came, the title was read with nobody
    pd.testing.assert_frame_equal(as_gone, as_first)


def test_what_repeats_a_weak_signal_follows_it_into_a_group() -> None:
    lone = FIRST.index(LONE)
    tables = [*(f"Table {row % 5 + 1}" for row in range(len(FIRST))), f"Table {lone % 5 + 1}"]
    channels = ["postit"] * len(FIRST) + ["note"]
    before = run([*FIRST, LONE], [*FIRST_AXES, "est"], tables=tables, channels=channels)
    assert before.memberships["tied_to"].iloc[-1] == f"i{lone:04d}"
    result = run(
        [*FIRST, LONE, "Le clocher sonne toute la nuit"], [*FIRST_AXES, "est", "est"], before,
        tables=[*tables, "Table 9"], channels=[*channels, "postit"],
    )  # fmt: skip
    made = group_of(result, len(FIRST) + 1)
    assert made == group_of(result, lone) == group_of(result, len(FIRST)) is not None
    assert result.groups.set_index("group_id").at[made, "n_ideas"] == 2


def test_nothing_repeats_what_moved_to_another_axis() -> None:
    tables = [*(f"Table {row % 5 + 1}" for row in range(len(FIRST))), "Table 1"]
    channels = ["postit"] * len(FIRST) + ["note"]
    texts, axes = [*FIRST, "Pas assez de bus le soir"], [*FIRST_AXES, "est"]
    before = run(texts, axes, tables=tables, channels=channels)
    assert before.memberships["tied_to"].iloc[-1] == "i0000"
    axes[0] = "nord"
    result = run(texts, axes, before, tables=tables, channels=channels)
    assert result.memberships["tied_to"].isna().all()
    assert group_of(result, len(FIRST)) == group_of(before, len(FIRST))


def test_a_weak_signal_that_changes_axis_is_new(first: ClusterResult) -> None:
    axes = [*FIRST_AXES]
    axes[FIRST.index(LONE)] = "ouest"
    result = run(FIRST, axes, first)
    assert "Une idée nouvelle" in result.warnings[0]


def test_groups_that_went_with_their_items_are_told(first: ClusterResult) -> None:
    """All but the three on buses are no longer read."""
    result = run(BUS, ["est"] * 3, first)
    assert "ont disparu avec leurs idées" in result.warnings[0]
    assert result.groups["group_id"].tolist() == [group_of(first, 0)]
    assert set(result.themes["theme_id"]) == set(result.groups["theme_id"])
    nothing = run(["Un banc", "Une fontaine"], ["ouest", "nord"], first)
    assert nothing.warnings[0].startswith("Aucun groupe n'est resté.")


def test_many_new_items_are_placed_by_blocks(first: ClusterResult, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, axes = [*FIRST, *BEES, *BUS], [*FIRST_AXES, *["est"] * 5]
    whole = run(texts, axes, first)
    monkeypatch.setattr(keep_groups, "_BLOCK", 2)
    by_blocks = run(texts, axes, first)
    for name in KEPT:
        pd.testing.assert_frame_equal(without_lists(getattr(whole, name)), without_lists(getattr(by_blocks, name)))


def test_a_new_answer_is_linked_to_an_obstacle_that_was_there(first: ClusterResult) -> None:
    result = run([*FIRST, "Ouvrir une maison de santé avec des médecins salariés"], [*FIRST_AXES, "sud"], first)
    new = f"i{len(FIRST):04d}"
    found = set(result.links.loc[result.links["from_item"] == new, "to_item"])
    assert found & {"i0003", "i0004", "i0005"}
    kept = result.links.merge(first.links, on=["from_item", "to_item"])
    assert len(kept) == len(first.links)


def test_an_axis_that_had_no_group_begins(first: ClusterResult) -> None:
    texts = ["Merci à l'équipe de la médiathèque", "La médiathèque nous accueille si bien, merci à elle"]
    result = run([*FIRST, *texts], [*FIRST_AXES, "nord", "nord"], first)
    assert group_of(result, len(FIRST)) == group_of(result, len(FIRST) + 1) is not None
    again = run([*FIRST, *texts, texts[0]], [*FIRST_AXES, "nord", "nord", "nord"], result)
    assert group_of(again, len(FIRST) + 2) == group_of(result, len(FIRST))


def test_groups_of_another_profile_are_made_again(first: ClusterResult) -> None:
    other = dataclasses.replace(first, spaces={**first.spaces, "maker": np.array("3\tautre")})
    result = run(FIRST, FIRST_AXES, other)
    assert result.warnings == (REGROUPED,)
    assert RunSpaces.from_arrays({"maker": np.array("0\tautre")}) is None
    assert RunSpaces.from_arrays({}) is None


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(st.sampled_from([*BUS, *DOCTORS, *BEES, LONE, "Merci", "12"]), max_size=6))
def test_whatever_comes_what_was_grouped_stays(first: ClusterResult, come: list[str]) -> None:
    result = run([*FIRST, *come], FIRST_AXES + ["est"] * len(come), first)
    for row in range(len(FIRST)):
        if group_of(first, row) is not None:
            assert group_of(result, row) == group_of(first, row)
    titles = dict(zip(result.groups["group_id"], result.groups["title"], strict=True))
    assert first.groups["title"].tolist() == [titles[group] for group in first.groups["group_id"]]
    assert len(result.memberships) == len(FIRST) + len(come)
    sizes = result.memberships["group_id"].value_counts()
    assert sizes.to_dict() == dict(zip(result.groups["group_id"], result.groups["n_items"], strict=True))


def test_a_ground_is_the_same_when_read_back(first: ClusterResult) -> None:
    spaces = RunSpaces.from_arrays(stored(first.spaces))
    assert spaces is not None
    space = spaces.axes["est"].space
    again = AxisSpace.from_arrays(stored(space.as_arrays()))
    frames = make_frames([*BUS, "La piscine ferme en août"], ["est"] * 4)
    meanings = load_likeness()(np.asarray(frames[3].vectors), None, spaces.shared)
    for one, two in zip(space.join(BUS, meanings[:3]), again.join(BUS, meanings[:3]), strict=True):
        np.testing.assert_array_equal(one, two)


def test_many_new_items_are_grouped_as_a_corpus_is(first: ClusterResult, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep_groups, "N_DIRECT", 1)
    texts = [BEES[1], "Les pesticides tuent nos abeilles"]
    result = run([*FIRST, *texts], [*FIRST_AXES, "est", "est"], first)
    assert group_of(result, len(FIRST)) == group_of(result, len(FIRST) + 1) is not None


def test_a_new_idea_joins_the_stack_of_its_very_words() -> None:
    before = run(FIRST, FIRST_AXES)
    result = run([*FIRST, f"{BUS[0]}.", "Pas assez de bus en soirée"], [*FIRST_AXES, "est", "est"], before)
    stacks = result.memberships["stack_id"].tolist()
    assert stacks[: len(FIRST)] == before.memberships["stack_id"].tolist()
    assert stacks[len(FIRST)] == stacks[0]
    assert stacks[-1] == result.memberships["item_id"].iloc[-1]
