"""What axe finds on a page once it stands still."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STAND_STILL = "document.getAnimations().forEach((one) => one.finish())"
"""A colour half way from the light scheme to the dark has not the contrast of either; a page behind
another is so for as long as its browser does not draw it."""


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """The rules that the page breaks, each with the elements that do."""
    page.evaluate(STAND_STILL)
    found = Axe().run(page).response["violations"]
    return [(rule["id"], [node["html"][:150] for node in rule["nodes"]]) for rule in found]
