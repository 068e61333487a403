"""« Prévenez-moi »: a mail about what is new under some filters, without an account (ADR 0022)."""
