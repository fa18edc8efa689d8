"""Formulas of courtesy: whole ones, at the head of words, and what looks like one."""

from labelled import each, false_of, true_of

from pipeline.language.vocabulary.courtesies import greeting_at, greets, only_thanks, says_nothing, takes_leave

test_greetings = true_of(
    greets,
    "Bonjour", "Bonsoir à toutes et à tous !", "Madame, Monsieur,", "Madame la maire,", "Chers voisins,",
    "Monsieur le Maire, Mesdames et Messieurs les conseillers,", "Bonjour Nolwenn,", "Chère Madame,",
    "Je souhaite faire part de quelques remarques sur le four.", "Nous tenons à vous adresser nos propositions",
)  # fmt: skip

test_words_that_are_no_greeting = false_of(
    greets,
    "Cher", "Chers bancs, chers lampadaires", "Monsieur Paul Vidal,", "Madame la maire", "Bonjour tristesse",
    "Salut au drapeau", "", "Madame la maire, le four est froid", "Je souhaite faire part de mon désaccord",
    "Nous voudrions transmettre le four à nos enfants",
)  # fmt: skip

test_a_greeting_before_words = each(
    lambda text: text[greeting_at(text) :],
    ("Bonjour, pourquoi ce four est-il froid ?", "pourquoi ce four est-il froid ?"),
    ("Bonjour madame je voudrais un banc", "je voudrais un banc"),
    ("Madame, Monsieur, le four est froid.", "le four est froid."),
    ("Cher monsieur le maire, le four est froid.", "le four est froid."),
    ("Monsieur le maire, vous le savez", "Monsieur le maire, vous le savez"),
)

test_ends_of_letters = true_of(
    takes_leave,
    "Bien cordialement,", "Bien à vous", "Bonne soirée à tous", "Envoyé de mon téléphone", "Tél. : 02 00 00 00 00",
    "Dans l'attente de votre réponse, veuillez agréer, Madame, mes salutations distinguées.",
    "Je reste à votre disposition pour en parler.", "Merci d'avance pour votre lecture.", "Pour copie conforme,",
    "Merci d'avoir lu jusqu'au bout !", "En espérant que vous tiendrez compte de mes remarques.",
)  # fmt: skip

test_words_that_end_no_letter = false_of(
    takes_leave,
    "Bonne idée", "Soyez prudents au lavoir", "Je reste au bourg le soir", "En attendant le car on a froid", "Merci",
    "Merci pour les bancs du lavoir", "Bonne année pour les pommes du verger communal", "À vous de décider",
    "En espérant que le four soit rallumé",
)  # fmt: skip

test_thanks = true_of(only_thanks, "Merci", "Un grand merci à tous !", "Merci beaucoup")
test_thanks_for_something = false_of(only_thanks, "Merci pour les bancs", "Merci à la boulangère", "Merci qui ?")

test_nothing_to_say = true_of(
    says_nothing,
    "na", "N/A", "n.a.", "NSPP", "R.A.S.", "RAS pour moi", "sans réponse", "(sans objet)", "néant",
    "Non renseigné", "NULL", "aucun commentaire particulier", "Pas d’autre remarque à faire",
    "Rien pour l'instant.", "rien d'autre à signaler",
    "Non, rien à ajouter", "Je ne sais pas trop", "Pas concernée", "idem que ma réponse précédente",
    "Je préfère ne pas répondre", "aucun(e)",
)  # fmt: skip
test_something_to_say = false_of(
    says_nothing,
    "Rien n'est prévu pour les vélos", "Aucune piste cyclable", "Pas de bancs", "Sans voiture", "rien à changer",
    "Non", "NRJ", "Pas d'avis de la mairie", "RAS, tout va bien", "Aucun, on paie trop", "Nain", "Idem pour la halle",
)  # fmt: skip
