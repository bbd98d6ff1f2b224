"""The strategy's timetable: how far it has got."""
