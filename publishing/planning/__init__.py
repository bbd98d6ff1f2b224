"""Planning: the calendar, its feeds, content plans, and when posts drew most replies."""
