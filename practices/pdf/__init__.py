"""Sheets, selections, territories and collections as well-set, accessible PDF documents."""
