"""Records for Argilla 2: the machine's axis as a suggestion, that of people as responses."""

from __future__ import annotations

import uuid
from typing import Any

from pipeline.axes import compass
from pipeline.restitution.exports.contents import Contents, Reading
from pipeline.restitution.exports.label_studio import QUESTION, WORDS, as_json
from pipeline.restitution.material.model import Material
from pipeline.restitution.quoting.quotes import masked

_PEOPLE = uuid.UUID("0b6f5d0e-53b0-5c11-8a44-6a3f0f6b7d02")
METADATA = ("groupe", "theme", "table", "canal", "statut")


def write(contents: Contents) -> dict[str, bytes]:
    """`records.json` and `settings.json`, as Argilla's own client reads and writes them."""
    agent = f"rosace {contents.config.profil}"
    records = [_record(reading, contents.material, agent) for reading in contents.readings()]
    return {"records.json": as_json(records), "settings.json": as_json(_settings())}


def _record(reading: Reading, material: Material, agent: str) -> dict[str, Any]:
    item = reading.item
    group = material.groups.get(item.group)
    values = (
        group.title if group else "",
        material.theme_titles.get(group.theme_id, "") if group else "",
        item.table,
        item.channel,
        item.status,
    )
    answer = {"value": item.axis, "user_id": str(uuid.uuid5(_PEOPLE, reading.decided_by)), "status": "submitted"}
    return {
        "id": item.item_id,
        "fields": {WORDS: masked(item)} | ({"contexte": item.context} if item.context else {}),
        "metadata": {name: value for name, value in zip(METADATA, values, strict=True) if value},
        "suggestions": {QUESTION: {"value": reading.axis, "score": reading.chance, "agent": agent}},
        "responses": {QUESTION: [answer]} if reading.decided_by else {},
        "vectors": {},
    }


def _settings() -> dict[str, Any]:
    axes = [{"value": axis.code, "text": axis.name} for axis in compass().values()]
    return {
        "guidelines": "\n".join(f"{axis.name} : {axis.motto}" for axis in compass().values()),
        "fields": [_field(WORDS, "Ce qui a été dit", True), _field("contexte", "Sous quel titre ou question", False)],
        "questions": [
            {
                "name": QUESTION,
                "title": "Axe de la rose",
                "description": None,
                "required": True,
                "settings": {"type": "label_selection", "options": axes, "visible_options": None},
            }
        ],
        "metadata": [
            {"name": name, "title": name, "visible_for_annotators": True, "settings": {"type": "terms", "values": None}}
            for name in METADATA
        ],
        "vectors": [],
        "allow_extra_metadata": False,
        "distribution": {"strategy": "overlap", "min_submitted": 1},
        "mapping": None,
    }


def _field(name: str, title: str, is_required: bool) -> dict[str, Any]:
    settings = {"type": "text", "use_markdown": False}
    return {"name": name, "title": title, "required": is_required, "description": None, "settings": settings}
