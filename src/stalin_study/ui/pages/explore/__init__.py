"""The Explore page and its four views."""
