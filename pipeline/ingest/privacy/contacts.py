"""Words that tell an organisation's contact from a person's, and a reference number from a telephone. Written by us."""

from __future__ import annotations

import re

_ORGANISATION_WORDS = (
    "mairie accueil contact ccas cias association asso associations assos association mjc msa caf cpam carsat ssiad "
    "ehpad pmi adil "
    "service services maison centre centres équipe equipe permanence permanences standard secrétariat secretariat "
    "cabinet pharmacie hôpital hopital clinique médiathèque mediatheque bibliothèque bibliotheque école ecole collège "
    "college lycée lycee crèche creche office agence bureau guichet antenne collectif coopérative cooperative "
    "syndicat "
    "département departement région region préfecture prefecture commune communauté communaute métropole metropole "
    "agglomération agglo épicerie epicerie ressourcerie recyclerie café cafe tiers-lieu fablab club comité comite "
    "fédération federation fondation régie regie régies mission plateforme réseau reseau dispositif numéro numero "
    "ligne hotline urgence urgences samu gendarmerie police pompiers tribunal cidff cidf planning refuge théâtre "
    "theatre "
    "cinéma cinema piscine gymnase camping gîte boutique magasin entreprise société societe garage ferme amap "
    "restaurant transport transports navette covoiturage spanc adapei udaf admr admr74 adapt croix-rouge secours "
    "restos emmaüs emmaus pimms france-services conseil vie-associative officiel officielle ville mairies sivom "
    "sictom "
    "smictom direction rectorat inspection chambre pôle pole cap mda mdph clic clsh alsh relais ram rpe point halte "
    "dialogue guichets structure structures hébergement hebergement foyer cada chrs spip pjj info infos voirie vie "
    "comité fêtes fetes mobilité mobilités mobilite mobilites enedis edf dépannage depannage banque inscription "
    "inscriptions inscrit inscrire réservation réservations renseignement renseignements astreinte déchetterie "
    "dechetterie habitat bailleur eau opérateur"
).split()
ORGANISATION = re.compile(
    r"(?i:(?<![^\W_])(?:"
    + "|".join(sorted(map(re.escape, set(_ORGANISATION_WORDS)), key=len, reverse=True))
    + r")(?![^\W_]))"
    r"|\b[A-Z]{3,6}\b"
)
PERSONAL = re.compile(
    r"(?i:\b(?:je|moi|mon|ma|mes|chez moi|appelez-moi|rappelez-moi|joignez-moi|me joindre|me rappeler|me contacter|"
    r"perso|personnel|personnelle|"
    r"son (?:numéro|tél\w*|portable|fixe)|sa (?:ligne|fille|mère|voisine)|son (?:fils|père|voisin)|ma voisine|voisin|"
    r"voisine|domicile|privé|portable)\b|\bj['’]|\bm['’])"
    r"|\b(?:Mme|M\.|Mr|Mlle|Madame|Monsieur)\s+[A-ZÀ-Þ]"
)
REFERENCE_CUE = re.compile(
    r"(?:\bdossier|\bréf(?:érence)?\.?|\bsiret|\bsiren|\bnuméro de (?:dossier|commande|suivi|série)|\bcommande|"
    r"\bfacture|"
    r"\bmarché|\bparcelle|\bidentifiant|\bticket|\blot|\brna|\bcode|\bisbn|\bean)\s*(?:n\s*[°o]\.?)?\s*:?\s*$",
    re.IGNORECASE,
)
CARD_CUE = re.compile(
    r"\s?(?:€|euros?|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|habitants|"
    r"hab\b|km|kg|m²|%)",
    re.IGNORECASE,
)
_ORGANISATION_PREFIX = re.compile(
    r"(?:ville|mairie|commune|asso|comite|office|communaute|departement|region|mediatheque|festival|collectif)",
    re.IGNORECASE,
)
_ORGANISATION_SET = frozenset(_ORGANISATION_WORDS)
_GENERIC_LOCALS = frozenset(
    "contact contacts mairie accueil info infos information informations secretariat bonjour hello ccas cias bureau "
    "direction communication com support asso association admin administration presse presidence coordination "
    "inscription "
    "inscriptions reservation reservations service services urbanisme etatcivil etat-civil jeunesse enfance culture "
    "mediatheque bibliotheque ecole college lycee creche maire elus commune ville agglo dialogue participation "
    "concertation enquete projet territoire france-services franceservices emploi recrutement rh benevoles benevolat "
    "animation formation permanence aide solidarite mobilite transport transports environnement dechets eau habitat "
    "logement tourisme office-tourisme sport sante social moderation webmaster noreply no-reply ne-pas-repondre dpo "
    "rgpd "
    "president presidente directeur directrice tresorier tresoriere secretaire coordinateur coordinatrice "
    "comptabilite facturation commande boutique collectif equipe courrier mail postmaster point relais ram rpe".split()
)


def is_generic_mailbox(local: str) -> bool:
    """Whether the part before @ is a function's, not a person's: `contact`, `mairie.vaugrelles`, `ccas-accueil`."""
    key = local.lower().partition("+")[0]  # what follows a plus is a label
    if key in _GENERIC_LOCALS:
        return True
    parts = [part for part in re.split(r"[._+\-]|\d+", key) if part]
    return any(
        (part in _GENERIC_LOCALS or part in _ORGANISATION_SET)
        and part not in ("com", "aide", "point", "mail", "eau", "ram")
        for part in parts
    )


def is_organisation_page(who: str) -> bool:
    """Whether the name of a page on a network is an organisation's: `ville.de.montbrac`, `mairiedemontbrac`."""
    bare = re.sub(r"[._%\-]|\d", " ", who)
    return bool(ORGANISATION.search(bare) or _ORGANISATION_PREFIX.match(who))
