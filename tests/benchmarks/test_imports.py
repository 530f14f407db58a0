"""What a benchmark imports of ours is there: `make check` runs none of them."""

import ast
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from support.pipelines import ROOT

FILES = sorted((ROOT / "benchmarks").glob("*.py"))
OURS = frozenset({"registry_tasks", "support", *(file.stem for file in FILES)})


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_name_that_is_imported_is_there(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in OURS:
            module = import_module(str(node.module))
            for name in (alias.name for alias in node.names):
                found = hasattr(module, name) or find_spec(f"{node.module}.{name}")
                assert found, f"{node.module} has no {name}"
