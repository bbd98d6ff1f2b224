"""The addresses of the media library."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
