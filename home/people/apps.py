"""wagtail.users with the site's own account forms (Wagtail's documented way to replace them)."""

from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(WagtailUsersAppConfig):
    user_viewset = "home.people.account_views.UserViewSet"
