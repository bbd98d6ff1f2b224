"""What `./run` is made of: the standard library only, as it runs before anything is installed.

The storm alone comes after that: a program of its own which `./run storm` starts.
"""
