"""What words our sentences may propose, and what they leave to stand by themselves."""

from labelled import each

from pipeline.contracts.draft import WordsNode, WordsRef
from pipeline.restitution.prose.forms import is_act


def may_be_proposed(words: str, axis: str) -> bool:
    return is_act(WordsNode("report", words, WordsRef("i1", "c1", (0, len(words)), ())), axis)


test_the_acts_that_a_sentence_of_ours_proposes = each(
    may_be_proposed,
    ("tenir une buvette est aussi le moyen de se parler", "sud", False),
    ("ouvrir l’atelier qui est fermé le samedi", "sud", True),
    ("ouvrir l’atelier si la salle est fermée le samedi", "sud", True),
    ("mieux accueillir les nouveaux venus", "sud", True),
    ("ouvrir l’atelier, on y serait bien", "sud", False),
    ("ouvrir l’atelier ? jamais", "sud", False),
    ("ouvrir l’atelier qui est fermé le samedi", "est", False),
    ("proposer un repas par saison", "sud", False),
    ("laissons la place aux jeunes", "sud", False),
    ("une journée pour accueillir les nouveaux", "sud", False),
)
