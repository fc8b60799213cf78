"""QTI 2.1, 2.2 and 3.0 say the same in other words: here they are made one, and parted again.

We read and write the names of 2.x; those of 3.0 begin with `qti-` and have hyphens.
"""

import re
from dataclasses import dataclass
from typing import Final

from learning.rules.interchange.xml_tree import Node

HTML: Final = frozenset((*("a", "b", "br", "div", "i", "img", "li", "ol", "p", "span", "ul"),))
OURS: Final = "raadsleden-veiligheid"


@dataclass(frozen=True, slots=True)
class Version:
    """What a version calls its documents."""

    item: str
    content: str
    resource: str
    schema: str
    schema_version: str
    is_3: bool = False


VERSIONS: Final = {
    "2.1": Version(
        "http://www.imsglobal.org/xsd/imsqti_v2p1",
        "http://www.imsglobal.org/xsd/imscp_v1p1",
        "imsqti_item_xmlv2p1",
        "QTIv2.1 Package",
        "1.0.0",
    ),
    "2.2": Version(
        "http://www.imsglobal.org/xsd/imsqti_v2p2",
        "http://www.imsglobal.org/xsd/imscp_v1p1",
        "imsqti_item_xmlv2p2",
        "QTIv2.2 Package",
        "1.0.0",
    ),
    "3.0": Version(
        "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
        "imsqti_item_xmlv3p0",
        "QTI Package",
        "3.0.0",
        is_3=True,
    ),
}
METADATA: Final = "http://ltsc.ieee.org/xsd/LOM"


def camel(name: str) -> str:
    head, *rest = name.split("-")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def kebab(name: str) -> str:
    return re.sub("([A-Z])", lambda match: f"-{match[1].lower()}", name)


def as_2(node: Node) -> Node:
    """The same in the names of 2.x, whatever it was; what only wraps content becomes a `div`."""
    if node.tag.startswith("qti-"):
        tag = camel(node.tag.removeprefix("qti-"))
        attrs = {
            name if name.startswith(("data-", "aria-")) else camel(name): value
            for name, value in node.attrs.items()
        }
    else:
        tag, attrs = node.tag, node.attrs
    children = [as_2(each) if isinstance(each, Node) else each for each in node.children]
    return Node("div" if tag == "contentBody" else tag, attrs, *children, namespace=node.namespace)


def as_3(node: Node) -> Node:
    """The same in the names of 3.0."""
    children = [as_3(each) if isinstance(each, Node) else each for each in node.children]
    if node.tag in HTML:
        return Node(node.tag, node.attrs, *children)
    if node.tag in ("rubricBlock", "modalFeedback"):
        children = [Node("qti-content-body", {}, *children)]
    attrs = {name if ":" in name else kebab(name): value for name, value in node.attrs.items()}
    return Node(f"qti-{kebab(node.tag)}", attrs, *children)
