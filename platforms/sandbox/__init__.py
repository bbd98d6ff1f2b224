"""Platforms to practise on: a local, stateful server that speaks the vendors' own APIs.

Never in production. `python -m platforms.sandbox --port 9100 --database FILE --seed N` serves
`/x`, `/graph`, `/youtube` (point X_API_URL and so on there), public pages under `/` to look at in
a browser, and the control API under `/_sandbox/`. In tests: `with running_sandbox() as sandbox:`
gives `sandbox.base_urls` and `sandbox.control` (:class:`platforms.sandbox.remote.Control`).

How to add an API (x_api.py is the example):

1. Write functions `(call: Call) -> Answer`, one for each operation. They run in the server's one
   thread, do not wait, and anything but a GET runs in a transaction: raise `Problem(answer)` and
   nothing was changed. `call.who` is the signed-in account, `call.store` the memory, `call.json()`,
   `call.form`, `call.field(name)`, `call.query`, `call.body`, `call.parts` (placeholders of the
   path) what was asked; `call.world.now()` is the time, `call.origin` the address to build links
   from. Call `speaking.react(call.world, account, post)` once a post is public, so that residents
   answer. A post's public page is `/timeline/<platform>/<handle>/<remote id>`, a picture is
   `/media/<platform>/<remote id>`.
2. Write a class with the five methods of `calls.Errors`: the vendor's own words for signed out,
   too many calls, broken, duplicate and not found.
3. List the `Endpoint`s (group "publish" for the call that makes something public, "upload" for
   steps before it, "read" for the rest) and put it all into one `Api` called `API`: how to find
   the token in a call, how new ids look, how residents speak here (`said_as`).
4. Add the module to apis.py.
5. How people let an app use their accounts is sign_in.py's page and grants.py's memory;
   x_sign_in.py is the example. `control.register_app` makes an app known.

Everything else comes by itself: signing in, expired and revoked tokens, limits, faults by rule and
by rate before and after the call is carried out (serving.py), counting, and the control API.
Rules for state: everything lives in store.py's tables (`extra` holds what is peculiar to a vendor,
`store.keep` small things such as an open upload), so that a restart forgets nothing.
"""
