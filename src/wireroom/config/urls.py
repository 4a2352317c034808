"""Every address the installation answers."""

from django.urls import include, path
from django.views.generic import RedirectView

from wireroom.intake import views

urlpatterns = [
    path("desk", RedirectView.as_view(url="/desk/")),
    path("desk/", include("wireroom.desk.urls")),
    path("push/", include("wireroom.intake.urls")),
    path("websub/<slug:token>", views.called, name="websub"),
    path("", include("wireroom.publish.urls")),
]
