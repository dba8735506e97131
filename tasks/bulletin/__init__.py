"""The monthly bulletin (通报): what is gathered for it, what it says, and the files it becomes (C27–C29)."""
