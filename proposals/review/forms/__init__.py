"""Forms of the room: filters of the queue, the review, and each other act."""
