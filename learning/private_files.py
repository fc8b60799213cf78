"""Where files lie that are made for somebody to fetch: no address leads to them."""

from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Files that only a view hands out, after it has asked who may have them."""

    def url(self, name: str | None) -> str:
        """Raises ValueError: there is no address."""
        raise ValueError("A private file has no address: hand it out through a view.")
