"""Explanations: why entries are one document or two, and what a judgement would change."""
