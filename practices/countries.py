"""The countries in which territories lie: their ISO 3166 code and their name."""

from django.utils.translation import gettext_lazy as _

COUNTRIES = [
    ("BE", _("Belgique")),
    ("DE", _("Allemagne")),
    ("ES", _("Espagne")),
    ("FR", _("France")),
    ("GR", _("Grèce")),
    ("IT", _("Italie")),
    ("LU", _("Luxembourg")),
    ("MA", _("Maroc")),
    ("MT", _("Malte")),
    ("NL", _("Pays-Bas")),
    ("PL", _("Pologne")),
    ("PT", _("Portugal")),
    ("CH", _("Suisse")),
    ("TN", _("Tunisie")),
    ("GB", _("Royaume-Uni")),
]
