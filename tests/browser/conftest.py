"""One browser and one served registry for all; whoever changes something has a registry alone."""

from support.browsing import OpenTab, Site, browser, open_tab, own_site, site

__all__ = ["OpenTab", "Site", "browser", "open_tab", "own_site", "site"]
