"""What is timed, against whom, with what result: `make bench`."""
