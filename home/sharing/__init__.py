"""How pages are found and shared: what their head says, structured data, cards, the sitemap."""
