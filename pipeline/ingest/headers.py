"""What the head of a document tells of its workshop: its title, its date, its place, how many were there.

It is said beside the reason why the header is no contribution, and completes what `atelier.toml` leaves empty; no name
is taken, and of those who were there only how many.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from pipeline.ingest.workshop import people_said
from pipeline.language.lexicon.nouns import CIVILITY
from pipeline.language.text.days import MONTH, MONTHS, day_without_year, days_of_name, one_day
from pipeline.language.text.folding import fold, fold_inclusive
from pipeline.language.text.lists import either, read_words

_MONTHS = fold(" ".join(MONTHS)).split()
_LABELLED = re.compile(r"^\W*(?P<label>date|lieu|place|location)\b(?:[^:\n]{0,20})?:\W*(?P<value>[^\n]+)", re.I | re.M)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_DAY_AND_MONTH = re.compile(rf"\d{{1,2}} (?:{MONTH})")
_WITH_HOUR = re.compile(r"(?P<day>[\d./-]{8,10})(?:[T\s,à-]+\d{1,2}\s?[:hH]\s?\d\d.*)?", re.DOTALL)
"""`2026/03/12 10:17:50 PM UTC+1`, as the tools of surveys write it."""
_WEEKDAY = rf"(?:(?:{either(read_words(__name__, 'weekdays'))})\s+)"
_MEETING = (
    r"(?:compte[- ]rendu|procès-verbal|cr|pv|réunion|séance|conseil|assemblée|atelier|rencontre|comité|commission|"
    r"plénière|discussion|journées?|week-?end)"
)
_OF_MEETING = re.compile(
    rf"^\W*(?:(?:(?:le|du)\s+)?{_WEEKDAY}?\d{{1,4}}[\s/.er-]|.*\b{_MEETING}\b.*(?:\b(?:du|le)\s"
    rf"|[-–—,:(]\s*{_WEEKDAY}?\d{{1,2}}[\s/.er-]))",
    re.IGNORECASE,
)
"""`Mercredi 16 juin 2021`, `Compte rendu de la réunion du 16 juin 2021`, `Atelier - 16 juin 2021`: how first lines
tell the day of a meeting."""
_OF_ANOTHER = re.compile(
    rf"\b(?:{either(read_words(__name__, 'other_days'))}|mise? (?:à jour|en ligne)|(?:rendez-vous|rdv) (?:le|au|à|ce)"
    r"|(?:aur|se tiendr|se déroule?r)(?:a|ont))\b",
    re.IGNORECASE,
)
"""`Approbation du PV du 3 mars 2024`, `Rendez-vous le 5 juin`: a day of another meeting, or of another act."""
_DAY_LINE_MAX = 300
"""Characters of a line that names the day of a meeting, at most."""
_PLACE_MAX = 80
_NO_PEOPLE = r"(?:heures?|minutes?|jours?|semaines?|mois|ans|années|euros|points?|pages?)\b"
"""`Durée : 2 heures`: a number that counts nobody."""
_COUNT = re.compile(rf"(\d{{1,4}})\s+(?!{_NO_PEOPLE})[a-zà-ÿ]{{3,}}(?:\s+\([^()]{{1,20}}\))?", re.IGNORECASE)
_COUNTED = re.compile(
    rf"^\W*(?:[^:\d]{{3,30}}:\s*)?((?:{_COUNT.pattern})(?:(?:\s*,\s*|\s+et\s+)(?:{_COUNT.pattern}))*)\W*$", re.I
)
_PRESENT = re.compile(
    r"^\W*(?:(?:étaient|sont|personnes|membres)\s+)?présent(?:e?s)?\s*:\s*(.+)$", re.IGNORECASE | re.DOTALL
)
_ATTENDED = re.compile(r"^\W*(?:attendees|participants)\s*:\W*(\d{1,4})\W*$", re.IGNORECASE | re.MULTILINE)
_ABOUT_PEOPLE = re.compile(rf"\b(?:{either(read_words(__name__, 'attending_people'))})", re.IGNORECASE)
_BETWEEN_NAMES, _ASIDE = re.compile(r"\s*[,;]\s*|\s+et\s+|\s*\n\s*"), re.compile(r"\s*\([^()]*\)")
_NAME = re.compile(rf"(?:{CIVILITY}\s+)?[A-ZÀ-Þ][\w.’'-]*(?:\s+[A-ZÀ-Þ][\w.’'-]*){{0,3}}")
POSTED = "mise en ligne"
"""The day when a document was published, which is that of no meeting, even where the name of its file tells it."""
_IS_POSTED = re.compile(
    r"\W*(?:publiée?|mise? en ligne|postée?|paru(?:e|tion)?|publication|mise en ligne)\b", re.IGNORECASE
)
DECIDED = "jour"
"""The day that a person chose, where a document and the name of its file tell two."""
PUBLISHED = "publication"
"""The day of a front matter: that of the meeting where nothing else tells one."""
OF_ONE = ("titre", "participants")
"""Fields that the only document of a workshop tells of it: one among others tells of its table."""


def header_told(text: str) -> dict[str, str]:
    """What a header tells, by the name of its field."""
    lines = text.split("\n")
    posted = next(filter(None, (one_day(line) for line in lines if _IS_POSTED.match(line))), "")
    found: dict[str, str] = {POSTED: posted} if posted else {}
    text = "\n".join(line for line in lines if not _OF_ANOTHER.search(line))
    for match in _LABELLED.finditer(text):
        name = "date" if match["label"].lower() == "date" else "lieu"
        value = one_day(match["value"]) if name == "date" else " ".join(match["value"].split()).strip(" .*_\"'")
        if value and len(value) <= _PLACE_MAX and not set("()[]@") & set(value) and "://" not in value:
            found.setdefault(name, value)
    if "date" not in found and (date := one_day(text)):
        found["date"] = date
    return found


def people_told(text: str) -> dict[str, str]:
    """How many were there, where a line counts them, « 3 élus, 8 habitants », « une trentaine d’habitants », or names
    those present."""
    if attended := _ATTENDED.search(text):
        return {"participants": attended[1]}
    head, colon, names_told = text.partition(":")
    counted, listed = _COUNTED.match(text), _PRESENT.match(f"{fold_inclusive(head)}{colon}{names_told}")
    if counted is not None:
        return {"participants": str(sum(map(int, re.findall(r"\d+", counted[1]))))}
    about = people_said(text.rpartition(":")[2].strip(" .*_")) if _ABOUT_PEOPLE.search(text) else {}
    if "participants_environ" in about:
        return {"participants": f"environ {about['participants']}"}
    names = [name for name in _BETWEEN_NAMES.split(_ASIDE.sub("", listed[1]).strip(" .")) if name] if listed else []
    is_whole = len(names) > 1 and all(_NAME.fullmatch(name) for name in names)
    return {"participants": str(len(names))} if is_whole else {}


def meetings_told(told: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """File → the day, the place and the number of people of its meeting, where two at least tell a day and a place of
    its own, in its head or its name; {} elsewhere. `told` : file → what its header tells."""
    met = {
        source: {"date": day, "lieu": place} | ({"participants": one["participants"]} if "participants" in one else {})
        for source, one in told.items()
        if (day := day_of_file(one, source) or one.get(PUBLISHED, ""))
        and (place := one.get("lieu") or _place_in_name(source, one.get("titre", "")))
    }
    are_apart = len({one["lieu"] for one in met.values()}) == len(met)
    return met if len(met) > 1 and are_apart else {}


def beside(found: Mapping[str, str]) -> str:
    """What a header tells, to be set after the reason why it is none of the contributions."""
    return "".join(f" ({name} : {value})" for name, value in found.items())


def _day_and_month(day: str) -> str:
    """Those of a day in ISO form, as titles tell them."""
    return f"{int(day[8:10])} {_MONTHS[int(day[5:7]) - 1]}"


def day_in_name(source: str) -> str:
    """The day that the name of a file tells, in figures or in words, in ISO form; "" for none."""
    days = {day.iso for day in days_of_name(PurePosixPath(source).stem)} - {""}
    return days.pop() if len(days) == 1 else ""


def _day_of_name(told: Mapping[str, str], source: str) -> str:
    """The day that the name of a file tells, with its year or that of the front matter, or without, unless it is that
    of its publication."""
    day, posted = day_in_name(source) or day_without_year(_words_of_name(source)), told.get(POSTED, "")
    return "" if posted and day in (posted, _day_and_month(posted)) else _last_before(day, told.get(PUBLISHED, ""))


def _last_before(day: str, published: str) -> str:
    """A day without its year, in ISO form where a publication that follows it tells the year."""
    if not (_DAY_AND_MONTH.fullmatch(day) and _ISO.fullmatch(published)):
        return day
    year = int(published[:4])
    return max(filter(published.__ge__, (one_day(f"{day} {year - ago}") for ago in (0, 1))), default=day)


def day_of_file(told: Mapping[str, str], source: str) -> str:
    """The day of the meeting that a document is of: as it tells it, else as the name of its file does; "" for none, or
    several."""
    day, whole = told.get("date", ""), day_in_name(source) or told.get(PUBLISHED, "")
    if day:
        return "" if ", " in day else whole if whole and day == _day_and_month(whole) else day
    return _day_of_name(told, source)


def two_days(told: Mapping[str, str], source: str) -> tuple[str, ...]:
    """The day that the head of a document tells and the one that the name of its file does, in ISO form, where they are
    two and nobody chose; else ()."""
    day, named = told.get("date", ""), day_in_name(source)
    is_settled = not named or not _ISO.fullmatch(day) or day == named or DECIDED in told
    return () if is_settled else (day, named)


def days_apart(told: Mapping[str, str], source: str) -> tuple[str, str]:
    """A day and a sentence in French where the head of a document tells one day and the name of its file another.

    The day is that of the name where but the year or the month differs, « 20 janvier 2020 » in minutes of January 2021:
    heads are copied from those of the meeting before; that of the head elsewhere, to be checked. `("", "")` where they
    agree, or either tells none.
    """
    day, named = two_days(told, source) or ("", "")
    if not day:
        return "", ""
    said, in_name = (f"{_day_and_month(one)} {one[:4]}" for one in (day, named))
    is_copied = day[8:] == named[8:] and (day[:4] == named[:4] or day[5:7] == named[5:7])
    what = "celle de son nom est retenue" if is_copied else "vérifiez sa date"
    return named if is_copied else day, f"il dit le {said}, et son nom le {in_name}\u00a0: {what}"


def _place_in_name(source: str, title: str) -> str:
    """What the name of a file that tells its day says beside it, as its title writes it; "" for none."""
    name = PurePosixPath(source).stem
    days = days_of_name(name)
    for day in reversed(days):
        name = f"{name[: day.start]} {name[day.end :]}"
    place = re.sub(r"[\s_]+", " ", name).strip(" -.,") if days else ""
    place = re.sub(r"^(les?|la)-", r"\1 ", place, flags=re.IGNORECASE)
    at = fold(title).find(fold(place)) if len(fold(title)) == len(title) else -1
    return title[at : at + len(place)] if at >= 0 and len(fold(place)) == len(place) else place


def _words_of_name(source: str) -> str:
    return re.sub(r"[\W_]+|(?<=\d)(?=[^\W\d_])", " ", PurePosixPath(source).stem)


def day_of(text: str) -> str:
    """The day of the meeting that a first line or a heading names, in ISO form; "" for none."""
    is_of_this = len(text) <= _DAY_LINE_MAX and _OF_MEETING.match(text) and not _OF_ANOTHER.search(text)
    return one_day(text) if is_of_this else ""


def iso_day(told: str) -> str:
    """A day alone, `26/02/2023`, or with an hour, in ISO form; anything else as it is."""
    alone = _WITH_HOUR.fullmatch(told.strip())
    return one_day(alone["day"]) or told if alone is not None else told


def with_days_of(told: Mapping[str, Mapping[str, str]], dated: Iterable[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """What files tell, with all the days of what they hold. `dated` : (source, day) of contributions."""
    days: dict[str, set[str]] = {}
    for source, day in dated:
        days.setdefault(source, set()).add(day)
    found = {source: dict(one) for source, one in told.items()}
    for source, own in days.items():
        if all(map(_ISO.fullmatch, own)):
            known = found.setdefault(source, {}).get("date", "").split(", ")
            found[source]["date"] = ", ".join(sorted(own | {day for day in known if _ISO.fullmatch(day)}))
    return found


def told_by_headers(told: Mapping[str, Mapping[str, str]], workshops: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Workshop → what its files tell, all days and all places: in their headers, else the day in their names.

    Parameters
    ----------
    told : source → what its header tells. workshops : source → workshop.
    """
    found: dict[str, dict[str, set[str]]] = {}
    n_sources, n_dated = Counter(workshops.values()), Counter[str]()
    for source, workshop in workshops.items():
        own = dict(told.get(source, {}))
        years = set(_YEAR.findall(PurePosixPath(source).name))
        if _DAY_AND_MONTH.fullmatch(own.get("date", "")):
            known = one_day(f"{own.pop('date')} {years.pop()}") if len(years) == 1 else day_in_name(source)
            own |= {"date": known} if known else {}
        named, published = _day_of_name(own, source), own.pop(PUBLISHED, "")
        own = {name: value for name, value in own.items() if name not in (POSTED, DECIDED)}
        if "date" not in own:
            own["date"] = named if _ISO.fullmatch(named) else published or named
        n_dated[workshop] += bool(own["date"])
        for name, value in own.items():
            if name not in OF_ONE or n_sources[workshop] == 1:
                found.setdefault(workshop, {}).setdefault(name, set()).add(value)
    for workshop, fields in found.items():
        is_dated = 2 * n_dated[workshop] >= n_sources[workshop]  # the day of one report is not that of fourteen
        fields["date"] = _days_of_files(fields["date"]) if is_dated else {""}
    return {
        key: {
            name: " ; ".join(sorted(told - {""}))
            if name != "date"
            else ", ".join(sorted({day for one in told - {""} for day in one.split(", ")}))
            for name, told in fields.items()
        }
        for key, fields in found.items()
    }


def _days_of_files(told: set[str]) -> set[str]:
    """The days that files tell; none where the name of one tells another, of no known year."""
    whole = {days for days in told if all(map(_ISO.fullmatch, days.split(", ")))}
    same = {_day_and_month(day) for days in whole for day in days.split(", ")}
    others = told - whole - {""}
    return {""} if others - same else whole | (told & {""})
