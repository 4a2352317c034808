"""Every address the installation answers."""

from django.urls import include, path
from wagtail.admin import urls as wagtail_urls

urlpatterns = [
    path("desk/", include(wagtail_urls)),
    path("", include("wireroom.publish.urls")),
]
