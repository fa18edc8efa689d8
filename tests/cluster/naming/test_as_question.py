"""Questions drawn from obstacles: grammatical, about the whole group, or none at all."""

from __future__ import annotations

import pytest

from pipeline.cluster.naming.as_question import as_problem
from pipeline.cluster.naming.titles import GroupTexts, title_groups
from pipeline.language.syntax.phrases import CLAUSE, FRAGMENT, INFINITIVE, LACK, NOUN, Phrase

ASKED = [
    (LACK, "zéro bus le soir", "Comment avoir un bus le soir ?"),
    (LACK, "pas assez de bus le soir", "Comment avoir assez de bus le soir ?"),
    (LACK, "pas de piste cyclable jusqu'au port", "Comment avoir une piste cyclable jusqu'au port ?"),
    (LACK, "pas de sage-femme sur l'île depuis deux ans", "Comment trouver une sage-femme sur l'île ?"),
    (LACK, "pas d'ouvriers agricoles ni de remplaçants", "Comment trouver des ouvriers agricoles et des remplaçants ?"),
    (LACK, "plus une seule épicerie dans le centre", "Comment avoir une épicerie dans le centre ?"),
    (LACK, "plus de surveillante au second service", "Comment trouver une surveillante au second service ?"),
    (LACK, "aucune place en crèche", "Comment trouver une place en crèche ?"),
    (LACK, "trop de dossiers à remplir", "Comment avoir moins de dossiers à remplir ?"),
    (LACK, "trop peu d'arbitres", "Comment avoir plus d'arbitres ?"),
    (LACK, "rien à louer à l'année", "Comment trouver à louer à l'année ?"),
    (LACK, "rien pour les filles", "Que proposer aux filles ?"),
    (LACK, "pas de temps payé pour se coordonner", "Comment se coordonner sans temps payé ?"),
    (CLAUSE, "il n'y a pas un studio à louer", "Comment trouver un studio à louer ?"),
    (CLAUSE, "on manque surtout d'un endroit ouvert", "Comment trouver un endroit ouvert ?"),
    (CLAUSE, "l'eau manque dès juin", "Comment faire face au manque d'eau dès juin ?"),
    (NOUN, "l'insuffisance des transports", "Comment remédier à l'insuffisance des transports ?"),
    (NOUN, "dix mois sans infirmière", "Comment trouver une infirmière ?"),
    (NOUN, "horaires inadaptés des cars", "Comment faire face aux horaires inadaptés des cars ?"),
    (NOUN, "fermeture de la poste", "Comment faire face à la fermeture de la poste ?"),
    (NOUN, "les loyers trop chers", "Comment faire baisser les loyers ?"),
    (
        NOUN,
        "minibus associatifs qui ne roulent que le lundi",
        "Comment éviter que des minibus associatifs ne roulent que le lundi ?",
    ),
    (NOUN, "impossible de loger les saisonniers", "Comment loger les saisonniers ?"),
    (INFINITIVE, "trouver un médecin", "Comment trouver un médecin ?"),
    (CLAUSE, "aucun agent ne répond", "Comment trouver un agent qui réponde ?"),
    (CLAUSE, "personne ne vient aux réunions", "Comment faire venir du monde aux réunions ?"),
    (CLAUSE, "personne ne sait quel jour sortir le bac", "Comment faire savoir quel jour sortir le bac ?"),
    (CLAUSE, "on ne trouve plus d'aides à domicile", "Comment trouver des aides à domicile ?"),
    (LACK, "plus personne pour conduire le char", "Comment trouver quelqu'un pour conduire le char ?"),
    (LACK, "manque de bacs, il faut faire 4 km", "Comment remédier au manque de bacs ?"),
    (LACK, "pas une minute prévue pour se parler", "Comment trouver le temps de se parler ?"),
    (CLAUSE, "l'école n'a pas de cantine", "Comment faire pour que l'école ait une cantine ?"),
    (CLAUSE, "le wifi ne marche pas au foyer", "Comment faire pour que le wifi marche au foyer ?"),
    (CLAUSE, "le car ne passe pas à la maison médicale", "Comment faire pour que le car passe à la maison médicale ?"),
    (CLAUSE, "on est obligé de prendre la voiture", "Comment éviter d'avoir à prendre la voiture ?"),
    (CLAUSE, "les agents changent tous les six mois", "Comment éviter que les agents changent tous les six mois ?"),
    (
        CLAUSE,
        "il faut attendre trois semaines pour avoir un rendez-vous",
        "Comment avoir un rendez-vous sans attendre trois semaines ?",
    ),
    (LACK, "absence de trottoirs rue des Écoles", "Comment remédier à l'absence de trottoirs rue des Écoles ?"),
    (CLAUSE, "on ne voit pas bien ce que font les élus", "Comment voir ce que font les élus ?"),
    (
        CLAUSE,
        "les invitations partent par mail et le tiers des foyers n'en a pas",
        "Comment éviter que les invitations partent par mail ?",
    ),
    (CLAUSE, "on n'ose pas demander", "Comment oser demander ?"),
    (CLAUSE, "on n'est jamais invitées aux réunions", "Comment être invitées aux réunions ?"),
    (CLAUSE, "on change d'école tous les ans", "Comment éviter de changer d'école tous les ans ?"),
    (CLAUSE, "on va fermer une classe faute d'enfants", "Comment éviter de fermer une classe ?"),
    (
        CLAUSE,
        "on habite le même immeuble et on ne se connaît pas",
        "Comment se connaître quand on habite le même immeuble ?",
    ),
    (CLAUSE, "en août on ne peut plus se garer", "Comment se garer en août ?"),
    (CLAUSE, "il faut prendre la voiture pour acheter du lait", "Comment acheter du lait sans prendre la voiture ?"),
    (
        CLAUSE,
        "les agriculteurs qui vont mal ne viennent pas au CCAS",
        "Comment permettre aux agriculteurs qui vont mal de venir au CCAS ?",
    ),
    (
        CLAUSE,
        "un parent sans voiture ne vient jamais aux réunions",
        "Comment permettre à un parent sans voiture de venir aux réunions ?",
    ),
    (CLAUSE, "les anciens n'osent plus sortir le soir", "Comment permettre aux anciens de sortir à nouveau le soir ?"),
    (
        CLAUSE,
        "la personne doit prouver qu'elle est pauvre",
        "Comment éviter à la personne d'avoir à prouver qu'elle est pauvre ?",
    ),
    (
        CLAUSE,
        "le bailleur ne répond jamais au téléphone",
        "Comment faire pour que le bailleur réponde au téléphone ?",
    ),
    (
        CLAUSE,
        "la déchetterie n'accepte pas les scooters ni les camionnettes",
        "Comment faire pour que la déchetterie accepte les scooters et les camionnettes ?",
    ),
    (CLAUSE, "les trottoirs ne sont pas accessibles", "Comment rendre les trottoirs accessibles ?"),
    (
        CLAUSE,
        "le centre social n'a plus de directrice depuis mars",
        "Comment trouver une directrice pour le centre social ?",
    ),
    (
        CLAUSE,
        "les jeunes n'ont aucun endroit où se retrouver",
        "Comment trouver aux jeunes un endroit où se retrouver ?",
    ),
    (CLAUSE, "le local jeunes est fermé depuis le dégât des eaux", "Comment rouvrir le local jeunes ?"),
    (CLAUSE, "la mairie est fermée le samedi", "Comment ouvrir la mairie le samedi ?"),
    (CLAUSE, "l'ascenseur est en panne depuis quatre mois", "Comment faire réparer l'ascenseur ?"),
    (CLAUSE, "le poste de médiateur s'arrête en décembre", "Comment garder le poste de médiateur ?"),
    (CLAUSE, "la piste cyclable s'arrête avant le collège", "Comment prolonger la piste cyclable jusqu'au collège ?"),
    (CLAUSE, "le médecin part à la retraite en juin", "Comment remplacer le médecin ?"),
    (CLAUSE, "le dernier bac part à 18 h 10", "Comment faire partir plus tard le dernier bac ?"),
    (
        CLAUSE,
        "la salle est trop chère pour les petites associations",
        "Comment rendre la salle moins chère pour les petites associations ?",
    ),
    (CLAUSE, "les aidants familiaux sont épuisés", "Comment éviter que les aidants familiaux soient épuisés ?"),
    (
        CLAUSE,
        "les invendus du marché partent à la benne à 13 h",
        "Comment éviter que les invendus du marché partent à la benne à 13 h ?",
    ),
    (CLAUSE, "un tiers des dons part à la benne", "Comment éviter qu'un tiers des dons parte à la benne ?"),
    (CLAUSE, "le secret sert parfois de paravent", "Comment éviter que le secret serve de paravent ?"),
    (
        CLAUSE,
        "la dune recule de deux mètres par an et personne ne bouge",
        "Comment éviter que la dune recule de deux mètres par an ?",
    ),
    (CLAUSE, "la petite ferme du village disparaît", "Comment garder la petite ferme du village ?"),
]
NOT_ASKED = [
    (CLAUSE, "la banque refusait de prêter"),
    (CLAUSE, "les gens ont renoncé"),
    (CLAUSE, "je ne sais pas qui appeler"),
    (CLAUSE, "personne ne nous écoute"),
    (CLAUSE, "ils n'ont plus accès à rien"),
    (CLAUSE, "les guichets sont ouverts quand on y passe"),
    (INFINITIVE, "courir après les signatures"),
    (NOUN, "le camion du marché"),
    (FRAGMENT, "toujours rien au-dessus du bourg"),
    (CLAUSE, "l'opposition estime que le bulletin ne lui laisse rien"),
    (CLAUSE, "la carte est pratique"),
    (CLAUSE, "les animateurs sont formés"),
    (CLAUSE, "le problème n'est pas de financer le lieu"),
    (CLAUSE, "l'enjeu n'est pas d'ouvrir un local de plus"),
    (CLAUSE, "le vélo ça part, les canapés restent"),
    (CLAUSE, "deux enfants ne sont pas venus"),
    (CLAUSE, "les bacs ne passent plus qu'une fois par mois"),
    (CLAUSE, "les familles viennent le jeudi"),
    (LACK, "plus de respect pour ceux qui nettoient"),
    (LACK, "plus de nouveaux patients acceptés"),
    (CLAUSE, "on entend plus rien le soir"),
    (CLAUSE, "le projecteur il a douze ans et la pièce ne se fabrique plus"),
    (CLAUSE, "plusieurs maires redoutent que la fermeture suive"),
    (LACK, "plus de six mois pour un rendez-vous"),
    (CLAUSE, "pas un lieu où personne n'ose entrer"),
    (CLAUSE, "on reproche à la direction d'avoir décidé seule"),
    (NOUN, "la prime pour les uns et rien pour les autres"),
    (NOUN, "médecins pas informés"),
    (NOUN, "le médecin partira en juin sans successeur connu"),
]


@pytest.mark.parametrize(("kind", "text", "expected"), ASKED, ids=[text for _, text, _ in ASKED])
def test_an_obstacle_asks_a_grammatical_question(kind: str, text: str, expected: str) -> None:
    question = as_problem(Phrase(text, kind))
    assert question is not None
    assert question.replace("’", "'") == expected


@pytest.mark.parametrize(("kind", "text"), NOT_ASKED, ids=[text for _, text in NOT_ASKED])
def test_nothing_is_asked_when_it_would_be_clumsy(kind: str, text: str) -> None:
    assert as_problem(Phrase(text, kind)) is None


def test_nothing_is_asked_about_what_one_item_alone_says() -> None:
    texts = ["Pas de réseau sur le plateau", "Trop de paperasse pour une aide", "Rien n'ouvre le samedi"]
    assert title_groups([GroupTexts("est", texts, [False] * 3, False)], 88)[0].question is None
