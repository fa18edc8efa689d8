"""TOML files that people write, read so that a mistake is told with its line and what it should look like."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError, expected, os_reason

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as a dictionary, or a `UsageError` that names the file and the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(f"Fichier introuvable : {path}. Vérifiez le chemin.") from error
    except OSError as error:
        raise UsageError(
            f"{path} ne peut pas être lu ({os_reason(error)}). Vérifiez le chemin et vos droits."
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} n'est pas enregistré en UTF-8. Dans votre éditeur : « Enregistrer sous », encodage UTF-8."
        ) from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(_told_line(path, text, str(error))) from error
    except (ValueError, RecursionError) as error:  # figures or brackets without end
        raise UsageError(
            f"{path} ne peut pas être lu : un nombre y a des milliers de chiffres, ou des listes y sont emboîtées sans "
            "fin. Corrigez-le dans un éditeur de texte."
        ) from error


_SHOWN_MAX = 80
_LINE = re.compile(r"at line (\d+)")
_HINTS = (
    (
        re.compile(r"=\s*\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"),
        'une date s\'écrit 2026-03-12, ou entre guillemets : "12 mars 2026"',
    ),
    (re.compile(r"^\s*\[[^\]]*$"), "il manque un crochet fermant ]"),
    (re.compile(r"^\s*[^=\[]*$"), 'une ligne s\'écrit clé = "valeur"'),
    (re.compile(r"^[^\"]*=[^\"]*\"[^\"]*$|^[^']*=[^'\"]*'[^']*$"), "il manque un guillemet fermant"),
    (re.compile(r"=\s*[^\"'\s\d\[{]"), 'un texte s\'écrit entre guillemets : clé = "valeur"'),
)


def _told_line(path: Path, text: str, problem: str) -> str:
    """What is wrong in a TOML file, with the line as it was written and what it should look like."""
    found, lines = _LINE.search(problem), text.splitlines()
    at = min(int(found.group(1)), len(lines)) if found else len(lines)
    line = lines[at - 1].strip() if lines else ""
    hint = next((told for pattern, told in _HINTS if pattern.search(line)), 'une ligne s\'écrit clé = "valeur"')
    if "overwrite" in problem or "twice" in problem:
        hint = "cette clé ou cette section est écrite deux fois"
    return f"{path}, ligne {at} : « {line[:80]} » ne peut pas être lu ; {hint}."


def refused_keys(error: ValidationError, known: Collection[str], gone: Collection[str] = ()) -> list[str]:
    """One line in French per refused key, the first five: what was found, what was expected, the nearest of `known`;
    `gone` are those of earlier versions, by their whole name."""
    return [f"  {told}" for told in refused(error.errors()[:5], known, gone)]


def refused(items: Iterable[ErrorDetails], known: Collection[str], gone: Collection[str] = ()) -> list[str]:
    """The same for some of its errors, without indent; an entry of a list is named by its rank from 1."""
    named = (
        (".".join(str(part + 1 if isinstance(part, int) else part) for part in item["loc"]), item) for item in items
    )
    return [f"{name} : {WENT if name in gone else _refusal(item, known)}" for name, item in named]


WENT = "clé d'une version précédente, qui ne sert plus : ôtez cette ligne"


def _refusal(item: ErrorDetails, known: Collection[str]) -> str:
    if item["type"] == "extra_forbidden":
        given = str(item["loc"][-1])
        if given in known and not isinstance(item["input"], dict | list):
            return "clé connue, mais d'une autre section : déplacez-la"
        near = difflib.get_close_matches(given, [name for name in known if name != given], n=1)
        return f"clé inconnue (vouliez-vous dire « {near[0]} » ?)" if near else "clé inconnue"
    if item["type"] == "missing":
        return "clé absente"
    wanted = expected(item)
    return f"valeur « {_shown(item['input'])} » refusée" + (f" ; attendu : {wanted}" if wanted else "")


def _shown(value: object) -> str:
    try:
        told = " ".join(str(value).split())
    except ValueError:  # more figures than Python writes
        return "un nombre démesuré"
    return told if len(told) <= _SHOWN_MAX else f"{told[:_SHOWN_MAX]}…"
