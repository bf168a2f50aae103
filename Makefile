# Each target is one documented command; the work is in scripts/.
.DEFAULT_GOAL := help
.PHONY: help setup run test endurance lint format lock screenshots contact-sheets bench-sync bench-scoring bench-dashboards bench-silence

help: ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## install what running needs, build the pages, prepare the database
	@RETRY=1 scripts/setup

run: ## set up what is missing and start; HOST=... PORT=... choose where it listens
	@scripts/run

test: ## set up what tests need and run all of them: Python, TypeScript, browser
	@scripts/test

endurance: ## play SEEDS=... seeds of the endurance run, 200 of them unless told
	@scripts/endurance --count $(or $(SEEDS),200)

lint: ## check style, types, import directions, migrations and deployment settings
	@scripts/lint

format: ## let the formatters rewrite the code
	@scripts/format

lock: ## compile requirements/*.in to hash-pinned requirements/*.txt
	@scripts/lock

screenshots: ## picture every screen, desktop light and dark and 390 px wide, into screenshots/
	@scripts/screenshots

contact-sheets: ## draw all reference designs, light and dark, into contact-sheets/
	@scripts/contact-sheets

bench-sync: ## measure this server beside y-websocket and Hocuspocus; WORKLOADS=W3,W4 ROUNDS=1 SECONDS=5
	@scripts/bench-sync $(if $(WORKLOADS),--workloads $(WORKLOADS)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(SECONDS),--seconds $(SECONDS))

bench-scoring: ## measure scoring: checking half, agreement with marks, time, memory; PARTS="speed batch" SESSIONS=100
	@scripts/bench-scoring $(if $(PARTS),--parts $(PARTS)) $(if $(SESSIONS),--sessions $(SESSIONS))

bench-dashboards: ## measure the dashboards at 100 and 10,000 interviews on both databases; DATA=... keeps the data, REQUESTS=10
	@scripts/bench-dashboards $(if $(DATA),--data $(DATA)) $(if $(REQUESTS),--requests $(REQUESTS))

bench-silence: ## time a candidate's edits with and without an interviewer who types; RUNS=1000
	@scripts/bench-silence $(if $(RUNS),--runs $(RUNS))
