"""The shell completes the names of commands and options: how it asks, and how it is told to."""

from __future__ import annotations

import os

PROGRAM, VARIABLE = "rosace", "_ROSACE_COMPLETE"
"""The command, and the variable by which a shell asks what may follow."""


def answer_shells() -> None:
    """Let the parser answer a shell that asks what may follow."""
    if VARIABLE in os.environ:
        from typer.completion import completion_init  # type: ignore[attr-defined]  # public, though not listed

        completion_init()


def install() -> str:
    """Tell the shell of this terminal to ask; returns a sentence that says where it was written."""
    from typer import completion  # its functions are public, though not listed: hence the ignored types

    completion.completion_init()  # type: ignore[attr-defined]
    shell, path = completion.install(  # type: ignore[attr-defined]
        prog_name=PROGRAM, complete_var=VARIABLE
    )
    return f"La complétion de {shell} est écrite dans {path}. Ouvrez un nouveau terminal : la touche Tab complète."
