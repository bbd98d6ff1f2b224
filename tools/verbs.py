"""The verbs of `./run`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from tools import checks
from tools.assets import assets
from tools.bootstrap import bootstrap
from tools.commands import become
from tools.demonstration import demo
from tools.places import PYTHON, VENV
from tools.processes import Processes, Stopped, require_free
from tools.requirements import export
from tools.services import (
    manage,
    port,
    ready,
    served_environment,
    start_web,
    start_workers,
)
from tools.trouble import Trouble

Arguments = Sequence[str]


def main(arguments: Arguments) -> int:
    """Run the verb that `arguments` begin with; without one, list them."""
    if not arguments or arguments[0] in ("help", "-h", "--help"):
        print(usage())
        return 0
    name, *rest = arguments
    verb = VERBS.get(name)
    if verb is None:
        print(f'There is no verb "{name}".\n\n{usage()}', file=sys.stderr)
        return 2
    try:
        return verb(rest)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, Stopped):
        return 130


def usage() -> str:
    lines = [f"  {name:<14}{verb.__doc__}" for name, verb in VERBS.items()]
    return "Usage: ./run VERB [ARGUMENTS]\n\n" + "\n".join(lines)


def run_demo(arguments: Arguments) -> int:
    """install what is missing, load a demonstration council, start everything [--fresh]"""
    if set(arguments) - {"--fresh"}:
        raise Trouble("./run demo takes --fresh, for a new council, and nothing else.")
    bootstrap()
    assets()
    return demo(fresh="--fresh" in arguments)


def run_test(arguments: Arguments) -> int:
    """run the tests; arguments go to pytest"""
    bootstrap()
    assets()
    parallel = (
        [] if any(a.startswith(("-n", "--numprocesses")) for a in arguments) else ["-n", "auto"]
    )
    return become([VENV / "bin" / "pytest", *parallel, *arguments])


def run_check(_: Arguments) -> int:
    """format, lint, types, import directions, templates, migrations, security"""
    bootstrap()
    assets()
    return checks.check()


def run_fmt(_: Arguments) -> int:
    """put the code into its one form"""
    bootstrap()
    return checks.fmt()


def run_bench(arguments: Arguments) -> int:
    """measure against the limits in benchmarks/ [--only NAME] [--json FILE]"""
    bootstrap()
    assets()
    return become([PYTHON, "-m", "benchmarks", *arguments])


def run_storm(arguments: Arguments) -> int:
    """kill workers while the platforms fail, and count what arrived"""
    bootstrap()
    return become([PYTHON, "-m", "tools.storm", *arguments])


def run_serve(_: Arguments) -> int:
    """the web server on PORT (8000), with the database and the assets up to date"""
    number = port("PORT", 8000)
    require_free(number, "PORT", "the web server")
    bootstrap()
    assets()
    env = served_environment(number)
    ready(env)
    with Processes(env) as processes:
        start_web(processes, number)
        print(f"Ready: {env['BASE_URL']}", flush=True)
        processes.watch()
    return 0


def run_worker(_: Arguments) -> int:
    """the workers for every queue, and beat"""
    bootstrap()
    with Processes(served_environment(port("PORT", 8000))) as processes:
        start_workers(processes)
        print("The workers and beat are running; Ctrl-C stops them.", flush=True)
        processes.watch()
    return 0


def run_manage(arguments: Arguments) -> int:
    """Django's command line"""
    bootstrap()
    return become(manage(*arguments))


def run_assets(_: Arguments) -> int:
    """build the stylesheet and the script"""
    bootstrap()
    assets()
    return 0


def run_requirements(arguments: Arguments) -> int:
    """write the requirements files again; --upgrade takes the newest versions"""
    bootstrap()
    return export(upgrade="--upgrade" in arguments)


VERBS: dict[str, Callable[[Arguments], int]] = {
    "demo": run_demo,
    "test": run_test,
    "check": run_check,
    "fmt": run_fmt,
    "bench": run_bench,
    "storm": run_storm,
    "serve": run_serve,
    "worker": run_worker,
    "manage": run_manage,
    "assets": run_assets,
    "requirements": run_requirements,
}
