"""Print what a transaction moved."""

from registry_tasks.entities.promotion import Transition
from registry_tasks.entities.stage import slot
from registry_tasks.faces.cli.output import print_json, print_text


def print_transition(made: Transition, json: bool) -> None:
    """One line a move, then aliases and the gates that let it pass."""
    if json:
        print_json(made)
        return
    for move in made.moves:
        source, target = slot(move.source, move.environment), slot(move.target, move.environment)
        print_text(f"{move.ref}: {source} -> {target}")
    for alias, ref in made.aliases.items():
        print_text(f"alias {alias} -> {ref}")
    for gate in made.gates:
        print_text(f"  {gate.outcome} {gate.gate}: {gate.reason}")
    if not made.moves:
        print_text("nothing to move")
