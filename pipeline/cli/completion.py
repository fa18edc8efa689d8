"""Completion of commands and options by the shell: click answers it, and a line of its start-up file makes it ask."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.errors import ArtifactError, UsageError, os_reason

START_UP = {
    "bash": (".bashrc", 'eval "$(_ROSACE_COMPLETE=bash_source rosace)"'),
    "zsh": (".zshrc", 'eval "$(_ROSACE_COMPLETE=zsh_source rosace)"'),
    "fish": (".config/fish/completions/rosace.fish", "_ROSACE_COMPLETE=fish_source rosace | source"),
}
"""By shell: the file that it reads when it starts, under the home folder, and the line to have there."""


def install() -> str:
    """Write the line that makes the shell of this terminal ask; returns a sentence that says where it is.

    Raises
    ------
    UsageError : it is another shell.
    ArtifactError : its start-up file cannot be written.
    """
    shell = Path(os.environ.get("SHELL", "")).name
    if shell not in START_UP:
        raise UsageError(f"Complétion : elle existe pour {', '.join(START_UP)}, pas pour {shell or 'ce terminal'}.")
    name, line = START_UP[shell]
    path = Path.home() / name
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        if line not in lines:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join([*lines, line, ""]), encoding="utf-8")
    except OSError as error:
        raise ArtifactError(
            f"Impossible d'écrire {path} ({os_reason(error)}). Ajoutez-y cette ligne : {line}"
        ) from error
    return f"La complétion de {shell} est écrite dans {path}. Ouvrez un nouveau terminal : la touche Tab complète."
