"""Every address the installation answers."""

from django.urls import include, path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtail_urls
from wagtail.admin.auth import require_admin_access

from wireroom.desk.home import Home

urlpatterns = [
    path("desk", RedirectView.as_view(url="/desk/")),
    path("desk/", never_cache(require_admin_access(Home.as_view()))),
    path("desk/", include(wagtail_urls)),
    path("", include("wireroom.publish.urls")),
]
