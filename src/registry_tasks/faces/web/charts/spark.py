"""A line so small that it stands in a table: which way something went."""

from collections.abc import Sequence

from markupsafe import Markup

from registry_tasks.faces.web.charts.scales import Scale


def spark_line(values: Sequence[float], *, title: str) -> Markup:
    """Draw values in their order; two at least, else there is nothing to see."""
    if len(values) < 2:
        return Markup("")
    scale = Scale.over(values, room=0.1)
    step = 100 / (len(values) - 1)
    points = " ".join(
        f"{n * step:.1f},{(1 - scale.share(v)) * 22:.1f}" for n, v in enumerate(values)
    )
    shape = (
        '<svg class="spark" viewBox="-2 0 104 22" preserveAspectRatio="none" role="img" '
        'aria-label="{}"><polyline class="line" points="{}"/></svg>'
    )
    return Markup(shape).format(title, points)
