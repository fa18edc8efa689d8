"""Words of spoken French that carry no idea of their own, and cues of acts. Data only, written by us."""

from __future__ import annotations

FILLERS = (
    "euh", "heu", "euhm", "hum", "hmm", "mmh", "mh", "ben", "bah", "beh", "bon", "bon ben", "ben voilà", "hein",
    "quoi", "voilà", "donc voilà", "et voilà", "donc euh", "donc", "alors", "du coup", "en fait", "enfin",
    "enfin bref", "bref", "genre", "tu vois", "vous voyez", "tu sais", "vous savez", "je veux dire", "on va dire",
    "comment dire", "disons", "écoutez", "écoute", "ouais", "oui", "ok", "okay", "d'accord", "d’accord",
    "tout à fait", "exactement", "c'est ça", "c’est ça", "ah", "oh", "et puis", "et", "après", "eh bien",
    "et ben", "et bah", "et bien", "non mais", "oui mais", "oui donc", "oui oui", "non non", "si si", "ah oui",
    "ah bon", "ah non", "et euh", "mais euh", "moi euh", "puis", "là", "hop", "n'est-ce pas", "n’est-ce pas",
    "quand même",
)  # fmt: skip
"""What may stand uncovered at the edges of an item, longest first when matched."""

EDGE_FILLERS = frozenset(FILLERS) - {
    "là",
    "quand même",
    "et",
    "donc",
    "après",
    "puis",
    "alors",
    "du coup",
    "enfin",
    "quoi",
}
PROPOSE = (
    r"(?:il )?(?:faut|faudra|faudrait|faudrai)\b(?! (?:compter|savoir|avouer|attendre|reconnaître|reconnaitre|"
    r"admettre|voir|dire|arriver|\d))|il conviendrait|il est (?:nécessaire|urgent|indispensable|important) (?:de|"
    r"d['’])|"
    r"il (?:serait|est) (?:bien|bon|utile|temps|intéressant|souhaitable) (?:de|d['’]|que|qu['’])|(?:ce|"
    r"ça) serait (?:bien|bon|super|top|chouette|utile|mieux)|"
    r"on (?:pourrait|devrait|peut|doit|propose|aimerait|voudrait|souhaite|souhaiterait|demande)\b|nous (?:pourrions|"
    r"devrions|proposons|demandons|souhaitons|aimerions|voudrions)\b|"
    r"je (?:propose|demande|souhaite|souhaiterais|voudrais|suggère)\b(?! (?:toujours|jamais|souvent))|"
    r"j['’]aimerais\b|pourquoi (?:ne )?pas\b|et si (?:on|nous|l['’]on)\b|"
    r"(?:qu['’]on|que l['’]on) \w+e\b|à quand\b|(?:il y )?aurait besoin|on (?:a|aurait) besoin|nous avons besoin|"
    r"j['’]ai besoin|besoin d['’e]"
)
PROBLEM = (
    r"il (?:n['’]y a|manque|n['’]existe)\b|(?:il )?y a (?:pas|plus|trop|rien|aucun)\b|on manque\b|"
    r"(?:le )?manque d['’e]|"
    r"(?:pas|plus|aucun|aucune|trop) (?:assez |de |d['’])|on n['’]a (?:pas|plus)\b|personne ne\b|impossible d['’e]|"
    r"on (?:ne )?(?:sait|peut|comprend|trouve) (?:pas|plus)\b"
)
THANK = r"(?:un (?:grand|énorme) |grand |mille )?mercis?\b|bravo\b|chapeau\b|félicitations\b"
SUBJECT = (
    r"(?:je|j['’]|tu|on|nous|vous|ils?|elles?|ça|ca|cela|c['’](?:est|était)|ce n['’]est|ce (?:sont|serait)|il y a|"
    r"y a|y'a|personne|rien|certains|beaucoup|"
    r"chacun|tout le monde|moi|nos|mon|ma|mes|les|le|la|l['’]|des|un|une|du|ces|cette|cet|ce|quand|si)"
)
VERB = (
    r"(?:est|sont|était|étaient|serait|sera|n['’]est|n['’]a|n['’]ont|n['’]y|ne|a|ont|avait|aurait|va|vont|fait|font|"
    r"peut|peuvent|pourrait|doit|doivent|devrait|veut|veulent|"
    r"faut|faudrait|manque|manquent|reste|restent|marche|marchent|arrive|arrivent|vient|viennent|sait|savent|met|"
    r"mettent|prend|prennent|"
    r"coûte|coûtent|permet|permettent|existe|existent|ferme|ferment|passe|passent|trouve|trouvent|c['’]est|ai|as|"
    r"avons|avez|sommes|suis|"
    r"voit|voient|dit|disent|refuse|refusent|demande|demandent|donne|donnent|attend|attendent|perd|perdent|change|"
    r"travaille|travaillent|tient|tiennent|"
    r"craint|craignent|pensent|croit|croient|veut|parlent|aident|bloque|bloquent|décide|décident|ouvre|ouvrent|"
    r"répond|répondent|rend|rendent|"
    r"augmente|augmentent|baisse|tombe|tombent|dort|dorment|roule|roulent|vit|vivent|paie|paient|gagne|gagnent|"
    r"cherche|cherchent|portent|tourne|"
    r"suffit|suffirait|fonctionne|fonctionnent|intéresse|concerne|oblige|empêche|empêchent|profite|profitent|repose|"
    r"ignore|ignorent|connaît|connaissent|"
    r"commence|commencent|finit|continue|continuent|accueillent|craque|craquent|renonce|renoncent|partent|sortent|"
    r"paraît|semble|semblent|devient|"
    r"deviennent|comprend|comprennent|meurt|meurent|jette|jettent|lisent|conduisent|montent|voudrait|aimerait|gêne|"
    r"gênent|isole|épuise|décourage)"
)
DEPENDENT = (
    r"(?:étant donné|sachant|alors qu\w*|si|s['’]il|quand|lorsqu\w*|comme|puisqu\w*|parce qu\w*|afin|pour|avec|"
    r"sans|dans|sur|sous|chez|vers|entre|"
    r"face|vu|tant qu\w*|dès|depuis|pendant|"
    r"après|avant|malgré|grâce|plutôt|au lieu|en|à|au|aux|selon|d['’]après|concernant|quant|par|car|contre|hormis|"
    r"outre|côté|niveau|lors|une fois|même si|bien que|afin qu\w*|"
    r"pour qu\w*|à mon avis|selon moi|pour moi|moi|personnellement|franchement|idéalement|sinon|ensuite|enfin|donc|"
    r"alors|du coup|bref|bon|oui|non|voilà|euh|ben)"
)
CONTINUATION = (
    r"(?:parce qu|car\b|puisqu|par exemple\b|exemple\b|ex\s?:|c['’]est[- ]à[- ]dire|cad\b|notamment\b|"
    r"surtout (?:quand|que|pour|les|le|la|en|au|à)\b|"
    r"comme (?:ça|à|au|par)\b|ce qui\b|et (?:pas|ce|cela|surtout|encore)\b|même (?:si|pas)\b|sauf\b|y compris\b|ni\b|"
    r"dont\b|alors que\b|tandis que\b|voire\b|soit\b|afin\b|pour (?:que|ça|cela)\b|sinon\b)"
)
ABBREVIATIONS = frozenset(
    "m mm mme mlle mr dr pr st ste cf ex p pp art al av bd env max min tél tel etc no n vol chap fig réf ref resp "
    "dept dép bât "
    "appt apt fbg pl rte sq hab qté min mn sec h j-c boul prof ass ets cie éd coll inc ltd approx av ch c-à-d càd "
    "p.ex".split()
)

ANAPHORA = (
    r"(?:ils?|elles?)\b(?! (?:faut|faudra|y a|y aurait|n['’]y|manque|serait|suffi|est (?:temps|urgent|nécessaire|"
    r"important|indispensable)|existe))|"
    r"ça\b|cela\b|c['’]est dire\b|ceux-ci\b|celles?-ci\b|celui-ci\b|un peu\b|\("
)
"""How a sentence begins that speaks of what the one before said: read alone it means nothing."""
