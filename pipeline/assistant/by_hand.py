"""A model that is asked by hand: questions are copied into any chat assistant, and its answers pasted back, as little
trusted as any other.

Questions wait among the answers of a run, without one, until each is pasted; `demandes.json` says which, in order.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NoReturn

from pipeline.assistant.asking import TRIED_MAX, WAITING, Account, KeptAnswers, prompts_sha256, sound_part
from pipeline.assistant.server import ServerError
from pipeline.folder.kept import AnswerFiles

ASKED, JUDGED, PAGE = "demandes", "jugees", "page"
"""Under what what was asked, what a person judged and what a page was shown are kept."""
PASTED_MAX = 262_144
TAKEN_OUT = "ôtée par une personne"
"""Why a sentence does not stand that somebody found wrong."""
REMADE = (REWRITTEN, WITHDRAWN, MOVED) = (
    "récrite à la relecture", "retirée à la relecture", "a suivi ses idées sous un autre titre",
)  # fmt: skip
"""What becomes of a sentence that its own writer changed, or whose ideas a person put elsewhere."""
PASTED_BY = "un assistant de conversation, à la main"


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
    answers = (str(value["reponse"]) for value in kept.all() if value.get("modele") == PASTED_BY)
    return [prompts_sha256(), *answers, str(judged(kept))]


def judged(kept: KeptAnswers) -> dict[str, bool]:
    """Sentences that somebody compared with what they cite → whether they are right."""
    return dict((kept.get(JUDGED) or {}).get("phrases", {}))


def judge(kept: AnswerFiles, right: Mapping[str, Sequence[str]], wrong: Mapping[str, Sequence[str]]) -> None:
    """Keep what somebody says of sentences, each with the ideas that it cites."""
    known = judged(kept) | dict.fromkeys(right, True) | dict.fromkeys(wrong, False)
    items = chain((kept.get(JUDGED) or {}).get("idees", ()), *right.values(), *wrong.values())
    kept.put(JUDGED, {"modele": "", "idees": sorted(set(items)), "phrases": known})


def begin(kept: AnswerFiles) -> None:
    """Have the next draft say what is to be asked."""
    kept.put(ASKED, {"idees": [], "attend": []})


def end(kept: AnswerFiles) -> None:
    """Forget what was asked and answered by hand."""
    kept.remove(lambda value: "attend" in value or "cle" in value or value["modele"] in ("", PASTED_BY))


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
    """What to copy, one text after the other: the instruction, then the question that waits for an answer."""
    return ["\n\n".join(one["content"] for one in value["messages"]) for _, value in _waiting(kept)]


def take(kept: AnswerFiles, pasted: str) -> int | None:
    """Keep the answer that stands in a pasted text, whatever stands around it; how many sentences it holds, None
    where there is no answer. What they say is judged when the draft is written."""
    waiting = next(_waiting(kept), None)
    if waiting is None:
        return None
    key, value = waiting
    name = "parties" if value["forme"] == "Page" else "phrases"
    answer = _last(pasted[:PASTED_MAX], rf'(?=\{{\s*"{name}"\s*:)')
    if answer is None:
        return None
    kept.put(key, {**value, "reponse": json.dumps(answer, ensure_ascii=False), "modele": PASTED_BY})
    parts = answer.get("parties", [answer])
    return sum(len(one) for part in parts for one in (part["phrases"], part.get("essentiel")) if isinstance(one, list))


def _waiting(kept: AnswerFiles) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key in (kept.get(ASKED) or {}).get("attend", ()):
        value = kept.get(key)
        if value is not None and not value["reponse"]:
            yield key, value


def _last(text: str, before: str) -> dict[str, Any] | None:
    """The last answer that follows a pattern, or the sentences before the place where it was cut or broken; None when
    there is none."""
    for match in reversed(list(re.finditer(before, text))[-TRIED_MAX:]):
        try:
            found = json.JSONDecoder().raw_decode(text, match.end())[0]
        except RecursionError:
            return None
        except json.JSONDecodeError as error:
            found = sound_part(text, match.end(), error.pos)
        if _is_answer(found):
            return dict(found)
    return None


def _is_answer(found: object) -> bool:
    if not isinstance(found, dict):
        return False
    parts = found.get("parties", [found])
    return isinstance(parts, list) and bool(parts) and all(map(_is_part, parts))


def _is_part(found: object) -> bool:
    phrases = found.get("phrases") if isinstance(found, dict) else None
    return isinstance(phrases, list) and all(
        isinstance(one, dict) and {"texte", "appuis"} <= one.keys() for one in phrases
    )
