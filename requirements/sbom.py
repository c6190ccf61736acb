"""Write the bill of materials: ``python requirements/sbom.py``, part of ``sh run lock``.

CycloneDX 1.6 with everything that ``run.txt`` pins: version, SHA-256 of each file that may be installed, licence from
``licences.toml``, and where a marker of the platform decides, the marker. It says nothing that the two files do not, so
the same files give the same bytes, and a test can tell when it is out of date.
"""

import json
import re
import sys
import tomllib
import uuid
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SBOM = HERE / "sbom.cdx.json"
_ENTRY = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)(?: ; (.+?))?(?: \\)?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str, licences: dict[str, str]) -> list[dict[str, Any]]:
    """What a lock file pins.

    Args:
        lock: Its text.
        licences: SPDX expression of each package.

    Raises:
        KeyError: A package has no licence in the table.
    """
    found = []
    for entry in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE):
        head = _ENTRY.match(entry.partition("\n")[0])
        if head is None:
            continue
        name, version, marker = head.groups()
        purl = f"pkg:pypi/{name}@{version}"
        hashes = [{"alg": "SHA-256", "content": digest} for digest in sorted(_HASH.findall(entry))]
        found.append(
            {
                "type": "library",
                "bom-ref": purl,
                "name": name,
                "version": version,
                "scope": "optional" if marker else "required",
                "licenses": [{"expression": licences[name]}],
                "purl": purl,
                "externalReferences": [
                    {"type": "distribution", "url": f"https://pypi.org/project/{name}/{version}/", "hashes": hashes}
                ],
                **({"properties": [{"name": "imrcheck:marker", "value": marker}]} if marker else {}),
            }
        )
    return found


def bill() -> str:
    """The bill of materials as it stands in the file."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    licences = tomllib.loads((HERE / "licences.toml").read_text("utf-8"))["packages"]
    pinned = components((HERE / "run.txt").read_text("utf-8"), licences)
    purl = f"pkg:pypi/{project['name']}@{project['version']}"
    told = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": purl,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"expression": project["license"]}],
                "purl": purl,
            }
        },
        "components": pinned,
        "dependencies": [{"ref": purl, "dependsOn": [each["bom-ref"] for each in pinned]}],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(told, sort_keys=True))
    return json.dumps({**told, "serialNumber": f"urn:uuid:{serial}"}, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Write the file; 2 and a line where a licence is missing."""
    try:
        text = bill()
    except KeyError as error:
        print(f"sbom: {error.args[0]} has no licence in requirements/licences.toml", file=sys.stderr)  # noqa: T201
        return 2
    SBOM.write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
