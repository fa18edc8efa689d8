"""Ideas that say the same: ids of groups, stacks, and what one table repeats on two channels."""

import numpy as np
import pandas as pd
import pytest
from labelled import FIRST, each

from pipeline.cluster.grouping.stacks import apart_stacks, complete_stacks, find_ties, group_id, same_words, stack_names
from pipeline.language.models.encoders import load_encoder


def items(*rows: tuple[str, str | None, str | None, str | None, str]) -> pd.DataFrame:
    """Items from (id, group, stack, tied to, text)."""
    return pd.DataFrame(rows, columns=["item_id", "group_id", "stack_id", "tied_to", "text"], dtype="string[pyarrow]")


def test_a_stack_is_named_after_its_most_typical_item() -> None:
    names = stack_names(
        pd.Series(["a", "b", "c", "d"]), np.array([0, 0, 0, -1]), np.array([5, 5, -1, -1]), np.array([0.2, 0.9, 1.0, 0])
    )
    assert names == ["b", "b", None, None]


def test_accents_capitals_and_full_stops_make_no_other_words() -> None:
    assert same_words("Des médecins !") == same_words("des medecins")
    assert same_words("Des médecins") != same_words("Des médecins ici")


def test_what_is_of_another_side_or_of_another_measure_is_in_no_common_stack() -> None:
    rows = [
        ("a", "g", "a", None, "Le rythme des visites était adapté"), ("b", "g", "a", None, "Un rythme bien équilibré"),
        ("c", "g", "a", None, "Les visites vont trop vite"), ("d", "g", "a", None, "Des visites trop rapides"),
        ("e", "g", "e", None, "Un ponton au lavoir"), ("f", "g", "e", None, "Surtout pas de ponton au lavoir"),
        ("h", "g", "e", None, "Un ponton"), ("i", None, None, None, "Le bac"),
    ]  # fmt: skip
    stances = ["inconnu"] * 4 + ["pour", "contre", "inconnu", "inconnu"]
    found = apart_stacks(items(*rows).assign(stance=stances))
    assert found.fillna("").tolist() == ["a", "a", "c", "c", "e", "f", "e", ""]


@pytest.mark.parametrize(
    ("texts", "stances"),
    [
        (("Plus de bancs au lavoir", "Moins de bancs au lavoir"), ("inconnu", "inconnu")),
        (("Oui, gardons les bancs", "Non, pas de bancs"), ("pour", "contre")),
        (("Je suis pour un ponton", "Pas de ponton"), ("pour", "inconnu")),
        (("Il n'y a pas assez de bancs", "Il y a trop de bancs"), ("inconnu", "inconnu")),
        (("Garder le bac", "Supprimer le bac"), ("inconnu", "inconnu")),
        (("Ouvrir le lavoir la nuit", "Pas d'ouverture du lavoir la nuit"), ("inconnu", "inconnu")),
    ],
)
def test_contrary_wishes_are_in_no_common_stack_whoever_names_it(
    texts: tuple[str, ...], stances: tuple[str, ...]
) -> None:
    rows = [(key, "g", "a", None, text) for key, text in zip("abc", ("Au lavoir", *texts), strict=True)]
    found = apart_stacks(items(*rows).assign(stance=["inconnu", *stances])).tolist()
    assert found[1] != found[2]


def test_a_stack_is_of_near_the_same_words_and_named_after_the_fullest() -> None:
    texts = ("Réparer le lavoir", "Repenser les fêtes", "Réparer le vieux lavoir", "Payer 12 euros", "Payer 15 euros")
    rows = [(key, "g", "a", None, text) for key, text in zip("abcde", texts, strict=True)]
    assert apart_stacks(items(*rows).assign(stance="inconnu")).tolist() == ["c", "b", "c", "d", "e"]


test_stacks_are_completed = each(
    lambda *told: complete_stacks(items(*told)).tolist(),
    (
        ("a", "g", "a", None, "Du pain"), ("b", "g", None, None, "du pain."), ("c", "g", None, None, "Du vin"),
        ("d", "h", None, None, "Du pain"), ("e", None, None, None, "Du pain"), ["a", "a", "c", "d", pd.NA],
    ),
    (
        ("a", "g", None, "c", "Du pain frais"), ("b", "g", None, None, "Du lait"), ("c", "g", None, None, "Pain"),
        ["c", "b", "c"],
    ),
    (("a", "h", None, None, "Du pain"), ("b", "g", "a", None, "Pain"), ("c", "g", "a", None, "Riz"), ["a", "b", "b"]),
    names=["the very words, else alone", "a repeat is with what it repeats", "a stack whose name has left"],
)  # fmt: skip


def test_the_id_of_a_group_is_that_of_its_axis_and_most_central_item() -> None:
    assert len({group_id(axis, item) for axis in ("est", "sud") for item in ("a", "b")}) == 4
    assert group_id("est", "b") == group_id("est", "b")


SAID = "Installer un banc devant le lavoir du haut"


def ties(
    rows: list[tuple[str, str, str | None]],
    workshop: str = "w",
    voices: list[str] | None = None,
    files: list[str] | None = None,
) -> dict[str, str]:
    """Ties of rows (text, channel, table), ids by their order."""
    sources = pd.DataFrame(
        {
            "item_id": [f"i{row}" for row in range(len(rows))],
            "text": [text for text, _, _ in rows],
            "channel": [channel for _, channel, _ in rows],
            "table": [table for _, _, table in rows],
            "axis": "sud",
            "workshop": workshop,
            "source": files or ["a.csv"] * len(rows),
            "voice": pd.array(voices or [None] * len(rows), dtype="string"),
        }
    )
    return find_ties(sources, load_encoder().encode(sources["text"].tolist()).astype(np.float16))


def test_the_note_of_a_post_it_repeats_it() -> None:
    assert ties([("Un banc devant le lavoir du haut, à installer", "note", "1"), (SAID, "postit", "1")]) == {"i0": "i1"}


test_what_repeats_nothing = each(
    ties,
    ("two hands", [(SAID, "postit", "1"), (SAID, "postit", "1")]),
    ("two tables", [(SAID, "postit", "1"), (SAID, "note", "2")]),
    ("a row of a survey", [(SAID, "postit", "1"), (SAID, "enquete", "1")]),
    ("no table", [(SAID, "postit", None), (SAID, "note", None)]),
    ("another idea", [(SAID, "postit", "1"), ("Le médecin prend sa retraite en juin", "note", "1")]),
    ("two hands and a note", [(SAID, "postit", "1"), (SAID, "postit", "1"), ("Le médecin part en juin", "note", "1")]),
    is_told={},
    names=FIRST,
)


@pytest.mark.parametrize(
    ("other", "is_tied"),
    [
        (SAID, True),
        ("installer un banc devant le lavoir du haut !", True),
        ("Il faut installer un banc devant le lavoir du haut", True),
        ("Installer une fontaine place du marché", False),
        ("Surtout pas de banc devant le lavoir du haut, il y a déjà du bruit", False),
    ],
)
def test_a_person_who_says_the_same_again_says_it_once(other: str, is_tied: bool) -> None:
    rows: list[tuple[str, str, str | None]] = [(SAID, "enquete", None), (other, "enquete", None)]
    assert ties(rows, voices=["Voix 1", "Voix 1"]) == ({"i1": "i0"} if is_tied else {})
    assert ties(rows, voices=["Voix 1", "Voix 2"]) == {}


def test_a_text_copied_into_another_file_is_one_and_a_few_words_are_two() -> None:
    rows: list[tuple[str, str, str | None]] = [(f"{SAID}, près du vieux tilleul", "postit", None)] * 3
    assert ties(rows, files=["a.csv", "b.csv", "a.csv"]) == {"i1": "i0"}  # the third: somebody wrote it again
    assert ties([("Un banc", "postit", None)] * 2, files=["a.csv", "b.csv"]) == {}


def test_one_text_pasted_by_one_person_is_led_by_one_of_its_copies() -> None:
    assert ties([(SAID, "postit", None)] * 14, voices=["Voix 1"] * 14) == {f"i{row}": "i0" for row in range(1, 14)}


def test_what_leads_never_follows() -> None:
    found = ties([(SAID, "postit", "1"), (SAID, "note", "1"), (SAID, "transcript", "1")])
    assert found == {"i1": "i0", "i2": "i0"}
    assert not set(found) & set(found.values())
