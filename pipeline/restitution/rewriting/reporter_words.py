"""The words of a reporter's voice, by what they report: which may replace one another when a sentence is rewritten.

Written for this project. Forms stand as they are met; they are compared by their light stems.
"""

from __future__ import annotations

import re

from pipeline.language.text.words import content_stems, stem, words

SAYING = """
ajoute ajouté ainsi apparaît cité citée cités dit dite dits disent échanges échange écrit écrite entend entendre entendu
évoqué évoquée exprimé exprimée exprimer fait formulé formulée indique indiqué lit lire lu manière mentionné mentionnée
mots nommé nommée noté notée notes observé parole paroles partagé partagée précise précisé rappelé rappelée rapporté
rapportée rapporter relevé relevée remarqué ressort ressorti ressortir retenu revenu revient signalé signalée souligné
soulignée souligne termes
"""
ACTS: dict[str, str] = {
    "proposer": """
        proposé proposée proposer propose proposition propositions piste pistes avancé avancée avancées avancer suggéré
        suggérée suggestion idée idées répondrait répondraient réponse réponses répond répondent
    """,
    "demander": "demandé demandée demander demande demandes demandent adressé adressée adresser attendu attente",
    "questionner": """
        question questions interrogé interroge interrogation interroger réflexion réfléchi réfléchir posé posée
    """,
    "freiner": """
        frein freins obstacle obstacles difficulté difficultés constat constats pointé pointée lever lèverait freine
    """,
    "valoriser": """
        ressource ressources appui appuyer compter réussite réussites salué saluée valeur marche existe existant
        savoir-faire connaître
    """,
    "défendre": "conviction convictions défendu défendue défendre",
    "pratiquer": "geste gestes métier façon raconté racontée raconter",
    "remercier": "merci remercié remerciements remercier",
}
NEGATIONS = frozenset("ne n pas jamais aucun aucune rien sans ni".split())
WEIGHTY = frozenset(
    "tout toute tous toutes chacun chacune chaque beaucoup plusieurs nombreux nombreuses certains certaines "
    "quelques plupart seul seule seuls seules seulement trop tres peu plus moins mieux toujours souvent parfois "
    "rarement contre malgre sauf surtout vraiment mais doit doivent faut devrait grand grande grands grandes gros "
    "petit bien mal probleme problemes personne personnes gens monde unanimement encore deja enfin evidemment "
    "certainement".split()
)
"""Words that weigh: how many, how much, how sure. None may enter a rewritten sentence that ours did not hold."""

NUMBERS = frozenset(
    "zero deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingtaine "
    "trente trentaine quarante quarantaine cinquante cinquantaine soixante soixantaine cent cents centaine "
    "centaines mille milliers million millions milliard milliards dizaine dizaines douzaine quinzaine moitie "
    "tiers quart quarts double triple majorite majoritaire majoritairement minorite plupart unanime unanimes "
    "unanimite unanimement premier premiere second seconde deuxieme troisieme dernier derniere".split()
)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text))


_SAYING = _stems(SAYING)
_ACTS = {act: _stems(forms) for act, forms in ACTS.items()}
_VOICE = _SAYING.union(*_ACTS.values())


def acts(text: str) -> frozenset[str]:
    """What a sentence reports: a proposal, a demand, a question… Neutral verbs of saying count for nothing."""
    found = _stems(text)
    return frozenset(act for act, forms in _ACTS.items() if found & forms)


def content(text: str) -> frozenset[str]:
    """The stems of a sentence that are neither grammar nor the reporter's voice: what it says."""
    return frozenset(content_stems(text)) - _VOICE


def negations(text: str) -> list[str]:
    """Its negative words, sorted."""
    return sorted("ne" if word == "n" else word for word in words(text) if word in NEGATIONS)


def weighty(text: str) -> frozenset[str]:
    """Its words of quantity, degree and certainty."""
    return frozenset(words(text)) & WEIGHTY


def numbers(text: str) -> frozenset[str]:
    """Its numbers, in figures or in words, shares and ranks included."""
    return frozenset(re.findall(r"[\d%‰€½⅓¼]+", text)) | (frozenset(words(text)) & NUMBERS)
