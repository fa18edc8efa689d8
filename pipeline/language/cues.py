"""French cues of stance, wish and lack, as patterns on folded text (lower case, no accents, straight apostrophes).

Written for this project.
"""

from __future__ import annotations

import re

AGAINST = re.compile(
    r"\b(?:(?:totalement |tout a fait |plutot |absolument |resolument )?(?:contre|oppose[es]*|defavorables?|hostiles?)"
    r"\b(?! la montre| la maladie| le cancer| l'isolement| les inegalites)|non (?:a|au|aux)\b|pas (?:d'accord|favorables?|pour|question|convaincue?)\b"
    r"|refus(?:e|ons|er|ent|ez)?\b|rejet(?:te|tons|er)?\b|hors de question\b|stop (?:a|au|aux)\b|ne (?:veux|veut|voulons|veulent|souhaite\w*) pas\b"
    r"|mauvaise idee\b|inutiles?\b|dangereu(?:x|ses?)\b|inacceptables?\b|n'(?:en )?(?:veux|veut|voulons|veulent) pas\b)"
)
FOR = re.compile(
    r"\b(?:(?:totalement |tout a fait |plutot )?(?:pour la|pour le|pour les|pour que|pour l')(?=.{0,40}$)|je suis pour|nous sommes pour|on est pour"
    r"|favorables?\b|d'accord\b|oui (?:a|au|aux)\b|bonne idee\b|soutien\w*\b|soutenons\b|approuv\w+\b|adhere\w*\b|excellente? (?:idee|mesure)\b)"
)
HEDGES = re.compile(
    r"\b(?:a condition|sous reserve|oui mais|pourquoi pas mais|sauf si|ca depend|d'accord mais|pour mais|mitige\w*|partage\w* entre)\b"
)

RESTRICTION = re.compile(
    r"^(?:interdi\w*|supprim\w*|ferm(?:er|ons)|verbalis\w*|exige\w*|limit\w*|demander aux|rappeler|reserver|reduire|augmenter le prix)\b"
)
"""An action that takes away: it seldom removes an obstacle that people named."""
FESTIVITY = re.compile(
    r"\b(?:fetes?|feter|fresque\w*|exposition|tournoi|concert|loto|logo|concours|decor\w*|repeindre|fleurir|kermesse|plaque|photographier"
    r"|celebr\w*|randonnee|elire)\b"
)
"""An action that celebrates or adorns: about the same place, and no answer."""
CONDITION = re.compile(r"^(?:a condition|sauf|sous reserve|avec une?|sinon|d'accord si|ok pour|oui mais|mais)\b")
"""What only qualifies a proposal made by someone else."""
OBJECTION = re.compile(
    r"^(?:crainte|obliger\b.*\?)|\b(?:je refuse|on refuse|nous refusons|ne servira|ne serviront|ne marchera|retombera|a vide\b|deja essaye\w*"
    r"|ca (?:existait|n'a pas marche)|je suis (?:un peu )?(?:reserve\w*|contre|mitige\w*)|qui (?:ferme|nettoie|paie|paye|va payer)\b.*\?)"
)
"""An obstacle raised against a proposal: the proposal is no answer to it."""
