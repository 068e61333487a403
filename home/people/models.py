"""Accounts, bylines and missions. People's names reach the public only through ``Author.byline``."""

from home.people.accounts import User
from home.people.authors import Author
from home.people.invitations import Invitation
from home.people.missions import Mission, Organisation, Session
from home.people.signin.browsers import KnownBrowser

__all__ = ["Author", "Invitation", "KnownBrowser", "Mission", "Organisation", "Session", "User"]
