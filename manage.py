#!/usr/bin/env python
"""Django's command line. Without DJANGO_SETTINGS_MODULE it uses the local settings of `make run`."""

import os
import sys

from django.core.management import execute_from_command_line

INTERRUPTED = 130  # what a shell says of a program stopped by Ctrl-C

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_ocu.settings.local")
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
