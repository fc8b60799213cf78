"""Questions as files of other programmes: read, written, measured. Plain Python, no database.

read = formats.read(content)            # raises UnreadableError; read.found: items and troubles
content = formats.write(Format.GIFT, items)
item, lost = formats.reduced(Format.GIFT, item)     # what that format can hold, and what not
"""
