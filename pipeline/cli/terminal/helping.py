"""`--help` in French: the parser lays it out in English, whatever the user speaks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

_EXAMPLES = Path(__file__).parent / "data" / "examples.txt"
_KINDS = {"str": "TEXTE", "path": "CHEMIN", "int": "ENTIER", "float": "NOMBRE"}
_TOLD = (
    (re.compile(r"^Usage: ", re.MULTILINE), "Emploi : "),
    (re.compile(r"\[OPTIONS\] COMMAND \[ARGS\]\.\.\."), "[OPTIONS] COMMANDE [ARGUMENTS]…"),
    (re.compile(r"^Options:$", re.MULTILINE), "Options :"),
    (re.compile(r"^Arguments:$", re.MULTILINE), "Arguments :"),
    (re.compile(r"^Commands:$", re.MULTILINE), "Commandes :"),
    (re.compile(r"Show this message and exit\."), "Affiche cette aide."),
    (re.compile(r"\[default:"), "[par défaut :"),
    (re.compile(r"\{([^{}]+)\}(\.\.\.)?"), r"\1"),
    (re.compile(r"x>=(\d+)\]"), r"\1 ou plus]"),
    (re.compile(r"(\[|; )required\]"), r"\1obligatoire]"),
)
_KIND_OF_ARGUMENT = re.compile(r"^(  \w[^<\n]*?)( <(?:path|str|list\[\w+\]|\w+(?:\|\w+)+)>)", re.MULTILINE)


def examples() -> list[str]:
    """Calls of each command, to copy."""
    lines = _EXAMPLES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def in_french(text: str) -> str:
    """The help of a command, its headings in French."""
    for pattern, told in _TOLD:
        text = pattern.sub(told, text)
    text = _KIND_OF_ARGUMENT.sub(lambda found: found[1] + " " * len(found[2]), text)  # columns stay in place
    return re.sub(r" +$", "", text, flags=re.MULTILINE)


def _name_kinds(command: Any, ctx: Any) -> None:
    """Options say what they take in French: the columns of the help are laid out with these words."""
    for option in command.params:
        kind = re.match(r"<(?:list\[)?(\w+)", str(option.display_type(ctx)))
        if option.metavar is None and kind is not None:
            option.metavar = option.name.upper() if option.opts == [option.name] else _KINDS.get(kind[1].lower())


class Command(TyperCommand):
    """A command whose help is French."""

    def get_help(self, ctx: Any) -> str:
        """The help, as it is printed, and calls to copy."""
        _name_kinds(self, ctx)
        calls = [f"  {line}" for line in examples() if line.split()[1] == self.name]
        return in_french(super().get_help(ctx)) + "\n\n" + "\n".join(["Exemples :", *calls])


class Group(TyperGroup):
    """The list of the commands, in French."""

    def get_help(self, ctx: Any) -> str:
        """The help, as it is printed."""
        return in_french(super().get_help(ctx))
