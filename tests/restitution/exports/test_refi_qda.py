"""The project that QualCoder, MAXQDA and NVivo open: valid by the schema of REFI, each coding on the words it is of."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from decided_workshop import FORMULA, HIDDEN, MASKED, RUNS, said
from lxml import etree

from pipeline.axes import compass
from pipeline.restitution.exports import refi_qda
from pipeline.restitution.exports.contents import Contents
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


def test_the_same_run_gives_the_same_files(files: dict[str, bytes], contents: Contents) -> None:
    assert refi_qda.write(contents) == files
