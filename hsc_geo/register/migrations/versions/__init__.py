"""One module a step, in order of their number. A step that was released is never changed."""
