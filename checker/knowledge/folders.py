"""Rule folders in layers: folders of one's own laid over the rules that come with the program.

A folder that holds a vocabulary and sources stands alone. Any other is laid over what is there: a file replaces the one
at the same place, a rule or concept replaces the file that writes the same id elsewhere, and everything else is added.
The loaders read one folder; the layers are therefore linked into a temporary one that lasts as long as the program.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from checker.knowledge.problems import Problem, Problems, RuleError, shown
from checker.knowledge.resources import folder_digest, rules_folder
from checker.knowledge.yamlfile import load_yaml

SHIPPED = "shipped"
"""Name of the layer of the rules that come with the program."""

_WITH_IDS = ("rule", "concept")


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder.

    Attributes:
        name: ``shipped``, or the path as it was given.
        path: The folder.
        digest: SHA-256 over its YAML files.
    """

    name: str
    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class RulesFolder:
    """What the loaders read, and where it comes from.

    Attributes:
        path: The folder they read; with more than one layer a temporary one.
        layers: The layers, the undermost first.
        origin: Name of the layer of each file, by its path below the folder; empty where there is one layer.
        replaced: Files of a lower layer that do not count, with what replaces each: path below the folder, or the file
            that holds the same id.
    """

    path: Path
    layers: tuple[Layer, ...]
    origin: Mapping[str, str] = field(compare=False)  # both follow from the layers
    replaced: Mapping[str, str] = field(compare=False)

    def layer_of(self, file: str) -> str:
        """Name of the layer that a file comes from, as error lines and rule places show it."""
        path = Path(file).resolve()
        for layer in reversed(self.layers):
            if path.is_relative_to(layer.path.resolve()):
                return layer.name
        return self.layers[0].name

    @property
    def provenance(self) -> tuple[tuple[str, str], ...]:
        """Name and hash of each layer, the undermost first."""
        return tuple((layer.name, layer.digest) for layer in self.layers)


def stands_alone(folder: Path) -> bool:
    """Whether a folder is a whole set of rules rather than something to lay over one."""
    has_names = (folder / "vocabulary.yaml").is_file() or (folder / "vocabulary").is_dir()
    return has_names and (folder / "sources.yaml").is_file()


def open_rules(given: Sequence[Path] = ()) -> RulesFolder:
    """The rules folder that one or more given folders make.

    Args:
        given: Folders in the order in which they are laid over each other; none for the rules that come with the
            program.

    Raises:
        RuleError: A folder that is not there, or holds no YAML file.
    """
    problems = Problems()
    for folder in given:
        if not folder.is_dir():
            problems.add(Problem(shown(folder), 1, 1, "", "there is no such folder"))
        elif next(folder.rglob("*.yaml"), None) is None:
            hint = "files lie in it as they do in rules/: facts/x.yaml, criteria/TOPIC/x.yaml, lexicon/concepts/x.yaml"
            problems.add(Problem(shown(folder), 1, 1, "", "holds no YAML file", hint))
    problems.refuse()
    layers = [Layer(folder.as_posix(), folder, folder_digest(folder)) for folder in given]
    if not given or not stands_alone(given[0]):
        shipped = rules_folder()
        layers.insert(0, Layer(SHIPPED, shipped, folder_digest(shipped)))
    if len(layers) == 1:
        return RulesFolder(layers[0].path, tuple(layers), {}, {})
    return _laid(tuple(layers))


def _laid(layers: tuple[Layer, ...]) -> RulesFolder:
    files: dict[str, tuple[Layer, Path]] = {}
    replaced: dict[str, str] = {}
    for layer in layers:
        own = dict(_files(layer.path))
        taken = {id_: name for id_, name in _ids(own) if files}
        for id_, name in _ids({name: path for name, (_, path) in files.items()}) if taken else ():
            if id_ in taken and taken[id_] != name:
                del files[name]
                replaced[name] = taken[id_]
        replaced |= {name: name for name in own if name in files}
        files |= {name: (layer, path) for name, path in own.items()}
    view = Path(tempfile.mkdtemp(prefix="imrcheck-rules-"))
    atexit.register(shutil.rmtree, view, ignore_errors=True)
    for name, (_, path) in files.items():
        _link(path.resolve(), view / name)
    origin = {name: layer.name for name, (layer, _) in sorted(files.items())}
    return RulesFolder(view, layers, origin, dict(sorted(replaced.items())))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Files by their path below the folder; what lies in a folder whose name begins with a dot is none of the rules."""
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder)
        if not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), path


def _ids(files: Mapping[str, Path]) -> Iterator[tuple[tuple[str, str], str]]:
    """Kind and id of each rule and concept, as written, with its file; what cannot be read the loaders will tell."""
    for name, path in list(files.items()):
        try:
            data = load_yaml(path).data
        except RuleError:
            continue
        for kind in _WITH_IDS:
            entry = data.get(kind) if isinstance(data, dict) else None
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                yield (kind, str(entry["id"])), name


def _link(source: Path, target: Path) -> None:
    """A link, so that error lines lead to the file itself; a copy where the system allows no links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.symlink_to(source)
    except OSError:
        shutil.copyfile(source, target)
