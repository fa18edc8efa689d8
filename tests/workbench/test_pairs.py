"""The pair model is learnt from walls and from decisions, and measured on walls that it did not see."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.cluster.grouping.likeness import Meaning, load_likeness
from pipeline.cluster.pairs import PAIRS, load_pairs, save_pairs
from pipeline.errors import UsageError
from pipeline.language.models.encoders import load_encoder
from pipeline.resources import corpus
from pipeline.workbench.pairs import (
    CUT,
    CUT_SAME,
    FEW,
    GROUPS,
    PAIRS_CARD,
    PROFILES,
    STACKS,
    Sorted,
    Way,
    agreement,
    learn,
    load_walls,
    measure,
    read_walls,
    sources_of,
    unseen,
    way_told,
)
from pipeline.workbench.reports import CARD

THINGS = {
    "parc": ["Plus de bancs dans le parc", "Ajouter des bancs au parc", "Des bancs à l'ombre au parc"],
    "bruit": ["La cantine est trop bruyante", "Trop de bruit à la cantine", "On ne s'entend pas à la cantine"],
    "sport": ["Ouvrir le gymnase le soir", "Le gymnase devrait rester ouvert le soir", "Un gymnase ouvert plus tard"],
    "pain": ["Construire un four à pain", "Un four à pain pour le quartier", "Faire du pain ensemble au four"],
    "livres": ["Une boîte à livres sur la place", "Échanger des livres sur la place", "Des livres à prendre"],
}


def write_walls(folder: Path) -> Path:
    rows = [
        {"context": title, "text": f"{text}{end}", "axis": "sud", "issue": title, "same": text}
        for title, texts in THINGS.items()
        for text in texts
        for end in ("", " cette année")
    ]
    for number, left in enumerate(THINGS):
        if number < 3:
            pd.DataFrame([row for row in rows if row["issue"] != left]).to_csv(
                folder / f"wall_{number}.csv", index=False
            )
    return folder


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Sorted]:
    folder = write_walls(tmp_path_factory.mktemp("walls"))
    meaning = Meaning(load_encoder(), load_likeness())
    return read_walls(load_walls(folder), [meaning] * len(PROFILES))


def test_each_wall_is_read_with_headings_and_without_in_its_order_or_not(examples: list[Sorted]) -> None:
    ways = {one.way for one in examples}
    whole = {Way(h, o, False, profile) for h in (True, False) for o in (True, False) for profile in PROFILES}
    assert ways == whole | {Way(h, False, True, PROFILES[0]) for h in (True, False)}
    sizes = {one.pairs.n for one in examples if one.way.small}
    assert all(any(few <= size < 2 * few for size in sizes) for few in FEW)
    assert min(FEW) <= min(sizes) <= max(sizes) < 2 * max(FEW)
    for one in examples:
        told = dict(zip(one.pairs.names, one.pairs.features.T, strict=True))
        assert told["heading_missing"].all() == (not one.way.headings)
        assert told["no_order"].all() == (not one.way.order)


def test_the_order_is_that_of_the_file(examples: list[Sorted]) -> None:
    one = next(one for one in examples if one.way.order)
    following = one.pairs.features[:, one.pairs.names.index("next")] > 0
    assert following.sum() == one.pairs.n - 1
    assert one.same[following].sum() == one.pairs.n / 2


def test_what_is_learnt_tells_pairs_of_one_column_from_others(examples: list[Sorted]) -> None:
    model = learn([one for one in examples if one.wall != "0"])
    unseen_whole = [one for one in examples if one.wall == "0" and not one.way.small]
    assert len(unseen_whole) == len(PROFILES) * 4  # with headings or not, in order or not
    for one in unseen_whole:
        told = model.read(one.pairs)
        assert told.together[one.together].mean() > told.together[~one.together].mean() + 0.3
        assert told.same[one.same].mean() > told.same[~one.same].mean() + 0.3


def test_what_is_measured_is_written_with_its_card(examples: list[Sorted], tmp_path: Path) -> None:
    save_pairs(tmp_path, learn(examples))
    PAIRS_CARD.write(tmp_path, measure(examples, {}))
    found = PAIRS.metrics(tmp_path)
    assert found["walls"] == {"0": 24, "1": 24, "2": 24}
    published = PAIRS.metrics()
    assert (found.keys(), found["means"][0].keys()) == (published.keys(), published["means"][0].keys())
    assert (load_pairs(tmp_path).cut, load_pairs(tmp_path).cut_same) == (CUT, CUT_SAME)
    assert {row["level"] for row in found["means"]} == {GROUPS, STACKS}
    assert len({(row["level"], way_told(row), row["profile"]) for row in found["means"]}) == len(found["means"]) == 16
    text = (tmp_path / CARD).read_text(encoding="utf-8")
    assert "3 murs réels, 72 idées" in text
    assert not any(idea in text for ideas in THINGS.values() for idea in ideas)


def test_agreement_is_over_all_the_axes_of_a_wall() -> None:
    people = [np.array([0, 0, 0, 1, 1]), np.array([0, 0])]
    assert agreement(people, people) == {"pure": 1.0, "ami": 1.0, "precision": 1.0, "recall": 1.0}
    alone = agreement(people, [np.arange(5), np.arange(2)])
    assert (alone["recall"], alone["pure"]) == (0.0, 0.0)
    mixed = agreement(people, [np.array([0, 0, 1, 1, 2]), np.array([0, 0])])  # three pairs of ours, two right of five
    assert (mixed["pure"], mixed["precision"], mixed["recall"]) == pytest.approx((2 / 3, 2 / 3, 2 / 5))


def test_walls_say_where_they_come_from(tmp_path: Path) -> None:
    walls = load_walls(write_walls(tmp_path))
    assert sources_of(walls) == {"0": "0", "1": "1", "2": "2"}
    assert sources_of({name: wall.assign(repo="") for name, wall in walls.items()}) == sources_of(walls)
    walls["2"] = walls["2"].assign(repo="ici/la")
    assert sources_of(walls)["2"] == "ici/la"
    with pytest.raises(UsageError, match="même source"):
        sources_of({name: wall.assign(repo="ici/la") for name, wall in walls.items()})


def test_a_wall_is_measured_by_a_model_that_never_saw_its_source(examples: list[Sorted]) -> None:
    """Two walls of one source, of which the third learns: what it says of them is what it alone teaches."""
    alone = learn([one for one in examples if one.wall == "2"])
    models = dict(unseen(examples, {"0": "s", "1": "s", "2": "t"}))
    assert set(models) == {"0", "1", "2"}
    one = examples[0]
    assert models["0"].read(one.pairs).together == pytest.approx(alone.read(one.pairs).together)
    assert models["2"].read(one.pairs).together != pytest.approx(alone.read(one.pairs).together)


def test_walls_that_are_too_few_or_lack_a_column_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="0 mur"):
        load_walls(tmp_path)
    for number in range(3):
        pd.DataFrame({"text": ["a"], "axis": ["sud"], "issue": ["i"]}).to_csv(tmp_path / f"wall_{number}.csv")
    with pytest.raises(UsageError, match="context"):
        load_walls(tmp_path)


def test_the_walls_learnt_from_are_referenced_without_their_texts() -> None:
    listed = pd.read_csv(corpus() / "references_murs.csv", dtype=str)
    assert list(listed.columns) == "id repo commit path sha256 wall axis issue same aside".split()
    assert listed["id"].is_unique
    assert listed["sha256"].str.fullmatch(r"[0-9a-f]{64}").all()
    counts = listed["wall"].value_counts()
    learnt = PAIRS.metrics()["walls"]
    assert set(counts.index) == set(learnt)
    assert not listed[["axis", "issue", "same"]].isna().to_numpy().any()
    assert set(PAIRS.metrics()["measured"]) <= set(learnt)
    assert all(counts[wall] >= n for wall, n in learnt.items())
