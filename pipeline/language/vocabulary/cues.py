"""French cues of stance, wish and lack, as patterns on folded text (lower case, no accents, straight apostrophes).

Written for this project.
"""

from __future__ import annotations

import re

AGAINST = re.compile(
    r"\b(?:"
    r"(?:je suis|nous sommes|on est|suis|totalement|tout a fait|plutot|absolument|resolument|fermement|^)\s*(?:contre"
    r"|opposee?s?|defavorables?|hostiles?)\b"
    r"|(?:je )?(?:m'y|m')\s?oppose\w*|non (?:a|au|aux) |stop (?:a|au|aux) |hors de question|pas question"
    r"|pas (?:d'accord|favorables?|convaincue?s?)"
    r"|(?:je|nous|on) refus\w+(?! des\b| souvent)|rejet(?:te|tons|er)\b"
    r"|(?:ne|n'en) (?:veux|veut|voulons|veulent|souhaite\w*) (?:pas|plus)"
    r"|(?:fausse bonne|mauvaise) (?:idee|solution|mesure)|ne (?:sert|servira|servirait|servent) a rien|(?:reglera"
    r"|regleront|changera|changeront) rien"
    r"|inacceptables?|inadmissibles?|une honte|n'(?:a|ont) rien a faire|trop (?:contraignant|dangereux|risque)\w*"
    r"|(?:va|vont|allait) (?:tuer|gacher|attirer|detruire|vider|plomber)|tuera|detruira|punit|penalise"
    r"|(?:est|serait|semble) (?:tres |trop )?(?:dangereu(?:x|se)|absurde|inutile)\b|a vide les\b"
    r"|c'est (?:tuer|condamner|punir|eloigner|encourager|la fin d|la mort d|dangereux|absurde|n'importe quoi)"
    r"|arretons ce"
    r"|n'a pas a (?:imposer|obliger)|coutent? trop cher)",
)
FOR = re.compile(
    r"(?:^pour (?:la |le |les |l'|un |une )(?!instant|moment)[^,:;]{3,90}(?:$|, (?:comme|mieux|mais))|^(?:ok pour"
    r"|d'accord (?:pour|avec)|oui (?:a|au|aux|pour)) "
    r"|\b(?:(?:je|nous|on) (?:suis|sommes|est) (?:\w+ ){0,3}?(?:pour|d'accord|favorables?)\b"
    r"|vote (?:des deux mains )?pour\b|(?<!de)favorables?\b"
    r"|d'accord (?:avec|pour)|oui (?:a|au|aux) |,? oui,? (?:mille fois|il faut)|(?<!fausse )(?:tres )?(?:bonne"
    r"|excellente) (?:idee|mesure|chose|initiative)"
    r"|(?:je |nous )?(?:le |la |les )?souti(?:ens|ennent|endrai)\b|soutenons\b|j'approuve|approuv(?:e|ons)\b"
    r"|c'est (?:la solution|(?:tres |vraiment )?(?:juste(?! de\b| que\b| un)|bien|agreable|positif|utile))\b"
    r"|ce serait (?:tres )?(?:bien|une chance)|serait une chance"
    r"|sauver(?:ait|a)\b|apporter(?:ait|a) (?:des|de l|du)\b|rendr(?:ait|a) plus\b|il faut (?:la|le|les) faire\b"
    r"|ca marche (?:tres |vraiment )?bien|vivement|enfin une? |continuons))",
)
HEDGES = re.compile(
    r"\b(?:a condition|sous reserve|oui mais|pourquoi pas,? mais|sauf si|ca depend|d'accord mais|pour,? mais|mitige\w*"
    r"|^(?:ok|d'accord|oui|favorables?)\b.{0,60}\b(?<!meme )(?:si|mais)\b|un peu reserve\w*)\b"
)
RESTRICTION = re.compile(
    r"^(?:interdi\w*|supprim\w*|ferm(?:er|ons)|verbalis\w*|exige\w*|limit\w*|demander aux|rappeler|reserver|reduire"
    r"|augmenter le prix)\b"
)
"""An action that takes away: it seldom removes an obstacle that people named."""
FESTIVITY = re.compile(
    r"\b(?:fetes?|feter|fresque\w*|exposition|tournoi|concert|loto|logo|concours|decor\w*|repeindre|fleurir|kermesse"
    r"|plaque|photographier"
    r"|celebr\w*|randonnee|elire|laver|peinture|peindre|boum|carnaval|au profit|boire un coup|gateaux|touristi\w*"
    r"|touristes|parfum|souvenirs|chorale)\b"
)
"""An action that celebrates or adorns: about the same place, and no answer."""
WANT = re.compile(
    r"^(?:plus (?:une?|aucune?|personne|de nouve\w+|assez)|pas (?:une?|de|d'|assez)|aucune?|zero|manque|rien)\b"
    r"|\bzero (?:candidat|place|reponse)\w*"
    r"|\b(?:n'(?:a|ont)|ne (?:peut|peuvent|vient|viennent|sait|savent)) (?:pas|plus)\b"
    r"|\bpersonne (?:ne|n')|\bfaute d|\buniquement (?:sur|par|en) "
)
"""An idea that states what is missing: it is no answer to another one, whatever axis it was read on."""
CONDITION = re.compile(r"^(?:a condition|sauf|sous reserve|avec une?|sinon|d'accord si|ok pour|oui mais|mais)\b")
"""What only qualifies a proposal made by someone else."""
OBJECTION = re.compile(
    r"^(?:crainte|obliger\b.*\?)|\b(?:je refuse|on refuse|nous refusons|ne servira|ne serviront|ne marchera|retombera"
    r"|\w+r(?:a|ont|ait|aient) a vide\b|deja essaye\w*"
    r"|ca (?:existait|n'a pas marche)|je suis (?:un peu )?(?:reserve\w*|contre|mitige\w*)|qui (?:ferme|nettoie|paie"
    r"|paye|va payer)\b.*\?)"
)
"""An obstacle raised against a proposal: the proposal is no answer to it."""
OBSTACLE = re.compile(
    r"\b(?:ne|pas|plus aucune?|plus (?:de|une?)|jamais|aucune?|rien|personne|sans(?! rdv| rendez-vous)|faute|manqu\w+"
    r"|absen\w+|insuffi\w+|trop|peu|seul\w*|peurs?|hontes?|crain\w+|difficil\w+|difficult\w+|impossible\w*"
    r"|inadapt\w+|inaccess\w+|refus\w+|renonc\w+|ratent|rate|attentes?|interdi\w+|cher|chers|chères?|loin"
    r"|(?<!la )(?<!une )ferme|ferm(?:ent|é|és|ée|ées|eture|etures)|arrêtent?|complexe\w*|complexité|compliqu\w+"
    r"|isol\w+|vides?|vacants?|perd\w*|épuis\w+|satur\w+|débord\w+|retards?|concurren\w+|précari\w+|fractures?|cloison\w+|barrières?"
    r"|freins?|obstacles?|problèmes?|non pourvus?|paravent|pénurie|surcharge\w*|dépend\w+|mauvais\w*|mal(?!-)"
    r"|dort|dorment)\b"
    r"|\bn'",
    re.IGNORECASE,
)
"""What says that something lacks or stands in the way; on a text as it is written, accents kept."""
DECRIED = re.compile(
    r"\b(?:trop \w+|hors (?:de prix|service)|hs|en panne|vétustes?|délabr\w+|insalubres?|satur\w+|insuffisan\w+"
    r"|sous-(?:dimension|équip|dot|financ)\w+|surcharg\w+|obsolètes?|inadapt\w+|mal \w+(?:é|i|u)e?s?|pollué\w*"
    r"|dangereu\w+|défoncé\w*|illisibles?|introuvables?)\b(?!\.\w)",
    re.IGNORECASE,
)
"""What one says of a thing that exists and is no good: nobody proposes to set it up."""
BAD_STATE = re.compile(
    r"^(?:complètement |souvent |toujours |très |vraiment |tellement )?"
    r"(?:(?:mal|peu|trop) \w"
    r"|(?:in(?!form|téress|stall|scri|clu|tern|vit|tégr)|im(?!port|min|pliqu)|ir|dé(?!noncé|cid|jà|di|voué|ployé)"
    r"|sur(?:charg|peupl|exploit)|sous-)\w{3,}"
    r"|épuisé|fatigué|satur|isol|occupé|réservé|coupé|payée?s? |perdu|cassé|abandonné|oubli|exclu|sales?\b|lente?s?\b"
    r"|longs?\b|longues?\b|flou|complex|compliqu|dangereu|ch[eè]re?s?\b|élevé|bloqué|noire?s?\b|froid|bruyant|pollué"
    r"|précaire|vieillissant|éclat|cloisonn|dispers|noyé|privée?s? d|limité|tardi|rares?\b|vides?\b|vacant|seule?s?\b"
    r"|concentr|ignor|méconnu|laissée?s? |obligée?s? |condamn|menacé|ralenti|étouff|découragé|hors )"
)
"""What an obstacle says that someone or something is."""
