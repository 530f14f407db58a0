"""Write a model's signature: the columns it takes, in order, and what it gives."""

import json
from collections.abc import Mapping
from pathlib import Path


def write_signature(path: Path, inputs: Mapping[str, str], outputs: Mapping[str, str]) -> None:
    """Write ``{"inputs": [{"name", "type"}, ...], "outputs": [...]}`` as JSON.

    Args:
        path: the file to write.
        inputs: name -> type (category, int, float) in feature order.
        outputs: name -> type.
    """
    signature = {
        side: [{"name": name, "type": kind} for name, kind in columns.items()]
        for side, columns in (("inputs", inputs), ("outputs", outputs))
    }
    path.write_text(json.dumps(signature, indent=2) + "\n", encoding="utf-8")
