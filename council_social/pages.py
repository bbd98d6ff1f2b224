"""The pages that are only words: help, accessibility statement, privacy notice."""

from django.views.generic import TemplateView

help_page = TemplateView.as_view(template_name="pages/help.html")
accessibility = TemplateView.as_view(template_name="pages/accessibility.html")
privacy = TemplateView.as_view(template_name="pages/privacy.html")
