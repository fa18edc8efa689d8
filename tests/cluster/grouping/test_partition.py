"""Groups: what stands alone, texts that are many; their ids and their stacks; repeats."""

from collections.abc import Sequence

import numpy as np
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from pipeline.cluster.grouping import partition as module
from pipeline.cluster.grouping.partition import WEAK, Partition, drawn_rows, finish, joined, partition
from pipeline.cluster.grouping.space import centred_blocks
from pipeline.cluster.pairs import Beside, nothing_beside
from pipeline.cluster.rows import centred
from pipeline.language.models.encoders import load_encoder

TEXTS = [
    "Ajouter des bancs au parc", "Le gymnase ferme trop tôt", "Plus de bancs dans le parc", "La cantine est bruyante",
    "Trop de bruit à la cantine", "Un four à pain pour le quartier",
]  # fmt: skip


def read(texts: Sequence[str]) -> tuple[Partition, Beside]:
    vectors = load_encoder().encode(list(texts)).astype(np.float16)
    beside = nothing_beside(vectors)
    return partition(texts, vectors, 20, beside=beside), beside


def test_what_says_the_same_is_a_group_and_the_rest_is_weak() -> None:
    found, _ = read(TEXTS)
    labels = found.labels.tolist()
    assert labels[0] == labels[2] >= 0
    assert labels[3] == labels[4] >= 0
    assert labels[0] != labels[3]
    assert labels[1] == labels[5] == WEAK


def test_a_few_ideas_that_say_the_same_are_a_group_where_nobody_else_speaks() -> None:
    assert set(read(["Pas assez de bus le soir", "Pas assez de bus en soirée"])[0].labels.tolist()) == {0}
    assert read([TEXTS[0], TEXTS[1], TEXTS[5]])[0].n_groups == 0


def test_the_largest_group_comes_first_then_the_one_that_is_read_first() -> None:
    points = np.eye(8, dtype=np.float32)
    labels, _, medoids = finish(np.array([7, WEAK, 3, 3, 3, 5, 5, 7]), points)
    assert labels.tolist() == [1, WEAK, 0, 0, 0, 2, 2, 1]
    assert medoids.tolist() == [2, 0, 5]


SUBJECTS = (
    ("Il manque un bus le {} soir", "Aucun bus ne passe le {} après dix-huit heures", "Le bus du {} est supprimé"),
    ("Le médecin du {} est parti", "On attend {} semaines un rendez-vous chez le médecin", "Plus de médecin rue {}"),
    ("La cantine jette {} kilos de pain", "Le repas de la cantine du {} est froid", "La cantine coûte {} euros"),
    ("Le wifi de la salle {} tombe en panne", "Pas de réseau internet au hameau {}", "La fibre n'arrive pas rue {}"),
)


def many(n_each: int) -> list[str]:
    return sorted(form.format(n) for forms in SUBJECTS for form in forms for n in range(n_each))


def by_part(texts: list[str], is_free: np.ndarray | None = None) -> Partition:
    """The groups of texts of which as many are compared in pairs as `N_DIRECT` says."""
    vectors = load_encoder().encode(texts).astype(np.float16)
    free = np.ones(len(texts), dtype=bool) if is_free is None else is_free
    drawn = drawn_rows(texts, free, np.zeros(len(texts), dtype=bool))
    found = partition([texts[row] for row in drawn], vectors[drawn], 20)
    return joined(found, drawn, vectors, free)


@pytest.fixture
def a_part_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "N_DIRECT", 200)


def test_the_others_join_the_groups_that_a_part_made(monkeypatch: pytest.MonkeyPatch, a_part_is_compared: None) -> None:
    texts = many(60)
    part = by_part(texts)
    monkeypatch.setattr(module, "N_DIRECT", 10_000)
    whole = by_part(texts)
    both = (part.labels >= 0) & (whole.labels >= 0)
    assert both.mean() > 0.4
    assert adjusted_mutual_info_score(whole.labels[both], part.labels[both]) > 0.8
    assert part.labels[part.medoids].tolist() == list(range(part.n_groups))
    assert ((part.strengths >= 0) & (part.strengths <= 1)).all()


def test_what_is_under_a_title_is_not_compared_and_joins_nothing(a_part_is_compared: None) -> None:
    texts = many(60)
    is_free = np.arange(len(texts)) % 3 > 0
    found = by_part(texts, is_free)
    assert (found.labels[~is_free] == WEAK).all()
    assert (found.labels[is_free] >= 0).any()
    assert set(found.near.one.tolist()) | set(found.near.other.tolist()) <= set(np.flatnonzero(is_free).tolist())


def test_a_few_more_texts_leave_the_groups_where_they_were(a_part_is_compared: None) -> None:
    texts = many(60)
    more = sorted([*texts, *(f"Il manque un bus le {n} soir" for n in range(100, 104))])
    one, two = by_part(texts), by_part(more)
    kept = two.labels[[more.index(text) for text in texts]]
    both = (one.labels >= 0) & (kept >= 0)
    assert adjusted_mutual_info_score(one.labels[both], kept[both]) > 0.8


def test_in_the_place_of_what_was_drawn_and_grouped_before_nothing_else_is_drawn(a_part_is_compared: None) -> None:
    texts = many(60)
    everything, nothing = np.ones(len(texts), dtype=bool), np.zeros(len(texts), dtype=bool)
    first = drawn_rows(texts, everything, nothing)
    is_proposed = np.isin(np.arange(len(texts)), first[::2])
    assert drawn_rows(texts, ~is_proposed, is_proposed).tolist() == first[1::2].tolist()
    under_a_title = drawn_rows(texts, ~is_proposed, nothing)
    assert len(under_a_title) == len(first)


def test_blocks_are_centred_as_the_whole() -> None:
    vectors = np.random.default_rng(3).normal(size=(500, 8)).astype(np.float16)
    blocks = list(centred_blocks(vectors))
    assert [len(block) for block in blocks] == [500]
    np.testing.assert_allclose(blocks[0], centred(vectors.astype(np.float32)), atol=1e-6)
