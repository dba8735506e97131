"""What is written and how it leaves the house. No database, no Prefect."""
