"""The public site: pages for visitors and what editors reuse on them."""

from home.models.agenda import CalendarEntry, CalendarPage
from home.models.banners import Banner
from home.models.deadlines import PageDeadline
from home.models.forms import FormEntry, FormField, FormPage
from home.models.instruments import InstrumentIndexPage, InstrumentPage
from home.models.news import NewsIndexPage, NewsPage, RelatedNews
from home.models.pages import HomePage, StandardPage
from home.models.partners import Partner, PartnersPage, Sector
from home.models.settings import FooterLink, MainLink, SiteFrame
from home.models.snippets import LawArticle
from home.models.support import NationalSupport, Support
from home.models.themes import ServesGoals, Theme
from home.models.vision import VisionAspect, VisionGoal, VisionPage

__all__ = [
    "Banner",
    "CalendarEntry",
    "CalendarPage",
    "FooterLink",
    "FormEntry",
    "FormField",
    "FormPage",
    "HomePage",
    "InstrumentIndexPage",
    "InstrumentPage",
    "LawArticle",
    "MainLink",
    "NationalSupport",
    "NewsIndexPage",
    "NewsPage",
    "PageDeadline",
    "Partner",
    "PartnersPage",
    "RelatedNews",
    "Sector",
    "ServesGoals",
    "SiteFrame",
    "StandardPage",
    "Support",
    "Theme",
    "VisionAspect",
    "VisionGoal",
    "VisionPage",
]
