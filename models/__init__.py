"""What is true: nouns, rules, reads, writes."""
