"""The first page of the desk: what it will be, and what can be done without it."""

from typing import Any

from wagtail.admin.views.home import HomeView

#: Commands that do today what the desk will do, and what that is.
COMMANDS = (
    ("wireroom channel add URL --provider NAME", "Adds a way in from an agency."),
    ("wireroom channel list", "Says how each channel stands."),
    ("wireroom receive FILE --provider NAME", "Takes a document in by hand."),
    ("wireroom where WHAT", "Tells where an item is and why, by its id or address."),
    ("wireroom user add NAME --role ROLE", "Lets a person in."),
    ("wireroom user password NAME", "Gives a person a new password."),
)


class Home(HomeView):
    """Say honestly that the desk is not there yet."""

    page_title = "Desk"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the commands to what Wagtail's frame needs."""
        return super().get_context_data(**kwargs) | {"commands": COMMANDS}
