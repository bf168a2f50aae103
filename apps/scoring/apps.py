from django.apps import AppConfig
from django.conf import settings


class ScoringConfig(AppConfig):
    name = "apps.scoring"
    label = "scoring"

    def ready(self) -> None:
        from apps.core.jobs.registry import register  # models are not loaded before this
        from apps.scoring.child import Limits, Scorer, use
        from apps.scoring.domain import runs, working
        from apps.scoring.domain.judging import judgements
        from apps.scoring.domain.sentence_store import SentenceStore

        limits = Limits(memory_bytes=settings.SCORER_MEMORY_BYTES)
        use(Scorer(limits, SentenceStore()))
        for kind, handler in working.HANDLERS.items():
            register(kind, handler, runs.on_failed)
        register(judgements.JOB_KIND, judgements.handle, judgements.on_failed)
