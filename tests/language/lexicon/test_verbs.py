"""Verbs as the lexicon tells them, labelled by hand, and their forms out of principal parts."""

import pytest

from pipeline.language.lexicon import verbs
from pipeline.language.lexicon.verbs import corrected_forms, finite_forms, parts_of, usual_parts

PRESENTS = [
    ("parler", "parle parles parlons parlez parlent"),
    ("manger", "mange manges mangeons mangez mangent"),
    ("placer", "place places plaçons placez placent"),
    ("finir", "finit finis finissons finissez finissent"),
    ("rendre", "rend rends rendons rendez rendent"),
]


@pytest.mark.parametrize(("infinitive", "present"), PRESENTS, ids=[row[0] for row in PRESENTS])
def test_the_present_of_a_regular_verb(infinitive: str, present: str) -> None:
    assert set(present.split()) <= finite_forms(usual_parts(infinitive))


def test_all_the_forms_of_a_regular_verb() -> None:
    assert finite_forms(usual_parts("placer")) == set(
        "place places plaçons placez placent plaçais plaçait placions placiez plaçaient placerai placeras placera "
        "placerons placerez placeront placerais placerait placerions placeriez placeraient".split()
    )


def test_a_line_tells_its_parts_and_what_they_do_not_tell() -> None:
    line = "dire dit disent disons dira dise disent +dites -disez"
    assert parts_of(line).subjunctive == "dise"
    assert {"dis", "disait", "dirions", "dites"} <= corrected_forms(line)
    assert "disez" not in corrected_forms(line)


def test_a_verb_without_we_has_no_imperfect_of_its_own() -> None:
    assert corrected_forms("falloir faut . . . faille . +fallait +faudra -faus -failles") == {
        *("faut", "faille", "fallait", "faudra")
    }


THIRD_PERSONS = [
    ("a", False),
    ("ont", True),
    ("est", False),
    ("peuvent", True),
    ("prend", False),
    ("prennent", True),
    ("finit", False),
    ("conçoit", False),
    ("rétrécit", False),
    ("jette", False),
    ("achètent", True),
    ("nettoie", False),
    ("essaie", False),
    ("essaye", False),
    ("paient", True),
    ("mange", False),
    ("mutualisent", True),
    ("covoiture", False),
    ("appartiennent", True),
    ("garantit", False),
    ("fait", False),
    ("interdit", False),
    ("déborde", False),
    ("convient", False),
]


@pytest.mark.parametrize(("form", "is_plural"), THIRD_PERSONS, ids=[row[0] for row in THIRD_PERSONS])
def test_a_third_person(form: str, is_plural: bool) -> None:
    assert verbs.third_person(form) is is_plural


@pytest.mark.parametrize(
    "word", "parent président content urgent école équipe monde politique étaient vers roulé rouler xyzent".split()
)
def test_what_is_hardly_ever_a_third_person(word: str) -> None:
    assert verbs.third_person(word) is None


INFINITIVES = "ouvrir écrire mettre recevoir aménager covoiturer végétaliser élire Planter déjeuner".split()
OTHERS = (
    "atelier quartier chantier hier cahier foyer premier territoire histoire maire notre entre contre libre soir "
    "loisir espoir avenir plaisir hiver couloir centre mémoire particulier métier"
).split()


@pytest.mark.parametrize("word", INFINITIVES)
def test_infinitives(word: str) -> None:
    assert verbs.is_infinitive(word)


@pytest.mark.parametrize("word", OTHERS)
def test_what_ends_as_an_infinitive_does(word: str) -> None:
    assert not verbs.is_infinitive(word)


@pytest.mark.parametrize("word", "roulent proposons peut étaient faudrait mutualisent est serons".split())
def test_a_conjugated_verb_and_nothing_else(word: str) -> None:
    assert verbs.is_finite(word)


@pytest.mark.parametrize("word", ["marche", "porte", "ferme", "rouler", "roulé", "vers", "malades", "fait", "produit"])
def test_what_is_not_surely_a_conjugated_verb(word: str) -> None:
    assert not verbs.is_finite(word)


@pytest.mark.parametrize("form", ["ferme", "marche", "manque", "demande", "produit", "déjeuner", "pouvoir"])
def test_forms_that_are_nouns_too(form: str) -> None:
    assert verbs.is_also_noun(form)


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [
        *(("suis", "être"), ("roulait", "rouler"), ("Prennent", "prendre"), ("manger", "manger"), ("vont", "aller")),
        *(("grelinettons", "grelinetter"), ("grelinettaient", "grelinetter"), ("zorglubes", "zorgluber")),
    ],
)
def test_the_infinitive_of_a_form(form: str, infinitive: str) -> None:
    assert verbs.infinitive_of(form) == infinitive
