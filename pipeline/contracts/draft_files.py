"""`draft.json`, `plan.json` and `facts.json`: the one place where they are read and written."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline.contracts.draft import Draft, Fact, Facts
from pipeline.contracts.plan import Plan
from pipeline.errors import ArtifactError, expected

DRAFT_VERSION = 2
"""Of these files: changed with what they hold, so that a reader never guesses."""


FINGERPRINT = "rosace"
"""The name of the property of an office document that holds the fingerprint of its draft."""


@dataclass(frozen=True)
class _FactsFile:
    """facts.json, its version aside."""

    facts: Mapping[str, Fact]


def dump_draft(draft: Draft) -> dict[str, Any]:
    """A draft as draft.json holds it; fields that hold their default are left out."""
    return {"version": DRAFT_VERSION, **_plain(draft)}


def fingerprint(draft: Draft) -> str:
    """What tells a draft from another one: an office document says which it was written from."""
    return hashlib.sha256(json.dumps(dump_draft(draft), sort_keys=True).encode()).hexdigest()[:16]


def dump_facts(facts: Facts) -> dict[str, Any]:
    """Facts as facts.json holds them."""
    return {"version": DRAFT_VERSION, "facts": {name: _plain(fact) for name, fact in facts.items()}}


def dump_plan(plan: Plan) -> dict[str, Any]:
    """A plan as plan.json holds it; fields that hold their default are left out."""
    return {"version": DRAFT_VERSION, **_plain(plan)}


def load_plan(value: Any) -> Plan:
    """The plan that plan.json holds; raises like `load_draft`."""
    found: Plan = _load(Plan, value, "plan.json")
    return found


def load_draft(value: Any) -> Draft:
    """The draft that draft.json holds.

    Raises ArtifactError: written by another version of Rosace, or by something else.
    """
    found: Draft = _load(Draft, value, "draft.json")
    return found


def load_facts(value: Any) -> Facts:
    """The facts that facts.json holds; raises like `load_draft`."""
    found: _FactsFile = _load(_FactsFile, value, "facts.json")
    return found.facts


def _load(kind: type, value: Any, name: str) -> Any:
    version = value.get("version") if isinstance(value, dict) else None
    advice = "Récrivez-le avec « rosace draft » suivi du nom de ce dossier."
    if version != DRAFT_VERSION:
        told = f"est de la version {version}" if isinstance(version, int) else "ne dit pas sa version"
        raise ArtifactError(f"{name} {told}, la version {DRAFT_VERSION} est attendue. {advice}")
    try:
        return _adapter(kind).validate_python(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        due = expected(first)
        told = f"{where} : {due} est attendu" if due else f"{where} manque ou n'a pas la forme attendue"
        raise ArtifactError(f"{name} ne se laisse pas lire ({told}). {advice}") from error


_adapter = cache(TypeAdapter)


def _plain(value: Any) -> Any:
    """Dataclasses as dictionaries, without what holds its default; sequences as lists."""
    if is_dataclass(value):
        return {
            found.name: _plain(getattr(value, found.name))
            for found in fields(value)
            if found.metadata or getattr(value, found.name) != found.default
        }
    if isinstance(value, Mapping):
        return {key: _plain(found) for key, found in value.items()}
    return [_plain(found) for found in value] if isinstance(value, tuple | list) else value
