"""Tasks as Label Studio imports them: a prediction each, an annotation where a person decided."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

from decided_workshop import DECIDED, said

from pipeline.axes import AXIS_CODES
from pipeline.restitution.exports import label_studio
from pipeline.restitution.exports.contents import Contents


def test_each_idea_is_a_task_with_the_machine_s_axis_and_that_of_people(contents: Contents) -> None:
    files = label_studio.write(contents)
    tasks = {task["data"]["idee"]: task for task in json.loads(files["atelier.json"])}
    assert list(tasks) == list(contents.material.items)
    assert tasks[said(0)]["data"] == {
        "texte": "Pas de car après 18 h", "contexte": "", "groupe": "Pas de car le soir pour les jeunes",
        "table": "1", "canal": "postit", "idee": said(0),
    }  # fmt: skip
    assert [key for key, task in tasks.items() if task["annotations"]] == [said(DECIDED)]
    [prediction], [annotation] = tasks[said(DECIDED)]["predictions"], tasks[said(DECIDED)]["annotations"]
    assert (prediction["score"], prediction["model_version"]) == (0.8, "rosace precis")
    assert prediction["result"][0]["value"] == {"choices": ["sud"]}
    assert annotation["result"][0]["value"] == {"choices": ["est"]}


def test_the_screen_has_what_the_tasks_name(contents: Contents) -> None:
    files = label_studio.write(contents)
    assert files["atelier.xml"].startswith(b"<View>")  # it is pasted: a declaration is refused there
    screen = ET.fromstring(files["atelier.xml"])
    data = json.loads(files["atelier.json"])[0]["data"]
    assert {text.get("value") for text in screen.iter("Text")} <= {f"${name}" for name in data}
    [choices] = screen.iter("Choices")
    result = json.loads(files["atelier.json"])[0]["predictions"][0]["result"][0]
    assert (choices.get("name"), choices.get("toName")) == (result["from_name"], result["to_name"])
    assert [choice.get("value") for choice in choices] == list(AXIS_CODES)
