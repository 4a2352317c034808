"""Every address the installation answers."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("desk", RedirectView.as_view(url="/desk/")),
    path("desk/", include("wireroom.desk.urls")),
    path("push/", include("wireroom.intake.urls")),
    path("", include("wireroom.publish.urls")),
]
