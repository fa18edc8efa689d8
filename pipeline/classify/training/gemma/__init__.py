"""The second encoder of `precis`: the lower layers of Gemma 3 270M, fine-tuned for the axes, exported in 8 bits."""
