"""The addresses of templates, snippets and imports of posts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
