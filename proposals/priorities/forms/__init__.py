"""The forms of the room: words become clean values."""
