"""Conjugated verbs, their subjects and their clauses, labelled by hand."""

from labelled import each, false_of, true_of

from pipeline.language.syntax.clauses import is_clause
from pipeline.language.syntax.finite_verbs import (
    VERBS_ALSO_NOUNS,
    has_main_verb,
    has_sure_main_verb,
    has_verb,
    holds_word,
    opening_pronoun,
    subject_of,
)

test_a_conjugated_verb = each(
    has_verb,
    ("les filets sèchent sur le quai", True),
    ("le bac ne passe plus", True),
    ("on s'organise", True),
    ("la criée était fermée", True),
    ("la marche du ponton", False),
    ("un ponton neuf pour la rade", False),
    ("réparer la cale", False),
    ("", False),
)

test_a_main_verb_that_is_surely_one = each(
    has_sure_main_verb,
    ("les filets sèchent sur le quai", True),
    ("les travaux en plus seraient mal venus", True),
    ("la fatigue se fait sentir", True),
    ("la criée n'ouvre pas", True),
    ("les pêcheurs qui vont mal ne viennent pas", True),
    ("un ponton où les pêcheurs viennent", False),
    ("le manque de rampes", False),
    ("ne pas fermer la criée", False),
    ("s'il pleut", False),
)

test_a_main_verb_hangs_on_nothing = each(
    has_main_verb,
    ("la criée qui ferme", False),
    ("la criée ferme, dit-on", True),
    ("quand il pleut", False),
    ("la criée s'effondre", True),
    ("s'il pleut", False),
)

test_whose_verb_opens_a_clause = each(
    subject_of,
    ("les pêcheurs rentrent tard", "noun"),
    ("je propose un ponton", "person"),
    ("et puis on s'organise", "person"),
    ("ça coûte cher", "back"),
    ("ils rentrent tard", "back"),
    ("il y a un ponton", "there"),
    ("il faut une rampe", "there"),
    ("son bateau prend l'eau", "back"),
    ("sur le quai", ""),
    ("un ponton neuf", ""),
)

test_the_pronoun_that_opens = each(
    opening_pronoun, ("je pars", "je"), ("j'attends", "j"), ("et puis on part", "on"), ("la criée", "")
)
test_something_like_a_word = each(holds_word, ("quai", True), ("²²", False), ("a", False), ("…", False))
test_a_verb_that_is_a_noun_as_well = true_of(lambda form: form in VERBS_ALSO_NOUNS, "manque", "reste")
test_what_is_a_noun_or_a_verb_alone = false_of(lambda form: form in VERBS_ALSO_NOUNS, "quai", "prenons")


test_a_clause_has_a_subject_and_a_verb = true_of(
    is_clause,
    "le ponton est fermé",
    "les pêcheurs ne viennent plus à la halle",
    "on ne se connaît pas",
    "la cale n'a pas de rampe",
    "les filets partent à la benne",
    "le bac ne passe que le samedi",
    "nos apprentis y vont à pied",
    "la digue qui protège le port s'effondre",
)

test_what_is_no_clause_is_left = false_of(
    is_clause, "un ponton neuf", "ouvrir la halle", "manque de rampes", "", "les parents d'élèves", "une marche raide"
)
