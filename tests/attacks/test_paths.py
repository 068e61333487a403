"""No address leads to a file that it does not name: not above the folder, not beside it, not by another spelling."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from home.media.models import Image
from tests import factories

pytestmark = pytest.mark.django_db

SECRET = b"un secret de la machine"
UP = [
    *(
        "../secret.txt",
        "../../secret.txt",
        "images/../../secret.txt",
        "images/../secret.txt",
        "./../secret.txt",
    ),
    *("%2e%2e/secret.txt", "%2e%2e%2fsecret.txt", "..%2fsecret.txt", "..%5csecret.txt", "..\\secret.txt"),
    *(
        "%252e%252e/secret.txt",
        "....//secret.txt",
        "..;/secret.txt",
        "images/%00../secret.txt",
        "secret.txt%00.jpg",
    ),
    *("%c0%ae%c0%ae/secret.txt", "..%c0%afsecret.txt", "/etc/passwd", "//etc/passwd", "file:///etc/passwd"),
    *("images/..%2f..%2fdb.sqlite3", "original_images/", "documents/", ".", "", "~/secret.txt"),
]


@pytest.fixture
def secret(settings: Any, tmp_path: Path) -> Client:
    """Files above and beside the media, and somebody who looks for them."""
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    for folder in ("media/images", "static/css"):
        (tmp_path / folder).mkdir(parents=True)
    for place in ("secret.txt", "media/secret.txt", "media/db.sqlite3"):
        (tmp_path / place).write_bytes(SECRET)
    (tmp_path / "static" / "css" / "site.css").write_text("body {}")
    return Client()


class TestAnAddress:
    @pytest.mark.parametrize(
        "base", ["/media/", "/documents/", "/static/", "/static/css/", "/documents/1/", "/"]
    )
    @pytest.mark.parametrize("path", UP)
    def test_does_not_climb(self, base: str, path: str, secret: Client) -> None:
        response: Any = secret.get(f"{base}{path}")

        assert response.status_code in (200, 301, 302, 400, 404)
        assert SECRET not in response.getvalue() and b"root:" not in response.getvalue()
        if response.status_code == 200:  # « / » and nothing more
            assert "text/html" in response["Content-Type"]

    def test_of_an_original_is_none(self) -> None:
        image: Image = factories.ImageFactory()
        document = factories.DocumentFactory()

        for file in (image.file, document.file):
            assert Client().get(f"/media/{file.name}").status_code == 404

    def test_of_what_only_lies_in_the_folder_is_none(self) -> None:
        name = default_storage.save("images/oublie.txt", ContentFile(SECRET))

        assert Client().get(f"/media/{name}").status_code == 404

    @pytest.mark.parametrize(
        "path",
        [
            *(
                "/.env",
                "/.git/config",
                "/.git/HEAD",
                "/manage.py",
                "/db.sqlite3",
                "/var/db.sqlite3",
                "/wp-login.php",
            ),
            *(
                "/site_ocu/settings/production.py",
                "/requirements.txt",
                "/Dockerfile",
                "/secret_key",
                "/backup.zip",
            ),
            *("/server-status", "/phpinfo.php", "/admin/.env", "/static/.env", "/media/.env", "/__debug__/"),
            *(
                "/api/",
                "/graphql",
                "/actuator/health",
                "/debug/",
                "/metrics",
                "/django-admin/",
                "/.well-known/x",
            ),
        ],
    )
    def test_that_scanners_try_gives_nothing(self, path: str) -> None:
        assert Client().get(path).status_code in (301, 302, 404)
        assert Client().get(path, follow=True).status_code in (200, 404)
        assert settings.SECRET_KEY.encode() not in Client().get(path, follow=True).content


class TestAnError:
    def test_tells_nothing_of_the_machine(self) -> None:
        for path, status in (("/n-existe-pas/", 404), ("/?q=%00", 400)):
            response: Any = Client().get(path)
            text = response.content.decode()
            assert response.status_code == status
            for told in ("Traceback", "Django", "Wagtail", str(settings.PROJECT_DIR), "site_ocu", "DEBUG"):
                assert told not in text
