"""Which vendors' APIs the sandbox speaks: the one list of them."""

from __future__ import annotations

from platforms.sandbox import graph_api, x_api, youtube_api
from platforms.sandbox.calls import Api

APIS: dict[str, Api] = {api.platform: api for api in (x_api.API, graph_api.API, youtube_api.API)}
