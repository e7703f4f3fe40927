"""Address of the home of everybody who serves or learns."""

from django.urls import include, path

from lingkar.foundation.access.web import route
from lingkar.site.asn.web import views

routes = [route("beranda/", views.home, name="home", signed_in=True)]
urlpatterns = [path("", include((routes, "asn")))]
