"""What carries no word to read, and what is kept apart, each with its reason. Courtesies and "RAS" are no rejects."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.ingest.privacy.marks import MARK
from pipeline.language.syntax.finite_verbs import holds_word
from pipeline.language.text.lists import read_lines, read_words

_TRIED = "|".join(map(re.escape, sorted(read_lines(__name__, "test_rows"), key=len, reverse=True)))
_OF_TRIAL = r"(?: (?:d[eu]\s?\w+|d['’]\w+|ok|technique|\d+|tests?|essais?))*"
_TEST = re.compile(
    rf"^\W*(?:(?:ceci est |c['’]est )?(?:un |1 )?(?:petit )?(?:tests?|essais?){_OF_TRIAL}|(?:{_TRIED})\W*\d*|"
    r"qsdf\w*|bla(?: bla)+|lorem ipsum.*|x{3,}|a{3,}|z{3,})\W*$",
    re.IGNORECASE | re.DOTALL,
)
_ADVERTISING = "|".join(map(re.escape, sorted(read_lines(__name__, "advertising"), key=len, reverse=True)))
_SPAM_WORDS = re.compile(rf"{_ADVERTISING}|gagne[rz] \d+ ?€|taux de \d+ ?%".replace("'", "['’]"), re.IGNORECASE)
_CONTACT = re.compile(r"https?://|www\.|\[courriel\]|\[téléphone\]|\[lien personnel\]", re.IGNORECASE)
_FRENCH = read_words(__name__, "french_function_words")
_FOREIGN = {name: frozenset(words) for name, *words in map(str.split, read_lines(__name__, "foreign_function_words"))}
_AMBIGUOUS = read_words(__name__, "ambiguous_function_words")
_SCRIPTS = (
    ("arabe", re.compile(r"[\u0600-\u06ff]")),
    ("cyrillique", re.compile(r"[\u0400-\u04ff]")),
    ("chinois ou japonais", re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")),
)
_TOKEN = re.compile(r"[^\W\d_]+")
_READ = 600
"""Characters that tell the language of a text."""
_CAMPAIGN_LENGTH, _CAMPAIGN_ROWS = 120, 5
_VOWELS = frozenset("aeiouyàâäéèêëîïôöùûüœæ")


def reject_reason(text: str) -> tuple[str, str] | None:
    """(reason, detail in French) when a text is set aside, None when it is a contribution."""
    if len(text) <= 60 and _TEST.match(text):
        return "ligne_de_test", "ligne d'essai"
    if not holds_word(text) or ("[" in text and not holds_word(MARK.sub("", text))):
        return ("sans_mot", "aucun mot à lire") if text.strip() else ("vide", "texte vide")
    n_lost = text.count("\ufffd")
    if n_lost and n_lost * 20 >= len(text):
        return "illisible", "caractères perdus : encodage abîmé"
    if _CONTACT.search(text) and len(_SPAM_WORDS.findall(text)) >= (1 if text.count("http") > 1 else 2):
        return "spam", "message publicitaire"
    return _strange(text)


def _strange(text: str) -> tuple[str, str] | None:
    """Another language, or keys struck at random. French function words settle most texts at once."""
    tokens = _TOKEN.findall(text[:_READ].lower())
    if _is_french(tokens):
        return None
    name = _language_of_script(text, tokens) or _language_of_words(tokens)
    if name is not None:
        return "autre_langue", f"texte en {name}"
    words = [token for token in tokens if len(token) > 1]
    if words and all(_is_struck(word) for word in words):
        return "illisible", "touches frappées au hasard"
    return None


def _is_french(tokens: list[str]) -> bool:
    if not any(token in _FRENCH and token not in _AMBIGUOUS for token in tokens[:40]):
        return False
    return len(tokens) < 12 or sum(token in _FRENCH for token in tokens) * 8 >= len(tokens)


def _language_of_script(text: str, tokens: list[str]) -> str | None:
    if text.isascii():
        return None
    n_letters = sum(map(len, tokens))
    return next((name for name, letter in _SCRIPTS if len(letter.findall(text[:_READ])) * 2 > n_letters), None)


def _language_of_words(tokens: list[str]) -> str | None:
    """The language whose function words are many, more than the French ones, two at least being its own."""
    if len(tokens) < 4:
        return None
    n_french = sum(token in _FRENCH for token in tokens)
    counts = {name: sum(token in words for token in tokens) for name, words in _FOREIGN.items()}
    name = max(counts, key=lambda key: (counts[key], key))
    n_own = sum(token in _FOREIGN[name] and token not in _AMBIGUOUS for token in tokens)
    is_told = counts[name] >= max(2, 0.3 * len(tokens)) and counts[name] > 1.5 * n_french and n_own >= 2
    return name if is_told else None


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
