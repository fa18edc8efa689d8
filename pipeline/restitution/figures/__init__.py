"""The rose and the crossings, as pictures."""
