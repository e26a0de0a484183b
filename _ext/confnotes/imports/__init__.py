"""Notes brought in from elsewhere: sources become posts, posts a plan, and a plan files."""
