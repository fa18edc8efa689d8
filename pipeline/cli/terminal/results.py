"""What a command found, told to people or to programs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.terminal.piped import PIPE

Json = Annotated[bool, typer.Option("--json", help="Dit le résultat en JSON, pour un programme.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Ne dit que le résultat, les refus et les erreurs.")]


def print_json(found: dict[str, Any]) -> None:
    """One object on the output; paths are strings."""
    print(json.dumps(found, ensure_ascii=False, indent=1, default=str))


def tell(text: str, quiet: bool) -> None:
    """A line for people, beside the result."""
    if not quiet:
        print(text, file=sys.stderr)


def print_result(found: dict[str, Any], told: str, as_json: bool, quiet: bool) -> None:
    """What was found in a table, and where `found["output"]` is, unless it was piped out."""
    tell(told, quiet or as_json)
    if as_json:
        print_json({**found, "output": Path(found["output"]).resolve()})
    elif str(found["output"]) != PIPE:
        print(found["output"])
