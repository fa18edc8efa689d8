"""Ideas under titles: what goes where, on which axis, and what stays to be placed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest

from pipeline.axes import AXIS_CODES
from pipeline.config import load_config
from pipeline.contracts.titles import MACHINE, PARTICIPANTS, placed_tags
from pipeline.language.models.encoders import Embeddings
from pipeline.place import stage
from pipeline.place.features import IdeaTexts
from pipeline.place.stage import Kept, place
from pipeline.place.titles import Title, identified

TEXTS = ["plus de bus", "un médecin", "le bus et le médecin", "bonjour", "oui au bus à condition qu'il passe"]


@dataclass(frozen=True)
class WordModel:
    """A title is true of the ideas that say its last word."""

    cut: float = 0.3
    sha256: str = "mots"

    def check(self, sha256: str) -> None:
        assert sha256 == self.sha256

    def chances(self, ideas: IdeaTexts, titles: Sequence[Title]) -> np.ndarray:
        said = [[0.9 if title.text.split()[-1] in text else 0.1 for title in titles] for text in ideas.texts]
        return np.array(said, dtype=np.float32)

    def joint(self, chances: np.ndarray, axes: np.ndarray, titles: Sequence[Title], _together: object) -> np.ndarray:
        shares = [axes[:, :4].sum(axis=1) if t.axis is None else axes[:, AXIS_CODES.index(t.axis)] for t in titles]
        return np.asarray(chances * np.column_stack(shares))


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> WordModel:
    found = WordModel()
    monkeypatch.setattr(stage, "load_place", lambda _: found)
    return found


def placings(
    titles: Sequence[Title],
    model: WordModel,
    shares: Sequence[dict[str, float]] = ({"est": 1.0},) * 5,
    kept: dict[str, str] | None = None,
    texts: Sequence[str] = TEXTS,
    put: dict[str, str] | None = None,
) -> pd.DataFrame:
    ids = [f"i{row}" for row in range(len(texts))]
    items = pd.DataFrame({"item_id": ids, "contribution_id": ids, "text": texts})
    contributions = pd.DataFrame({"contribution_id": ids, "context": ""})
    tags = pd.DataFrame({f"p_{code}": [one.get(code, 0.0) for one in shares] for code in AXIS_CODES})
    tags = tags.assign(item_id=ids, axis=[max(one, key=lambda code: one[code]) for one in shares])
    rows = np.arange(len(ids), dtype=np.int32)
    vectors = Embeddings(np.array(ids), np.zeros((len(ids), 2), np.float16), rows, np.full_like(rows, -1), "")
    config = load_config(profil="rapide", taille_partition=2)
    nothing = np.zeros((len(ids), 0), dtype=np.float16)
    under = pd.DataFrame({"title_id": kept or {}, "strength": dict.fromkeys(kept or {}, 0.7)})
    last = Kept(under, {title.title_id for title in titles if title.title_id})
    names = {title.title_id: title.text for title in identified(titles)}
    columns = {item: key for item, text in (put or {}).items() for key, name in names.items() if name == text}
    found = place(
        items, contributions, tags, vectors, nothing, identified(titles), model, config, kept=last, put=columns
    )  # type: ignore[arg-type]
    table = found.placings.set_index("item_id")
    for name in ("title_id", "likeliest", "second_title"):
        table[name] = table[name].map(names).astype(object).where(table[name].notna(), None)
    table["also"] = [[names[one] for one in line] for line in table["also"]]
    return table


def test_each_idea_goes_under_the_likeliest_title_or_stays_to_be_placed_with_its_two_likeliest(
    model: WordModel,
) -> None:
    found = placings([Title("trop peu de bus", "est"), Title("pas de médecin", "est")], model)
    assert found["title_id"].tolist() == [
        "trop peu de bus",
        "pas de médecin",
        "trop peu de bus",
        None,
        "trop peu de bus",
    ]
    assert found.loc["i2", "also"] == ["pas de médecin"]
    assert (found.loc["i3", "likeliest"], found.loc["i3", "second_title"]) == ("trop peu de bus", "pas de médecin")
    assert (found.loc["i3", "chance"], found.loc["i3", "second_chance"]) == (0.1, 0.1)


def test_without_a_title_everything_is_to_be_placed_on_its_own_axis(model: WordModel) -> None:
    found = placings([], model)
    assert found["title_id"].tolist() == [None] * 5
    assert found["axis"].tolist() == ["est"] * 5


def test_one_title_alone_has_no_second(model: WordModel) -> None:
    found = placings([Title("trop peu de bus", "est")], model)
    assert found["second_title"].isna().all()


def test_a_title_of_a_person_decides_of_the_axis_and_brings_back_what_was_on_none(model: WordModel) -> None:
    shares = [{"est": 0.4, "sud": 0.6}, {"est": 1.0}, {"hors_axe": 0.3, "sud": 0.7}, {"hors_axe": 1.0}, {"est": 1.0}]
    shares[2] = {"hors_axe": 0.45, "sud": 0.42, "est": 0.13}
    found = placings([Title("trop peu de bus"), Title("pas de médecin", "est")], model, shares)
    assert found["axis"].tolist() == ["sud", "est", "sud", "hors_axe", "est"]
    assert found["title_id"].tolist()[2] == "trop peu de bus"


def test_a_card_of_a_column_that_was_read_on_no_axis_stays_there_on_its_likeliest_axis(model: WordModel) -> None:
    shares = [{"est": 1.0}, {"hors_axe": 0.6, "sud": 0.3, "est": 0.1}, *[{"est": 1.0}] * 3]
    column = Title("le marché", origin=PARTICIPANTS)
    found = placings([column], model, shares, put={"i0": "le marché", "i1": "le marché"})
    assert found.loc["i1", ["title_id", "axis", "placed_by"]].tolist() == ["le marché", "sud", PARTICIPANTS]
    tags = pd.DataFrame({"item_id": ["i0", "i1"], "axis": ["est", "hors_axe"], "status": ["sur", "a_relire"]})
    tags = tags.assign(second_axis=None, facet=None, doubt=None)
    read = placed_tags(tags, found.reset_index())
    assert (read["axis"].tolist(), read["status"].tolist()) == (["est", "sud"], ["sur", "a_relire"])


def test_a_proposal_changes_no_axis(model: WordModel) -> None:
    shares = [{"est": 0.4, "sud": 0.6}] * 5
    own = Title("trop peu de bus", "est", origin=MACHINE)
    assert placings([own], model, shares)["title_id"].tolist() == [None] * 5
    assert placings([replace(own, origin="personne")], model, shares)["axis"].tolist() == [
        "est",
        "sud",
        "est",
        "sud",
        "est",
    ]


def test_a_proposal_takes_nothing_from_a_title_of_a_person(model: WordModel) -> None:
    theirs, proposal = Title("trop peu de bus", "est"), Title("le bus", "est", origin=MACHINE, title_id="g-bus")
    shares = [{"est": 0.5, "sud": 0.5}] * 5
    assert placings([theirs, proposal], model, shares)["title_id"].tolist()[0] == "trop peu de bus"
    assert placings([Title("pas de médecin", "est"), proposal], model)["title_id"].tolist()[0] == "le bus"


def test_what_a_proposal_held_stays_there_unless_a_title_of_a_person_takes_it(model: WordModel) -> None:
    proposal = Title("le reste", "est", origin=MACHINE, title_id="g-reste")
    kept = {"i0": "g-reste", "i3": "g-reste"}
    found = placings([Title("trop peu de bus", "est"), proposal], model, kept=kept)
    assert found["title_id"].tolist() == ["trop peu de bus", None, "trop peu de bus", "le reste", "trop peu de bus"]
    assert found.loc["i3", ["likeliest", "chance"]].tolist() == ["le reste", 0.7]


def test_a_proposal_of_the_last_run_takes_only_what_that_run_had_not(model: WordModel) -> None:
    proposal = Title("le bus", "est", origin=MACHINE, title_id="g-bus")
    kept = {"i0": "g-bus", "i2": "", "i3": ""}
    found = placings([proposal], model, kept=kept)
    assert found["title_id"].tolist() == ["le bus", None, None, None, "le bus"]
    assert found["likeliest"].tolist() == ["le bus", "le bus", None, None, "le bus"]
    alone = placings([Title("pas de médecin", "est"), proposal], model, kept=kept)
    assert alone["title_id"].tolist() == ["le bus", "pas de médecin", "pas de médecin", None, "le bus"]


def test_what_a_person_put_under_a_title_or_took_away_is_where_she_said(model: WordModel) -> None:
    bus = Title("trop peu de bus", "est", examples=("Bonjour !",), refused=("le bus et le médecin",))
    found = placings([bus, Title("pas de médecin", "est")], model)
    assert found["title_id"].tolist()[2:4] == ["pas de médecin", "trop peu de bus"]
    assert found["placed_by"].tolist() == ["machine", "machine", "machine", "personne", "machine"]
    assert found.loc["i3", "chance"] == 1.0


def test_nothing_depends_on_the_other_ideas(model: WordModel) -> None:
    titles = [Title("trop peu de bus", "est"), Title("pas de médecin", "est")]
    part = placings(titles, model, ({"est": 1.0},) * 2, texts=TEXTS[:2])
    pd.testing.assert_frame_equal(part, placings(titles, model).iloc[:2])


def test_tags_take_the_axis_of_the_placings_and_lose_what_was_read_on_another() -> None:
    tags = pd.DataFrame(
        {
            "item_id": ["a", "b"], "axis": ["est", "sud"], "status": ["a_relire", "sur"], "second_axis": ["sud", None],
            "facet": ["frein", "action"], "doubt": ["deux_axes", None],
        },
        dtype="string[pyarrow]",
    )  # fmt: skip
    placed = pd.DataFrame({"item_id": ["b", "a"], "axis": ["sud", "nord"], "placed_by": "machine"})
    moved = placed_tags(tags, placed)
    assert moved["axis"].tolist() == ["nord", "sud"]
    assert moved["status"].tolist() == ["sur", "sur"]
    assert moved.loc[0, ["facet", "doubt"]].isna().all()
    assert moved.loc[1, "facet"] == "action"
    assert placed_tags(tags, pd.DataFrame({"item_id": ["a"], "axis": ["est"]})) is tags
