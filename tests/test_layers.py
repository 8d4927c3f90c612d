"""Imports go downwards only: the layers of the package, guarded."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "qa_service"

# From the bottom: values, parts, stages, the two lines, wiring, edges. A folder stands for all its modules.
LAYERS = (
    ("types", "errors"),
    ("settings", "model", "prompts", "language.words", "language.grammar", "language.gazetteer"),
    ("language", "ingest", "sentences", "tokens", "chunk", "store"),
    ("surroundings", "record", "embed", "encoder_export", "read", "reader_export"),
    ("questions.wants", "questions.speech", "questions.lists", "weigh.journeys", "questions.question", "articles"),
    ("retrieve", "chats", "weigh.senses", "sayings", "asking", "leftout", "support"),
    ("weigh", "conversation", "followup", "suggest", "questions"),
    ("compose",),
    ("shelf", "generate", "outcome"),
    ("inquire",),
    ("answerer", "reading", "library"),
    ("jobs",),
    ("overview",),
    ("assemble",),
    ("web", "mcp", "cli", "evaluation", "server", "show", "progress", "__main__"),
)
HEAVY = {"torch", "sentence_transformers", "onnx", "onnxscript", "transformers"}
FILES = sorted(PACKAGE.rglob("*.py"))


def layer(module: str) -> int:
    """The layer of a dotted module name below the package, by its longest listed prefix."""
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        for rank, names in enumerate(LAYERS):
            if ".".join(parts[:length]) in names:
                return rank
    raise AssertionError(f"{module} is in no layer: put it into LAYERS where it belongs")


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> list[tuple[str, int]]:
    """(dotted name below the package, column) of every import from the package itself."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = _absolute(node, path)
            if base is not None:
                names = [f"{base}.{alias.name}".strip(".") for alias in node.names]
                found += [(name if _is_module(name) else base, node.col_offset) for name in names]
    return [(name, column) for name, column in found if name]


def _absolute(node: ast.ImportFrom, path: Path) -> str | None:
    if node.level == 0:
        inside = (node.module or "").split(".")
        return ".".join(inside[1:]) if inside[0] == "qa_service" else None
    folder = list(path.relative_to(PACKAGE).parts[:-1])
    above = folder[: len(folder) - (node.level - 1)]
    return ".".join([*above, *filter(None, [node.module])])


def _is_module(dotted: str) -> bool:
    place = PACKAGE.joinpath(*dotted.split("."))
    return place.with_suffix(".py").exists() or place.is_dir()


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_from_lower_layers_or_its_own_folder(path: Path) -> None:
    module = module_of(path)
    for imported, _ in imports_of(path):
        same_folder = imported.split(".")[0] == module.split(".")[0]
        assert same_folder or layer(imported) <= layer(module or "types"), f"{module} imports {imported}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_heavy_libraries_are_imported_only_where_they_are_used(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not HEAVY & {name.split(".")[0] for name in names}, f"{path.name} loads {names} at import"
