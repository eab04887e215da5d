# Targets that carry a ## text are listed by "make".
SHELL := /bin/bash
GO ?= go
BIN := bin/adloom

.DEFAULT_GOAL := help
.PHONY: help run build test check unit race golden bench chaos fuzz fmt clean deps-run deps-test

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: deps-run build ## Build, start the demo shop and print its address
	@./$(BIN) serve --demo

build: ## Build bin/adloom
	@$(GO) build -o $(BIN) ./cmd/adloom

test: deps-test check race ## Check and test everything, installing what that needs

check: ## Formatting, go vet and staticcheck
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$unformatted" ]; then echo "not formatted (make fmt):" $$unformatted; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

unit: ## Tests without the race detector, the quickest way to look
	$(GO) test ./...

race:
	@if command -v gcc >/dev/null || command -v clang >/dev/null; then \
		echo "$(GO) test -race ./..."; CGO_ENABLED=1 $(GO) test -race -timeout 12m ./... && $(GO) test -run 'Frugal|Flat|Language|Borrowed|Text' ./cmd/adloom; \
	else \
		echo "no C compiler: the race detector needs one, testing without it"; $(GO) test -timeout 12m ./...; \
	fi

golden: ## Bless the pictures that tests draw; look at the diff before you commit it
	-ADLOOM_BLESS=1 $(GO) test ./renderer
	git status --short -- '*.png'

bench: ## Time the reference ads and the packages
	./scripts/bench

chaos: build ## Load and trouble real nodes for 40 minutes, into docs/reliability.md; CHAOS=short for five, without
	$(GO) run ./chaos all --write docs/reliability.md $(if $(filter short,$(CHAOS)),--short)

fuzz: ## Fuzz each parser for 30 s
	./scripts/fuzz

fmt: ## Format the code
	gofmt -w $$(git ls-files '*.go')

clean: ## Remove what was built; data/ stays
	rm -rf bin

deps-run:
	@./scripts/ensure fonts-inter fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji libturbojpeg0 libwebp7

deps-test: deps-run
	@./scripts/ensure redis-server gcc libc6-dev unicode-data prometheus chromium
