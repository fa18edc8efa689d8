"""Words of a text, the key that they are matched by, and the files that hold lists of them."""

from pathlib import Path

import pytest
from labelled import each, false_of, true_of

from pipeline.language.text import lists
from pipeline.language.text.folding import fold, fold_inclusive, fold_word, strip_accents
from pipeline.language.text.words import STOP_WORDS, content_stems, content_words, stem, words


@pytest.mark.parametrize(
    "family",
    [
        ("organisation", "organiser", "organisent"),
        ("jardin", "jardins"),
        ("canal", "canaux"),
        ("bateau", "bateaux"),
        ("animateur", "animatrice"),
    ],
    ids=lambda family: family[0],
)
def test_words_of_one_family_meet(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize(("one", "other"), [("banc", "bac"), ("digue", "dague"), ("port", "porte-vélo")])
def test_words_of_two_families_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_words_have_no_accent_and_no_capital() -> None:
    assert words("Été 2030 : l’école-relais") == ["ete", "2030", "l", "ecole-relais"]


test_a_word_without_a_subject = true_of(
    lambda word: word in STOP_WORDS,
    "les",
    "avec",
    "serait",
    "cependant",
    "deux",
    "euh",
    "faudrait",
    "manque",
    "a",
    "tres",
)

test_a_word_with_a_subject = false_of(
    lambda word: word in STOP_WORDS, "quai", "ecole", "bus", "medecin", "foret", "reparer"
)


def test_each_is_folded_as_texts_are() -> None:
    assert [word for word in sorted(STOP_WORDS) if fold_word(word) != word] == []


def test_what_carries_no_subject_is_left_out() -> None:
    assert {"falloir", "manque", "dans", "euh"} <= STOP_WORDS
    assert content_words("Il faut 2 bancs sur la digue") == ["bancs", "digue"]
    assert content_stems("Il faut 2 bancs sur la digue") == ["banc", "digu"]


test_an_inclusive_form_is_folded = each(
    fold_inclusive,
    ("les habitant·e·s", "les habitants"),
    ("les habitant.e.s", "les habitants"),
    ("les habitant(e)s", "les habitants"),
    ("les habitant-e-s", "les habitants"),
    ("un·e animateur·rice", "un animateur"),
    ("des acteur·trices", "des acteurs"),
    ("un(e) voisin(e)", "un voisin"),
    ("des veilleur·euse·s", "des veilleurs"),
    ("le porte-à-porte", "le porte-à-porte"),
    ("fin. Et puis", "fin. Et puis"),
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("L’Œuvre des Élu·e·s", "l'oeuvre des elus"),
        ("NOËL à la mi-août", "noel a la mi-aout"),
        ("Ça va", "ca va"),
        ("deja plat", "deja plat"),
    ],
)
def test_a_key_has_no_accent_no_capital_and_no_inclusive_ending(text: str, key: str) -> None:
    assert fold(text) == fold_word(text) == key


def test_accents_go_and_capitals_stay() -> None:
    assert strip_accents("Élève d'ÆGIDE") == "Eleve d'AEGIDE"


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    data = tmp_path / "french_room" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").write_text("", encoding="utf-8")
    (data / "noms.txt").write_text("# écrit pour ce test\n\nbus car\n  navette\nécole\n", encoding="utf-8")
    (data / "tours.toml").write_text(
        "# écrit pour ce test\n[refus]\nany = ['non', 'pas question']\nflags = 'i'\n"
        "[debut]\nform = '^(?:{any})\\s'\nany = ['mais']\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    return "french_room.module"


def test_an_indented_line_goes_on(module: str) -> None:
    assert lists.read_lines(module, "noms") == ("bus car navette", "école")
    assert lists.read_words(module, "noms") == {"bus", "car", "navette", "école"}


def test_patterns_are_whole_words_unless_a_form_says_otherwise(module: str) -> None:
    patterns = lists.read_patterns(module, "tours")
    assert patterns["refus"].search("Pas question de fermer")
    assert not patterns["refus"].search("nonagénaire")
    assert patterns["debut"].match("mais enfin")
    assert not patterns["debut"].search("oui mais enfin")
