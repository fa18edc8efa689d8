"""A photo as browsers show it: heic, which they do not, becomes jpeg in a process apart.

cat PHOTO.heic | python -m pipeline.home.developing > PHOTO.jpg
"""

from __future__ import annotations

import io
import sys
from functools import lru_cache
from pathlib import Path

from pipeline.errors import UsageError, os_reason
from pipeline.extras import need
from pipeline.home.bounded import run_bounded

_SHOWN = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
"""Ends of names of the photos that a browser shows as they are, and how they are told to it."""
_SECONDS, _QUALITY = 60.0, 85
_N_KEPT = 4
"""Photos kept in memory once developed: the page asks for one several times."""


def developed(path: Path) -> tuple[bytes, str]:
    """A photo that a browser shows, and its type.

    Raises
    ------
    UsageError : it cannot be read, or what reads its format is not installed.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in _SHOWN:
            return path.read_bytes(), _SHOWN[suffix]
        found = _jpeg(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise UsageError(f"« {path.name} » ne peut pas être lu ({os_reason(error)}).") from error
    if found is None:
        raise UsageError(
            f"« {path.name} » n’a pas pu être lu : ce n’est pas une photo heic, ou elle est abîmée. "
            "Enregistrez-la en jpg."
        )
    return found, _SHOWN[".jpg"]


@lru_cache(_N_KEPT)
def _jpeg(path: Path, _changed: int) -> bytes | None:
    need("heic", f"« {path.name} » est au format heic : enregistrez-la en jpg, ou ajoutez de quoi la montrer")
    return run_bounded([sys.executable, "-m", "pipeline.home.developing"], path.read_bytes(), _SECONDS)


def main() -> None:
    """A heic photo on the standard input, the same upright in jpeg on the standard output."""
    from PIL import Image, ImageOps
    from pillow_heif import register_heif_opener

    register_heif_opener()
    with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=["HEIF"]) as photo:
        upright = ImageOps.exif_transpose(photo).convert("RGB")
    upright.save(sys.stdout.buffer, "JPEG", quality=_QUALITY)


if __name__ == "__main__":
    main()
