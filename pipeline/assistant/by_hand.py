"""A model that is asked by hand: questions are copied into any chat assistant, and its answers pasted back, as little
trusted as any other.

Questions wait among the answers of a run, without one, until each is pasted; `demandes.json` says which, in order.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NoReturn

from pipeline.assistant.asking import WAITING, Account, prompts_sha256
from pipeline.assistant.server import ServerError
from pipeline.folder.kept import AnswerFiles
from pipeline.language.text.typography import counted

ASKED = "demandes"
ID_LETTERS = 8
CHARACTERS_MAX = 40_000
"""Of the questions that are copied at once: what a chat assistant reads and answers in one go."""
PASTED_MAX = 262_144
TRIED_MAX = 50
"""Places of a pasted text where an answer is looked for."""
PASTED_BY = "un assistant de conversation, à la main"
TOGETHER = (
    "Réponds à {n} d’un seul objet JSON, dont chaque clé est le nom d’une demande et chaque valeur l’objet décrit plus "
    'haut, sans un mot avant ni après : {{"{first}": {{…}}, …}}.'
)
_OPENING = re.compile(r'\{\s*"phrases"\s*:\s*\[\s*')
_COMMA = re.compile(r"\s*,\s*")


@dataclass(frozen=True)
class ByHand:
    """Stands where a server does, and never answers by itself."""

    seed: int

    def ask(self, *_: object) -> NoReturn:
        """Raises ServerError: the answer is still to be pasted."""
        raise ServerError(WAITING)


def is_by_hand(kept: AnswerFiles) -> bool:
    """Whether somebody asked to write by hand with an assistant."""
    return kept.get(ASKED) is not None


def pasted(kept: AnswerFiles) -> list[str]:
    """What a draft with them rests on: the prompts, then the answers that were pasted; [] when nobody asks by hand."""
    if not is_by_hand(kept):
        return []
    return [prompts_sha256(), *(str(value["reponse"]) for value in kept.all() if value.get("modele") == PASTED_BY)]


def begin(kept: AnswerFiles) -> None:
    """Have the next draft say what is to be asked."""
    kept.put(ASKED, {"idees": [], "attend": []})


def end(kept: AnswerFiles) -> None:
    """Forget what was asked and answered by hand."""
    kept.remove(lambda value: "attend" in value or value["modele"] in ("", PASTED_BY))


def wait_for(kept: AnswerFiles, account: Account) -> None:
    """Note what the last draft asked and nobody answered yet; what it no longer asks waits no more, nor is its answer
    kept once all are there."""
    asked, is_whole = [kept.get(key) for key in sorted(account.keys)], not account.waiting
    kept.remove(
        lambda value: (
            value not in asked and (value.get("reponse") == "" or (is_whole and value.get("modele") == PASTED_BY))
        )
    )
    kept.put(ASKED, {"idees": [], "attend": list(account.waiting)})


def requests(kept: AnswerFiles) -> list[str]:
    """What to copy, one text after the other: the instruction, then the questions that wait for an answer."""
    by_task = groupby(_waiting(kept), lambda one: one[1]["tache"])
    return [_request(part) for _, group in by_task for part in _parts(group)]


def take(kept: AnswerFiles, pasted: str) -> int:
    """Keep the answers that stand in a pasted text, whatever stands around them; how many. What they say is judged when
    the draft is written."""
    waiting = list(_waiting(kept))
    text = pasted[:PASTED_MAX]
    found = {key: answer for key, _ in waiting if (answer := _last(text, rf'"{key[:ID_LETTERS]}"\s*:\s*(?=\{{)'))}
    if not found and len(waiting) == 1 and (answer := _last(text, r'(?=\{\s*"(?:phrases|placements)"\s*:)')):
        found = {waiting[0][0]: answer}
    for key, value in waiting:
        if key in found:
            told = json.dumps(found[key], ensure_ascii=False)
            kept.put(key, {**value, "reponse": told, "modele": PASTED_BY})
    return len(found)


def _waiting(kept: AnswerFiles) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key in (kept.get(ASKED) or {}).get("attend", ()):
        value = kept.get(key)
        if value is not None and not value["reponse"]:
            yield key, value


def _parts(asked: Iterator[tuple[str, Mapping[str, Any]]]) -> Iterator[list[tuple[str, Mapping[str, Any]]]]:
    part, size = list[tuple[str, Mapping[str, Any]]](), 0
    for key, value in asked:
        size += len(value["messages"][1]["content"])
        if part and size > CHARACTERS_MAX:
            yield part
            part, size = [], len(value["messages"][1]["content"])
        part.append((key, value))
    if part:
        yield part


def _request(part: list[tuple[str, Mapping[str, Any]]]) -> str:
    n = "cette demande" if len(part) == 1 else f"ces {counted(len(part), 'demande', feminine=True)}"
    told = [f"Demande {key[:ID_LETTERS]}\n{value['messages'][1]['content']}" for key, value in part]
    together = TOGETHER.format(n=n, first=part[0][0][:ID_LETTERS])
    return "\n\n".join((part[0][1]["messages"][0]["content"], together, *told))


def _last(text: str, before: str) -> dict[str, Any] | None:
    """The last answer that follows a pattern, or the sentences that are whole in it when it was cut; None when none
    does."""
    for match in reversed(list(re.finditer(before, text))[-TRIED_MAX:]):
        try:
            found = json.JSONDecoder().raw_decode(text, match.end())[0]
        except RecursionError:
            return None
        except ValueError:
            found = _whole(text, match.end())
        if _is_answer(found):
            return dict(found)
    return None


def _whole(text: str, start: int) -> dict[str, Any] | None:
    """An answer without the sentence in which it was cut; None when it is broken otherwise, or holds none before."""
    opening = _OPENING.match(text, start)
    at, phrases = opening.end() if opening else len(text), list[Any]()
    while text.startswith("{", at):
        try:
            one, at = json.JSONDecoder().raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        phrases.append(one)
        comma = _COMMA.match(text, at)
        at = comma.end() if comma else at
    return {"phrases": phrases} if phrases and "}" not in text[at:] else None


def _is_answer(found: object) -> bool:
    if not isinstance(found, dict):
        return False
    phrases = found.get("phrases")
    if not isinstance(phrases, list):
        return "placements" in found
    return all(isinstance(one, dict) and {"texte", "appuis"} <= one.keys() for one in phrases)
