"""The Explore page: timeline, figures, people and key terms."""
