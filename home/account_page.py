"""The page *Account* of Wagtail's admin, without what our site does not keep of a person."""

from typing import Any

from wagtail.admin.views.account import AvatarSettingsPanel, NameEmailSettingsPanel


def never(_panel: Any) -> bool:
    return False


def connect() -> None:
    """Leave out two panels.

    The first asks for a first and a last name, which our people do not have: whoever wanted to
    change anything else on the page could not. Their name is at *Mijn gegevens*. The second asks
    for a picture of somebody: more than we need.
    """
    for panel in (NameEmailSettingsPanel, AvatarSettingsPanel):
        panel.is_active = never
