"""The demonstration: real facts, fictional people, every screen with something to show.

``manage.py seed_demo`` runs ``seed``. It is deterministic (texts come from ``content/``, pictures are drawn by
code), idempotent (what exists is left as it is) and removable (``removal.py``).
"""
