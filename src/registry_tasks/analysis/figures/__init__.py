"""Pictures: data frames in, Plotly figures out.

All lines are SVG. Plotly's WebGL traces make code from text as they draw, which a page whose
content policy lacks ``unsafe-eval`` forbids.
"""
