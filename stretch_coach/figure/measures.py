"""How long and how thick the body's parts are, in units of about 13 cm. The head is drawn large: it is what moves."""

UPPER_ARM = 1.42
FOREARM = 1.32
WRIST_TO_PALM = 0.28
PALM_TO_TIP = 0.5

THIGH = 2.25
SHANK = 2.05
HIP = 0.52
"""From the midline to each hip joint."""

SKULL = (0.70, 0.86, 0.80)
"""Half the width, height and depth of the skull."""
