"""Mend the spelling of words that are told: spaces and signs, lost accents, apostrophes and letters, each only where
nothing else can be meant.

What somebody wrote is never changed where it is quoted. A name, an acronym, a word of another language, what stands in
square brackets or between quotation marks, an address, a figure: none is touched. Of 2,663 mends on 19,573 ideas that
people typed, read one by one, 8 were wrong; what was doubtful has left since, and was not read again. Agreement is left
as it is: of plurals mended by the determiner before them, one in six was wrong.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations, product

from pipeline.language.lexicon.nouns import first_names, is_noun
from pipeline.language.lexicon.spelling import SHORT, is_known, is_listed
from pipeline.language.lexicon.verbs import is_finite, is_infinitive, third_person
from pipeline.language.syntax.function_words import DETERMINERS, every_word
from pipeline.language.text.folding import fold, strip_accents
from pipeline.language.text.languages import foreign_language
from pipeline.language.text.lists import either, read_lines, read_words
from pipeline.language.text.typography import accented, elides
from pipeline.language.text.words import stem
from pipeline.language.vocabulary.rarity import background

_KEPT = re.compile(
    r"(\[[^\]]*\]|«[^»]*»|“[^”]*”|\"[^\"]*\"|\S*(?:https?:|www\.|[@#_])\S*"
    rf"|[\w.-]+\.(?:{either(read_words(__name__, 'address_endings'))})\b(?:/\S*)?)"
)
"""Masks and cuts, words quoted in what is told, addresses."""
_ELIDED = "[cdjlmnst]|(?:jus|lors|puis|quoi)?qu"
_SIGNS, _ELISIONS = (
    tuple((re.compile(pattern), instead) for pattern, instead in rows)
    for rows in (
        (
            (r"(?<=\S)[ \t\u00a0\u202f]{2,}", " "),
            (r"(?<=\betc)[ \u00a0\u202f]*(?:[.…]{2,}|…)", "."),
            (r"(?:[ \u00a0]*,)?[ \u00a0\u202f]*\.{3,}", "…"),
            (r"([?!])[?!]+", r"\1"),
            (r"(?:\A|(?<=[\w)’…]))[ \u00a0\u202f]+(?=,|\.(?:\s|$))", ""),
            (r",(?:\s*,)+", ","),
            (rf"(?i)(?<=[a-zà-ÿœ]{{2}}),(?=[^\W\d_]{{2}}|(?:{_ELIDED})['’])", ", "),
            (r"(?<=[a-zà-ÿœ]{2})([;!?…])(?=[^\W\d_]{2})", r"\1 "),
            (r"(?<![:;-])\([ \u00a0]+(?=\w)", "("),
            (r"(?<=[\w.…!?%])[ \u00a0]+\)", ")"),
            (rf"(?i)( \([^()]{{4,}}\))(?=[^\W\d_]{{2}}|(?:{_ELIDED})['’])", r"\1 "),
            (r"(?<=[^\W\d_])\((?=[^()\s]+ [^()]*\))", " ("),
            (rf"(?i)(?<![\w’'])({_ELIDED})(?:[´`‘ʼ′] ?| ['’´`‘ʼ] ?|['’] )(?=[^\W\d_])", r"\1’"),
            (
                r"\AA(?= (?:l['’]|[A-ZÀ-Þ][a-zà-ÿ]|(?:la|cet?|cette|ces|[mts]on|[mts]a|[nv]otre|[nv]os|qui|quoi|quand"
                r"|condition|travers|propos|titre|cause|défaut|moins|long|court|partir|présent) ))",
                "À",  # keyboards write capitals without their accents
            ),
        ),
        (
            (r"(?i)(?<![\w’'·.-])(s)i (?=ils?\b)", r"\1’"),
            (r"(?i)(?<![\w’'·.-])((?:lors|puis)?qu)e (?=(?:ils?|elles?|on|une?)\b)", r"\1’"),
            (r"(?i)(?<![\w’'·.-])(d)e (?=(?-i:[aei][a-zà-ÿ]{3}|[éèêàâîôû]\w{2}|eau\b|une?\b))", r"\1’"),
            (r"(?i)(?<![\w’'·.-])([jlns])[ea] (?=(?-i:[éèêî]\w{2}))", r"\1’"),
            (
                r"(?i)\b(moment|cas|sens|mesure|endroits?|lieux?|époque) ou"
                r"(?= (?:l['’]on|ils?|elles?|on|je|tu) (?!et |ou |seule?s? ))",
                r"\1 où",
            ),
        ),
    )
)
"""Spaces, signs and small words as they are typed in haste, in order, and as they are printed."""
_STUCK = re.compile(r"(?<= [a-zà-ÿœ]{2})([a-zà-ÿœ]*\.)(?=([A-ZÀ-Þ][a-zà-ÿœ]*)[\s’',])")
_WORD = re.compile(
    r"(?:\A[A-ZÀ-Þ](?=[a-zœæ]{3})|(?:(?<![\w.@/#·•⋅‧(-])|(?<= \())[a-zà-ÿœæ])[a-zà-ÿœæ]*"
    r"(?![\w’'·•⋅‧/&+~*\u0300-\u036f-]|[.(]\w)"
)
"""A word without a capital, or that opens the text; no part of an inclusive form or of a compound."""
_CAPITAL_E = re.compile(r"(?<![\w.-])E[a-zà-ÿ]+(?![\w·(])")
_LETTER = re.compile(
    r"(?i)(?<![^\s(«“])((?-i:[cdjlns])|\A[cdjlns]|(?:jus|lors|puis|quoi)?qu)"
    r" (?=((?-i:[aeiouyhéèêàâîôœ][a-zà-ÿœ\u0300-\u036f]*))(?![\w’'·-]))"
)
_SHORT = read_words(__name__, "short_vowel_words")
"""Short words before which another is elided."""
_CLAUSE = re.compile(r"[^.,;:!?…()\n]*$")
_NAMED = read_words(__name__, "nouns_with_a_letter")
"""What a letter names: « salle C »."""
_NO_PRONOUN = re.compile(rf"(?<![\w’'])(?:{either(read_words(__name__, 'words_before_a_noun'))}) $", re.IGNORECASE)
"""What « ça » never follows."""
_BEFORE_NOUN = re.compile(rf"(?<!\w)(?:{either(DETERMINERS)}|[ld][’' ]|de|en|du) ?$", re.IGNORECASE)
"""What no participle follows."""
_ACCENTS = {"a": "àâ", "c": "ç", "e": "éèê", "i": "îï", "o": "ô", "u": "ùû"}
_LAST_E = re.compile("[eéèê](?=e?s?$)")
LETTERS_MIN = 6
"""Letters of a word from which one that is lost, or typed twice, is found."""
FREQUENT = 3
"""Texts of the background that hold the stem of a word, from which a slip may stand for it."""
TURNS_MAX = 5


@lru_cache(maxsize=20_000)
def mended(text: str) -> str:
    """A text as it is told, without slips."""
    if foreign_language(text):
        return text
    for _ in range(TURNS_MAX):  # a slip beside another is seen once that one is mended
        told = "".join(part if n % 2 else _mended(part) for n, part in enumerate(_KEPT.split(text)))
        if told == text:
            break
        text = told
    return text


def _mended(text: str) -> str:
    for pattern, instead in _SIGNS:
        text = pattern.sub(instead, text)
    text = _STUCK.sub(lambda m: m[1] + " " * is_known(m[2].lower()), text)
    text = _CAPITAL_E.sub(lambda m: m[0] if {m[0], accented(m[0])} & first_names() else accented(m[0]), text)
    text = _LETTER.sub(_of_letter, _WORD.sub(_of_word, text))
    text = _slips()[0].sub(_of_slip, text)
    for pattern, instead in _ELISIONS:
        text = pattern.sub(instead, text)
    return text


def _of_word(match: re.Match[str]) -> str:
    word, text = match[0].lower(), match.string
    if len(word) <= SHORT or is_known(word):
        return re.sub(r"oe(?=u)|\boe(?=il)", "œ", match[0])
    told = _with_accents(word, _BEFORE_NOUN.search(text, 0, match.start()) is not None)
    if match[0] != word:
        return match[0] if {match[0], told.capitalize()} & first_names() else (told or word).capitalize()
    around = (*text[: match.start()].split()[-1:], *text[match.end() :].split()[:1])
    is_french = all(is_known(one) or _accented(one) for one in around if one.isalpha() and one.islower())
    return told or (_with_letter(word) if is_french and not _accented(word) else "") or word


@cache
def _slips() -> tuple[re.Pattern[str], dict[str, str]]:
    known = dict(pair.split(" > ") for line in read_lines(__name__, "slips") for pair in line.split(" ; "))
    return re.compile(rf"(?i)(?<![\w’'·-])(?:{either(known).replace('’', '[’' + chr(39) + ']')})(?![\w’'·-])"), known


def _of_slip(match: re.Match[str]) -> str:
    """What a slip stands for, with its capital; an acronym is none."""
    typed, before = match[0].lower().replace("'", "’"), match.string[: match.start()]
    told = _slips()[1][typed]
    if match[0].isupper() or (typed == "ca" and _NO_PRONOUN.search(before)) or (typed == "pb" and _said(before)):
        return match[0]
    return told[0].upper() + told[1:] if match[0][0].isupper() else told


def _said(before: str) -> list[str]:
    found = _CLAUSE.search(before)
    return re.findall(r"[^\W_]+", found[0] if found else "")


def _of_letter(match: re.Match[str]) -> str:
    said = _said(match.string[: match.start()])[-1:]
    is_named = bool(said) and match[1] in ("c", "d", "j", "l") and said[0].lower() in _NAMED
    is_topic = match[1] == "c" and bool(said) and is_noun(said[0]) and said[0].lower() not in every_word()
    return f"{match[1]}’" if not is_named and not is_topic and _may_elide(match[1], match[2]) else match[0]


def _may_elide(word: str, after: str) -> bool:
    """Whether a letter before a word has lost its apostrophe."""
    if word in "cC":
        return after in ("est", "était", "étaient")
    is_verb = is_finite(after) or third_person(after) is not None or is_infinitive(after)
    if word in "dD" and (after in ("a", "ai", "est", "ont") or is_finite(after)):
        return False
    is_after = is_verb or after in ("a", "ai", "est", "ont", "en", "il", "ils") or word not in "nsNS"
    return is_after and (is_known(after) if len(after) > SHORT else after in _SHORT) and elides(after)


def _with_accents(word: str, is_noun_there: bool) -> str:
    """The only word of the dictionary that differs from one by its accents, or the only one that is no participle,
    where a noun stands; "" for none, or several."""
    known = _accented(word)
    others = [one for one in known if not one.rstrip("s").endswith("é")]
    if len(known) > 1:
        return others[0] if len(others) == 1 and is_noun_there else ""
    participle = known[0].rstrip("s") if known else ""
    if word.rstrip("s").endswith(("ele", "ete")) and participle[-1:] == "é" and is_infinitive(f"{participle[:-1]}er"):
        return ""  # « appele » is for « appelle » as well
    is_told = bool(others) or word.rstrip("s").endswith("é") or any(is_noun(one) or "té" in one[-3:] for one in known)
    return known[0] if known and is_told else ""


@lru_cache(maxsize=20_000)
def _accented(word: str) -> tuple[str, ...]:
    """The words of the dictionary that differ from one by their accents; that of a participle is not lost."""
    bare = strip_accents(word)
    places = [n for n, letter in enumerate(bare) if letter in _ACCENTS]
    found = {bare} - {word}
    for some in (some for n in (1, 2, 3) for some in combinations(places, n)):
        for letters in product(*(_ACCENTS[bare[at]][: 3 if len(some) < 3 else 1] for at in some)):
            told = [*bare]
            for at, letter in zip(some, letters, strict=True):
                told[at] = letter
            found.add("".join(told))
    is_open = (_LAST_E.search(word) or [""])[0] in ("e", "")
    kept = (one for one in sorted(found) if is_open or (_LAST_E.search(one) or [""])[0] != "e")
    return tuple(one for one in kept if is_listed(one) and one.count("ç") >= word.count("ç"))


@lru_cache(maxsize=20_000)
def _with_letter(word: str) -> str:
    """The only word, and a frequent one, that differs from one by a letter lost, or typed twice; "" for none, or
    several."""
    near = set(filter(is_listed, _near(word))) if len(word) >= LETTERS_MIN else set()
    found = (one for one in near if background()[1].get(stem(fold(one)), 0) >= FREQUENT)
    return next(found, "") if len(near) == 1 else ""


def _near(word: str) -> Iterator[str]:
    yield from (word[:n] + word[n + 1 :] for n, letter in enumerate(word) if n and letter == word[n - 1])
    for n in range(1, len(word) + (word[-1] not in "eé")):
        yield from (word[:n] + letter + word[n:] for letter in "abcdefghijlmnopqrstuvxyzéèêàâîôûç")
