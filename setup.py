"""What `pyproject.toml` cannot say: the files at the root that go into the wheel, under `pipeline/shipped`.

So does its bill of materials, `sbom.cdx.json` (CycloneDX): each package of `requirements.lock`, with its sha256.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from setuptools import setup
from setuptools.command.build_py import build_py

SHIPPED = ("configs", "models", "corpus/demo")
LOCK, BILL = "requirements.lock", "sbom.cdx.json"
_LOCKED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\n)(?:[ \t]+.*\n)*)", re.MULTILINE)


class BuildWithData(build_py):
    """The modules, then the files that they read; an editable install reads them where they are."""

    def run(self) -> None:
        if self.editable_mode:
            super().run()
            return
        shutil.rmtree(self.build_lib, ignore_errors=True)  # what an earlier build left would be shipped too
        super().run()
        for folder in SHIPPED:
            shutil.copytree(Path(folder), Path(self.build_lib) / "pipeline" / "shipped" / folder)
        bill = bill_of_materials(Path(LOCK).read_text(encoding="utf-8"), self.distribution.get_version())
        text = json.dumps(bill, ensure_ascii=False, indent=1)
        (Path(self.build_lib) / "pipeline" / "shipped" / BILL).write_text(f"{text}\n", encoding="utf-8")


def bill_of_materials(lock: str, version: str) -> dict[str, Any]:
    """What Rosace is installed with, as CycloneDX 1.6 says it."""
    components = []
    for found in _LOCKED.finditer(lock):
        url = f"pkg:pypi/{found['name'].lower().replace('_', '-')}@{found['version']}"
        hashes = [{"alg": "SHA-256", "content": sha} for sha in re.findall(r"sha256:(\w+)", found["rest"])]
        names = {"name": found["name"], "version": found["version"]}
        components.append({"type": "library", "bom-ref": url, **names, "purl": url, "hashes": hashes})
    ours = f"pkg:pypi/rosace@{version}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": ours, "name": "rosace", "version": version}},
        "components": components,
        "dependencies": [{"ref": ours, "dependsOn": [one["bom-ref"] for one in components]}],
    }


setup(cmdclass={"build_py": BuildWithData})
