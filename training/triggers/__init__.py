"""What the database itself refuses about training, table by table."""
