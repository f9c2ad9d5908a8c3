"""Lambda: the app's functions, run as Lambda runs them."""
