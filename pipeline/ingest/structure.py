"""What participants did with their words besides writing them: headings, tables, groups, as text is read.

Headings are cleaned of what tells nothing of what stands under them: dates, numbering, emoji, signs of markup.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.contracts.labels import CONTEXT_JOINT
from pipeline.ingest.workshop import table_label
from pipeline.language.lexicon.nouns import first_names
from pipeline.language.text.days import MONTH_WORDS
from pipeline.language.text.lists import either, read_lines, read_words
from pipeline.tables.columns import header_key

CONTEXT_MAX = 200
SESSION = "Atelier "
_PLACES = {"atelier": "Atelier", "groupe": "Groupe", "sous-groupe": "Sous-groupe", "equipe": "Équipe"}
_NUMBER_OR_LETTER = re.compile(r"\d{1,4}|[A-Z]")
_HEADINGS_TOLD = 2
_WHO_CAME = re.compile(
    r"(?:\S+ ){1,5}(?:presente?s|excusee?s|absente?s|representee?s)"
    r"(?: (?:ou|et) (?:presente?s|excusee?s|representee?s))?(?: par .+)?"
)
"""`Membres du comité présents`, `Deux membres représentés par Lucie Morin`."""
_BRACKETS = re.compile(r" ?\([^()]*\)")
_ARTICLE = re.compile(r"^(?:l[ae]s? |l'|nos |notre |les |quelques |\d{1,3} (?=participant|present|personne|membre))")
_OF_MEETING = re.compile(
    r" (?:de (?:la |l')|du |des )(?:reunion|seance|soiree|journee|rencontre|atelier|assemblee|conseil)s?\b.*$"
)
_PLAN = re.compile(rf"(?:planning|deroule(?:ment)?){_OF_MEETING.pattern}")
"""`Le déroulé de la réunion`: all that is under it."""
_PUT = re.compile(r"(?:\S+ )?il (?:vous|leur) est (?:\S+ )?(?:propose|demande)\b")
"""`Aussi, il vous est proposé, après avis du bureau :`, over what is put to the vote."""
_EDGES = " \t:;,.–—-|/>*_#•·●○▪■◦►➢→✓✔\u00a0\u202f"
_EMOJI = re.compile(r"[\d#*]\ufe0f?\u20e3|[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\u200d]")
_MARKUP = re.compile(r"\\(?=[\W_])|\*\*|__|`")
MONTH, _WEEKDAY = either(MONTH_WORDS), either(read_words(__name__, "weekdays"))
_DAY = (
    rf"(?:(?:{_WEEKDAY}),?\s+)?(?:\d{{1,2}}(?:er)?\s+(?:{MONTH})\.?(?:\s+\d{{4}})?|(?:{MONTH})\.?\s+\d{{4}}"
    rf"|(?:{_WEEKDAY})\s+\d{{1,2}}(?:er)?(?!\s?[h:\d])"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}[.-]\d{1,2}[.-]\d{2,4}|\d{4}-\d{2}-\d{2})"
)
CLOCK = r"\d{1,2}\s?(?:h(?![^\W\d_])(?:\s?\d{2})?|:\d{2})"
"""`9h`, `9 h 30`, `9:30`."""
_MOMENT = rf"(?:\s+(?:matin|après-midi|soir)\b|\s*(?:,|à|de)?\s*{CLOCK})?"
_BEFORE = r"(?:(?:(?:le|du|au)\s+mois\s+)?(?:(?:les?|du|des?|au|en)\s+|d['’]))?"
_FIRST_DATE = re.compile(rf"^{_BEFORE}(?:{_DAY}{_MOMENT}|{_WEEKDAY})\s*(?:$|[-–—:,.>|/)]+\s*)", re.IGNORECASE)
_DAYS = r"(?:\d{1,2}(?:er)?(?:[–/-]|,\s*(?=\d{1,2}\s+et\s)|\s+(?:et|au)\s+))*"
"""The first days of `9-10-11 juin`, `9, 10 et 11 juin`."""
_LAST_DATE = re.compile(rf"(?:^|[\s(,:–—-]+){_BEFORE}{_DAYS}{_DAY}{_MOMENT}\)?\s*$", re.IGNORECASE)
_PERIOD = re.compile(r"(?:exercice|période|saison)\b.*\bau\b", re.IGNORECASE)
"""`Exercice comptable du 01/04/2023 au 31/12/2023`: days that tell what it is about."""
_SPAN = rf"(?:(?:{CLOCK}|\d{{1,2}})\s*(?:[-–—/]|à)\s*)?{CLOCK}(?:\s*\(?\?\)?(?=\s|$))?"
_HOURS = re.compile(
    rf"^(?:de\s+)?{_SPAN}\s*(?:$|[-–—:,.]+\s+|(?<=[?)])\s+)"
    rf"|\s*\((?:de\s+)?{_SPAN}\)\s*$|\s+[-–—,:]\s+(?:(?:à|de)\s+)?{_SPAN}\s*$",
    re.IGNORECASE,
)
"""`11h-12h ? Bilan`, `Le quai - 9h30`, `Le quai (de 9h à 12h)`."""
_BY = re.compile(r"\s*\((?P<name>[^\W\d_]+)\)\s*$")
"""`Un quai plus sûr (Odile)`: who brought what is spoken of."""
_PARTS = "|".join(map(re.escape, read_lines(__name__, "numbered_parts")))
_NUMBERING = re.compile(
    r"^(?:(?:(?-i:[A-Z]?)\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-H])\s*[.)°\]](?!\d)\s*[-–—:]?\s*|(?:\d{1,2}|[IVX]{1,4})\s*[-–—:]\s+|(?-i:[A-Z]?)\d{1,2}(?:\.\d{1,2})+\s+(?=(?-i:[A-ZÀ-Þ][a-zà-ÿ'’]))"
    rf"|(?:(?:{_PARTS})\s+(?:n\s*[°o]\s*)?(?:\d{{1,3}}(?:\s?bis|\s?ter)?|[IVX]{{1,4}}|[A-Z])|q\d{{1,2}}[a-z]?)"
    r"\s*(?:[.:)–—-]\s*|$))",
    re.IGNORECASE,
)
_COMES_BACK = either(read_words(__name__, "before_places"))
_TABLE = re.compile(
    rf"^\W*(?:(?:{_COMES_BACK}),?\s+)?(?:(?:d[eu]|le)\s+|(?:de\s+)?(?:la\s+|l['’]))?"
    r"(?:table\s*(?:n\s*[°o]\s*)?0*(\d{1,3}\b|(?<=\s)[a-z](?=\s*(?:[:.–—-]|$)))"
    r"|(?P<kind>table|groupe|sous-groupe|atelier|équipe)(?:\s+(?:de\s+travail|ronde))?\s+(?:n\s*[°o]\s*)?"
    r"0*(\d{1,3}|[a-z])(?=\s*(?:[:.,()–—-]|$)))",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"^\W*(?:problématique|thématique|thème|regroupement|cluster|idée[ -]force)s?\s*(?:n\s*[°o]\s*)?\d{0,2}"
    r"\s*[:–—-]\s*(?P<title>\S.*)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4_096)
def bare_heading(text: str) -> str:
    """A heading without its date, hours, number, emoji and signs; "" when nothing else is said.

    `1. Vendredi 6 mai 2022 – Envies` is `Envies`.
    """
    bare = " ".join(_MARKUP.sub("", _EMOJI.sub(" ", text)).split()).strip(_EDGES)
    while bare:
        shorter = _HOURS.sub("", bare)
        shorter = _BY.sub(lambda found: "" if found["name"] in first_names() else found.group(), shorter)
        shorter = _FIRST_DATE.sub("", _NUMBERING.sub("", shorter, count=1), count=1)
        shorter = (shorter if _PERIOD.match(shorter) else _LAST_DATE.sub("", shorter)).strip(_EDGES)
        if shorter == bare:
            break
        bare = shorter
    if bare.count("(") > bare.count(")"):  # a bracket that a date leaves alone at an end
        bare = bare.rstrip("( ")
    return bare if bare.count(")") <= bare.count("(") else bare.lstrip(") ")


def named_table(heading: str) -> tuple[str | None, str]:
    """The place that a heading names and the rest of it: `Table 2 – L'eau` → (`2`, `L'eau`); None without.

    A group keeps its name (`Groupe 2`), as a session does (`Atelier 1`): neither is a table.
    """
    found = _TABLE.match(heading)
    if found is None:
        return None, heading
    label = table_label(found[1] or found[3])
    kind = (found["kind"] or "table").capitalize()
    return label if kind == "Table" else f"{kind} {label}", heading[found.end() :].strip(_EDGES)


def called_place(heading: str, label: str) -> str:
    """The name of a place that a column titled `Groupe` or `Atelier` numbers: `Groupe 2`; of others, as it stands."""
    kind = header_key(heading).split()[:1]
    noun = _PLACES.get(kind[0].rstrip("s"), "") if kind else ""
    return f"{noun} {label}" if noun and _NUMBER_OR_LETTER.fullmatch(label) else label


def is_session(place: str) -> bool:
    """Whether the name of a place is that of a session: `Atelier 1`."""
    return place.startswith(SESSION)


def named_group(heading: str) -> str | None:
    """The group that a heading says its participants made: `Problématique : venir sans voiture`."""
    found = _GROUP.match(bare_heading(heading))
    return bare_heading(found["title"]) or None if found else None


def context_of(headings: Iterable[str], *nearer: str) -> str:
    """What a text answers: the nearest of the headings above that say something, then what stands nearer still."""
    above = [heading for heading in headings if heading and header_key(heading) not in _EMPTY_HEADINGS]
    told = [*above[-_HEADINGS_TOLD:], *filter(None, map(bare_heading, nearer))]
    return CONTEXT_JOINT.join(
        part if len(part) <= CONTEXT_MAX else part[: CONTEXT_MAX - 1] + "…" for part in dict.fromkeys(told)
    )


@lru_cache(maxsize=4_096)
def frame_of_heading(heading: str) -> str:
    """The kind of passage that a heading announces: `ordre_du_jour`, `presse`, `debat`…; "" when it says none."""
    whole = _ARTICLE.sub("", header_key(bare_heading(heading) or heading))
    if _PLAN.match(whole):
        return "expose"
    if _PUT.match(whole):
        return "motion"
    if gives_floor(heading):
        return "debat"
    key = _OF_MEETING.sub("", whole)
    found = [(len(words), frame) for frame, words, pattern in _FRAMES_OF_HEADINGS if pattern.match(key)]
    return max(found)[1] if found else "presence" if tells_who_came(heading) else ""


def point_of(headings: Iterable[str]) -> str:
    """The nearest of the headings above, outermost first, that says more than that there was a vote or that somebody
    speaks; "" for none."""
    return next((one for one in reversed([*headings]) if _names_point(one)), "")


_SAYS_VOTE = ("resultat_de_vote", "debat", "expose")
_FLOOR = re.compile(r"\b(?:re)?(?:prend|donne|passe|laisse|cède)\w* la parole\b", re.IGNORECASE)


def _names_point(heading: str) -> bool:
    return any(map(str.isalpha, heading)) and frame_of_heading(heading) not in _SAYS_VOTE


def gives_floor(heading: str) -> bool:
    """Whether a heading says that somebody speaks, and not of what: `Le Président reprend la parole`."""
    return _FLOOR.search(heading) is not None


def tells_who_came(heading: str) -> bool:
    """Whether a heading or a label says of people that they came, or not: `Membres actifs présents (8)`."""
    return _WHO_CAME.fullmatch(_OF_MEETING.sub("", header_key(_BRACKETS.sub("", bare_heading(heading))))) is not None


_FRAMES_OF_HEADINGS = [
    (frame.strip(), words, re.compile(rf"{re.escape(words)}e?s?\b{'' if told.endswith('*') else '$'}"))
    for frame, told in (line.split(":", 1) for line in read_lines(__name__, "frame_headings"))
    for words in (header_key(told),)
]
_EMPTY_HEADINGS = frozenset(map(header_key, read_lines(__name__, "empty_headings")))
