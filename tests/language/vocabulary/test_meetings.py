"""How a meeting goes, told from what it is about."""

from labelled import each

from pipeline.language.vocabulary.meetings import COURSE, SOMEBODY, procedure_in

test_what_a_sentence_tells_of_a_meeting = each(
    procedure_in,
    ("La séance est levée à 22 h.", COURSE),
    ("L’assemblée générale est ouverte à 18 h.", COURSE),
    ("Elle passe la parole à la salle.", COURSE),
    ("Mme Le Goff prend la parole.", SOMEBODY),
    ("Le maire est absent.", SOMEBODY),
    ("L’assemblée est ouverte à tous les voisins.", ""),
    ("La réunion commence trop tard pour les familles.", ""),
    ("Les habitants prennent la barque.", ""),
    ("Un temps de parole identique pour chacun.", ""),
    ("Les arceaux présents devant la halle sont rouillés.", ""),
)
