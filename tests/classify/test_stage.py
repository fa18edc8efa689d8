"""The classify stage: partitions that keep contributions whole."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pipeline.axes import AXIS_CODES
from pipeline.classify.stage import MAX_TOGETHER, axes_above, parts_of_documents, reading_keys, whole_parts
from pipeline.folder.vectors import rows_in_any_order

CONTRIBUTIONS = st.lists(st.tuples(st.sampled_from("ABC"), st.lists(st.sampled_from("xy"), min_size=1, max_size=3)))


@given(st.lists(st.integers(0, 6), max_size=40), st.integers(1, 9))
def test_partitions_hold_every_row_once_and_never_cut_a_contribution(together: list[int], size: int) -> None:
    groups = np.array(together, dtype=np.int64)
    order = np.argsort(groups, kind="stable")
    parts = whole_parts(order, groups, size)
    assert [row for part in parts for row in part] == order.tolist()
    homes: dict[int, set[int]] = {}
    for rank, part in enumerate(parts):
        assert len(part) > 0
        for row in part:
            homes.setdefault(int(groups[row]), set()).add(rank)
    assert all(len(ranks) == 1 for ranks in homes.values())


@given(CONTRIBUTIONS)
def test_ideas_share_a_key_when_heading_contribution_and_rank_are_the_same(
    contributions: list[tuple[str, list[str]]],
) -> None:
    rows = [
        (context, tuple(texts), rank, number)
        for number, (context, texts) in enumerate(contributions)
        for rank in range(len(texts))
    ]
    together = np.array([number for *_, number in rows], dtype=np.int64)
    keys = reading_keys([t[r] for _, t, r, _ in rows], [c for c, *_ in rows], together, np.arange(len(rows)))
    said = [row[:3] for row in rows]
    assert len(set(keys.tolist())) == len(set(said))
    assert len(dict(zip(said, keys.tolist(), strict=True))) == len(set(said))
    assert all(dict(zip(said, keys.tolist(), strict=True))[one] == key for one, key in zip(said, keys, strict=True))


def documents(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Contributions of one file, in order: name, channel, heading."""
    frame = pd.DataFrame(rows, columns=["contribution_id", "channel", "context"])
    return frame.assign(source="a.docx", position=range(len(frame)))


def test_a_heading_tells_the_axes_of_what_it_lists() -> None:
    notes = [("a", "note", "Accueil > Choses à garder"), ("b", "note", "Choses à améliorer"), ("c", "note", "Pistes")]
    rooms = [("d", "saisie", "Est"), ("e", "note", "Est"), ("f", "postit", "")]
    found = axes_above(documents(*notes, *rooms))
    assert [[code for code, may in zip(AXIS_CODES, row, strict=True) if may] for row in found.tolist()] == [
        ["nord"], ["est", "sud"], list(AXIS_CODES), ["est"], list(AXIS_CODES), list(AXIS_CODES),
    ]  # fmt: skip


def test_contributions_under_one_heading_of_a_document_are_read_together_and_answers_are_not() -> None:
    notes = [("a", "note", "Freins"), ("b", "note", "Pistes"), ("c", "note", "Freins"), ("d", "enquete", "Freins")]
    found = parts_of_documents(documents(*notes, ("e", "enquete", "Freins")))
    assert found["a"] == found["c"]
    assert found.nunique() == 4
    walls = documents(("a", "postit", "Freins"), ("b", "postit", "Freins"))
    assert parts_of_documents(walls).nunique() == 2  # their rows may come in any order, and move nothing
    elsewhere = documents(*notes).assign(source=["a.docx", "a.docx", "b.docx", "a.docx"])
    assert parts_of_documents(elsewhere).nunique() == 4


def test_a_long_list_is_cut_and_loose_texts_are_each_alone() -> None:
    found = parts_of_documents(documents(*((f"c{n:03d}", "note", "") for n in range(MAX_TOGETHER + 3))))
    assert found.value_counts().tolist() == [MAX_TOGETHER, 3]
    assert found["c000"] == found[f"c{MAX_TOGETHER - 1:03d}"]
    loose = pd.DataFrame({"contribution_id": ["a", "b"], "context": ["Freins", "Freins"]})
    assert parts_of_documents(loose).nunique() == 2


def test_parts_do_not_depend_on_the_order_of_rows() -> None:
    frame = documents(*((f"c{n}", "note", f"titre {n % 3}") for n in range(12)))
    found, shuffled = parts_of_documents(frame), parts_of_documents(frame.sample(frac=1, random_state=1))
    together = [{b for b in found.index if found[a] == found[b]} for a in found.index]
    assert together == [{b for b in found.index if shuffled[a] == shuffled[b]} for a in found.index]


def test_a_heading_is_not_mistaken_for_a_text() -> None:
    order = np.arange(2)
    one = reading_keys(["b", "c"], ["a", "a"], np.zeros(2, dtype=np.int64), order)
    other = reading_keys(["bc", ""], ["a", "a"], np.zeros(2, dtype=np.int64), order)
    assert not set(one.tolist()) & set(other.tolist())


def test_readings_are_found_again_by_their_keys() -> None:
    keys = np.array([7, 2**63 + 5], dtype=np.uint64)
    assert rows_in_any_order(keys, np.array([2**63 + 5, 8, 7], dtype=np.uint64)).tolist() == [1, -1, 0]
    assert rows_in_any_order(keys[:0], keys).tolist() == [-1, -1]
