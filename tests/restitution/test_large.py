"""A corpus too large for a spreadsheet: the same columns, in a csv."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

import openpyxl
import pytest

from pipeline.restitution.writers import workbook
from pipeline.workshop.load import read_material
from pipeline.workshop.model import Item
from pipeline.workshop.tables import RestitutionTables


def test_too_many_ideas_for_a_spreadsheet_go_to_a_csv_with_the_same_columns(
    tables: RestitutionTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    material = read_material(tables)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write_elements(material)["elements.xlsx"])).active
    monkeypatch.setattr(workbook, "ROWS_MAX", 3)
    files = workbook.write_elements(material)
    assert list(files) == ["elements.csv"]
    rows = list(csv.reader(io.StringIO(files["elements.csv"].decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == [cell.value for cell in sheet[1]]
    assert [row[2].lstrip("'") for row in rows[1:]] == [
        (line[2].value or "").lstrip("'") for line in sheet.iter_rows(2)
    ]


class Members(tuple[Item, ...]):
    """Members of a group, that know how often they were gone through."""

    times: int = 0

    def __iter__(self) -> Iterator[Item]:
        self.times += 1
        return super().__iter__()


def test_members_of_a_group_are_not_gone_through_for_each_of_its_rows(tables: RestitutionTables) -> None:
    """The sides of a group stand in each of its rows; read for each, a group of 100,000 ideas took ten minutes."""
    material = read_material(tables)
    (group_id, group) = max(material.groups.items(), key=lambda one: len(one[1].members))
    members = Members(group.members)
    workbook.write_elements(replace(material, groups=material.groups | {group_id: replace(group, members=members)}))
    few = members.times
    for item in group.members:
        again = {f"{item.item_id}-{n}": replace(item, item_id=f"{item.item_id}-{n}") for n in range(20)}
        material = replace(material, items=material.items | again)
    members = Members(group.members)
    workbook.write_elements(replace(material, groups=material.groups | {group_id: replace(group, members=members)}))
    assert members.times == few
