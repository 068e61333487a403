"""Dates as people write them, in the languages of the territories."""

from __future__ import annotations

import re

MONTH = (
    r"(?:janv(?:ier|\.)?|f[ée]vr(?:ier|\.)?|mars|avril|avr\.|mai|juin|juil(?:let|\.)?|ao[ûu]t|sept(?:embre|\.)?"
    r"|oct(?:obre|\.)?|nov(?:embre|\.)?|d[ée]c(?:embre|\.)?"
    r"|january|february|march|april|june|july|august|september|october|december"
    r"|januar|februar|märz|juni|juli|oktober|dezember"
    r"|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|dicembre"
    r"|enero|febrero|abril|mayo|junio|julio|septiembre|octubre|noviembre|diciembre"
    r"|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|dezembro)"
)
YEAR = r"(?:19|20)\d\d"
DAY_NUMBER, MONTH_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
DAY_WORD = (
    r"(?:premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix[\s-](?:sept|huit|neuf)"
    r"|vingt(?:[\s-]et[\s-]une?|[\s-](?:deux|trois|quatre|cinq|six|sept|huit|neuf))?|trente(?:[\s-]et[\s-]une?)?)"
)
IN_DIGITS = (
    rf"(?:(?<!\d){DAY_NUMBER}\s?[./-]\s?{MONTH_NUMBER}\s?[./-]\s?(?:{YEAR}|\d\d)"
    rf"|{YEAR}[./-]{MONTH_NUMBER}[./-]{DAY_NUMBER})(?!\d)"
)
IN_WORDS = rf"(?:\d{{1,2}}(?:er|\.|°)?|{DAY_WORD})\s(?:de\s)?{MONTH}(?:\sde|,?\sen)?\s{YEAR}(?!\d)"
DAY = rf"(?:{IN_WORDS}|{IN_DIGITS})"

A_DATE = re.compile(rf"(?:{DAY}|\d{{1,2}}\s\d{{1,2}}\s{YEAR})", re.IGNORECASE)
YEARS = re.compile(rf"{YEAR}(?:\s?[-/]\s?(?:{YEAR}|\d\d))?(?:\s{YEAR}(?:\s?[-/]\s?{YEAR})?)*")
