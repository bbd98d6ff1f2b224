"""Which vendors' APIs the sandbox speaks: the one list of them."""

from __future__ import annotations

from platforms.sandbox import x_api
from platforms.sandbox.calls import Api

APIS: dict[str, Api] = {api.platform: api for api in (x_api.API,)}
