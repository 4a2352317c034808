"""What the desk shows of Wagtail."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

#: Wagtail's own rooms, empty until there is own writing.
EMPTY = frozenset({"explorer", "images", "documents", "snippets", "reports", "help"})
#: What there is to set today.
SETTINGS = frozenset({"users", "groups"})


@hooks.register("construct_main_menu")
def only_what_works(_request: HttpRequest, items: list[Any]) -> None:
    """Leave out doors to empty rooms."""
    items[:] = [item for item in items if item.name not in EMPTY]


@hooks.register("construct_settings_menu")
def only_people(_request: HttpRequest, items: list[Any]) -> None:
    """Leave out settings of what is not there."""
    items[:] = [item for item in items if item.name in SETTINGS]


@hooks.register("construct_search")
def nothing_to_find(_request: HttpRequest, areas: list[Any]) -> None:
    """Leave out the search of empty rooms."""
    areas[:] = [area for area in areas if area.name in SETTINGS]


@hooks.register("construct_homepage_panels")
@hooks.register("construct_homepage_summary_items")
def nothing_of_pages(_request: HttpRequest, parts: list[Any]) -> None:
    """Say nothing of pages that do not exist."""
    parts.clear()
