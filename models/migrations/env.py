"""Alembic's entry: always on a connection handed over by models.database, never from a config file."""

from alembic import context

from models.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
