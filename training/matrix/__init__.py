"""The matrix: people and everything that they have to learn or accept, for HR and managers."""
