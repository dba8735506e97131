"""The command line `yingbao`."""
