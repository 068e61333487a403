"""Sheets and corrections proposed from outside, without an account (ADR 0025)."""
