"""Who may do what, and when (DESIGN §6). A row is an action in a state of the text; a column is a role.

« own » is a text that the person of the column began and submitted; « another's » one of a volunteer, for the
territory of the référent·e. ``•`` means that it happens, ``–`` that it is refused, whatever is sent.
``compte total`` is the account made by ``createsuperuser``.
"""

from __future__ import annotations

from typing import NamedTuple

COLUMNS = ["volontaire", "référent·e", "modérateur·rice", "administrateur·rice", "compte total"]

TABLE = """
action                              | state      | vol | réf | mod | adm | tot
create a post                       |            |  •  |  •  |  •  |  •  |  •
create a sheet                      |            |  •  |  •  |  •  |  •  |  •
create a sheet elsewhere            |            |  –  |  –  |  •  |  •  |  •
create a territory                  |            |  –  |  –  |  •  |  •  |  •
create a collection                 |            |  –  |  –  |  •  |  •  |  •
edit own                            | draft      |  •  |  •  |  •  |  •  |  •
edit own                            | regard     |  –  |  –  |  •  |  •  |  •
edit own                            | relecture  |  –  |  –  |  •  |  •  |  •
edit own                            | rejected   |  •  |  •  |  •  |  •  |  •
edit own                            | published  |  •  |  •  |  •  |  •  |  •
edit own                            | pending    |  •  |  •  |  •  |  •  |  •
edit another's                      | draft      |  –  |  –  |  •  |  •  |  •
edit another's                      | regard     |  –  |  –  |  •  |  •  |  •
edit another's                      | relecture  |  –  |  –  |  •  |  •  |  •
edit another's                      | rejected   |  –  |  –  |  •  |  •  |  •
edit another's                      | published  |  –  |  –  |  •  |  •  |  •
edit another's                      | pending    |  –  |  –  |  •  |  •  |  •
know another's title                | draft      |  –  |  –  |  •  |  •  |  •
know another's title                | regard     |  –  |  •  |  •  |  •  |  •
know another's title                | relecture  |  –  |  •  |  •  |  •  |  •
know another's title                | rejected   |  –  |  –  |  •  |  •  |  •
know another's title                | published  |  •  |  •  |  •  |  •  |  •
know another's title                | pending    |  –  |  –  |  •  |  •  |  •
submit own                          | draft      |  •  |  •  |  •  |  •  |  •
submit own                          | regard     |  –  |  –  |  –  |  –  |  –
submit own                          | relecture  |  –  |  –  |  –  |  –  |  –
submit own                          | rejected   |  •  |  •  |  •  |  •  |  •
submit own                          | published  |  •  |  •  |  •  |  •  |  •
submit own                          | pending    |  •  |  •  |  •  |  •  |  •
submit another's                    | draft      |  –  |  –  |  •  |  •  |  •
submit another's                    | rejected   |  –  |  –  |  •  |  •  |  •
submit another's                    | pending    |  –  |  –  |  •  |  •  |  •
approve own                         | draft      |  –  |  –  |  –  |  –  |  –
approve own                         | regard     |  –  |  –  |  –  |  –  |  –
approve own                         | relecture  |  –  |  –  |  –  |  –  |  –
approve own, « petite équipe »      | regard     |  –  |  •  |  –  |  •  |  •
approve own, « petite équipe »      | relecture  |  –  |  –  |  •  |  •  |  •
approve another's                   | draft      |  –  |  –  |  –  |  –  |  –
approve another's                   | regard     |  –  |  •  |  –  |  •  |  •
approve another's                   | relecture  |  –  |  –  |  •  |  •  |  •
approve another's                   | rejected   |  –  |  –  |  –  |  –  |  –
approve another's                   | published  |  –  |  –  |  –  |  –  |  –
reject another's                    | regard     |  –  |  •  |  –  |  •  |  •
reject another's                    | relecture  |  –  |  –  |  •  |  •  |  •
publish own without review          | draft      |  –  |  –  |  –  |  •  |  •
publish own without review          | regard     |  –  |  –  |  –  |  •  |  •
publish own without review          | relecture  |  –  |  –  |  –  |  •  |  •
publish own without review          | rejected   |  –  |  –  |  –  |  •  |  •
publish own without review          | pending    |  –  |  –  |  –  |  •  |  •
publish another's without review    | draft      |  –  |  –  |  –  |  •  |  •
publish another's without review    | relecture  |  –  |  –  |  –  |  •  |  •
unpublish own                       | published  |  –  |  –  |  •  |  •  |  •
unpublish another's                 | published  |  –  |  –  |  •  |  •  |  •
unpublish another's                 | pending    |  –  |  –  |  •  |  •  |  •
delete own                          | draft      |  •  |  •  |  •  |  •  |  •
delete own                          | published  |  –  |  –  |  –  |  •  |  •
delete another's                    | draft      |  –  |  –  |  •  |  •  |  •
delete another's                    | published  |  –  |  –  |  –  |  •  |  •
copy another's                      | draft      |  –  |  –  |  •  |  •  |  •
lock another's                      | draft      |  –  |  –  |  •  |  •  |  •
propose changes to own territory    |            |  •  |  •  |  •  |  •  |  •
propose changes to other territory  |            |  –  |  –  |  •  |  •  |  •
choose themes                       |            |  •  |  •  |  •  |  •  |  •
edit themes                         |            |  –  |  –  |  •  |  •  |  •
edit tags                           |            |  –  |  –  |  •  |  •  |  •
edit bylines                        |            |  –  |  –  |  •  |  •  |  •
read reports                        |            |  –  |  –  |  •  |  •  |  •
invite volunteers                   |            |  –  |  –  |  •  |  •  |  •
manage accounts                     |            |  –  |  –  |  –  |  •  |  •
change settings                     |            |  –  |  –  |  –  |  •  |  •
edit own profile                    |            |  •  |  •  |  •  |  •  |  •
"""


class Cell(NamedTuple):
    """One question put to the site: may this role do this, in this state?"""

    action: str
    state: str
    role: str
    allowed: bool

    @property
    def sentence(self) -> str:
        """The question as the name of a test."""
        when = f" [{self.state}]" if self.state else ""
        return f"{self.role} {'may' if self.allowed else 'may not'} {self.action}{when}"


def cells() -> list[Cell]:
    """Every cell of the table, row by row."""
    found = []
    for line in TABLE.strip().splitlines()[1:]:
        action, state, *marks = [part.strip() for part in line.split("|")]
        assert set(marks) <= {"•", "–"} and len(marks) == len(COLUMNS), line
        found += [Cell(action, state, role, mark == "•") for role, mark in zip(COLUMNS, marks, strict=True)]
    return found
