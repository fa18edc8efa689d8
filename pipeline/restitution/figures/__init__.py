"""The rose and the poster, as pictures."""
