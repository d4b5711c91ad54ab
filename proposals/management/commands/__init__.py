"""One command a module: parse the arguments, call an action."""
