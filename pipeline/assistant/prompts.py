"""What a model is told, task by task: `configs/prompts/<task>.md`, data that can be read, changed and compared.

A file opens with its version and a line that says what it is for; the rest is the instruction. `regles.md` stands above
every task. What people said never enters an instruction: it comes after, as JSON between two marks.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.resources import configs

RULES = "regles"
OPENING, CLOSING = "<<<DONNÉES", "DONNÉES>>>"
_HEAD = re.compile(r"\A---\nversion: (\d+)\npour: (.+)\n---\n")
_MARKS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>"}


@dataclass(frozen=True)
class Prompt:
    """The instruction of a task; `sha256` is that of the file and of the common rules."""

    task: str
    version: int
    purpose: str
    text: str
    sha256: str


@cache
def prompt_of(task: str) -> Prompt:
    """The prompt of a task.

    Raises
    ------
    ValueError : the file lacks its head.
    """
    rules, own = (configs().joinpath("prompts", f"{name}.md").read_text(encoding="utf-8") for name in (RULES, task))
    heads = [_HEAD.match(text) for text in (rules, own)]
    if heads[0] is None or heads[1] is None:
        raise ValueError(f"configs/prompts: {RULES}.md or {task}.md lacks its version and its purpose")
    text = f"{rules[heads[0].end() :].strip()}\n\n{own[heads[1].end() :].strip()}"
    sha256 = hashlib.sha256((rules + own).encode()).hexdigest()
    return Prompt(task, int(heads[1][1]), heads[1][2], text, sha256)


def prompts_sha256() -> str:
    """The sha256 of every prompt together."""
    paths = sorted(configs().joinpath("prompts").glob("*.md"))
    return hashlib.sha256(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in paths)).hexdigest()


def messages_of(prompt: Prompt, about: Mapping[str, Any]) -> list[dict[str, str]]:
    """The instruction, then the data. No text of the data can hold a mark: `<` and `>` are escaped in it."""
    data = json.dumps(about, ensure_ascii=False, sort_keys=True, indent=1).translate(_MARKS)
    return [
        {"role": "system", "content": prompt.text},
        {"role": "user", "content": f"{OPENING}\n{data}\n{CLOSING}"},
    ]
