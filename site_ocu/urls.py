"""Every address of the site. French has no prefix; other languages will have theirs (``/en/…``)."""

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.home import default as no_such_view
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve

from blog.views import author
from home.admin.choosers import LinkByPublicTitleView
from home.admin.tags import suggested_tags
from home.delivery.machines import healthz, readyz, robots
from home.media.views import document, rendition
from home.moderation.draft_reader import shared_draft
from home.moderation.report_form import report_content
from home.pages import views as pages
from home.pages.videos import watch
from home.people.account_views import OwnAccountView
from home.people.welcome import WelcomeView
from home.search.suggestions import suggestions
from home.search.views import search

handler400 = "home.pages.views.bad_request"
handler403 = "home.pages.views.forbidden"
handler404 = "home.pages.views.page_not_found"
handler429 = "home.people.signin.entrance.too_many_requests"  # allauth's limits
handler500 = "home.pages.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("admin/failwhale/", no_such_view),  # Wagtail's way to raise an error on purpose
    path("admin/account/", require_admin_access(OwnAccountView.as_view())),  # before Wagtail's own
    path("admin/choose-external-link/", require_admin_access(LinkByPublicTitleView.as_view())),
    path("admin/tag-autocomplete/", require_admin_access(suggested_tags)),
    path("admin/tag-autocomplete/<slug:app_name>/<slug:model_name>/", require_admin_access(suggested_tags)),
    path("admin/", include("home.people.signin.urls")),  # allauth's, at Wagtail's door
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", document),  # before Wagtail's own, which it asks
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:name>", rendition, name="rendition"),
]

urlpatterns += i18n_patterns(
    path("invitation/<int:uid>/<str:token>/", WelcomeView.as_view(), name="welcome"),
    path("recherche/", search, name="search"),
    path("recherche/suggestions/", suggestions, name="search_suggestions"),
    path("volontaires/<slug:slug>/", author, name="author"),
    path("mentions-legales/", pages.legal_notice, name="legal_notice"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("donnees-personnelles/", pages.privacy, name="privacy"),
    path("video/<str:token>/", watch, name="video"),
    path("signaler/", report_content, name="report_content"),
    path("apercu/<str:token>/", shared_draft, name="shared_draft"),
    # What a page gives to take away: Wagtail's own pattern knows no address with a dot in it.
    re_path(r"^((?:[\w-]+/)+[\w-]+\.(?:csv|geojson|json|pdf|png))$", serve, name="page_file"),
    # Forms of a page that are open to anybody: no session, no cookie, hence no token (ADR 0017).
    re_path(
        r"^((?:[\w-]+/)+(?:prevenez-moi|proposer|corriger)/(?:[\w-]+/)*)$",
        csrf_exempt(serve),
        name="open_page_form",
    ),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

if apps.is_installed("debug_toolbar"):
    urlpatterns.insert(0, path("__debug__/", include("debug_toolbar.urls")))
