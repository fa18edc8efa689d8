"""What carries no word to read, and what is kept apart, each with its reason. Courtesies and "RAS" are no rejects."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.language.syntax.finite_verbs import holds_word

_MARK = re.compile(
    r"\[(?:courriel|téléphone|IBAN|numéro de sécurité sociale|plaque|pseudo|carte bancaire|adresse(?: IP)?|"
    r"lien personnel)\]"
)
_TEST = re.compile(
    r"^\W*(?:(?:ceci est |c['’]est )?(?:un |1 )?(?:petit )?(?:test|essai)s?(?: (?:de|du|d['’])\s?\w+| ok| \d+|"
    r" technique)?(?: ?(?:test|essai)s?)*"
    r"|test(?:er|ing)?\W*\d*|toto|titi|tata|blabla(?:bla)*|bla(?: bla)+|lorem ipsum.*|azerty(?:uiop)?|qwerty|qsdf\w*|"
    r"xxx+|aaa+|zzz+|123 ?test|foo(?: ?bar)?)\W*$",
    re.IGNORECASE | re.DOTALL,
)
_SPAM_WORDS = re.compile(
    r"casino|viagra|cialis|bitcoin|crypto-?monnaie|forex|trading|gagne[rz] (?:de l['’]argent|\d+ ?€)|cliquez ici|"
    r"click here|"
    r"buy now|cheap|earn money|marabout|voyan(?:t|ce)|retour (?:de l['’]être aimé|affectif)|prêt entre particuliers|"
    r"offre de prêt|taux de \d+ ?%|escort|rencontre coquine|seo|backlinks?|pills|loan offer|whatsapp|100 ?% gratuit|"
    r"promo(?:tion)? exceptionnelle",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"https?://|www\.|\[courriel\]|\[téléphone\]|\[lien personnel\]", re.IGNORECASE)
_FRENCH = frozenset(
    "le la les un une des du de d l et est sont pas ne n qu que qui dans pour sur avec ce cette ces on nous vous je "
    "j il elle ils "
    "elles y a au aux en se sa son ses leur leurs plus mais ou où donc car par c s faut être avoir trop tout tous "
    "toutes "
    "très bien peu sans chez moi lui même comme fait faire entre aussi mon ma mes notre nos votre vos ça cela merci "
    "rien".split()
)
_FOREIGN = {
    "anglais": frozenset(
        "the of and to is are was were we you they it that this with for have has not be been should could would "
        "there their our my "
        "your from what when which who how can more people need i do does don but about more some very because if or "
        "as at by".split()
    ),
    "espagnol": frozenset(
        "el los las y es son que no con para por una del se lo más pero como muy hay nosotros gracias porque "
        "necesitamos todo está al mi".split()
    ),
    "portugais": frozenset(
        "o os as e é são não com para uma mais mas como muito há obrigado porque precisamos nós do da em ao".split()
    ),
    "allemand": frozenset(
        "der die das und ist sind nicht mit für wir sie ich ein eine zu auf mehr aber auch sehr es gibt dass haben "
        "wie von im".split()
    ),
    "italien": frozenset(
        "il gli che non con per una sono è più ma come molto c'è abbiamo perché grazie di della nel dei si lo".split()
    ),
    "néerlandais": frozenset(
        "de het een en is zijn niet met voor wij ik meer maar ook zeer er dat hebben van op te geen".split()
    ),
}
_AMBIGUOUS = frozenset("de la les un une que y a se on no as do me tu es en il plus son mais par e o si con".split())
_SCRIPTS = (
    ("arabe", re.compile(r"[\u0600-\u06ff]")),
    ("cyrillique", re.compile(r"[\u0400-\u04ff]")),
    ("chinois ou japonais", re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")),
)
_TOKEN = re.compile(r"[^\W\d_]+")
_CAMPAIGN_LENGTH, _CAMPAIGN_ROWS = 120, 5
_VOWELS = frozenset("aeiouyàâäéèêëîïôöùûüœæ")


def reject_reason(text: str) -> tuple[str, str] | None:
    """(reason, detail in French) when a text is set aside, None when it is a contribution."""
    if len(text) <= 60 and _TEST.match(text):
        return "ligne_de_test", "ligne d'essai"
    if not holds_word(text) or ("[" in text and not holds_word(_MARK.sub("", text))):
        return ("sans_mot", "aucun mot à lire") if text.strip() else ("vide", "texte vide")
    n_lost = text.count("\ufffd")
    if n_lost and n_lost * 20 >= len(text):
        return "illisible", "caractères perdus : encodage abîmé"
    if _CONTACT.search(text) and len(_SPAM_WORDS.findall(text)) >= (1 if text.count("http") > 1 else 2):
        return "spam", "message publicitaire"
    return _strange(text)


def _strange(text: str) -> tuple[str, str] | None:
    """Another language, or keys struck at random. French function words settle most texts at once."""
    tokens = _TOKEN.findall(text[:600].lower())
    if any(token in _FRENCH and token not in _AMBIGUOUS for token in tokens[:40]):
        n_french = sum(token in _FRENCH for token in tokens)
        if n_french * 8 >= len(tokens) or len(tokens) < 12:
            return None
    if not text.isascii():
        n_letters = sum(map(len, tokens))
        for name, pattern in _SCRIPTS:
            if len(pattern.findall(text[:600])) * 2 > n_letters:
                return "autre_langue", f"texte en {name}"
    if len(tokens) >= 4:
        n_french = sum(token in _FRENCH for token in tokens)
        counts = {name: sum(token in words for token in tokens) for name, words in _FOREIGN.items()}
        name = max(counts, key=lambda key: (counts[key], key))
        n_own = sum(token in _FOREIGN[name] and token not in _AMBIGUOUS for token in tokens)
        if counts[name] >= max(2, 0.3 * len(tokens)) and counts[name] > 1.5 * n_french and n_own >= 2:
            return "autre_langue", f"texte en {name}"
    words = [token for token in tokens if len(token) > 1]
    if words and all(_is_struck(word) for word in words):
        return "illisible", "touches frappées au hasard"
    return None


def _is_struck(word: str) -> bool:
    if len(word) < 6:
        return False
    n_vowels = sum(c in _VOWELS for c in word)
    return n_vowels == 0 or len(set(word)) <= 2 or (len(word) > 9 and n_vowels * 8 < len(word))


class CampaignCounter:
    """Counts equal long texts, to tell of copy-paste campaigns; they are kept."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()

    def add(self, text: str) -> None:
        """One more contribution."""
        if len(text) >= _CAMPAIGN_LENGTH:
            self._counts[hash(" ".join(text.lower().split()))] += 1

    def update(self, other: CampaignCounter) -> None:
        """All that another counter counted."""
        self._counts.update(other._counts)

    def sizes(self) -> list[int]:
        """Numbers of rows of the campaigns, largest first."""
        return sorted((n for n in self._counts.values() if n >= _CAMPAIGN_ROWS), reverse=True)
