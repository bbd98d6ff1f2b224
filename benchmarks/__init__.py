"""What is measured, each against its limit in the same run. `./run bench` prints the figures."""
