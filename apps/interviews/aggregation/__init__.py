"""What do the ratings of an interview come to? Plain Python: a rubric's data in, figures out."""

from apps.interviews.aggregation.card import CardScore, Ratings, StepScore, Term, score_card
from apps.interviews.aggregation.panel import Result, Row, aggregate, disagreements, flips
from apps.interviews.aggregation.rating import Rating
from apps.interviews.aggregation.totals import Missing, Share, Total
from apps.interviews.aggregation.weighing import DEFAULT, EQUAL, Weighing

__all__ = [
    "DEFAULT",
    "EQUAL",
    "CardScore",
    "Missing",
    "Rating",
    "Ratings",
    "Result",
    "Row",
    "Share",
    "StepScore",
    "Term",
    "Total",
    "Weighing",
    "aggregate",
    "disagreements",
    "flips",
    "score_card",
]
