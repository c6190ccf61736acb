"""Pydantic models over YAML files: strict, frozen, and one error line for one mistake."""

import datetime
import difflib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from checker.knowledge.problems import Problem, RuleError
from checker.knowledge.yamlfile import Document, Key, Place, load_yaml
from checker.model.written import TAG, Strict

__all__ = ["TAG", "Strict", "load_model", "nearest", "validated"]

M = TypeVar("M", bound=BaseModel)


def _as_json(value: Any) -> Any:
    """A value as JSON holds it: dates become ISO text. pydantic's strict mode is made for JSON (lists for tuples)."""
    if isinstance(value, dict):
        return {str(key): _as_json(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_as_json(below) for below in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def load_model(path: Path, model: type[M]) -> tuple[M, Document]:
    """Reads one YAML file into a model.

    Raises:
        RuleError: As ``load_yaml`` and ``validated``.
    """
    document = load_yaml(path)
    return validated(document, model), document


def validated(document: Document, model: type[M], keys: Sequence[Key] = ()) -> M:
    """The part of a document that the keys lead to, as a model.

    Args:
        document: The file.
        model: A pydantic model with ``extra="forbid"``.
        keys: Keys from the top of the file; all of them must exist.

    Raises:
        RuleError: One problem for each mistake, with file, line and column.
    """
    data: Any = document.data
    for key in keys:
        data = data[key]
    try:
        return model.model_validate_json(json.dumps(_as_json(data)))
    except ValidationError as error:
        found = _Found(document, model, tuple(keys))
        for detail in error.errors():
            found.add(detail)
        raise RuleError(found.problems()) from error


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, "" where none is."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6 if len(word) > 3 else 0.5)
    return near[0] if near else ""


class _Found:
    """The errors of one pydantic validation, told as mistakes in the file."""

    def __init__(self, document: Document, model: type[BaseModel], keys: tuple[Key, ...]) -> None:
        self.document, self.model, self.keys = document, model, keys
        self.others: list[Problem] = []
        self.missing: dict[tuple[Key, ...], Problem] = {}
        self.misspelt: set[tuple[Key, ...]] = set()

    def add(self, detail: ErrorDetails) -> None:
        kind, loc = detail["type"], detail["loc"]
        path = (*self.keys, *_path(self.document.place(self.keys), loc, missing=kind == "missing"))
        if kind == "missing":
            parent = path[-2] if path[:-1] else "the file"
            message = f"is missing in {parent}" if isinstance(parent, str) else "is missing here"
            self.missing[path] = self.document.problem(path, message)
        elif kind == "extra_forbidden":
            known = _field_names(_models_at(self.model, loc[:-1]))
            near = nearest(str(path[-1]), known)
            if near:
                self.misspelt.add((*path[:-1], near))
            hint = f"did you mean {near}?" if near else f"known here: {', '.join(sorted(known))}"
            self.others.append(self.document.problem(path, "is no known key", hint, at_key=True))
        else:
            self.others.append(self.document.problem(path, _message(detail)))

    def problems(self) -> list[Problem]:
        """One problem a mistake: a misspelt key is not told a second time as the key that is missing."""
        return [*self.others, *(p for path, p in self.missing.items() if path not in self.misspelt)]


def _message(detail: ErrorDetails) -> str:
    given = detail["input"]
    if detail["type"] == "too_short":
        return "is empty"
    message = detail["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    message = message[:1].lower() + message[1:]
    if detail["type"] in {"value_error", "assertion_error"} or isinstance(given, dict | list | BaseModel):
        return message
    printed = "nothing" if given is None else json.dumps(given, ensure_ascii=False)
    return f"{message}, not {printed if len(printed) <= 60 else printed[:57] + '...'}"


def _path(place: Place, loc: tuple[int | str, ...], *, missing: bool) -> tuple[Key, ...]:
    """The keys of the file that a pydantic location stands for: tags and names of validators fall out."""
    path: list[Key] = []
    for n, step in enumerate(loc):
        key = next((k for k in place.below if k == step or str(k) == str(step)), None)
        if key is not None:
            path.append(key)
            place = place.below[key]
        elif missing and n == len(loc) - 1:
            path.append(step)
    return tuple(path)


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    inner = getattr(annotation, "__value__", None)  # a "type X = ..." alias
    below = get_args(annotation) if inner is None else (inner,)
    return set().union(*(_models_in(part) for part in below)) if below else set()


def _models_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> set[type[BaseModel]]:
    """The models that may describe the mapping at a location."""
    models = {model}
    for step in loc:
        fields = [
            info.annotation
            for candidate in models
            for name, info in candidate.model_fields.items()
            if step in {name, info.alias}
        ]
        if fields:
            models = set().union(*(_models_in(annotation) for annotation in fields)) or models
        elif isinstance(step, str) and step.startswith(TAG):
            models = {m for m in models if m.__name__.lower() == step.strip("<>").replace("-", "")} or models
    return models


def _field_names(models: set[type[BaseModel]]) -> set[str]:
    return {info.alias or name for model in models for name, info in model.model_fields.items()}
