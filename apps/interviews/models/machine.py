"""What the machine gave a step, as calibration reads it: one number, where a run has thousands."""

from django.db import models

from apps.interviews.models.interview import Interview


class MachineStep(models.Model):
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="machine_steps")
    item = models.CharField(max_length=80)  # id of the step
    level = models.FloatField()  # 1 to 4, the weighted mean of its criteria
    engine_id = models.CharField(max_length=40)
    engine_version = models.CharField(max_length=40)

    class Meta:
        ordering = ["item"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "item"], name="machine_step_once"),
            models.CheckConstraint(
                condition=models.Q(level__range=(1, 4)), name="machine_level_from_one_to_four"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} for {self.item} of {self.interview_id}"
