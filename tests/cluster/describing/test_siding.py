"""The stance of each idea about the object of its group."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cluster.describing.siding import link_sides, settled_sides, stances_of, with_answers


def sources(rows: list[tuple[str, str]], group: str | None = "g", axis: str = "sud") -> pd.DataFrame:
    texts, stances = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "group_id": pd.array([group] * len(rows), dtype="string[pyarrow]"),
            "axis": axis,
            "text": list(texts),
            "stance": pd.array(list(stances), dtype="string[pyarrow]"),
        }
    )


def test_files_then_headings_come_before_words() -> None:
    rows = pd.DataFrame(
        {
            "text": ["Je suis contre la rocade", "La rocade coûte cher", "Je suis contre la rocade", "Une rocade"],
            "axis": "sud",
            "known": pd.array(["pour", None, None, None], dtype="string[pyarrow]"),
            "headings": [["Contre"], ["Arguments contre"], [], ["Idées"]],
            "context": "",
        }
    )
    assert stances_of(rows) == ["pour", "contre", "contre", "inconnu"]


def test_who_proposes_to_take_away_proposes() -> None:
    rows = pd.DataFrame({"text": ["Interdire les feux de camp", "Supprimer le feu de la rue Haute"], "axis": "sud"})
    assert stances_of(rows) == ["inconnu", "inconnu"]


def test_whoever_proposes_is_for_where_somebody_takes_a_side() -> None:
    said = [("Un kiosque au parc", "inconnu"), ("Surtout pas de kiosque", "contre"), ("Oui si on le ferme", "nuance")]
    assert settled_sides(sources(said)).tolist() == ["pour", "contre", "nuance"]
    assert settled_sides(sources(said[:1])).tolist() == ["inconnu"]
    assert settled_sides(sources(said, axis="est")).tolist() == ["inconnu", "contre", "nuance"]
    assert settled_sides(sources(said, group=None)).tolist() == ["inconnu", "contre", "nuance"]


@pytest.mark.parametrize("text", ["Le kiosque, à quelle heure ?", "On a joué au parc en mai", "Personne au kiosque"])
def test_who_asks_for_nothing_that_is_spoken_of_takes_no_side(text: str) -> None:
    assert settled_sides(sources([(text, "inconnu"), ("Surtout pas de kiosque", "contre")]))[0] == "inconnu"


def test_who_wants_a_thing_gone_is_against_those_who_ask_for_it() -> None:
    texts = ("Mettre des bancs au parc", "Des bancs au parc", "Enlever les bancs")
    said = [(text, "inconnu") for text in texts]
    assert settled_sides(sources(said)).tolist() == ["pour", "pour", "contre"]


def test_who_doubts_of_a_thing_is_not_for_it_where_another_wants_it_gone() -> None:
    doubted = "Les bancs : on ne sait pas s'ils sont pour les promeneurs"
    said = [("Mettre des bancs au parc", "inconnu"), (doubted, "inconnu"), ("Enlever les bancs", "inconnu")]
    assert settled_sides(sources(said)).tolist() == ["pour", "inconnu", "contre"]


def test_where_most_want_it_gone_those_who_ask_for_it_are_against() -> None:
    said = [("Enlever les bancs", "inconnu"), ("Supprimer les bancs du parc", "inconnu")]
    said += [("Garder les bancs du parc", "inconnu"), ("Les bancs, ras le bol", "contre")]
    assert settled_sides(sources(said)).tolist() == ["pour", "pour", "contre", "pour"]


def test_a_title_that_takes_away_turns_the_sides_round() -> None:
    said = [("Ne fermez pas le lavoir", "pour"), ("Fermer le lavoir", "inconnu"), ("Le lavoir est inutile", "contre")]
    found = settled_sides(sources(said), {"g": "Fermer le lavoir"})
    assert found.tolist() == ["contre", "pour", "pour"]


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["pour", "contre", "nuance", "inconnu"]), min_size=1, max_size=8))
def test_a_side_that_words_took_stands(stances: list[str]) -> None:
    said = [(f"Une idée de plus, numéro {n}", stance) for n, stance in enumerate(stances)]
    found = settled_sides(sources(said)).tolist()
    kept = [(one, other) for one, other in zip(stances, found, strict=True) if one != "inconnu"]
    assert all(one == other for one, other in kept)


def test_a_side_about_an_answered_idea_is_about_the_group_where_that_one_is() -> None:
    rows = pd.DataFrame(
        {
            "contribution_id": ["c0", "c0", "c1", "c1", "c2"],
            "group_id": pd.array(["g", "h", "g", "h", "h"], dtype="string[pyarrow]"),
            "text": ["Un bac de nuit", "Je remercie le port", "Trop cher", "Le port dort", "Le port"],
            "stance": pd.array(["inconnu", "inconnu", "inconnu", "contre", "contre"], dtype="string[pyarrow]"),
        }
    )
    rows["stance_on"] = pd.array([None] * 5, dtype="string[pyarrow]")
    of = {"contribution_id": ["c1"], "target": ["c0"], "about": ["Un bac de nuit, donc."], "stance": ["contre"]}
    found = with_answers(rows, pd.DataFrame(of)).fillna("")
    assert found["stance"].tolist() == ["inconnu", "inconnu", "contre", "contre", "contre"]
    assert found["stance_on"].tolist() == ["", "", "", "Un bac de nuit, donc.", ""]


def test_who_backs_an_opponent_is_against_what_that_one_opposes() -> None:
    rows = pd.DataFrame(
        {
            "contribution_id": ["c0", "c1"],
            "group_id": pd.array(["g", "g"], dtype="string[pyarrow]"),
            "text": ["Pas de bac de nuit", "D'accord, ça réveille tout le port"],
            "stance": pd.array(["contre", "inconnu"], dtype="string[pyarrow]"),
            "stance_on": pd.array([None, None], dtype="string[pyarrow]"),
        }
    )
    of = {"contribution_id": ["c1"], "target": ["c0"], "about": ["Pas de bac de nuit"], "stance": ["pour"]}
    assert with_answers(rows, pd.DataFrame(of))["stance"].tolist() == ["contre", "contre"]


def test_a_side_on_what_a_file_asks_is_not_turned_by_a_title() -> None:
    said = sources(
        [("Le lavoir sera désert", "contre"), ("Fermer le lavoir", "inconnu"), ("Gardons le lavoir", "pour")]
    )
    said["stance_on"] = pd.array(["Faut-il fermer le lavoir ?", None, None], dtype="string[pyarrow]")
    assert settled_sides(said, {"g": "Fermer le lavoir"}).tolist() == ["contre", "pour", "contre"]
    assert settled_sides(said, {"g": "Le lavoir"}, of_titles=True).tolist() == ["inconnu", "contre", "pour"]


def test_who_is_for_a_loss_is_for_the_title_that_asks_for_it_and_against_the_thing() -> None:
    said = [("Pour la fermeture du lavoir", "pour"), ("Il faut garder le lavoir", "pour")]
    assert settled_sides(sources(said), {"g": "Fermer le lavoir"}).tolist() == ["pour", "contre"]
    assert settled_sides(sources(said), {"g": "La fermeture du lavoir"}).tolist() == ["pour", "contre"]
    assert settled_sides(sources(said), {"g": "Le lavoir"}).tolist() == ["contre", "pour"]
    assert settled_sides(sources(said[:1]), {"g": "Le lavoir"}).tolist() == ["inconnu"]


def test_a_title_that_may_name_an_act_or_a_thing_tells_no_side() -> None:
    said = [("Je suis contre l'arrêt de car au lavoir", "pour"), ("Un arrêt de car", "inconnu")]
    assert settled_sides(sources(said), {"g": "Arrêt de car"}).tolist() == ["inconnu", "inconnu"]


def test_who_finds_too_much_of_a_thing_does_not_ask_for_it() -> None:
    said = [("Il y a trop de bancs", "inconnu"), ("Moins de bancs", "inconnu"), ("Surtout pas de bancs", "contre")]
    assert settled_sides(sources(said)).tolist() == ["inconnu", "inconnu", "contre"]


HEARD = pd.DataFrame(
    [
        ("c0", "i0", 0, "Le dernier bus part à 17 h", "est"),
        ("c0", "i1", 30, "Il faudrait une navette le soir", "sud"),
        ("c0", "i2", 70, "On pourrait agrandir le parking", "sud"),
        ("c1", "i3", 0, "Trop cher pour le bourg", "est"),
        ("c2", "i4", 12, "les jeunes rentreraient", "sud"),
        ("c3", "i5", 200, "Le préau fuit", "est"),
        ("c4", "i6", 0, "On verra", "ouest"),
        ("c5", "i7", 0, "Le préau fuit", "est"),
        ("c6", "i8", 0, "Un four à pain ?", "hors_axe"),
    ],
    columns=["contribution_id", "item_id", "start", "text", "axis"],
)
NAVETTE, PARKING = "Le dernier bus part à 17 h. Il faudrait une navette le soir", "On pourrait agrandir le parking"


def _linked(*answered: tuple[str, str, str, str]) -> list[tuple[str, str, str]]:
    table = pd.DataFrame(answered, columns=["contribution_id", "target", "about", "stance"])
    found = link_sides(HEARD, table)
    return list(found[["from_item", "to_item", "kind"]].itertuples(index=False, name=None))


def test_who_answers_a_proposal_opposes_or_backs_it() -> None:
    found = _linked(("c1", "c0", NAVETTE, "contre"), ("c2", "c0", PARKING, "pour"))
    found += _linked(("c1", "c6", "Un four à pain ?", "contre"))
    assert found == [("i3", "i1", "objects"), ("i4", "i2", "supports"), ("i3", "i8", "objects")]


def test_a_title_that_is_answered_is_that_of_the_first_proposal() -> None:
    assert _linked(("c1", "c0", "Se déplacer", "contre")) == [("i3", "i1", "objects")]


@pytest.mark.parametrize(
    "answered",
    [
        ("c3", "c0", NAVETTE, "contre"),
        ("c4", "c0", NAVETTE, "nuance"),
        ("c1", "c5", "Le préau fuit", "contre"),
        ("c1", "c0", "Le dernier bus part à 17 h", "contre"),
        ("c1", "c9", "Une navette", "contre"),
        ("c9", "c0", NAVETTE, "contre"),
    ],
    ids=["said later", "on a condition", "no proposal", "an obstacle", "answers nobody", "no idea"],
)
def test_what_answers_no_proposal_surely_is_no_link(answered: tuple[str, str, str, str]) -> None:
    assert _linked(answered) == []
