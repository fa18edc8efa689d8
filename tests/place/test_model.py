"""The chance that a title is true of an idea: what it follows, and what never moves it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.axes import AXIS_CODES
from pipeline.errors import ModelError
from pipeline.language.models.encoders import load_encoder
from pipeline.language.text.folding import fold
from pipeline.language.text.words import stem
from pipeline.place.features import SCALE, Background, IdeaTexts, Sides, View, common_of, features, headed, whole
from pipeline.place.model import JOINT, PlaceModel, draws, joint_inputs, load_place
from pipeline.place.stage import PlaceBatch, place_batch
from pipeline.place.titles import Title

TITLES = [
    Title("Se déplacer sans voiture", "est"),
    Title("Des jardins partagés dans les quartiers", "sud"),
    Title("Les soignants manquent", "est"),
    Title("Une fête de voisins qui rassemble"),
]
UNDER = {
    "Plus aucun bus après dix-neuf heures, il faut une voiture pour rentrer": 0,
    "Sans voiture on ne peut pas aller se faire soigner à la ville": 0,
    "Installer un jardin partagé au pied de chaque immeuble": 1,
    "Un jardin collectif pour les gens du quartier": 1,
    "Il manque des soignants, le médecin est parti sans remplaçant": 2,
    "La fête des voisins rassemble toute la rue": 3,
}


def read(texts: list[str], headings: list[str] | None = None) -> IdeaTexts:
    encoder, above = load_encoder(), headings or [""] * len(texts)
    topics, under = (encoder.encode(given).astype(np.float16) for given in (texts, above))
    return IdeaTexts(texts, above, topics, under, np.zeros((len(texts), 0), dtype=np.float16))


@pytest.fixture(scope="module")
def model() -> PlaceModel:
    return load_place("rapide")


def test_an_idea_goes_under_the_title_that_is_true_of_it(model: PlaceModel) -> None:
    chances = model.chances(read(list(UNDER)), TITLES)
    assert chances.argmax(axis=1).tolist() == list(UNDER.values())
    assert chances.dtype == np.float32 and ((chances >= 0) & (chances <= 1)).all()


def test_titles_of_people_and_all_of_them_are_read_once_by_turns(model: PlaceModel) -> None:
    asked: list[int] = []

    def reading(texts: Sequence[str]) -> Sides:
        asked.append(len(texts))
        return model.read_titles(texts)

    counted, ideas = replace(model, read_titles=reading, _known={}), read(list(UNDER))
    for _ in range(3):
        for titles in (TITLES, TITLES[:2]):
            assert counted.chances(ideas, titles).tobytes() == model.chances(ideas, titles).tobytes()
    assert asked == [4, 2]


def test_no_idea_and_no_title_give_no_chance(model: PlaceModel) -> None:
    assert model.chances(read([]), TITLES).shape == (0, 4)
    assert model.chances(read(["Un banc"]), []).shape == (1, 0)


def test_a_title_without_a_word_of_subject_is_read_all_the_same(model: PlaceModel) -> None:
    assert model.chances(read(["Un banc"]), [Title("Où ?")])[0, 0] < 0.5


def test_what_speaks_of_nothing_that_few_titles_say_stays_to_be_placed(model: PlaceModel) -> None:
    texts = ["Le ciel est bleu", "On a bien mangé à midi", "La salle était froide"]
    for n_titles in (1, 2, 4):
        assert (model.chances(read(texts), TITLES[:n_titles]) < model.cut).all()


def test_a_text_without_words_is_likely_under_nothing(model: PlaceModel) -> None:
    assert (model.chances(read(["", "???", "12"]), TITLES) < 0.2).all()


def test_no_idea_moves_the_chances_of_another(model: PlaceModel) -> None:
    texts = [*UNDER, "", "Plus de bancs", *(f"Idée numéro {n} sur les chemins et l'école" for n in range(40))]
    headings = ["", "Mobilités"] * (len(texts) // 2)
    every = model.chances(read(texts, headings), TITLES)
    for row in (0, 7, len(texts) - 1):
        alone = model.chances(read(texts[row : row + 1], headings[row : row + 1]), TITLES)
        assert alone.tobytes() == every[row : row + 1].tobytes()
    backwards = model.chances(read(texts[::-1], headings[::-1]), TITLES[::-1])
    assert np.abs(backwards[::-1, ::-1] - every).max() < 2e-4


def test_words_that_every_title_says_tell_none_of_them_apart(model: PlaceModel) -> None:
    titles = [Title(f"Des pistes cyclables {what}") for what in ("pleines de trous", "près des écoles", "éclairées")]
    chances = model.chances(read(["Les pistes cyclables sont pleines de trous", "Des pistes cyclables"]), titles)
    assert chances[0].argmax() == 0 and chances[0, 0] > chances[1].max()


def test_a_word_that_many_ideas_of_a_corpus_say_attracts_less(model: PlaceModel) -> None:
    texts = [*(f"Les pistes cyclables, {what}" for what in ("ici", "là", "ailleurs", "en bas")), "Garer son vélo"]
    common = common_of(texts, ["Vélo"] * 5)
    assert common == ({stem("pistes"), stem("cyclables")}, {stem(fold("vélo"))})
    assert common_of(texts[2:], [""] * 3) == (frozenset(), frozenset())
    ideas = read(["Des pistes cyclables"])
    titles = [Title("Des pistes cyclables pleines de trous"), Title("Garer son vélo")]
    alone, among = (model.chances(one, titles)[0] for one in (ideas, replace(ideas, common=common)))
    assert among[0] < alone[0]


def test_a_word_counts_as_far_as_what_is_said_goes_to_its_title_and_to_no_other() -> None:
    """One word is the first title's; what is said goes to it, to none, to the other, which says that word or not."""
    axis, none = np.eye(4, dtype=np.float16), np.zeros((3, 4), dtype=np.float16)
    view = View.of(np.vstack([axis, -axis] * 2))
    background = Background(view, view)
    ideas = IdeaTexts(["Un seul médecin"] * 3, [""] * 3, none, none, axis[[0, 2, 1]])

    def counts(other: str) -> list[float]:
        titles = background.titles(["Garder un médecin au village", other], Sides(none[:2], axis[:2]))
        return [float(one) for one in dict(features(ideas, titles, background))["said_words_over_best"][:, 0]]

    assert counts("Apprendre à soigner") == pytest.approx([0.5, 0.0, 0.0], abs=0.2)
    to_it, to_none, to_the_other = counts("Devenir médecin")
    assert to_it > to_none > to_the_other


def test_a_heading_says_what_a_short_idea_is_about(model: PlaceModel) -> None:
    bare, under = (model.chances(read(["Trop chère"], [above]), TITLES)[0, 0] for above in ("", "Voiture et bus"))
    assert under > bare


def test_the_axis_of_a_title_weighs_beside_what_it_says(model: PlaceModel) -> None:
    chances = model.chances(read(list(UNDER)), TITLES)
    on_est, on_sud = (np.tile([float(code == axis) for code in AXIS_CODES], (len(UNDER), 1)) for axis in ("est", "sud"))
    by_est, by_sud = (model.joint(chances, axes, TITLES) for axes in (on_est, on_sud))
    assert (by_est[:, 0] > by_sud[:, 0]).all() and (by_est[:, 1] < by_sud[:, 1]).all()
    assert (by_est[:, 3] == by_sud[:, 3]).all()  # a title of any axis follows none
    leaning = [replace(one, axis=None, leaning=(0.1, 0.8, 0.1, 0.0)) for one in TITLES]
    by_est, by_sud = (model.joint(chances, axes, leaning) for axes in (on_est, on_sud))
    assert (by_est > by_sud).all()


def test_what_stands_beside_in_one_part_of_a_document_weighs_and_nothing_else_does(model: PlaceModel) -> None:
    texts = ["Sans voiture on ne va nulle part", "On en parle depuis des années", "Un jardin partagé", "Une fête"]
    chances, axes = model.chances(read(texts), TITLES), np.full((4, 5), 0.2)
    alone, apart, beside = (
        model.joint(chances, axes, TITLES, together)
        for together in (None, np.arange(4), np.array([3, 3, 5, 5], dtype=np.int64))
    )
    assert alone.tobytes() == apart.tobytes()
    assert beside[1, 0] > alone[1, 0] and beside[1, 1] <= alone[1, 1]
    first = model.joint(chances[:2], axes[:2], TITLES, np.zeros(2, dtype=np.int64))
    assert first.tobytes() == beside[:2].tobytes()


def test_what_is_said_further_on_in_a_part_tells_less_than_what_stands_beside() -> None:
    odds, axes = np.array([[-3.0, -3.0], *[[-3.0, -3.0]] * 5, *[[5.0, -5.0]] * 4]), np.full((10, 5), 0.25)

    def first(part: list[int]) -> list[float]:
        inputs = joint_inputs(odds, axes, [None, None], np.array(part, dtype=np.int64), np.zeros(2))
        return dict(zip(JOINT, inputs, strict=True))["far_around"][0].tolist()  # type: ignore[no-any-return]

    beside, further, apart = first([0] + [1] * 5 + [0] * 4), first([0] * 10), first([0] * 6 + [1] * 4)
    assert beside[0] > further[0] > apart[0] and further[0] > further[1] and apart[0] == apart[1]
    assert first(list(range(10))) == [0.0, 0.0]


def test_what_titles_draw_does_not_grow_as_the_square_of_their_number(
    model: PlaceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [title.text for title in TITLES]
    vectors = model.read_titles(texts)
    titles = model.background.titles(texts, vectors)
    odds = model.scores(IdeaTexts.of_titles(texts, vectors), titles)
    monkeypatch.setattr("pipeline.place.model.MOST_DRAWN", 1)
    first = np.clip(odds[0, 1:], -6, 6)  # the first title alone says what the others draw of it
    assert model.draws(titles, vectors)[1:] == pytest.approx(first - first.mean(), abs=1e-4)


def test_a_title_that_would_suit_the_others_draws_less(model: PlaceModel) -> None:
    odds = np.array([[9.0, -1.0, 2.0], [-3.0, 9.0, 1.0], [-2.0, -2.0, 9.0]])
    assert draws([(0, odds)]) == pytest.approx([-1.0, -0.75, 1.75])
    assert draws([(0, odds + 1)]) == pytest.approx(draws([(0, odds)])) and not draws([(0, odds[:1, :1])]).any()
    titles = [*TITLES, Title("Se déplacer, se soigner, se réunir dans les quartiers entre voisins")]
    vectors = model.read_titles([title.text for title in titles])
    drawn = model.draws(model.background.titles([title.text for title in titles], vectors), vectors)
    assert drawn.argmax() == len(TITLES)
    chances, axes = model.chances(read(list(UNDER)), titles), np.full((len(UNDER), 5), 0.2)
    by_itself = model.joint(chances, axes, titles)
    assert by_itself.tobytes() == model.joint(chances, axes, titles, None, drawn).tobytes()
    assert (by_itself[:, -1] < model.joint(chances, axes, titles, None, np.zeros(5))[:, -1]).all()


def test_examples_and_refusals_of_a_title_move_what_is_near_them(model: PlaceModel) -> None:
    ideas = read(["Le portail de la cour grince", "La grille est coincée", "On manque de soignants"])
    plain, told, refused = (
        model.chances(ideas, [Title("Des petits soucis", "est", **given), *TITLES])[:, 0]
        for given in ({}, {"examples": ("Le portail grince",)}, {"refused": ("Le portail grince",)})
    )
    assert told[0] > plain[0] + 0.1 and told[0] > told[2]
    assert refused[0] < plain[0]


def test_ideas_go_with_an_example_that_stands_under_their_narrow_heading(model: PlaceModel) -> None:
    example, texts = "On la ferme trop tôt", ["Revoir les horaires", "Un autre jour", "On manque de soignants"]
    headings = ["La piscine", "La piscine", "Ce qui manque"]
    titles = [Title("Des équipements à ouvrir", "est", examples=(example,)), *TITLES]
    both = [titles[0], replace(titles[1], examples=("On y nage mal",)), *titles[2:]]

    def under(n_others: int, given: list[Title], *told: str) -> npt.NDArray[np.float32]:
        others = [f"Autre {n}" for n in range(n_others)]
        above = headed([*told, *others, *texts], [headings[0]] * len((*told, *others)) + headings, told)
        return model.chances(replace(read(texts, headings), above=above), given)[:, 0]

    alone, narrow, wide = under(0, titles), under(0, titles, example), under(500, titles, example)
    assert (narrow[:2] > alone[:2] + 0.05).all() and narrow[2] <= alone[2]
    assert (wide < alone + 0.05).all()
    assert (under(0, both, example, "On y nage mal")[:2] < narrow[:2]).all()  # it tells neither apart


def test_the_more_ideas_a_heading_has_the_less_it_tells() -> None:
    headings = ["Gare"] * 11 + ["Port"] * 12 + ["Quai"] * 100 + [""]
    told = headed([f"Idée {n}" for n in range(124)], headings, ["Idée 0", "Idée 11", "Idée 23", "Idée 123"])
    assert told == {"Idée 0": ("Gare", 1.0), "Idée 11": ("Port", 0.5), "Idée 23": ("Quai", 0.0625)}


def test_a_model_of_another_machine_is_refused(model: PlaceModel) -> None:
    batch = PlaceBatch("rapide", model.sha256, tuple(TITLES), read(["Un banc"]), np.full((1, 5), 0.2))
    assert len(place_batch(batch).first) == 1
    with pytest.raises(ModelError, match="même version"):
        place_batch(replace(batch, sha256="0" * 64))


@settings(max_examples=40)
@given(st.integers(1, 30), st.integers(2, 700), st.integers(0, 2**32 - 1))
def test_products_of_whole_numbers_are_exact(n: int, width: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    vectors: npt.NDArray[np.float16] = random.normal(size=(n, width)).astype(np.float16)
    rows = whole(vectors, np.zeros(width, dtype=np.float32))
    exact = rows.astype(np.int64) @ rows.astype(np.int64).T
    assert ((rows @ rows.T).astype(np.int64) == exact).all()
    assert np.abs(exact.diagonal() / SCALE**2 - 1).max() < 0.02
