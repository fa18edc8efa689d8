"""Records as Argilla's client reads them: a suggestion each, a response where a person decided."""

from __future__ import annotations

import json
from uuid import UUID

from decided_workshop import DECIDED, MASKED, said

from pipeline.axes import AXIS_CODES
from pipeline.restitution.exports import argilla
from pipeline.restitution.exports.contents import Contents


def test_each_idea_is_a_record_with_the_machine_s_axis_and_that_of_people(contents: Contents) -> None:
    records = {record["id"]: record for record in json.loads(argilla.write(contents)["records.json"])}
    assert list(records) == list(contents.material.items)
    one = records[said(DECIDED)]
    assert one["suggestions"] == {"axe": {"value": "sud", "score": 0.8, "agent": "rosace precis"}}
    [answer] = one["responses"]["axe"]
    assert (answer["value"], answer["status"]) == ("est", "submitted")
    assert UUID(answer["user_id"]).version == 5
    assert "Awa" not in json.dumps(list(records.values()))
    assert [key for key, record in records.items() if record["responses"]] == [said(DECIDED)]
    assert records[said(MASKED)]["fields"]["texte"].startswith("[…] ")


def test_the_settings_have_what_the_records_name(contents: Contents) -> None:
    files = {name: json.loads(content) for name, content in argilla.write(contents).items()}
    settings, records = files["settings.json"], files["records.json"]
    fields = {field["name"]: field["required"] for field in settings["fields"]}
    assert all({name for name, is_required in fields.items() if is_required} <= set(r["fields"]) for r in records)
    assert all(set(record["fields"]) <= set(fields) for record in records)
    assert {name for record in records for name in record["metadata"]} <= {m["name"] for m in settings["metadata"]}
    [question] = settings["questions"]
    assert [option["value"] for option in question["settings"]["options"]] == list(AXIS_CODES)
