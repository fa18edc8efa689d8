"""The project that QualCoder, MAXQDA and NVivo open: valid by the schema of REFI, each coding on the words it is of."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from atelier import frame, workshop
from decided_workshop import FORMULA, HIDDEN, MASKED, RUNS, said
from lxml import etree

from pipeline.axes import compass
from pipeline.config import load_config
from pipeline.restitution.exports import Contents, refi_qda
from pipeline.restitution.exports.refi_qda import element, shown_files, written
from pipeline.restitution.quoting.quotes import masked

HERE = Path(__file__).parent
NAMES = {"q": "urn:QDA-XML:project:1.0", "c": "urn:QDA-XML:codebook:1.0"}


@pytest.fixture(scope="module")
def files(contents: Contents) -> dict[str, bytes]:
    return refi_qda.write(contents)


@pytest.fixture(scope="module")
def archive(files: dict[str, bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(files["atelier.qdpx"]))


@pytest.fixture(scope="module")
def project(archive: zipfile.ZipFile) -> etree._Element:
    return etree.fromstring(archive.read("project.qde"))


def test_both_are_valid_by_the_schema(files: dict[str, bytes], project: etree._Element) -> None:
    etree.XMLSchema(etree.parse(HERE / "Project.xsd")).assertValid(project)
    etree.XMLSchema(etree.parse(HERE / "Codebook.xsd")).assertValid(etree.fromstring(files["atelier.qdc"]))


def test_codes_are_the_axes_and_their_groups(files: dict[str, bytes], contents: Contents) -> None:
    codes = etree.fromstring(files["atelier.qdc"]).xpath("c:Codes/c:Code", namespaces=NAMES)
    assert [code.get("name") for code in codes] == [axis.name for axis in compass().values()]
    under = {code.get("name"): [one.get("name") for one in code.xpath("c:Code", namespaces=NAMES)] for code in codes}
    material = contents.material
    assert under == {
        axis.name: [group.title for group in material.groups.values() if group.axis == axis.code]
        for axis in compass().values()
    }
    assert under["Sud"] == [
        "Mettre en commun les minibus", "Demander à la Région un car du soir", "Recenser les logements vides"
    ]  # fmt: skip


def test_each_idea_is_coded_on_its_own_words_by_its_group(
    project: etree._Element, archive: zipfile.ZipFile, contents: Contents
) -> None:
    names = {code.get("guid"): code.get("name") for code in project.iter("{*}Code")}
    coded: list[tuple[str, str]] = []
    for source in project.iter("{*}TextSource"):
        text = archive.read(source.get("plainTextPath").replace("internal://", "Sources/")).decode()
        for selection in source.iter("{*}PlainTextSelection"):
            low, high = int(selection.get("startPosition")), int(selection.get("endPosition"))
            [code] = selection.xpath("q:Coding/q:CodeRef/@targetGUID", namespaces=NAMES)
            coded.append((text[low:high], names[code]))
    material = contents.material
    told = [
        (masked(item), material.groups[item.group].title if item.group else compass()[item.axis].name)
        for item in material.items.values()
    ]
    assert sorted(coded) == sorted(told)
    assert ("Demander à la Région un car du soir", "Demander à la Région un car du soir") in coded
    assert (RUNS, "Demander à la Région un car du soir") in coded
    assert ("Planter une haie fruitière avec l'école", "Sud") in coded


def test_what_may_not_be_shown_is_nowhere(archive: zipfile.ZipFile, contents: Contents) -> None:
    words = {row.item_id: row.text for row in contents.tables.items.itertuples()}
    everything = "".join(archive.read(name).decode() for name in archive.namelist())
    assert words[said(FORMULA)] in everything
    assert words[said(HIDDEN)] not in everything
    assert words[said(MASKED)].split()[0] not in everything
    assert "Merci à […] pour le vestiaire" in everything
    assert "Martine" not in everything


WHOLE = "Alors, le car manque (dit Lou Vidal) ; et puis le bus de Zoé. Les loyers montent ! Fin."


def test_the_words_around_ideas_are_there_and_what_is_masked_is_not() -> None:
    tables = workshop()
    kept = tables.contributions.head(1).assign(text=WHOLE, context="Ce qui manque")
    parts = ("le car manque", "le bus de Zoé.", "Les loyers montent !")
    spans = [(WHOLE.index(part), WHOLE.index(part) + len(part)) for part in parts]
    ids = ["i-a", "i-b", "i-c"]
    items = [
        {"item_id": key, "contribution_id": kept["contribution_id"].iloc[0], "start": low, "end": high, "text": part}
        for key, part, (low, high) in zip(ids, parts, spans, strict=True)
    ]
    tag = tables.reviewed_tags.iloc[0].to_dict()
    lou, zoe = WHOLE.index("Lou"), WHOLE.index("Zoé")
    made = replace(
        tables,
        contributions=kept,
        items=frame("items", items),
        reviewed_tags=frame("reviewed_tags", [tag | {"item_id": key} for key in ids]),
        reviewed_memberships=tables.reviewed_memberships.head(0),
        reviewed_groups=tables.reviewed_groups.head(0),
        reviewed_links=tables.reviewed_links.head(0),
        reviewed_items=frame(
            "reviewed_items",
            [
                {"item_id": "i-a", "is_hidden": False, "is_quotable": True, "masks": [[lou, lou + 9]], "named": []},
                {"item_id": "i-c", "is_hidden": True, "is_quotable": True, "masks": [], "named": []},
            ],
        ),
        name_suggestions=frame(
            "name_suggestions",
            [
                {
                    "contribution_id": kept["contribution_id"].iloc[0],
                    "start": zoe,
                    "end": zoe + 3,
                    "text": "Zoé",
                    "reason": "prénom",
                }
            ],
        ),
    )
    [file] = shown_files(Contents("a", made, load_config(), lambda _: None))  # type: ignore[arg-type, return-value]
    assert file.text == "Ce qui manque\nAlors, le car manque (dit […]) ; et puis le bus de […]. […] Fin.\n\n"
    assert [file.text[low:high] for _, (low, high) in file.spans] == ["le car manque", "le bus de […]."]


def test_words_that_no_xml_may_hold_are_left_out() -> None:
    content = written(element("a", element("b", text="\x00\x0bUn & <deux>\ud800"), name='"\x01é"', empty=""))
    read = ET.fromstring(content)
    assert read.attrib == {"name": '"é"'}
    assert read[0].text == "Un & <deux>"
