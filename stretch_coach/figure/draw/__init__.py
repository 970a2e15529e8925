"""Drawing the figure: body, face, muscles, props and marks on a canvas."""
