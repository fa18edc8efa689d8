"""The French of the option parser: click hands its sentences to gettext, which finds them in `data/french.toml`."""

from __future__ import annotations

import gettext
import tomllib
from pathlib import Path

import click

SENTENCES = Path(__file__).parent / "data" / "french.toml"


class French(gettext.NullTranslations):
    """A gettext catalogue read from TOML; a sentence that is not there stays as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._sentences = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))

    def gettext(self, message: str) -> str:
        return str(self._sentences.get(message, message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n < 2 else msgid2)


def speak_french() -> None:
    """Make gettext answer in French whatever the language of the system, and name the kinds of values in French."""
    catalogue = French()
    gettext.translation = lambda *_args, **_options: catalogue  # type: ignore[assignment]
    click.STRING.name, click.INT.name = "texte", "entier"


def refusal(error: click.ClickException) -> str:
    """What is wrong in a call that the parser refused, what was meant, where help is."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "rosace"
    return f"{error.format_message()} Aide : {command} --help"
