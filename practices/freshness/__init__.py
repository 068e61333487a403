"""Sheets age: who is told, « toujours exact » in one click, links that no longer answer (ADR 0022)."""
