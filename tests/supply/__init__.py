"""``make audit``: what the site is built from, and what must not be in its tree."""
