"""Stance from words, and the benchmarks that measure it."""

from labelled import each

from pipeline.language.vocabulary.cues import stance_of

test_stance_is_read_from_the_words = each(
    stance_of,
    ("Je suis pour la zone 30", "pour"),
    ("Non à la fermeture de la rue", "contre"),
    ("Je ne suis pas favorable au marché le dimanche", "contre"),
    ("C'est une fausse bonne idée", "contre"),
    ("D'accord pour la navette si les horaires collent", "nuance"),
    ("Pour l'instant, rien n'a changé", "inconnu"),
    ("Pour la stagiaire, choisir ses légumes compte beaucoup", "inconnu"),
    ("Le bus passe à 18 h", "inconnu"),
)
