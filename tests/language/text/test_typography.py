"""French typography, elision and contraction, labelled by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelled import each

from pipeline.language.text import typography as t
from pipeline.language.text.typography import accented, elides, with_de

ELIDED = (
    "école habitant homme honneur honnête hôpital humain heure hiver histoire héroïne huile usine yeux œuvre hier "
    "hectare horaire hébergement habitude hérédité hésitation homologue horizon harmonie honoraire".split()
)
HELD = (
    "hameau haie handicap handicapés halles hauteur hausses hiérarchie héros heurtent hurlait hall onze oui yaourt "
    "honteuse haïssait hideuse hit-parade hold-up hackers harcèlent hâtive hormis houleux Hongrie hérissons banc jardin"
).split()


@pytest.mark.parametrize("word", ELIDED)
def test_words_before_which_de_is_elided(word: str) -> None:
    assert elides(word)
    assert with_de(word) == f"d’{word}"


@pytest.mark.parametrize("word", HELD)
def test_words_before_which_de_is_whole(word: str) -> None:
    assert not elides(word)
    assert with_de(word) == f"de {word}"


test_a_bare_capital_takes_its_accent = each(
    accented,
    ("Ecole de la digue", "École de la digue"),
    ("Evénements", "Événements"),
    ("Etre utile", "Être utile"),
    ("Et puis", "Et puis"),
    ("Esprit d'équipe", "Esprit d'équipe"),
    ("Ecoles", "Écoles"),
)

test_typeset = each(
    t.typeset,
    ("Comment faire ?", "Comment faire\u202f?"),
    ("Comment faire?", "Comment faire\u202f?"),
    ("Vraiment ?!", "Vraiment\u202f?!"),
    ("Deux pistes : le bus ; le vélo", "Deux pistes\u00a0: le bus\u202f; le vélo"),
    ("l'école et l'accueil", "l’école et l’accueil"),
    ("« bonjour »", "«\u00a0bonjour\u00a0»"),
    ("« j'ai dit ? non »", "«\u00a0j'ai dit ? non\u00a0»"),
    ("à 14:30 précises", "à 14:30 précises"),
    ("voir https://a.fr/?x=1;y", "voir https://a.fr/?x=1;y"),
    ("merci :-) à tous", "merci :-) à tous"),
    ("12 500 habitants", "12\u202f500 habitants"),
    ("", ""),
)


@given(st.text(alphabet="ab «»:;!?'0 1\u00a0\u202f", max_size=40))
def test_typeset_twice_is_typeset_once(text: str) -> None:
    once = t.typeset(text)
    assert t.typeset(once) == once


def test_spaces_can_be_plain_or_wide() -> None:
    assert t.typeset("Oui !", "insecable") == "Oui\u00a0!"
    assert t.typeset("« Oui » !", "aucune") == "« Oui » !"


@pytest.mark.parametrize(
    ("phrase", "of", "to"),
    [
        ("le bus du soir", "du bus du soir", "au bus du soir"),
        ("les trajets", "des trajets", "aux trajets"),
        ("l’école", "de l’école", "à l’école"),
        ("la mairie", "de la mairie", "à la mairie"),
        ("aide à domicile", "d’aide à domicile", "à aide à domicile"),
        ("handicap", "de handicap", "à handicap"),
        ("habitants", "d’habitants", "à habitants"),
        ("onze communes", "de onze communes", "à onze communes"),
        ("yaourts", "de yaourts", "à yaourts"),
        ("un banc", "d’un banc", "à un banc"),
        ("horaires", "d’horaires", "à horaires"),
    ],
)
def test_de_and_a(phrase: str, of: str, to: str) -> None:
    assert (t.with_de(phrase), t.with_a(phrase)) == (of, to)


test_decapitalized = each(
    t.decapitalized,
    ("École ouverte", "école ouverte"),
    ("CCAS absent", "CCAS absent"),
    ("À revoir", "à revoir"),
    ("Ecole fermée", "école fermée"),
    ("Ecrire une charte", "écrire une charte"),
    ("Elle est là", "elle est là"),
    ("Etre écouté", "être écouté"),
    ("Entrer par la cour", "entrer par la cour"),
    ("Mme Kervella répond", "Mme Kervella répond"),
    ("M. […] répond", "M. […] répond"),
    ("Mmh oui", "mmh oui"),
)

test_a_capital_takes_the_accent_that_keyboards_leave_out = each(
    t.capitalized,
    ("ecole fermée", "École fermée"),
    ("« equipe mobile", "« Équipe mobile"),
    ("étape", "Étape"),
    ("en car", "En car"),
)


def test_numbers_agree() -> None:
    assert t.counted(0, "table", feminine=True) == "aucune table"
    assert t.counted(1, "table", feminine=True) == "une table"
    assert t.counted(2, "table", feminine=True) == "deux tables"
    assert t.counted(1250, "idée", feminine=True) == "1\u202f250 idées"
    assert t.counted(3, "travail", "travaux") == "trois travaux"
    assert t.joined(["nord", "est", "sud"]) == "nord, est et sud"
