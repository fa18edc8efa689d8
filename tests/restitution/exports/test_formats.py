"""The formats, by name: each writes."""

import pytest

from pipeline.restitution.exports import Contents
from pipeline.restitution.exports.formats import FORMATS
from pipeline.workshop.tables import RestitutionTables


@pytest.mark.usefixtures("drawn_anew")
@pytest.mark.parametrize("name", FORMATS)
def test_each_writes_the_same_files_again_and_a_workshop_of_nothing(contents: Contents, name: str) -> None:
    files = FORMATS[name](contents)
    assert files
    assert FORMATS[name](contents) == files
    nothing = {key: getattr(contents.tables, key).head(0) for key in RestitutionTables.__dataclass_fields__}
    nothing |= {"workshops": contents.tables.workshops}
    assert FORMATS[name](Contents("vide", RestitutionTables(**nothing), contents.config, contents.meanings))
