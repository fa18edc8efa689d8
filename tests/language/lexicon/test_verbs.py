"""Verbs as the lexicon tells them, labelled by hand, and their forms out of principal parts."""

import pytest
from labelled import each, false_of, true_of

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


ONE = (
    "a est prend finit conçoit rétrécit jette nettoie essaie essaye mange covoiture garantit fait interdit déborde "
    "convient"
)
SEVERAL = "ont peuvent prennent achètent paient mutualisent appartiennent"
test_a_third_person = each(
    verbs.third_person, *((form, False) for form in ONE.split()), *((form, True) for form in SEVERAL.split())
)

test_what_is_hardly_ever_a_third_person = each(
    verbs.third_person,
    *"parent président content urgent école équipe monde politique étaient vers roulé rouler xyzent".split(),
    is_told=None,
)

test_infinitives = true_of(
    verbs.is_infinitive, *"ouvrir écrire mettre recevoir aménager covoiturer végétaliser élire Planter déjeuner".split()
)

test_what_ends_as_an_infinitive_does = false_of(
    verbs.is_infinitive,
    *(
        "atelier quartier chantier hier cahier foyer premier territoire histoire maire notre entre contre libre soir "
        "loisir espoir avenir plaisir hiver couloir centre mémoire particulier métier"
    ).split(),
)

test_a_conjugated_verb_and_nothing_else = true_of(
    verbs.is_finite, *"roulent proposons peut étaient faudrait mutualisent est serons".split()
)
test_what_is_not_surely_a_conjugated_verb = false_of(
    verbs.is_finite, "marche", "porte", "ferme", "rouler", "roulé", "vers", "malades", "fait", "produit"
)
test_forms_that_are_nouns_too = true_of(
    verbs.is_also_noun, "ferme", "marche", "manque", "demande", "produit", "déjeuner", "pouvoir"
)

test_the_infinitive_of_a_form = each(
    verbs.infinitive_of,
    *(("suis", "être"), ("roulait", "rouler"), ("Prennent", "prendre"), ("manger", "manger"), ("vont", "aller")),
    *(("grelinettons", "grelinetter"), ("grelinettaient", "grelinetter"), ("zorglubes", "zorgluber")),
)
