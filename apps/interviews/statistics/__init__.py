"""How far do raters agree, and who is strict? Plain Python: ratings in, figures out.

Every figure is a function of sums over sessions, so that an interval can resample sessions by
resampling their sums (`bootstrap`). Kappa is that of `apps.scoring.agreement`.
"""
