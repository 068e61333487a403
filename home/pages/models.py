"""Home page, plain pages, and the settings that legal pages are built from."""

from home.pages.base import BasePage
from home.pages.home_page import HomePage, HomePageHighlight
from home.pages.legal import LegalSettings
from home.pages.standard import StandardPage

__all__ = ["BasePage", "HomePage", "HomePageHighlight", "LegalSettings", "StandardPage"]
