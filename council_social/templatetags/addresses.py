"""Where the rows of a list lead, and which addresses may be links at all."""

from __future__ import annotations

from django import template

from pages.addresses import address_of
from platforms.addresses import web_address

register = template.Library()

register.simple_tag(address_of, name="address")
register.filter("web_address", web_address)
