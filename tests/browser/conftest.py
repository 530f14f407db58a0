"""One browser and one served registry for all; whoever changes something has a registry alone."""

from support.browsing import OpenTab, Site, bare_site, browser, open_tab, own_site, site

__all__ = ["OpenTab", "Site", "bare_site", "browser", "open_tab", "own_site", "site"]
