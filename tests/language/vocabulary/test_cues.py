"""Cues of stance, wish and lack, as labelled texts."""

from labelled import each

from pipeline.language.text.folding import fold
from pipeline.language.vocabulary import cues

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
    ("Une fête des gréements", cues.FESTIVITY, True),
    ("Un abri pour les gréements", cues.FESTIVITY, False),
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

test_a_stance_is_read_from_the_words = each(
    cues.stance_of,
    ("Je suis pour la zone 30", "pour"),
    ("Non à la fermeture de la rue", "contre"),
    ("Je ne suis pas favorable au marché le dimanche", "contre"),
    ("C'est une fausse bonne idée", "contre"),
    ("D'accord pour la navette si les horaires collent", "nuance"),
    ("Pour l'instant, rien n'a changé", "inconnu"),
    ("Pour la stagiaire, choisir ses légumes compte beaucoup", "inconnu"),
    ("Le bus passe à 18 h", "inconnu"),
)
