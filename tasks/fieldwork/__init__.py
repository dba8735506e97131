"""The field work that follows a notice: entered by file or by hand, asked about by county (C13–C18, C24, C32)."""
