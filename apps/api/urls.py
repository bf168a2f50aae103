"""The addresses of the REST interface."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

from apps.api.views import (
    cards,
    debrief,
    designs,
    diagrams,
    documents,
    exports,
    interviews,
    judging,
    links,
    recovery,
    replay,
    scores,
)

interview_urls: list[URLPattern | URLResolver] = [
    path("", interviews.PlayedInterview.as_view(), name="interview"),
    path("/start", interviews.Start.as_view(), name="interview_start"),
    path("/pause", interviews.Pause.as_view(), name="interview_pause"),
    path("/resume", interviews.Resume.as_view(), name="interview_resume"),
    path("/extend", interviews.Extend.as_view(), name="interview_extend"),
    path("/thinking", interviews.Think.as_view(), name="interview_thinking"),
    path("/end", interviews.Finish.as_view(), name="interview_end"),
    path("/reopen", interviews.Reopen.as_view(), name="interview_reopen"),
    path("/freeze", interviews.Freeze.as_view(), name="interview_freeze"),
    path("/unfreeze", interviews.Unfreeze.as_view(), name="interview_unfreeze"),
    path("/admit", interviews.Admit.as_view(), name="interview_admit"),
    path("/enter", interviews.Enter.as_view(), name="interview_enter"),
    path("/deep-dive", interviews.Dive.as_view(), name="interview_deep_dive"),
    path("/end-deep-dive", interviews.EndDive.as_view(), name="interview_end_deep_dive"),
    path("/skip", interviews.Skip.as_view(), name="interview_skip"),
    path("/unskip", interviews.Unskip.as_view(), name="interview_unskip"),
    path("/twist", interviews.Twist.as_view(), name="interview_twist"),
    path("/clarification", interviews.Clarify.as_view(), name="interview_clarification"),
    path("/accommodations", interviews.Accommodations.as_view(), name="accommodations"),
]

design_urls: list[URLPattern | URLResolver] = [
    path("flow", designs.Flow.as_view(), name="design_flow"),
    path("end", designs.End.as_view(), name="design_end"),
    path("document", documents.Document.as_view(), name="document"),
    path("diagram.svg", diagrams.Diagram.as_view(), name="diagram"),
    path("thumbnail.svg", diagrams.Thumbnail.as_view(), name="thumbnail"),
    path("layout", diagrams.Layout.as_view(), name="layout"),
    path("exports", exports.Exports.as_view(), name="exports"),
    path("exports/<uuid:job_id>", exports.Export.as_view(), name="export"),
    path("exports/<uuid:job_id>/file", exports.ExportFile.as_view(), name="export_file"),
    path("scores", scores.Scores.as_view(), name="scores"),
    path("scores/latest", scores.LatestScore.as_view(), name="latest_score"),
    path("scores/coverage", scores.LiveCoverage.as_view(), name="coverage"),
    path("scores/<uuid:run_id>", scores.Score.as_view(), name="score"),
    path("scores/<uuid:run_id>/cancel", scores.CancelScore.as_view(), name="cancel_score"),
    path("scores/judge-consent", judging.JudgeConsent.as_view(), name="judge_consent"),
    path("scores/<uuid:run_id>/judge", judging.Judgement.as_view(), name="judgement"),
    path("links", links.Links.as_view(), name="links"),
    path("links/<uuid:link_id>", links.Link.as_view(), name="link"),
    path("debrief/notes", debrief.DebriefNotes.as_view(), name="debrief_notes"),
    path("decision", debrief.DecisionMade.as_view(), name="decision"),
    path("decision/sign-off", debrief.DecisionSignOff.as_view(), name="decision_sign_off"),
    path("record.json", debrief.RecordJson.as_view(), name="record_json"),
    path("report.pdf", debrief.ReportPdf.as_view(), name="report_pdf"),
    path("record.csv", debrief.RecordCsv.as_view(), name="record_csv"),
    path("recover", recovery.Recover.as_view(), name="recover"),
    path("replay", replay.Replay.as_view(), name="replay"),
    path("people", links.People.as_view(), name="people"),
    path("interview", include(interview_urls)),
    path("card", cards.Card.as_view(), name="card"),
    path("card/ratings/<str:item>", cards.CardRating.as_view(), name="card_rating"),
    path("card/ratings/<str:item>/revise", cards.CardRevision.as_view(), name="card_revision"),
    path("card/verdict", cards.CardVerdict.as_view(), name="card_verdict"),
    path("card/submit", cards.CardSubmission.as_view(), name="card_submission"),
    path("card/decline", cards.CardDeclined.as_view(), name="card_declined"),
    path("panel", cards.Panel.as_view(), name="panel"),
]

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("designs", designs.Designs.as_view(), name="designs"),
    path("designs/import", designs.Import.as_view(), name="design_import"),
    path("designs/<uuid:design_id>", designs.Design.as_view(), name="design"),
    path("designs/<uuid:design_id>/", include(design_urls)),
    path("schema/", SpectacularAPIView.as_view(authentication_classes=[]), name="schema"),
    path("schemas/design-1.json", documents.DocumentSchema.as_view(), name="document_schema"),
]
