"""Tasks for Label Studio: the machine's axis as a prediction, that of people as an annotation."""

from __future__ import annotations

import json
from typing import Any

from pipeline.axes import compass
from pipeline.restitution.exports.contents import Contents, Reading
from pipeline.restitution.exports.markup import element, written
from pipeline.restitution.material.model import Material
from pipeline.restitution.quoting.quotes import masked

QUESTION, WORDS = "axe", "texte"


def write(contents: Contents) -> dict[str, bytes]:
    """`<run>.json`, the tasks, and `<run>.xml`, how they are shown and labelled."""
    model = f"rosace {contents.config.profil}"
    tasks = [_task(reading, contents.material, model) for reading in contents.readings()]
    return {f"{contents.name}.json": as_json(tasks), f"{contents.name}.xml": written(_screen(), is_declared=False)}


def as_json(value: object) -> bytes:
    """A json file, words readable."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _screen() -> Any:
    choices = (element("Choice", value=axis.code, hint=f"{axis.name} : {axis.motto}") for axis in compass().values())
    return element(
        "View",
        element("Text", name="contexte", value="$contexte"),
        element("Text", name=WORDS, value=f"${WORDS}"),
        element("Choices", *choices, name=QUESTION, toName=WORDS, choice="single", required="true", showInline="true"),
    )


def _task(reading: Reading, material: Material, model: str) -> dict[str, Any]:
    item = reading.item
    group = material.groups.get(item.group)
    return {
        "data": {
            WORDS: masked(item),
            "contexte": item.context,
            "groupe": group.title if group else "",
            "table": item.table,
            "canal": item.channel,
            "idee": item.item_id,
        },
        "predictions": [{"model_version": model, "score": reading.chance, "result": [_choice(reading.axis)]}],
        "annotations": [{"result": [_choice(item.axis)]}] if reading.decided_by else [],
    }


def _choice(axis: str) -> dict[str, Any]:
    return {"from_name": QUESTION, "to_name": WORDS, "type": "choices", "value": {"choices": [axis]}}
