"""The pages on which interviews are compared: mine, by role, by problem, calibration, training."""
