"""Every way into the core from outside, found in the sources and not kept in a list."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from .tracing import name_of

ROOT = Path(__file__).parents[2]
OUTSIDE = ("src/registry_tasks/faces", "src/registry_tasks/tasks", "flows")
_INSIDE = ("registry_tasks.registry", "registry_tasks.stores")
_STORES = frozenset({"metadata", "objects", "repository", "find_repository"})  # of a Registry


def doors(*folders: Path) -> dict[str, str]:
    """Return each function and class of registry/ and stores/ that files import -> one of them."""
    found: dict[str, str] = {}
    for file in files(*folders):
        tree = ast.parse(file.read_text())
        for module, name in _imported(tree):
            for door in _resolve(tree, module, name):
                found.setdefault(door, file.name)
    return found


def short_cuts(*folders: Path) -> set[tuple[str, str]]:
    """Return where files reach for a registry's stores themselves, past every verb."""
    return {
        (file.name, ast.unparse(node))
        for file in files(*folders)
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in _STORES and _is_registry(node.value)
    }


def files(*folders: Path) -> list[Path]:
    """List the sources; by default all outside the core."""
    return sorted(
        file
        for folder in folders or [ROOT / name for name in OUTSIDE]
        for file in folder.rglob("*.py")
    )


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_INSIDE):
            yield from ((node.module or "", alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "registry_tasks":
            inside = [alias.name for alias in node.names if alias.name in ("registry", "stores")]
            assert not inside, "import what is used, so that this can see it"
        elif isinstance(node, ast.Import):
            inside = [alias.name for alias in node.names if alias.name.startswith(_INSIDE)]
            assert not inside, "import what is used, so that this can see it"


def _resolve(tree: ast.Module, module: str, name: str) -> Iterator[str]:
    made = getattr(importlib.import_module(module), name, None)
    if made is None:
        made = importlib.import_module(f"{module}.{name}")
    if isinstance(made, ModuleType):
        for used in {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == name
        }:
            yield from _named(getattr(made, used, None))
        return
    yield from _named(made)


def _named(made: object) -> Iterator[str]:
    if callable(made):
        yield name_of(made)


def _is_registry(node: ast.expr) -> bool:
    """Whether an expression is called a registry: a name, an attribute or a call of that name."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_") == "registry"
        case ast.Call(func=ast.Name(id=name)):
            return name in ("Registry", "registry_of")
    return False
