"""The formats, by name: each writes, and the command lists them all."""

from __future__ import annotations

import pytest

from pipeline.errors import UsageError
from pipeline.restitution.exports import Contents
from pipeline.restitution.exports.formats import FORMATS, check
from pipeline.workshop.tables import RestitutionTables


@pytest.mark.parametrize("name", FORMATS)
def test_each_writes_the_same_files_again_and_a_workshop_of_nothing(contents: Contents, name: str) -> None:
    files = FORMATS[name](contents)
    assert files
    assert FORMATS[name](contents) == files
    nothing = {key: getattr(contents.tables, key).head(0) for key in RestitutionTables.__dataclass_fields__}
    nothing |= {"workshops": contents.tables.workshops}
    assert FORMATS[name](Contents("vide", RestitutionTables(**nothing), contents.config, contents.meanings))


def test_another_name_is_told_what_is_expected() -> None:
    with pytest.raises(UsageError, match=r"« spss » n'est pas un format\. Attendu : carte, refi-qda"):
        check("spss")
