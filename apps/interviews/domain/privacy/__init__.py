"""What is kept about a candidate: told, agreed to, handed out, and taken away again."""
