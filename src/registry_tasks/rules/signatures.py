"""Whether whoever calls one model can call another one."""

from registry_tasks.entities.signature import Signature


def why_callers_break(old: Signature | None, new: Signature | None) -> str | None:
    """Say what callers of ``old`` would miss in ``new``: other outputs, new or changed inputs.

    None if they miss nothing. Without a signature nobody can tell, which is said.
    """
    if old is None or new is None:
        return "it has no signature" if new is None else "there is no signature to compare with"
    added = [column.name for column in new.inputs if column not in old.inputs]
    if added:
        return f"new or changed inputs: {', '.join(added)}"
    return None if old.outputs == new.outputs else "the outputs changed"
