"""The dashboard: pages made on the server, each over a few reading verbs; forms that ask for one verb.

A module of pages uses ``rendering.render`` and the macros of ``templates/parts.html``, ``links`` for
addresses, ``tables.csv_of`` so that each table can be had as CSV, ``forms.Filled`` and
``forms.carry_out`` where a person changes something, and ``charts`` for pictures: SVG drawn here,
because Plotly cannot live under a content policy without inline styles.
"""
