"""When and in what order: the campaign's Prefect flows."""
