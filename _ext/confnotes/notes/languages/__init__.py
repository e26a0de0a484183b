"""The words of each language that notes are typed in: one table a language, ``de.toml``."""
