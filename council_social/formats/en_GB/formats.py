"""How people in the council write dates and times; the first of each is how a form shows them."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]
TIME_INPUT_FORMATS = [
    "%H:%M",
    "%H.%M",
    "%I:%M%p",
    "%I.%M%p",
    "%I%p",
    "%I:%M %p",
    "%I %p",
    "%H:%M:%S",
]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S"]
