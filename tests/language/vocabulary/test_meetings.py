"""How a meeting goes, against what people say of it."""

from labelled import false_of, true_of

from pipeline.language.vocabulary.meetings import is_noted_aside, tells_course, tells_of_somebody

test_course = true_of(
    tells_course,
    "La séance est ouverte.", "La séance est reprise à dix heures.", "La parole est à Mme Prat, pour l'article 3.",
    "La parole est au rapporteur.", "Je mets aux voix l'amendement n° 4.", "L'ordre du jour est épuisé.",
    "Prochaine réunion le 4 mai au four.", "Personne ne demandant plus la parole, on vote.", "Il est défendu.",
    "L'ordre du jour appelle la discussion du budget.", "Je vous donne la parole.", "Je suis saisi de deux motions.",
    "Y a-t-il d'autres questions ?", "Qui vote contre ?", "Le quorum étant atteint, le conseil délibère.",
    "Vous trouverez ci-joint le lien du questionnaire.", "N'hésitez pas à nous écrire.",
    "Le compte rendu sera envoyé à tous.",
    "Les photos de la fête sont en ligne.", "On va commencer par un tour de table.",
    "Rendez-vous le 5 juin pour la fête du port", "Prochain CA : mardi 6 juin", "Date de la prochaine réunion : 4 mai",
    "(accord du bureau)", "OK du CA", "Code wifi : ponton56", "Wifi : Quai / mot de passe : bac",
    "Menu : soupe, tarte, café", "Rendez-vous pour la prochaine rencontre, le 5 juin au port !",
    "Le collectif donne donc rendez-vous à tous le 5 juin.", "Voici la restitution de ces échanges.",
    "Rejoignez-nous à la cale !", "Nous étions une trentaine, malgré la pluie.", "Le soleil était au rendez-vous.",
    "Une vingtaine de personnes, sans les enfants, s'étaient déplacées.", "Le travail se poursuit !",
    "Nous nous sommes répartis en trois groupes.", "Les groupes ont restitué leurs réflexions.",
    "Les discussions ont continué autour d'un verre.", "La soirée a commencé par une présentation de la cale.",
    "L'objectif était de présenter la démarche.", "Un pot de l'amitié a clos la soirée.", "Photo : Le Télégramme",
    "Vous retrouverez ceci plus en détail dans nos rapports.",
)  # fmt: skip

test_what_people_say_of_meetings = false_of(
    lambda sentence: tells_course(sentence) or tells_of_somebody(sentence),
    "La parole est aux jeunes du bourg, qu'on les écoute.", "La séance est levée trop tôt chaque soir.",
    "Il faut donner la parole à chacun.", "La prochaine réunion devrait parler du four.",
    "N'hésitez pas à planter des pommiers.", "Le compte rendu n'est jamais envoyé.", "Pas de question",
    "Les débats sont ouverts à tous.", "Merci de remplir les trous de la rue.",
    "Rendez-vous manqués avec les jeunes", "Wifi : trop lent à la halle", "Le menu de la cantine est trop gras",
    "Menu : plus de légumes, moins de viande", "Il faut l'accord du bureau pour tout", "Code de la route à revoir",
    "Voici notre proposition : une cale couverte", "Nous étions d'accord pour le bac.",
    "Dix bénévoles se sont réunis pour réparer la cale", "Trois personnes se sont retrouvées sans bac",
    "Les débats se sont terminés sur un désaccord", "Le travail continue le dimanche au port",
    "Un repas partagé s'est tenu sur le quai chaque mois", "Nous étions dix à porter le bac",
)  # fmt: skip

test_noted_in_brackets = true_of(
    is_noted_aside, "(Rires.)", "(Applaudissements au fond de la salle.)", "[inaudible]", "(L'article 2 est adopté.)"
)
test_said_in_brackets = false_of(
    is_noted_aside, "(et des bancs)", "Rires", "(le four est froid)", "(Rires) et puis rien"
)
