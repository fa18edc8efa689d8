"""The name of a file as a person writes it."""

import re
from pathlib import PurePosixPath

from pipeline.language.text.days import days_of_name


def file_name(source: str) -> str:
    """A file as a person names it: `Urbanisme 29 septembre 2020`, of `urbanisme_29sept2020.md`."""
    stem = name = PurePosixPath(source).stem
    days = days_of_name(stem)
    first = next((day for day in days if day.start == 0), None)
    last = next((day for day in days if day.end == len(stem)), None)
    for day in reversed(days):
        is_moved = day is last or (day is first and (last is None or day.words.startswith(last.words)))
        name = name[: day.start] + ("" if is_moved else f" {day.words} ") + name[day.end :]
    moved = next((day.words for day in (last, first) if day), "")
    words = re.sub(r"[\s_]+" if re.search(r"[\s_]", name) else "-+", " ", name).strip(" -_.,")  # « Sainte-Croix 8 mai »
    told = f"{words} {moved}".strip() or stem
    return told[:1].upper() + told[1:]
