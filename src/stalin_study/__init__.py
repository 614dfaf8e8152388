"""Stalin Study: offline revision for Stalin's Dictatorship, USSR 1924-41."""

__version__ = "0.1.0"
