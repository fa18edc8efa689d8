"""Photos of telephones: shown as jpeg where their format is read, told in French where it is not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline import extras
from pipeline.home.server import Home


def photo_of(client: TestClient, home: Home, content: bytes) -> str:
    client.post("/nouveau", data={"titre": "Eau"}, files=[("fichiers", ("IMG_1.HEIC", content))])
    return f"{home.places.all()[0].address}/%s?nom=IMG_1.HEIC"


def test_a_heic_photo_is_shown_upright_as_jpeg_and_typed_beside_it(client: TestClient, home: Home) -> None:
    heif = pytest.importorskip("pillow_heif")
    from PIL import Image

    drawn = Image.new("RGB", (64, 32), "red")
    drawn.paste("blue", (32, 0, 64, 32))
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright: what is stored on the left is at the top
    packed = io.BytesIO()
    heif.from_pillow(drawn).save(packed, exif=exif.tobytes(), quality=90)
    address = photo_of(client, home, packed.getvalue())
    answer = client.get(address % "photo")
    assert answer.headers["content-type"] == "image/jpeg"
    shown = Image.open(io.BytesIO(answer.content)).convert("RGB")
    assert shown.size == (32, 64)
    top, bottom = shown.getpixel((16, 8)), shown.getpixel((16, 56))
    assert top[0] > 200 > 60 > top[2] and bottom[2] > 200 > 60 > bottom[0]  # type: ignore[index]
    assert "1\u00a0carte" in client.post(address % "mur", data={"texte-0": "Un banc"}).text


def test_a_heic_that_cannot_be_read_is_told_and_can_still_be_typed(
    client: TestClient, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = photo_of(client, home, b"\0\0\0\x18ftypheic" + bytes(40))
    monkeypatch.setattr(extras, "_is_there", lambda _: False)
    assert "pip install &#34;rosace[heic]&#34;" in client.get(address % "mur").text
    monkeypatch.undo()
    if not extras.missing("heic"):
        assert "Enregistrez-la en jpg" in client.get(address % "mur").text
    assert client.get(address % "photo").status_code == 404
    assert "1\u00a0carte" in client.post(address % "mur", data={"texte-0": "Un banc"}).text
    assert Path(home.places.all()[0].files / "IMG_1.csv").is_file()
