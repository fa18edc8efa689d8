"""What the header of a document tells of its workshop: its date, and the place where it was held.

It is said beside the reason why the header is no contribution, and completes what `atelier.toml` leaves empty; who was
there is told by no count, and no name is taken.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping

from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines

_MONTHS = fold(read_lines(__name__, "months")[0]).split()
_LABELLED = re.compile(r"^\W*(?P<label>date|lieu|place|location)\b(?:[^:\n]{0,20})?:\W*(?P<value>[^\n]+)", re.I | re.M)
_IN_WORDS = re.compile(rf"\b(\d{{1,2}})(?:er)?\s+({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)\b")
_ISO, _SLASHED = (
    re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)"),
    re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b"),
)
_WEEKDAY = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di\s+|dimanche\s+)"
_MEETING = (
    r"(?:compte[- ]rendu|procès-verbal|cr|pv|réunion|séance|conseil|assemblée|atelier|rencontre|comité|commission|"
    r"plénière)"
)
_OF_MEETING = re.compile(
    rf"^\W*(?:(?:(?:le|du)\s+)?{_WEEKDAY}?\d{{1,4}}[\s/.er-]|.*\b{_MEETING}\b.*\bdu\s)", re.IGNORECASE
)
"""`Mercredi 16 juin 2021`, `Compte rendu de la réunion du 16 juin 2021`: how first lines tell the day of a meeting."""
_DAY_LINE_MAX = 300
"""Characters of a line that names the day of a meeting, at most."""
_PLACE_MAX = 80
_TOLD = re.compile(r" \((?P<field>date|lieu) : (?P<value>[^()]+)\)")
FIELDS = ("date", "lieu")


def header_told(text: str) -> str:
    """What a header tells, to be set after the reason why it is none of the contributions; "" for nothing."""
    found: dict[str, str] = {}
    for match in _LABELLED.finditer(text):
        name = "date" if match["label"].lower() == "date" else "lieu"
        value = _date(match["value"]) if name == "date" else " ".join(match["value"].split()).strip(" .*_")
        if value and len(value) <= _PLACE_MAX and not set("()[]@") & set(value):
            found.setdefault(name, value)
    if "date" not in found and (date := _date(text)):
        found["date"] = date
    return "".join(f" ({name} : {found[name]})" for name in FIELDS if name in found)


def day_of(text: str) -> str:
    """The day of the meeting that a first line or a heading names, in ISO form; "" for none."""
    return _date(text) if len(text) <= _DAY_LINE_MAX and _OF_MEETING.match(text) else ""


def _date(text: str) -> str:
    """The one whole date of a text, in ISO form; "" for none, or several."""
    said = fold(text)
    dates = {(year, str(_MONTHS.index(month) + 1), day) for day, month, year in _IN_WORDS.findall(said)}
    dates |= {(year, month, day) for year, month, day in _ISO.findall(said)}
    dates |= {(year, month, day) for day, month, year in _SLASHED.findall(said)}
    days = {day for one in dates if (day := _day(*map(int, one)))}
    return days.pop() if len(days) == 1 else ""


def _day(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def told_by_headers(rejects: Iterable[tuple[str, str]], workshops: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Workshop → what the headers of its files tell, each field where they agree.

    Parameters
    ----------
    rejects : source and detail of what was set aside. workshops : source → workshop.
    """
    found: dict[str, dict[str, set[str]]] = {}
    for source, detail in rejects:
        for match in _TOLD.finditer(detail) if source in workshops else ():
            found.setdefault(workshops[source], {}).setdefault(match["field"], set()).add(match["value"])
    return {key: {name: min(one) for name, one in told.items() if len(one) == 1} for key, told in found.items()}
