"""What learning adds to Wagtail's admin beyond its tables (learning/wagtail_hooks.py loads it)."""
