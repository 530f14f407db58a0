"""Charts as SVG without a style or a script in it: looks are in app.css, hovering in app.js.

Widths are in percent, so that a chart is as wide as its place and its text stays legible.
"""

from registry_tasks.faces.web.charts.lines import Point, Series, line_chart
from registry_tasks.faces.web.charts.parallel import ParallelRow, parallel_chart
from registry_tasks.faces.web.charts.spark import spark_line

__all__ = ["ParallelRow", "Point", "Series", "line_chart", "parallel_chart", "spark_line"]
