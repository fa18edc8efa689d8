"""What `pyproject.toml` cannot say: the files at the root that go into the wheel, under `pipeline/shipped`."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SHIPPED = ("configs", "models", "corpus/demo")


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


setup(cmdclass={"build_py": BuildWithData})
