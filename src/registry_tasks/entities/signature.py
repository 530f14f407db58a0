"""What goes into a model and what comes out."""

from registry_tasks.entities.entity import Entity


class Column(Entity):
    """One named input or output; ``shape`` leaves out the axis of rows, () for a scalar."""

    name: str
    type: str
    shape: tuple[int, ...] = ()


class Signature(Entity):
    """Inputs in the order in which the model takes them: the feature list."""

    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
