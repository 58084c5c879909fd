"""Odoo models as the source of our addons defines them, read without importing it."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

LEFT_OUT = frozenset({"tests", "migrations"})
"""Folders of an addon whose code is not part of the running product."""


@dataclass(frozen=True)
class ModelClass:
    """One class in the source that makes a model or adds to it."""

    model: str
    inherits: tuple[str, ...]
    abstract: bool
    methods: int
    addon: str
    file: str


def python_files(addons: Path, names: Iterable[str]) -> list[Path]:
    """Return the Python files of the addons' own code, without tests and migrations."""
    return [
        file
        for name in names
        for file in sorted((addons / name).rglob("*.py"))
        if not LEFT_OUT & set(file.relative_to(addons).parts)
    ]


def read(addons: Path, names: Iterable[str]) -> list[ModelClass]:
    """Return every class of a model in the addons `names`."""
    return [
        found
        for file in python_files(addons, names)
        for found in classes(file.read_text(encoding="utf-8"), str(file.relative_to(addons)))
    ]


def classes(source: str, file: str) -> Iterator[ModelClass]:
    """Yield the classes of models in `source`; `file` is its path, the addon's name first."""
    for node in ast.walk(ast.parse(source)):
        found = _model_class(node, file) if isinstance(node, ast.ClassDef) else None
        if found:
            yield found


def _model_class(node: ast.ClassDef, file: str) -> ModelClass | None:
    """Return what the class is a model of; a lone `_inherit` without a name adds to that model."""
    names, inherits = _words(node, "_name"), _words(node, "_inherit")
    if not names and len(inherits) != 1:
        return None
    model = (names or inherits)[0]
    return ModelClass(
        model=model,
        inherits=tuple(name for name in inherits if name != model),
        abstract=any(getattr(base, "attr", "") == "AbstractModel" for base in node.bases),
        methods=sum(isinstance(part, ast.FunctionDef) for part in node.body),
        addon=file.split("/", 1)[0],
        file=file,
    )


def _words(node: ast.ClassDef, name: str) -> tuple[str, ...]:
    """Return the text, or the texts of the list, that the class assigns to `name`."""
    for part in node.body:
        if not isinstance(part, ast.Assign):
            continue
        if name in {getattr(target, "id", "") for target in part.targets}:
            value = ast.literal_eval(part.value)
            return (value,) if isinstance(value, str) else tuple(value)
    return ()


@dataclass(frozen=True)
class Models:
    """All classes of models, and what they come to together."""

    classes: tuple[ModelClass, ...]

    @cached_property
    def _heirs(self) -> dict[str, set[str]]:
        """The models that inherit from each of our abstract models."""
        heirs: dict[str, set[str]] = {
            found.model: set() for found in self.classes if found.abstract
        }
        for found in self.classes:
            for name in set(found.inherits) & heirs.keys():
                heirs[name].add(found.model)
        return heirs

    def part_of(self, model: str) -> str:
        """Return the model that alone is assembled from `model`; itself when there is none.

        A mixin that only one model inherits from is a part of that model with a file of its own.
        """
        seen = {model}
        while len(heirs := self._heirs.get(model, set())) == 1 and not heirs & seen:
            (model,) = heirs
            seen.add(model)
        return model

    def methods(self) -> dict[str, int]:
        """Return the number of methods of each model, its parts included; the largest first."""
        found: dict[str, int] = {}
        for part in self.classes:
            model = self.part_of(part.model)
            found[model] = found.get(model, 0) + part.methods
        return dict(sorted(found.items(), key=lambda row: (-row[1], row[0])))

    def reopened(self) -> dict[tuple[str, str], list[str]]:
        """Return the files of each (addon, model) that more than one file of the addon defines."""
        files: dict[tuple[str, str], list[str]] = {}
        for part in self.classes:
            files.setdefault((part.addon, part.model), []).append(part.file)
        return {key: found for key, found in files.items() if len(set(found)) > 1}
