"""What says the contrary of the words that it cites, and what only tells them otherwise."""

from labelled import each

from pipeline.assistant.contrary import contrary
from pipeline.assistant.support import Support


def said(*texts: str, side: str = "", heading: str = "") -> Support:
    return Support(texts, (heading,), (side,) * len(texts))


CALE = said("La cale n'est pas éclairée le soir", "on trouve le ponton trop étroit pour les kayaks")
MARCHE = said("déplacer le marché sur le quai", "Un marché sur le quai, le samedi, on aimerait bien")
NON = said("Pas de grands panneaux !", "pas de panneaux lumineux non plus")
ANGLAIS = said("Le mode d'emploi est difficile à suivre sans un mot d'anglais")
NOTICE = said("La notice est assez vague, on a dû regarder les corrigés")
LAISSES = said("Le filtre par âge.", "le diaporama de l'accueil", side="contre")
VOTE = said("| Ajouter un champ tarif | 14 | 93 % |", "| Ne pas ajouter de champ | 1 | 7 % |")
PANACHE = said("| Place obligatoire | 8 | 50 % |", "| Place facultative | 6 | 37 % |", "| NSP | 2 | 13 % |")
SCRUTIN = said("Le règlement est adopté : 21 voix pour, 4 contre et 3 abstentions")
AIMEE = said("Le jardin partagé (12 votes pour) (1 votes contre)", "Le jardin, on y apprend des voisins")
MOINS = said("-1 sur la borne payante, on a essayé", "La borne gratuite suffit")
QUAI = said("Si on ne pose pas les bottes à gauche du banc, tout le monde se gêne", "compliqué sans une liste au mur")
PENICHE = said("La péniche ne sera pas relouée par la commune", "nous avons parlé du budget de la péniche")
BRUIT = said("Le bruit n'est pas créé par les enfants mais par la sono", "On va pas mettre d'alarme, ça serait stupide")
PORT = said("Totalement opposée au parking. Laissez la cale aux kayaks !", "Ne touchez pas au ponton")
SUBVENTION = said("Je n'ai jamais demandé de subvention", "J'ai juste demandé que le club de voile affiche le concert")

PHARE = said("abandonner le phare (le bourg s'en passe)", "on ne sait pas si le phare attire ou éloigne")
PHARE_SEUL = said("abandonner le phare, et garder le quai")
BOUEES = said("trop de bouées sur le chenal, elles cachent un peu le quai", side="contre")
RIEN = said(
    "Rien sur les algues dans les 3 fiches", "Absence de la question du sable", "Aucun calendrier, aucune étape"
)
DEUX = said("Le quai neuf : 9 voix pour et 2 contre", "Le bac : 4 voix pour et 7 contre")
REFUS = said("La demande de local est rejetée par 8 voix contre 6")
ORDRE = said("Les gilets ont été rangés avec les rames. Ce n'est pas pratique puisqu'ils ne sont pas mouillés")
IMPAYE = said("Les dossiers de non amarrage s'entassent", "le non amarrage est assez bien suivi par le port")
OSENT = said("Les enfants ont droit à un gilet", "ils n'osent pas le demander, c'est mal vu de vouloir un gilet")
SEMAINE = said("favoriser la semaine de quatre jours pour tous", "interdire les réunions après le dernier bac")
PLAINTE = said("Appliquer la règle quand on porte plainte pour un abandon de bateau")
BOIS = said("Abri de bois -> Refuge", "Vent (et non bâche)")
MANGER = said("Rien sur la pêche dans les 3 fiches", "Aucun repère/horaire")
PAYER = said("Leur droit de passage n'est pas respecté, et ils refusent de payer le quai")
LIGNE = said("Il faut maintenir le bac du dimanche")
BUVETTE = said("La buvette du quai loue aussi des rames")
PIRE = said("Les abris sont pires que ceux d'avant")
AIME = said("Les rameurs n'aiment pas la sirène")

test_the_contrary_of_what_is_cited = each(
    lambda support, claim: contrary(claim, support) != "",
    (DEUX, "Le bac recueille 9 voix pour et 2 contre.", True),
    (DEUX, "Le quai neuf est adopté par 9 voix contre 2, le bac est écarté par 7 voix contre 4.", False),
    (REFUS, "La demande de local est acceptée.", True),
    (REFUS, "Le local recueille 8 voix pour et 6 contre.", True),
    (REFUS, "Le local est refusé : 8 voix contre, 6 pour.", False),
    (LIGNE, "La suppression du bac du dimanche est refusée.", False),
    (PHARE, "Les uns veulent garder le phare, d’autres proposent de l’abandonner.", False),
    (PHARE, "On veut le phare.", True),
    (PHARE_SEUL, "Les uns veulent le phare, les autres proposent de l’abandonner.", True),
    (BOUEES, "Les bouées, trop nombreuses sur le chenal, cachent un peu le quai.", False),
    (BOUEES, "On demande trop de bouées sur le chenal.", True),
    (BOUEES, "Les bouées embellissent le chenal.", True),
    (RIEN, "Les algues, le sable et le calendrier sont absents des fiches.", False),
    (RIEN, "Un groupe attend un calendrier, des étapes et une place pour les algues.", False),
    (RIEN, "Les fiches parlent des algues, et un calendrier y est.", True),
    (CALE, "La cale est éclairée le soir.", True),
    (MARCHE, "On refuse de déplacer le marché sur le quai.", True),
    (MARCHE, "Personne ne souhaite le marché sur le quai : on ne l’aimerait pas le samedi.", True),
    (NON, "On demande de grands panneaux.", True),
    (ANGLAIS, "Sans un mot d’anglais, le mode d’emploi est facile à suivre.", True),
    (NOTICE, "La notice est très claire, et l’on n’a pas eu besoin des corrigés.", True),
    (LAISSES, "On demande aussi le filtre par âge.", True),
    (VOTE, "Le champ tarif est refusé par le groupe.", True),
    (SCRUTIN, "Le règlement est rejeté.", True),
    (SCRUTIN, "Sur le règlement, il y a 4 voix pour et 21 contre.", True),
    (QUAI, "Il vaut mieux poser les bottes à gauche du banc.", False),
    (QUAI, "Une liste au mur aiderait.", False),
    (PENICHE, "Le refus de louer à nouveau la péniche est rappelé.", False),
    (BRUIT, "C’est la sono, non les enfants, qui crée le bruit.", False),
    (BRUIT, "Une alarme serait stupide.", False),
    (BRUIT, "Une alarme sera mise.", True),
    (SUBVENTION, "Le club de voile répond n’avoir demandé aucune subvention, juste l’affichage du concert.", False),
    (PORT, "Des opposants demandent de laisser la cale aux kayaks.", False),
    (PORT, "Un opposant veut garder le ponton.", False),
    (SUBVENTION, "Le club de voile n’a jamais demandé l’affichage du concert.", True),
    (ORDRE, "Les gilets, non mouillés, sont rangés sans raison pratique avec les rames.", False),
    (ORDRE, "Les gilets ne sont pas rangés avec les rames.", True),
    (IMPAYE, "Les dossiers de non-amarrage s’entassent.", False),
    (IMPAYE, "Le non-amarrage est assez bien suivi par le port.", False),
    (OSENT, "Les enfants n’osent pas demander le gilet auquel ils ont droit.", False),
    (OSENT, "Les enfants n’ont pas droit à un gilet.", True),
    (SEMAINE, "D’autres demandent la semaine de quatre jours, ou l’interdiction des réunions après le bac.", False),
    (SEMAINE, "On demande des réunions après le dernier bac.", True),
    (PLAINTE, "On demande d’appliquer la règle lorsqu’une plainte est portée.", False),
    (BOIS, "Contre le vent, il préfère un abri de bois, servant de refuge, à la bâche.", False),
    (BOIS, "Contre le vent, on mettra un abri et une bâche.", True),
    (MANGER, "Les fiches ignorent la pêche, sans repère ni horaire.", False),
    (MANGER, "Les fiches donnent les horaires et parlent de la pêche.", True),
    (PAYER, "Leur droit de passage n’est pas respecté : ils refusent de payer le quai.", False),
    (PAYER, "Ils acceptent de payer le quai.", True),
    (BUVETTE, "Le local n’est pas seulement une buvette : on y loue des rames.", False),
    (BUVETTE, "Le local n’est pas une buvette : on y loue des rames.", True),
    (PIRE, "Les abris ne sont pas meilleurs que ceux d’avant.", False),
    (PIRE, "Les abris sont meilleurs que ceux d’avant.", True),
    (AIME, "La sirène déplaît aux rameurs.", False),
    (AIME, "La sirène plaît aux rameurs.", True),
)

test_what_is_cited_told_otherwise = each(
    lambda support, claim: contrary(claim, support),
    (CALE, "Le soir, la cale manque d’éclairage, et le ponton est trop étroit."),
    (CALE, "On regrette que la cale ne soit pas éclairée."),
    (MARCHE, "On propose de déplacer le marché sur le quai, le samedi."),
    (NON, "On refuse les grands panneaux, et ceux qui sont lumineux."),
    (ANGLAIS, "Qui ne parle pas anglais peine à suivre le mode d’emploi."),
    (NOTICE, "La notice manque de clarté : il a fallu regarder les corrigés."),
    (NOTICE, "La notice ne suffit pas, on a dû regarder les corrigés."),
    (LAISSES, "On abandonnerait le filtre par âge."),
    (VOTE, "Le groupe retient un champ tarif : 14 voix, et 1 contre tout ajout."),
    (PANACHE, "Au vote, 8 voix vont à une place obligatoire, 6 à une facultative, et 2 ne se prononcent pas."),
    (SCRUTIN, "Le règlement est adopté par 21 voix contre 4."),
    (SCRUTIN, "Sur le règlement, il y a 21 voix pour et 4 contre."),
    (AIMEE, "Le jardin partagé, où l’on apprend des voisins, recueille 12 voix."),
    (MOINS, "La borne payante est refusée, la gratuite suffit."),
    (MARCHE, "Ne faudrait-il pas déplacer le marché sur le quai ?"),
    is_told="",
)
