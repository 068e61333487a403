"""Backups: one file with a snapshot of the database and the media, and the way back from it (ADR 0029).

``making`` writes it and ``restoring`` reads it; ``archive`` is the format of the file, ``encryption`` what is around
it, ``manifest`` what it says of itself, ``database`` and ``media`` what is in it, ``holding`` what keeps still
meanwhile, ``records`` when it was last done.
"""
