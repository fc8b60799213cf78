"""A person's own data in their own hands: what is kept, who sees it, taking it away, correcting.

`collecting` is all that is known of a person, a function per table; `files` makes of it what they
download; `watchers` says who sees what; `correcting` and `choosing` are the writes.
"""
