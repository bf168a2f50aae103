"""Scorings of designs: what was read, by which rubric, what came out."""

from django.db import models
from django.utils import timezone

from apps.core.ids import new_id
from apps.designs.models import DesignSession, Participant


class StepScore(models.Model):
    """A step as the engine scored it once. Equal inputs have equal hashes, and so equal results:
    a later run takes it from here. It belongs to its design, and goes with it."""

    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="step_scores")
    step = models.CharField(max_length=80)
    input_hash = models.CharField(max_length=64)
    result = models.JSONField()
    trace = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["design", "step", "input_hash"], name="step_scored_once_per_input"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} of {self.design_id} by {self.input_hash[:8]}"


class ScoreRun(models.Model):
    """The document that was read is kept, so that the score can be made again and checked."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="score_runs")
    seq = models.BigIntegerField()  # of the live document that was read
    document = models.JSONField()
    rubric_id = models.CharField(max_length=80)
    rubric_version = models.CharField(max_length=40)
    rubric_sha256 = models.CharField(max_length=64)
    engine_id = models.CharField(max_length=40)
    engine_version = models.CharField(max_length=40)
    channels = models.CharField(max_length=40, default="lexical")  # joined by "+"
    model_sha256 = models.CharField(max_length=64, blank=True)  # of the vectors, where used
    # Over the hashes of its steps; runs from before steps had one have none, and no trace.
    input_hash = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.QUEUED)
    done_steps = models.PositiveSmallIntegerField(default=0)
    total_steps = models.PositiveSmallIntegerField()
    result = models.JSONField(null=True, blank=True)  # the reply of docs/design-document.md
    reason = models.TextField(blank=True)
    # Grows when it is asked for again after a failure: jobs of an earlier time change nothing.
    generation = models.PositiveIntegerField(default=0)
    tries_lost = models.PositiveSmallIntegerField(default=0)  # to a scorer that did not answer
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["design", "-created_at"], name="run_by_design")]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "design",
                    "seq",
                    "rubric_id",
                    "rubric_sha256",
                    "engine_id",
                    "engine_version",
                    "channels",
                    "model_sha256",
                ],
                name="run_once_per_state_and_version",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="done") | models.Q(result__isnull=False),
                name="done_run_has_a_result",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="failed") | ~models.Q(reason=""),
                name="failed_run_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} score of {self.design_id} at {self.seq}"


class RunStep(models.Model):
    """A step of a run: what it depends on and, once it is there, its score."""

    run = models.ForeignKey(ScoreRun, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()  # in the flow, from 0
    input_hash = models.CharField(max_length=64)
    scored = models.ForeignKey(StepScore, on_delete=models.RESTRICT, null=True, blank=True)
    is_reused = models.BooleanField(default=False)  # was there before the run came to it

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["run", "step"], name="run_has_a_step_once")]

    def __str__(self) -> str:
        return f"{self.step} of run {self.run_id}"


class Coverage(models.Model):
    """What the machine finds in a design as it is being written; the newest state only."""

    design = models.OneToOneField(
        DesignSession, on_delete=models.CASCADE, related_name="coverage", primary_key=True
    )
    seq = models.BigIntegerField()
    rubric_sha256 = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=40)
    steps = models.JSONField()  # step -> {"input_hash", "score", "levels": {criterion: level}}

    def __str__(self) -> str:
        return f"coverage of {self.design_id} at {self.seq}"


class Evaluation(models.Model):
    """A comparison of the engine with people's ratings that somebody chose to keep."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rubric_id = models.CharField(max_length=80)
    rubric_sha256 = models.CharField(max_length=64)
    engine_id = models.CharField(max_length=40)
    engine_version = models.CharField(max_length=40)
    channels = models.JSONField()
    report = models.JSONField()  # as `manage.py evaluate_scoring --json` prints it
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.rubric_id} by {self.engine_id} {self.engine_version} beside people"


class JudgeConsent(models.Model):
    """The owner of a design lets its notes be sent to one model of one host, until withdrawn.

    Rows are kept, so that it can be said later who allowed what and when.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    design = models.ForeignKey(
        DesignSession, on_delete=models.CASCADE, related_name="judge_consents"
    )
    host = models.CharField(max_length=255)
    model = models.CharField(max_length=200)
    given_by = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_by_name = models.CharField(max_length=80)
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["design"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_judge_consent_holds",
            )
        ]

    def __str__(self) -> str:
        return f"Consent of {self.given_by_name} for {self.design_id}"


class Judgement(models.Model):
    """A second reading of a run by a language model. It changes nothing in the run."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(ScoreRun, on_delete=models.CASCADE, related_name="judgements")
    host = models.CharField(max_length=255)
    model = models.CharField(max_length=200)
    # Of all that is asked, step by step; the job makes it.
    prompt_sha256 = models.CharField(max_length=64, blank=True)
    seed = models.IntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED)
    steps = models.JSONField(default=dict)  # by step id, as `judge.judging` makes them
    total_steps = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "host", "model"], name="run_judged_once_by_a_model"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="failed") | ~models.Q(reason=""),
                name="failed_judgement_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} judgement of {self.run_id} by {self.model}"


class SentenceVector(models.Model):
    """The vector of a sentence that was embedded once. It holds no text and belongs to nobody."""

    key = models.CharField(max_length=64, primary_key=True)  # SHA-256 of model and text
    vector = models.BinaryField()  # 384 half-precision floats
    used_at = models.DateTimeField(default=timezone.now, db_index=True)  # to within a day

    def __str__(self) -> str:
        return f"vector {self.key[:8]}"
