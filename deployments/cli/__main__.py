"""`python -m deployments.cli` is `yingbao`."""

from deployments.cli.main import main

main()
