# The project's commands; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help site serve ask test test-all record new prove report join nightly survive host endure check-my-engine lint format lock columns lab-up lab-down lab-shell bench clean
.DELETE_ON_ERROR:

python := .venv/bin/python
export NO_MKDOCS_2_WARNING := 1
# What names an entry, a commit or an engine is data, which neither make nor a shell reads.
override ENTRY := $(value ENTRY)
override QUESTION := $(value QUESTION)
override CLAIM := $(value CLAIM)
override WORDS := $(value WORDS)
override BASE := $(value BASE)
override ENGINE := $(value ENGINE)
export ENTRY QUESTION CLAIM WORDS BASE ENGINE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

site: .venv/ready ## build site/ from the recorded evidence; runs only what is stale
	@$(python) -m faq stale || $(python) -m pytest --record
	@$(python) -m mkdocs --quiet build --strict || $(python) -m mkdocs build --strict
	@echo "the site: site/index.html"

serve: .venv/ready ## the site on http://127.0.0.1:8000, with live reload; stale evidence is marked
	@$(python) -m faq stale || $(python) -m pytest --record || true
	@SHOW_STALE=1 $(python) -m mkdocs serve --dev-addr 127.0.0.1:8000

ask: .venv/ready ## an answer in the terminal: make ask WORDS="docker stop takes ten seconds"
	@$(python) -m faq ask $(ARGS) -- "$$WORDS"

test: .venv/ready ## run the tests of the code, all that is missing, stale or changed, and a tenth of the rest
	@$(python) -m pytest --daily $(ARGS)

test-all: .venv/ready ## run the tests of the code and every claim on every engine
	@$(python) -m pytest $(ARGS)

record: .venv/ready ## run the claims whose evidence is missing or stale, and record them
	@$(python) -m pytest --record=stale $(ARGS)

new: .venv/ready ## write a new entry to change: make new ENTRY=networking/dns QUESTION="How …?"
	@$(python) -m faq new "$$ENTRY" "$$QUESTION"

prove: .venv/ready ## run and record what is stale of an entry: make prove ENTRY=build/heredoc CLAIM=…
	@$(python) -m faq prove "$$ENTRY" "$$CLAIM"

report: .venv/ready ## print the truth that this branch changes: make report BASE=main
	@$(python) -m faq report "$${BASE:-main}"

join: .venv/ready ## take over evidence that other machines recorded: make join PARTS="../a ../b"
	@$(python) -m faq join $(PARTS)

nightly: .venv/ready ## tell what a run found: make nightly REPORTS="run.xml", with ARGS=--issue in an issue
	@$(python) -m faq nightly $(ARGS) $(REPORTS)

survive: .venv/ready ## inject faults around a run: killed engines, full disks, a repository that is gone
	@$(python) -m pytest -n0 tests/survive.py tests/docker_packages.py $(ARGS)

host: .venv/ready ## bring up the lab on an ordinary host, a virtual machine, and show what differs there
	@$(python) -m faq host

endure: .venv/ready ## repeat the full run on one engine, watching what it holds: make endure ROUNDS=50
	@$(python) -m tests.endure --rounds $(or $(ROUNDS),50) $(addprefix --column ,$(COLUMN))

check-my-engine: .venv/ready ## ask your own engine what is safe to ask, and tell what differs from the site
	@$(python) -m pytest --my-engine -n0 -q --tb=line $(ARGS)

lint: .venv/ready ## check the style and the types of everything
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache
	@.venv/bin/codespell
	@$(python) -m tests.prose
	@.venv/bin/biome check --error-on-warnings
	@find snippets -name '*.sh' | xargs .venv/bin/shellcheck --shell=sh
	@.venv/bin/shellcheck faq/lab/*.sh tests/lab/*/*.sh .ci/run
	@find snippets tests/lab -name '*Dockerfile' | xargs .venv/bin/hadolint
	@.venv/bin/actionlint
	@.venv/bin/zizmor --quiet --offline .github

format: .venv/ready ## bring Python, scripts and styles into their form
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .
	@.venv/bin/biome check --write

lock: .venv/ready ## renew requirements.txt: versions and hashes, no addresses
	@.venv/bin/pip-compile --quiet --upgrade --all-extras --allow-unsafe --generate-hashes \
	  --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --output-file requirements.txt pyproject.toml

columns: .venv/ready ## list the engines of the lab, as JSON
	@$(python) -m faq columns

lab-up: .venv/ready ## start the lab and leave it running for the next runs
	@$(python) -m faq lab-up

lab-down: .venv/ready ## remove the lab and end the embedded engine; images stay
	@$(python) -m faq lab-down

lab-shell: .venv/ready ## a shell beside an engine of the lab: make lab-shell ENGINE=28.5
	@$(python) -m faq lab-shell "$$ENGINE"

bench: .venv/ready ## measure lab, peers, site and search, side by side: make bench ARGS="site search"
	@$(python) -m tests.bench $(ARGS)

clean: ## remove what was built here; the lab's cache stays
	rm -rf .venv site

.venv/ready: requirements.txt
	@python3 -m venv --clear .venv || { echo "python3 cannot make a .venv: apt-get install python3-venv" >&2; exit 1; }
	@echo "installing what requirements.txt locks …" >&2
	@$(python) -m pip install --quiet --require-hashes --requirement requirements.txt
	@touch $@
