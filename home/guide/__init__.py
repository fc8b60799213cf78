"""The editors' guide: ten tasks in plain Dutch, with pictures of our own admin."""
