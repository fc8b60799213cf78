"""The read API for machines of others: news, modules and cases, as anybody may read them.

`docs/api/content.json` says what there is; a test holds it to that (tests/config/test_api.py).
"""
