"""Words that tell an organisation's contact from a person's, and a reference number from a telephone."""

import re

from pipeline.language.lexicon.nouns import is_noun
from pipeline.language.lexicon.verbs import is_finite, is_infinitive
from pipeline.language.text.lists import either, read_lines, read_words
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.rarity import background

_ORGANISATION_WORDS = read_words(__name__, "organisation_words")
_GENERIC_MAILBOXES = read_words(__name__, "generic_mailboxes")
_AMBIGUOUS_MAILBOXES = frozenset(("com", "aide", "point", "mail", "eau", "ram"))  # surnames and initials too


def one_of(name: str) -> str:
    """The entries of a list of this room as alternatives, longest first; a final `*` stands for any ending."""
    lines = sorted(read_lines(__name__, name), key=lambda line: (-len(line), line))
    told = (re.escape(line.removesuffix("*")) + (r"\w*" if line.endswith("*") else "") for line in lines)
    return "|".join(told).replace("'", "['’]").replace(r"\ ", r"\s+")


_LETTERS = re.compile(r"[^\W\d_]+")


def words_in(text: str) -> frozenset[str]:
    """The words of a text, in small letters."""
    return frozenset(_LETTERS.findall(text.lower()))


def words_of(name: str) -> frozenset[str]:
    """The longest word of each entry of a list of this room: a text without any of them holds no entry."""
    return frozenset(max(_LETTERS.findall(line.lower()), key=len) for line in read_lines(__name__, name))


_HOUSE = r"(?<!maison)|(?<=maison)(?=\s+(?!au\b|le\b)\w)"
"""`maison de quartier`, `maison médicale`; « appelez la maison au… » is somebody's."""
ORGANISATION = re.compile(rf"(?i:(?<![^\W_])(?:{either(_ORGANISATION_WORDS)})(?![^\W_])(?:{_HOUSE}))|\b[A-Z]{{3,6}}\b")
PERSONAL = re.compile(
    rf"(?i:\b(?:{one_of('own_words')})\b|\bson tél\w*|\b[jm]['’])|\b(?:Mme|M\.|Mr|Mlle|Madame|Monsieur)\s+[A-ZÀ-Þ]"
)
REFERENCE_CUE = re.compile(rf"\b(?:{one_of('reference_words')})\.?\s*(?:n\s*[°o]\.?)?\s*:?\s*$", re.IGNORECASE)
CARD_CUE = re.compile(rf"\s?(?:[€%]|m²|(?:{one_of('measured_things')})\b)", re.IGNORECASE)
ACCOUNT_CUE = re.compile(rf"\b(?:{one_of('account_words')})\b", re.IGNORECASE)
_ORGANISATION_PREFIX = re.compile(
    r"(?:ville|mairie|commune|asso|comite|office|departement|region|mediatheque|collectif)", re.IGNORECASE
)


def is_generic_mailbox(local: str) -> bool:
    """Whether the part before @ is a function's, not a person's: `contact`, `mairie.courcelles`, `ccas-accueil`."""
    key = local.lower().partition("+")[0]  # what follows a plus is a label
    if key in _GENERIC_MAILBOXES:
        return True
    parts = re.split(r"[._+\-]|\d+", key)
    known = _GENERIC_MAILBOXES | _ORGANISATION_WORDS
    return any(part in known and part not in _AMBIGUOUS_MAILBOXES for part in parts)


def is_organisation_page(who: str) -> bool:
    """Whether the name of a page on a network is an organisation's: `ville.de.courcelles`, `mairiedecourcelles`."""
    bare = re.sub(r"[._%\-]|\d", " ", who)
    return bool(ORGANISATION.search(bare) or _ORGANISATION_PREFIX.match(who))


def is_word(token: str) -> bool:
    """Whether a token is a word of the language, and not a name that somebody made up for a mailbox or a network."""
    word = token.lower()
    stems = content_stems(word)
    return (
        not stems
        or any(one in background()[1] for one in stems)
        or is_noun(word)
        or is_finite(word)
        or is_infinitive(word)
    )
