"""Official papers of the campaign: the monthly 通报 and the annual 总结, as PDF, docx and xlsx (C26, C29)."""
