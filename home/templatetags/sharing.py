"""The head of every page: its title and description are blocks, which are needed more than once."""

from html import unescape
from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from home.sharing.head import Head, head_of

register = template.Library()


class CaptureNode(Node):
    """Renders what is in it once, for use under a name."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        text = " ".join(self.nodelist.render(context).split())
        context[self.name] = SafeString(text)  # rendered by a template, so escaped
        return SafeString("")


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """`{% capture name %}…{% endcapture %}`"""
    name = token.split_contents()[1]
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, name)


@register.inclusion_tag("components/sharing_head.html", takes_context=True)
def sharing_head(context: Context, title: str, description: str) -> dict[str, Any]:
    """What search engines and who shares a page are told."""
    request = context.get("request")
    house = context.get("house")
    head = (
        head_of(request, house, title=unescape(title), page_obj=context.get("page_obj"))
        if request is not None and house is not None
        else Head()
    )
    return {"head": head, "title": title, "description": description, "house": house}
