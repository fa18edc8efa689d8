"""French cues of the act: what a person does in saying it. Data only; written by hand from the codebook.

Each cue is a name and a regular expression over the folded text (lower case, straight apostrophes, accents kept).
`TEXT_CUES` are looked for in the idea, `CONTEXT_CUES` in the heading or question above it.
"""

from __future__ import annotations

INFINITIVE = r"(?:[a-zàâéèêëîïôûùüç'-]{2,}(?:er|ir|re|oir))"

TEXT_CUES: tuple[tuple[str, str], ...] = (
    ("question_mark", r"\?\s*$"),
    ("question_inside", r"\?"),
    ("exclamation", r"!"),
    ("ellipsis", r"\.\.\.|…"),
    ("colon", r":"),
    ("quote", r"[«»\"]"),
    ("starts_infinitive", r"^\W*(?:ne (?:pas|plus) |mieux |re)?" + INFINITIVE + r"\b"),
    ("starts_how", r"^\W*comment\b"),
    ("starts_interrogative", r"^\W*(?:qu(?:i|oi|el(?:le)?s?|and)|où|pourquoi|combien|est-ce|qu'est)\b"),
    ("what_if", r"\bet si\b|\bpourquoi (?:ne )?pas\b"),
    ("how_despite", r"\bcomment\b.*\b(?:sans|alors que|malgré|quand|si)\b"),
    ("must", r"\b(?:il faut|faudrait|faudra|il faudrait|doi(?:t|vent|s)|devr(?:ait|aient|ions|a|ont)|devons)\b"),
    ("could", r"\b(?:pourr(?:ait|aient|ions)|on peut|nous pouvons|possible de)\b"),
    (
        "would_be_good",
        r"\b(?:ce serait|serait (?:bien|bon|utile|intéressant)|j'aimerais|aimerions|souhait\w+"
        r"|propos\w+)\b",
    ),
    ("need", r"\bbesoins?\b|\bnécessaire\b|\bnécessité\b"),
    ("lack", r"\b(?:manqu\w+|absence|pénurie|insuffisan\w+|trop peu|pas assez|peu de)\b"),
    ("starts_negative", r"^\W*(?:pas|aucune?|manque|trop|absence|plus de|rien|personne|difficult\w+|peur)\b"),
    ("too", r"\btrop\b"),
    ("not", r"\b(?:n'|ne |pas\b|plus personne|jamais|rien\b|aucune?\b|sans\b|ni\b)"),
    ("hard", r"\b(?:difficil\w*|difficult\w*|compliqu\w*|problèm\w*|frein\w*|obstacle\w*|galère\w*|impossible)\b"),
    ("fear", r"\b(?:peur|crain\w*|risque\w*|inqui\w*|menace\w*|danger\w*)\b"),
    ("unfair", r"\b(?:injust\w*|inégal\w*|scandal\w*|honte\w*|marre|ras le bol|abus\w*|inacceptable\w*)\b"),
    ("against", r"\b(?:contre|non à|oppos\w+|refus\w+|désaccord)\b"),
    ("despite", r"\b(?:mais|malgré|alors que|pourtant|cependant|or)\b"),
    (
        "got_past",
        r"\b(?:depuis qu[e']|grâce à|du coup|contourn\w*|débloqu\w*|en passant par"
        r"|on s'en est sort\w*|a permis)\b",
    ),
    ("thanks", r"\b(?:merci\w*|bravo|remerci\w*|félicit\w*|chapeau|fi[eè]r\w*|coup de chapeau|saluer?)\b"),
    (
        "positive",
        r"\b(?:bien|super|génial\w*|excellent\w*|réussi\w*|ça marche|fonctionne bien|chance"
        r"|précieu\w+|riche\w*)\b",
    ),
    (
        "exists",
        r"\b(?:exist\w+|déjà|il y a|on a\b|nous avons|dispos\w+|propose\b|ouvert\w*|en place"
        r"|chaque (?:mardi|mercredi|jeudi|samedi|mois|semaine))\b",
    ),
    ("there_is_no", r"\b(?:il n'y a (?:pas|plus|aucun)|y a (?:pas|plus)|on n'a (?:pas|plus))\b"),
    (
        "inform",
        r"\b(?:inform\w*|communi\w*|affich\w*|annuaire\w*|site\b|faire (?:savoir|connaître)"
        r"|newsletter|visib\w*|cartograph\w*|répertoire)\b",
    ),
    ("share", r"\b(?:mutualis\w*|partag\w*|en commun|commun\w*|ensemble|collecti\w*|échang\w*|prêt\w*)\b"),
    ("create", r"\b(?:cré\w+|mettre en place|instaur\w*|lanc\w+|organis\w+|développ\w+|ouvrir|construire|monter)\b"),
    (
        "more_less",
        r"^\W*(?:plus|moins|davantage|réduire|augmenter|supprimer|interdire|obliger|rétablir"
        r"|arrêter|baisser|limiter)\b",
    ),
    (
        "state",
        r"\b(?:état|gouvernement|maire|mairie|élus?|députés?|ministre|département|région|loi"
        r"|impôts?|taxe\w*)\b",
    ),
    (
        "i_will",
        r"\b(?:je (?:vais|m'engage|peux|propose|veux bien|m'occupe)|on (?:va|s'engage)"
        r"|nous allons|volontaire)\b",
    ),
    ("i", r"\b(?:je|j'|moi|mon|ma|mes)\b"),
    ("we", r"\b(?:nous|on|notre|nos)\b"),
    ("you", r"\b(?:vous|votre|vos)\b"),
    ("they", r"\b(?:ils|elles|les gens|on nous)\b"),
    (
        "definition",
        r"\b(?:c'est (?:quoi|d'abord|avant tout|aussi)|est (?:un|une|le|la) |signifie|veut dire"
        r"|qu'est-ce que|sens\b|valeurs?\b|principe\w*)\b",
    ),
    (
        "everyone",
        r"\b(?:chacun\w*|tout le monde|tous|toutes|l'humain|citoyen\w*|dignité|respect\w*"
        r"|solidarité|liberté)\b",
    ),
    (
        "trade",
        r"\b(?:métier|moi ce que je fais|je commence|je fais toujours|je prends le temps"
        r"|j'ai appris|dans ma pratique|posture|écout\w+)\b",
    ),
    ("when_i", r"\b(?:quand (?:je|on|j'|une?)|avant de|à chaque fois|toujours)\b"),
    ("i_think", r"\b(?:je (?:pense|crois|trouve)|selon moi|à mon avis|il me semble|pour moi)\b"),
    ("agree", r"^\W*(?:oui|ok|d'accord|tout à fait|idem|pareil|ras|rien|néant|non|voilà|exactement|hum|euh)\b"),
    ("greeting", r"\b(?:bonjour|bonsoir|au revoir|bonne (?:soirée|journée)|on se retrouve|à tout à l'heure)\b"),
    (
        "session",
        r"\b(?:ordre du jour|séance|réunion|prochaine|tour de table|compte[ -]rendu|procès-verbal"
        r"|votes?|voté\w*|adopté\w*|présents?|excusés?|secrétaire|pause|micro)\b",
    ),
    (
        "date",
        r"\b\d{1,2}[/ ](?:\d{1,2}|janvier|février|mars|avril|mai|juin|juillet|août|septembre"
        r"|octobre|novembre|décembre)\b|\b\d{1,2} ?h ?(?:\d{2})?\b",
    ),
    ("figure", r"\d"),
    ("url", r"https?:|www\.|\w+@\w+"),
    (
        "support",
        r"\b(?:pour (?:cette|la proposition)|je (?:soutiens|suis (?:pour|favorable))|favorable"
        r"|bonne idée|\+1)\b",
    ),
    ("conditional", r"\b\w+(?:rait|raient|rions)\b"),
    ("future", r"\b\w+(?:rons|ront|rez)\b"),
    ("past", r"\b(?:a|ont|avons|ai|est|sont|été) (?:été )?\w+(?:é|és|ée|ées|i|is|u|us)\b"),
    ("allow", r"\b(?:permettre|afin (?:de|que)|pour que|permettrait|de façon à)\b"),
    ("feature", r"\b(?:nouveau(?:té)?s?|fonctionnalité|mise à jour|bug|démo|corrigé|déploy\w+|livr\w+|priori\w+)\b"),
)  # fmt: skip

CONTEXT_CUES: tuple[tuple[str, str], ...] = (
    ("question", r"\?"),
    (
        "ask_do",
        r"\b(?:que faudrait|faudrait-il|que faire|quelles? (?:actions?|mesures?|solutions?"
        r"|propositions?)|comment|idées?)\b",
    ),
    (
        "action",
        r"\b(?:actions?|propos\w*|solutions?|pistes?|projets?|à faire|perspectives?|demain"
        r"|priori\w+|souhaits?|décisions?|besoins?)\b",
    ),
    (
        "obstacle",
        r"\b(?:freins?|difficult\w*|obstacles?|problèm\w*|manqu\w*|points? (?:faibles?|négatifs?)"
        r"|ce qui (?:bloque|coince)|limites?|inquiétudes?|constats?|contre)\b",
    ),
    (
        "resource",
        r"\b(?:ressources?|atouts?|forces?|réussites?|points? (?:forts?|positifs?)|ce qui marche"
        r"|existant|nouveautés?|livré|démo|merci\w*|bilan|moral)\b",
    ),
    (
        "meaning",
        r"\b(?:sens|valeurs?|métier|pratiques?|culture|débat|réflexions?|échanges?|qu'est-ce"
        r"|apprentissages?|paroles?)\b",
    ),
    (
        "session",
        r"\b(?:ordre du jour|présents?|prochaine|compte[ -]rendu|calendrier|organisation|divers"
        r"|accueil|introduction|clôture|date|réunion)\b",
    ),
    ("pro", r"^pour\b|\bargument\w* pour\b"),
)  # fmt: skip
