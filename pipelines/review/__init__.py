"""Review: a person looks at the pairs that no rule could decide, and what is decided is written down for the next build."""
