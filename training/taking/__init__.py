"""Taking a course: what an enrolment consists of, whether it counts, and where it goes on."""
