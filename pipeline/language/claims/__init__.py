"""What a sentence claims, beside what people said: its content, its numbers and names, its side, what it denies."""
