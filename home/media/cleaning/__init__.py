"""What comes in from outside, made harmless before anything is stored: told by its content, emptied of what it says
about people, refused when that can't be done (ADR 0026).

One module a family of files, none of which knows of Django, so that the dangerous ones run in a process of their own
(``apart``). ``words`` says in French what they answer.
"""
