"""What is measured and shown, not tested: ``make bench`` and ``make screenshots``."""
