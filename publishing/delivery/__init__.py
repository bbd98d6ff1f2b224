"""The engine: sends each approved version once to each of its accounts, or says why not.

`sweep` finds what is due, `claim` takes it, `gate` checks everything again, `send` calls the
platform, `settle` keeps what came of it, `reconcile` looks where an answer never came, and
`answers` asks a person where looking does not help.
"""
