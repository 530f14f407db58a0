"""A browser for promises that it must keep."""

from support.browsing import browser, open_tab

__all__ = ["browser", "open_tab"]
