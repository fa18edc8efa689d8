"""Cues of stance, wish and lack; how a meeting goes: as labelled texts."""

from labelled import each, false_of, true_of

from pipeline.language.text.folding import fold
from pipeline.language.vocabulary import cues
from pipeline.language.vocabulary.meetings import tells_course, tells_of_somebody

test_a_cue_on_a_folded_text = each(
    lambda text, cue: cue.search(fold(text)) is not None,
    ("Je suis contre le péage du pont", cues.AGAINST, True),
    ("Le péage ne servira à rien", cues.AGAINST, True),
    ("Le quai contre la digue", cues.AGAINST, False),
    ("Je suis pour le bac gratuit", cues.FOR, True),
    ("Un bac gratuit, très bonne idée", cues.FOR, True),
    ("Le bac gratuit, fausse bonne idée", cues.FOR, False),
    ("Oui mais pas le dimanche", cues.HEDGES, True),
    ("Oui le dimanche", cues.HEDGES, False),
    ("Interdire les jet-skis", cues.RESTRICTION, True),
    ("Ouvrir la cale", cues.RESTRICTION, False),
    ("Manque de mouillages", cues.WANT, True),
    ("Des mouillages en plus", cues.WANT, False),
    ("À condition de garder la cale", cues.CONDITION, True),
    ("Garder la cale", cues.CONDITION, False),
    ("Qui va payer le ponton ?", cues.OBJECTION, True),
    ("Le maire va payer le ponton", cues.OBJECTION, False),
)

test_a_cue_on_a_text_as_it_is_written = each(
    lambda text, cue: cue.search(text) is not None,
    ("La cale est trop loin", cues.OBSTACLE, True),
    ("Le ponton n'a aucun éclairage", cues.OBSTACLE, True),
    ("Un ponton neuf", cues.OBSTACLE, False),
    ("La ferme est belle", cues.OBSTACLE, False),
)

test_what_tells_how_a_meeting_goes = true_of(
    tells_course,
    "La séance est levée à 22 h.",
    "L’assemblée générale est ouverte à 18 h.",
    "Elle passe la parole à la salle.",
)

test_what_tells_of_somebody_who_comes_or_speaks = true_of(
    tells_of_somebody, "Mme Le Goff prend la parole.", "Le maire est absent."
)

test_what_tells_nothing_of_how_a_meeting_goes = false_of(
    lambda sentence: tells_course(sentence) or tells_of_somebody(sentence),
    "L’assemblée est ouverte à tous les voisins.",
    "La réunion commence trop tard pour les familles.",
    "Les habitants prennent la barque.",
    "Un temps de parole identique pour chacun.",
    "Les arceaux présents devant la halle sont rouillés.",
)
