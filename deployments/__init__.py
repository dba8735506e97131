"""Where and on which schedule: campaign files, the command line."""
