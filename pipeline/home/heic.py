"""Decoder of heic photos, which browsers do not show: jpeg, made in a process apart without network.

cat PHOTO.heic | python -m pipeline.home.heic > PHOTO.jpg
"""

from __future__ import annotations

import io
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from pipeline.errors import UsageError, os_reason
from pipeline.extras import need
from pipeline.ingest.formats.confined import bound, close_network

_SHOWN = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
"""Ends of names of the photos that a browser shows as they are → media type."""
_SECONDS, _MEMORY, _QUALITY = 60.0, 3 << 30, 85
_N_KEPT = 4
"""Photos kept in memory once decoded: the page asks for one several times."""


def photo_for_browser(path: Path) -> tuple[bytes, str]:
    """The bytes of a photo in a format that browsers show, and their media type.

    Raises
    ------
    UsageError : it cannot be read, or what reads its format is not installed.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in _SHOWN:
            return path.read_bytes(), _SHOWN[suffix]
        return _jpeg_of(path, path.stat().st_mtime_ns), _SHOWN[".jpg"]
    except subprocess.SubprocessError as error:
        raise UsageError(
            f"« {path.name} » n’a pas pu être lu : ce n’est pas une photo heic, ou elle est abîmée. "
            "Enregistrez-la en jpg."
        ) from error
    except OSError as error:
        raise UsageError(f"« {path.name} » ne peut pas être lu ({os_reason(error)}).") from error


@lru_cache(_N_KEPT)
def _jpeg_of(path: Path, _changed: int) -> bytes:
    need("heic", f"« {path.name} » est au format heic : enregistrez-la en jpg, ou ajoutez de quoi la montrer")
    command = [sys.executable, "-m", "pipeline.home.heic"]
    return subprocess.run(command, input=path.read_bytes(), capture_output=True, timeout=_SECONDS, check=True).stdout


def main() -> None:
    """Decode the heic photo of the standard input, and write it upright in jpeg on the standard output."""
    close_network()
    bound(_MEMORY, _SECONDS)
    from PIL import Image, ImageOps
    from pillow_heif import register_heif_opener

    register_heif_opener()
    with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=["HEIF"]) as photo:
        upright = ImageOps.exif_transpose(photo).convert("RGB")
    upright.save(sys.stdout.buffer, "JPEG", quality=_QUALITY)


if __name__ == "__main__":
    main()
