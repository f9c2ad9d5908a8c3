def receive(ses):
    return "x"
