"""What the option parser refuses, said in French: it speaks English, whatever the user speaks."""

from __future__ import annotations

import difflib
import re
from typing import Any

import typer
from pydantic import ValidationError

from pipeline.errors import expected

PARSER_ERROR: type[Exception] = typer.BadParameter.__mro__[1]  # the base of all that the parser refuses
_TOLD: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (r"^No such command '([^']*)'", "La commande « {} » n'existe pas"),
        (r"^No such option:? '?(-[^\s'(]+)", "L'option « {} » n'existe pas"),
        (r"^Option '([^']*)' requires an argument", "L'option {} attend une valeur"),
        (r"^Option '([^']*)' does not take a value", "L'option {} n'attend pas de valeur"),
        (r"^Got unexpected extra argument.*\(([^()]*)\)$", "En trop : {}"),
        (r"'([^']*)' is not one of (.*?)\.?$", "« {} » n'est pas un choix ; attendu : {}"),
        (r"[\"'](.*)[\"'] is not readable", "Vous n'avez pas le droit de lire {}"),
    )
)


def in_french(error: Any) -> str:
    """One message for a call that the parser refused: what is wrong, what was meant, where help is."""
    problem = _missing(error) or _value_refused(error) or _told(str(error.message))
    return f"{problem}.{_nearest(error)} Aide : {_command(error)} --help"


def _command(error: Any) -> str:
    """The command as it is typed, whatever file it was started from."""
    path = error.ctx.command_path.split()[1:] if error.ctx is not None else []
    return " ".join(["rosace", *path])


def _missing(error: Any) -> str:
    """An argument that is not there, by what its help says of it."""
    if not hasattr(error, "param_type"):
        return ""
    told = str(getattr(error.param, "help", None) or error.param.name).rstrip(".")
    return f"Il manque ceci : {told[:1].lower()}{told[1:]}"


def _value_refused(error: Any) -> str:
    """A value of the wrong kind: the option, what was given, what it takes."""
    cause = error.__cause__
    if not isinstance(cause, ValidationError):
        return ""
    found = cause.errors()[0]
    wanted = expected(found)
    return f"{error.param.opts[0]} : valeur « {found['input']} » refusée ; attendu : {wanted}" if wanted else ""


def _told(message: str) -> str:
    for pattern, told in _TOLD:
        if found := pattern.search(message):
            return told.format(*(group.replace("'", "") for group in found.groups()))
    return f"Cet appel n'est pas compris ({message.rstrip('.')})"


def _nearest(error: Any) -> str:
    possible = getattr(error, "possibilities", None) or ()
    meant = difflib.get_close_matches(getattr(error, "option_name", ""), possible, n=1)
    meant += re.findall(r"Did you mean '([^']+)'", str(error.message))
    return f" Vouliez-vous dire {meant[0]} ?" if meant else ""
