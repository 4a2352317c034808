"""What the tests stand on: a home of their own, databases, a browser, and a closed network."""
