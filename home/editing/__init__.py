"""The tools of editors in `/beheer/`."""
