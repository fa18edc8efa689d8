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
