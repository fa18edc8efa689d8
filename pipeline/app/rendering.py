"""Templates: every value is escaped; our own words are typeset, participants' words never."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from pipeline.axes import COMPASS_CODES, compass, facet_name
from pipeline.contracts.labels import (
    CHANNEL_NAMES,
    CONTEXT_JOINT,
    GROUP_STATE_NAMES,
    STANCE_NAMES,
    doubt_told,
    title_told,
)
from pipeline.language.text.typography import NO_BREAK, THIN, shortened, typeset

STATIC = Path(__file__).parent / "static"


@lru_cache(1)
def templates() -> Environment:
    """The templates of the page, autoescaped, that fail on an unknown name."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "shortened": shortened, "path": path, "on_card": on_card, "on_page": on_page, "number": number,
        "moment": moment, "typeset": typeset,
        "day": lambda when: f"{datetime.fromtimestamp(when):%d/%m/%Y}",
    }  # fmt: skip
    environment.globals |= {
        "axes": compass(), "compass": COMPASS_CODES, "channels": CHANNEL_NAMES, "states": GROUP_STATE_NAMES,
        "stances": STANCE_NAMES,
        "nb": escape(NO_BREAK), "fine": escape(THIN),
    }  # fmt: skip
    environment.globals |= {
        "when_of": lambda documents: _day_and_hour(max(when for _, when in documents.values())),
        "facet_name": facet_name, "n_of": n_of, "percent": percent, "size_told": size_told,
        "doubt_told": doubt_told, "title_told": title_told,
        "n_contributions": lambda items: len({item.contribution_id for item in items}),
    }  # fmt: skip
    return environment


_ON_PAGE = tuple(
    (re.compile(rf"{terminal}(?!\w)"), page)
    for terminal, page in (
        (r"colonnes_gardees dans \[\[fichiers\]\] d['’]atelier\.toml", "dites-le sous « Colonnes »"),
        (r"«\s?rosace review (?:export|import)\s?»", "« Échanger »"),
        (r"«\s?rosace review\s?»", "la page"),
        (r"«\s?rosace (?:draft\s?» suivi du nom de ce dossier|draft\s?»)|rosace draft", "« Récrire le texte »"),
        (r"«\s?rosace synthesize\s?»", "la lecture"),
        (r"(?:\s?: )?«\s?rosace --dossier CHEMIN\s?»", ""),
        (r"themes\.txt,? ou (?:--themes|sur la page de relecture)", "sur le mur"),
        (r"de decisions\.jsonl", "de l’historique"),
        (r"\s?\(intervenants_nommes, dans atelier\.toml\)", ""),
        (r"d['’]atelier\.toml", "de la fiche"),
        (r"atelier\.toml", "la fiche"),
        (r"^.*(?= est occupé\s?:)", "Cet atelier"),
        (r"\s?\(processus \d+\)", ""),
    )
)
"""How a command or a file is called by who has no terminal."""


def on_page(text: str) -> str:
    """A sentence of ours that was written for every way in, as the page says it."""
    told = text.replace("atelier.toml", "La fiche", 1) if text.startswith("atelier.toml") else text
    for terminal, page in _ON_PAGE:
        told = terminal.sub(page, told)
    return typeset(told)


_LONG_ADDRESS = re.compile(r"(https?://[^/\s]+/)\S{20,}")


def on_card(words: str) -> str:
    """Words as a card of the wall shows them: cut, a long address told by its site."""
    return shortened(_LONG_ADDRESS.sub(r"\1…", words), 220)


def path(context: str) -> str:
    """The headings that words stand under, as a page shows them: those above are cut, and not the nearest."""
    *above, last = context.split(CONTEXT_JOINT)
    return CONTEXT_JOINT.join([*(shortened(one, 30) for one in above), shortened(last, 120)])


def axes_css() -> str:
    """The colours of the rose as custom properties."""
    return "".join(f".axe-{code}{{--axe:{axis.color}}}\n" for code, axis in compass().items())


def size_told(n_bytes: int) -> str:
    """A size as people read it."""
    if n_bytes < 1000:
        return f"{n_bytes}\u00a0octet{'s' if n_bytes > 1 else ''}"
    value, unit = (n_bytes / 1000, "Ko") if n_bytes < 1_000_000 else (n_bytes / 1_000_000, "Mo")
    return f"{value:.1f}\u00a0{unit}".replace(".", ",")


def number(value: Any) -> str:
    """A whole number with thin thousands."""
    return f"{value:,}".replace(",", THIN)


def n_of(n: int, singular: str, plural: str | None = None) -> str:
    """A count in figures, which the eye finds faster than words, and its noun; `plural` adds an s when not given."""
    return f"{number(n)}{NO_BREAK}{singular if n < 2 else plural or singular + 's'}"


def percent(share: float) -> str:
    """A share in [0, 1] as a percentage without decimals."""
    return f"{round(100 * share)}{NO_BREAK}%"


def moment(timestamp: str) -> str:
    """A time of the log as this computer's clock shows it: `12/03, 14 h 05`; as it is when it cannot be read."""
    try:
        return _day_and_hour(datetime.fromisoformat(timestamp).timestamp())
    except ValueError:
        return timestamp


def _day_and_hour(when: float) -> str:
    local = datetime.fromtimestamp(when)
    return f"{local:%d/%m}, {local.hour}{NO_BREAK}h{NO_BREAK}{local:%M}"
