"""What the built packages carry."""

import subprocess
import sys
import tarfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.hygiene.tree import ROOT, project_files

pytestmark = pytest.mark.skipif(find_spec("hatchling") is None, reason="the build backend is not installed here")

DATA = {
    "rules": "checker/data/rules",
    "reports/templates": "checker/data/templates",
    "docs/schema": "checker/data/schema",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel and a source distribution."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def project_files_under(folder: str) -> dict[str, bytes]:
    """Path below a folder of the project, and content, of each file there."""
    root = ROOT / folder
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in project_files() if root in path.parents}


@pytest.mark.parametrize(("folder", "inside"), DATA.items())
def test_the_wheel_carries_the_data_folders_byte_for_byte(built: Path, folder: str, inside: str) -> None:
    ours = project_files_under(folder)
    assert ours
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        carried = {
            name.removeprefix(f"{inside}/"): wheel.read(name)
            for name in wheel.namelist()
            if name.startswith(f"{inside}/")
        }
    assert carried == ours


def test_the_wheel_carries_the_package_and_nothing_beside_it(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = wheel.namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"checker", "imrcheck"}
    assert "checker/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith(".dist-info/sboms/sbom.cdx.json") for name in names)
    assert {name for name in names if name.endswith(".py")} == {
        f"checker/{name}" for name in project_files_under("checker") if name.endswith(".py")
    }


def test_the_source_distribution_holds_all_that_is_needed_to_test_it(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames()}
    ours = {path.relative_to(ROOT).as_posix() for path in project_files()}
    assert ours - names <= {".gitignore"}
    assert names - ours <= {"PKG-INFO", ".gitignore"}


def test_the_same_tree_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in built.iterdir()
    }
