"""Verbs in the third person of the present: their infinitive, their number and their subjunctive. French data.

Irregular verbs are listed by hand for this project; verbs in -er are checked against the lemmas that ship with spaCy's
model. A form that is not known for sure gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.language.lexicon.conjugation import verbs_in_er

_IRREGULAR = """
avoir a ont ait aient · être est sont soit soient · aller va vont aille aillent · faire fait font fasse fassent ·
pouvoir peut peuvent puisse puissent · vouloir veut veulent veuille veuillent · savoir sait savent sache sachent ·
valoir vaut valent vaille vaillent · devoir doit doivent doive · venir vient viennent vienne ·
tenir tient tiennent tienne · devenir devient deviennent devienne · revenir revient reviennent revienne ·
obtenir obtient obtiennent obtienne · appartenir appartient appartiennent appartienne ·
maintenir maintient maintiennent maintienne · partir part partent parte · repartir repart repartent reparte ·
sortir sort sortent sorte · dormir dort dorment dorme · servir sert servent serve · sentir sent sentent sente ·
mentir ment mentent mente · prendre prend prennent prenne · comprendre comprend comprennent comprenne ·
apprendre apprend apprennent apprenne · mettre met mettent mette · remettre remet remettent remette ·
permettre permet permettent permette · promettre promet promettent promette · perdre perd perdent perde ·
attendre attend attendent attende · rendre rend rendent rende · répondre répond répondent réponde ·
vendre vend vendent vende · descendre descend descendent descende · dépendre dépend dépendent dépende ·
entendre entend entendent entende · suivre suit suivent suive · vivre vit vivent vive · dire dit disent dise ·
lire lit lisent lise · écrire écrit écrivent écrive · inscrire inscrit inscrivent inscrive · voir voit voient voie ·
croire croit croient croie · recevoir reçoit reçoivent reçoive · boire boit boivent boive ·
connaître connaît connaissent connaisse · disparaître disparaît disparaissent disparaisse ·
paraître paraît paraissent paraisse · mourir meurt meurent meure · courir court courent coure ·
ouvrir ouvre ouvrent ouvre · offrir offre offrent offre · souffrir souffre souffrent souffre ·
couvrir couvre couvrent couvre · découvrir découvre découvrent découvre ·
accueillir accueille accueillent accueille · suffire suffit suffisent suffise · réduire réduit réduisent réduise ·
conduire conduit conduisent conduise · construire construit construisent construise ·
détruire détruit détruisent détruise · produire produit produisent produise · traduire traduit traduisent traduise ·
interdire interdit interdisent interdise · craindre craint craignent craigne ·
rejoindre rejoint rejoignent rejoigne · éteindre éteint éteignent éteigne · fuir fuit fuient fuie ·
finir finit finissent finisse · grandir grandit grandissent grandisse · vieillir vieillit vieillissent vieillisse ·
ralentir ralentit ralentissent ralentisse · remplir remplit remplissent remplisse ·
réussir réussit réussissent réussisse · choisir choisit choisissent choisisse · subir subit subissent subisse ·
pourrir pourrit pourrissent pourrisse · fournir fournit fournissent fournisse ·
rétrécir rétrécit rétrécissent rétrécisse · dépérir dépérit dépérissent dépérisse ·
grossir grossit grossissent grossisse · agir agit agissent agisse · réunir réunit réunissent réunisse ·
concevoir conçoit conçoivent conçoive
"""
"""Infinitive, third persons singular and plural of the indicative, then of the subjunctive (the plural where it is not
the indicative's)."""

_ALSO_NOUNS = frozenset(
    "rue marche porte place reste monte danse visite cherche passe ferme livre commande demande aide offre "
    "manque forme note attente entente montre table carte route base classe cause cesse chance chasse cible "
    "course couche crise cure dispute douche étude fatigue fête fouille garde grève guide juge limite maire "
    "membre mesure mine neige panne part pause peine pense perte pêche plante pompe prime prise pratique "
    "rencontre rente réserve signe sort source tire touche trouble trousse urgence veille vide ville voile "
    "vote école centre service sent travaille conduit fait dit court suit construit produit interdit réduit "
    "fini choisi utile commune difficile loge proche double simple libre propre rare seule partage parle "
    "traite isole associe".split()
)
"""Forms that are nouns or adjectives too: another verb later in the sentence is preferred."""


_NEVER_VERBS = frozenset(
    "parent content président résident adhérent urgent équivalent excédent négligent convergent violent différent "
    "influent précédent couvent évident médecine".split()
)


@dataclass(frozen=True)
class VerbForm:
    """A verb in the third person: `subjunctive` has the same number."""

    infinitive: str
    is_plural: bool
    subjunctive: str


@cache
def _irregular() -> dict[str, VerbForm]:
    found: dict[str, VerbForm] = {}
    for line in _IRREGULAR.split("·"):
        infinitive, singular, plural, *subjunctives = line.split()
        found[singular] = VerbForm(infinitive, False, subjunctives[0])
        found[plural] = VerbForm(infinitive, True, subjunctives[1] if len(subjunctives) > 1 else plural)
    return found


_STEMS = (
    (re.compile(r"$"), ""),
    (re.compile(r"(?<=[tl])(?<=tt|ll)$"), None),
    (re.compile(r"è(?=[^aeiouyéè]+$)"), "e"),
    (re.compile(r"è(?=[^aeiouyéè]+$)"), "é"),
    (re.compile(r"(?<=[aou])i$"), "y"),
)
"""Stems of the present back to that of the infinitive: `jett-` → `jet-`, `achèt-` → `achet-`, `nettoi-` → `nettoy-`."""


@lru_cache(maxsize=100_000)
def third_person(form: str) -> VerbForm | None:
    """The verb that a word is in the third person of the present; None when it is none that we know."""
    known = _irregular().get(form)
    if known is not None or form in _NEVER_VERBS:
        return known
    for ending, is_plural in (("ent", True), ("e", False)):
        if form.endswith(ending) and len(form) > len(ending) + 1:
            infinitive = _in_er(form[: -len(ending)])
            if infinitive is not None:
                return VerbForm(infinitive, is_plural, form)
    return None


def _in_er(stem: str) -> str | None:
    for pattern, letter in _STEMS:
        if not pattern.search(stem):
            continue
        candidate = (stem[:-1] if letter is None else pattern.sub(letter, stem)) + "er"
        if candidate in verbs_in_er():
            return candidate
    return None


@cache
def _of_subjunctives() -> dict[str, str]:
    return {verb.subjunctive: verb.infinitive for verb in _irregular().values()}


def infinitive_of_subjunctive(form: str) -> str | None:
    """`remette` → `remettre`, `recrute` → `recruter`."""
    known = _of_subjunctives().get(form)
    if known is not None:
        return known
    verb = third_person(form)
    return verb.infinitive if verb is not None and verb.infinitive.endswith("er") else None


def is_also_noun(form: str) -> bool:
    """Whether the form is a noun or an adjective as well: « ferme », « marche »."""
    return form in _ALSO_NOUNS
