"""The limit of a list page: one query for 25 rows, and a table of them without any frame.

It goes through the same middleware as every page, signed in.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

from council_social import urls
from publishing.models import Post

ROWS = """
<table>{% for post in posts %}
<tr><td>{{ post.title }}</td><td>{{ post.state }}</td><td>{{ post.due_at }}</td></tr>
{% endfor %}</table>
"""


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    posts = Post.objects.filter(state="published").order_by("-changed_at", "-id")[:25]
    return HttpResponse(TABLE.render(Context({"posts": posts})))


TABLE = Template(ROWS)
urlpatterns = [path("bare/", bare), *urls.urlpatterns]
