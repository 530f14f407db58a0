"""Gates of a policy, in words."""

from registry_tasks.entities.policy import (
    Approved,
    BetterThanProduction,
    Described,
    Gate,
    Graded,
    MetricBound,
    Reproduced,
    SignatureCompatible,
    Soaked,
)


def tell_gate(gate: Gate) -> str:
    """Say what a version must be to pass."""
    match gate:
        case MetricBound():
            bounds = ((gate.at_least, "at least"), (gate.at_most, "at most"))
            said = " and ".join(
                f"{words} {bound:g}" for bound, words in bounds if bound is not None
            )
            return f"{gate.metric} {said}"
        case BetterThanProduction():
            margin = f" by more than {gate.margin:g}" if gate.margin else ""
            return f"better than production{margin}, on the same holdout"
        case SignatureCompatible():
            return "whoever calls production can call it"
        case Reproduced():
            return f"a rebuild came out {' or '.join(gate.verdicts)}"
        case Described():
            return f"described in {gate.characters} characters or more"
        case Graded():
            return f"provenance grade {gate.at_least} or better"
        case Soaked():
            return f"in {gate.stage} for {gate.hours:g} hours, and nothing went wrong there"
        case Approved():
            people = "one person" if gate.people == 1 else f"{gate.people} people"
            author = "" if gate.author_may_approve else ", not its author"
            return f"approved by {people}{author}, within {gate.expires_days} days"
