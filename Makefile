# tagbench: make demo, make test, make install, make bench, make fuzz. Each installs what it needs and never asks.

SHELL := /bin/bash
.DEFAULT_GOAL := build
PREFIX ?= /usr/local
SWIFT ?= swift
# One configuration serves everything: optimised, with testing enabled. Left to itself `swift test` would
# add that flag once more, which makes another configuration and builds everything twice.
# Whether errors are coloured is part of a configuration, too: what a terminal built, a pipe would build again.
SWIFT_FLAGS := -c release -Xswiftc -enable-testing --no-color-diagnostics
SWIFT_TEST_FLAGS := $(SWIFT_FLAGS) --disable-testable-imports
BIN := .build/release
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/tagbench
PYTHON := $(CACHE)/python/bin/python
# Build and run time: headers and libraries; Python and pip fetch the runtime and the backbones; tmux is
# for tests of the real terminal.
PACKAGES := libncurses-dev libturbojpeg0-dev libpng-dev libwebp-dev zlib1g-dev libsqlite3-dev libcurl4-openssl-dev libchafa-dev \
  libglib2.0-dev libopenblas-dev pkg-config python3 python3-pip python3-venv
TEST_PACKAGES := openssl tmux
# What tests and measurements compare with.
PYTHON_PACKAGES := azure-cognitiveservices-vision-customvision==3.1.1 cleanlab==2.9.0 fastapi==0.165.0 httptools==0.9.0 \
  numpy==2.4.6 onnxruntime==1.32.0 pillow==13.0.0 scikit-learn==1.9.1 uvicorn==0.54.0 uvloop==0.23.0

.PHONY: build demo test sanitize sanitize-thread sanitize-address crashes hostile keys bench bench-workbench bench-accuracy bench-importing bench-training bench-judging bench-live bench-export bench-server fuzz screens install format lint \
  packages test-packages runtime python clean

build: packages
	$(SWIFT) build $(SWIFT_FLAGS) --product tagbench

demo: build
	$(BIN)/tagbench demo

test: build lint test-packages runtime python
	TAGBENCH_TEST_PYTHON=$(PYTHON) $(SWIFT) test $(SWIFT_TEST_FLAGS)

# Runs the tests under ThreadSanitizer, then under AddressSanitizer, each in a build folder of its own: an hour or two.
# What they report, of the tests and of every program that these start, lies in its folder `reports`. Programs are
# linked anew, since their builder does not look at objects that the linker is given.
SANITIZERS ?= thread address
SANITIZED_TESTS ?= .
sanitize: $(SANITIZERS:%=sanitize-%)

sanitize-thread sanitize-address: sanitize-%: build test-packages runtime python
	@scratch=$(CURDIR)/.build-$*; reports=$$scratch/reports; rm -rf $$reports; mkdir -p $$reports; \
	clang=$$($(SWIFT) -print-target-info | sed -nE 's|.*"runtimeResourcePath": "(.*)/lib/swift.*|\1/bin/clang|p'); \
	$$clang -O1 -DREPORTS="\"$$reports/report\"" -c Tests/Sanitizing/options.c -o $$scratch/options.o || exit 1; \
	flags="$(SWIFT_FLAGS) --scratch-path $$scratch --sanitize $* -Xlinker $$scratch/options.o"; \
	if [ $* = thread ]; then \
	  $$clang -O1 -c Tests/Sanitizing/handovers.c -o $$scratch/handovers.o || exit 1; \
	  flags="$$flags -Xlinker $$scratch/handovers.o -Xlinker -lswiftSynchronization -Xlinker -lswift_Concurrency"; \
	  mutex='$$s15Synchronization12_MutexHandleV'; \
	  for name in $${mutex}9_lockSlowyys6UInt32VF $${mutex}11_unlockSlowyyF swift_continuation_await; do \
	    flags="$$flags -Xlinker --wrap=$$name"; \
	  done; \
	fi; \
	export TAGBENCH_SANITIZED=1 TAGBENCH_TEST_PYTHON=$(PYTHON); \
	rm -f $$scratch/release/tagbench $$scratch/release/tagbenchPackageTests.xctest; \
	$(SWIFT) build $$flags --product tagbench && \
	  $(SWIFT) test $$flags --disable-testable-imports --filter '$(SANITIZED_TESTS)'; \
	passed=$$?; count=$$(ls $$reports | wc -l); \
	echo "Reports of $$count processes: $$reports"; \
	[ $$passed = 0 ] && [ $$count = 0 ]

# Kills the program more often than the tests do, for half an hour or so.
CRASHES ?= 500
crashes: build runtime
	TAGBENCH_CRASHES=$(CRASHES) $(SWIFT) test $(SWIFT_TEST_FLAGS) --filter CrashTests

# Sends the server more malformed requests than the tests do.
HOSTILE_REQUESTS ?= 10000
hostile: build python
	TAGBENCH_HOSTILE_REQUESTS=$(HOSTILE_REQUESTS) TAGBENCH_TEST_PYTHON=$(PYTHON) \
	  $(SWIFT) test $(SWIFT_TEST_FLAGS) --filter malformedRequestsAreRefusedAndNothingElse

# Types more into the workbench, on a real library, than the tests do.
KEYS ?= 100000
keys: build
	TAGBENCH_KEYS=$(KEYS) $(SWIFT) test $(SWIFT_TEST_FLAGS) --filter RandomRunTests

# Each part can be run alone.
bench: bench-accuracy bench-importing bench-training bench-judging bench-workbench bench-live bench-export bench-server

bench-workbench: build runtime python
	TAGBENCH=$(BIN)/tagbench $(PYTHON) Tests/Benchmarks/workbench.py

bench-live: build runtime python
	TAGBENCH=$(BIN)/tagbench $(PYTHON) Tests/Benchmarks/live.py

bench-accuracy: build runtime python
	TAGBENCH=$(BIN)/tagbench $(PYTHON) Tests/Benchmarks/accuracy.py

bench-importing: build runtime python
	$(SWIFT) build $(SWIFT_FLAGS) --product EmbeddingPace
	TAGBENCH=$(BIN)/tagbench EMBEDDING_PACE=$(BIN)/EmbeddingPace $(PYTHON) Tests/Benchmarks/importing.py
	TAGBENCH=$(BIN)/tagbench $(PYTHON) Tests/Benchmarks/memory.py
	TAGBENCH=$(BIN)/tagbench $(PYTHON) Tests/Benchmarks/reducing.py

bench-training: packages python
	$(SWIFT) build $(SWIFT_FLAGS) --product TrainingPace
	TRAINING_PACE=$(BIN)/TrainingPace $(PYTHON) Tests/Benchmarks/training.py

bench-judging: build runtime python
	$(SWIFT) build $(SWIFT_FLAGS) --product JudgingPace
	TAGBENCH=$(BIN)/tagbench JUDGING_PACE=$(BIN)/JudgingPace $(PYTHON) Tests/Benchmarks/judging.py
	TAGBENCH=$(BIN)/tagbench JUDGING_PACE=$(BIN)/JudgingPace $(PYTHON) Tests/Benchmarks/teaching.py
	TAGBENCH=$(BIN)/tagbench $(PYTHON) Tests/Benchmarks/duplicates.py
	TAGBENCH=$(BIN)/tagbench $(PYTHON) Tests/Benchmarks/faults.py
	TAGBENCH=$(BIN)/tagbench $(PYTHON) Tests/Benchmarks/explaining.py
	TAGBENCH=$(BIN)/tagbench $(PYTHON) Tests/Benchmarks/advising.py
	TAGBENCH=$(BIN)/tagbench $(PYTHON) Tests/Benchmarks/outliers.py

bench-export: build runtime python
	TAGBENCH=$(BIN)/tagbench $(PYTHON) Tests/Benchmarks/exporting.py

# In parts: BENCH_SERVER="pace clients memory uploads".
bench-server: build runtime python
	$(SWIFT) build $(SWIFT_FLAGS) --product EmbeddingPace
	TAGBENCH=$(BIN)/tagbench EMBEDDING_PACE=$(BIN)/EmbeddingPace $(PYTHON) Tests/Benchmarks/server.py $(BENCH_SERVER)

# Coverage-guided fuzzing of every reader of foreign bytes: a package of its own in a build folder of its own.
# Seconds for each target; together they take an hour. What is found lies in .build-fuzz/findings.
FUZZ_SECONDS ?= 300
FUZZ_TARGETS ?= jpeg png gif bmp webp heic resize checkpoint pickle onnx zip project
FUZZ_FLAGS := --package-path Tests/Fuzzing --scratch-path .build-fuzz -c release -Xswiftc -enable-testing \
  --sanitize fuzzer --sanitize address \
  -Xswiftc -sanitize-coverage=edge,trace-cmp,inline-8bit-counters,pc-table

fuzz: packages
	python3 Tests/Fuzzing/make_seeds.py .build-fuzz/seeds
	$(SWIFT) build $(FUZZ_FLAGS) --product Fuzz
	@mkdir -p .build-fuzz/findings; failed=; for target in $(FUZZ_TARGETS); do \
	  echo "Fuzzing $$target for $(FUZZ_SECONDS) s"; mkdir -p .build-fuzz/corpus/$$target; \
	  ASAN_OPTIONS=detect_leaks=0 FUZZ_TARGET=$$target .build-fuzz/release/Fuzz \
	    .build-fuzz/corpus/$$target .build-fuzz/seeds/$$target -max_total_time=$(FUZZ_SECONDS) -max_len=20000 \
	    -rss_limit_mb=2048 -timeout=60 -print_final_stats=1 -artifact_prefix=.build-fuzz/findings/$$target- \
	    > .build-fuzz/$$target.log 2>&1 || { failed="$$failed $$target"; }; \
	  grep -E 'stat::number_of_executed_units|SUMMARY|BINGO' .build-fuzz/$$target.log; \
	done; if [ -n "$$failed" ]; then echo "Findings in$$failed: see .build-fuzz"; exit 1; fi

# Draws the stills of the README from the running program.
screens: build runtime test-packages
	TAGBENCH=$(BIN)/tagbench python3 docs/draw_screens.py

runtime: build
	$(BIN)/tagbench setup

# The comparing Python lives outside the tree, under a name that tells its packages.
python: test-packages
	@stamp=$(CACHE)/python/$$(echo $(PYTHON_PACKAGES) | cksum | cut -d' ' -f1); \
	if [ ! -e $$stamp ]; then \
	  echo "Installing $(PYTHON_PACKAGES) into $(CACHE)/python"; \
	  rm -rf $(CACHE)/python && mkdir -p $(CACHE) && python3 -m venv $(CACHE)/python && \
	  $(PYTHON) -m pip install --quiet --disable-pip-version-check $(PYTHON_PACKAGES) && touch $$stamp; \
	fi

packages:
	@$(call install-packages,$(PACKAGES))

test-packages:
	@$(call install-packages,$(PACKAGES) $(TEST_PACKAGES))

# Installs the Debian packages that are missing; without the right to, says what to run and stops.
define install-packages
missing=; for package in $(1); do \
  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
done; \
if [ -n "$$missing" ]; then \
  if [ "$$(id -u)" = 0 ]; then as=; \
  elif sudo -n true 2>/dev/null; then as='sudo -n'; \
  else echo "Missing system packages. Run this and try again:"; echo "  sudo apt-get install -y$$missing"; exit 1; fi; \
  echo "Installing$$missing"; \
  $$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
fi
endef

install: build
	install -Dm755 $(BIN)/tagbench $(DESTDIR)$(PREFIX)/bin/tagbench
	mkdir -p $(DESTDIR)$(PREFIX)/share/tagbench
	cp -R themes sample-data $(DESTDIR)$(PREFIX)/share/tagbench/
	mkdir -p $(DESTDIR)$(PREFIX)/share/man/man1
	$(BIN)/tagbench manual > $(DESTDIR)$(PREFIX)/share/man/man1/tagbench.1
	mkdir -p $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(BIN)/tagbench --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/tagbench
	$(BIN)/tagbench --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_tagbench
	$(BIN)/tagbench --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/tagbench.fish

SWIFT_FILES := Package.swift $(shell find Sources Tests -name '*.swift' ! -name '*.pb.swift')

format:
	@$(SWIFT) format --in-place $(SWIFT_FILES)

lint:
	@$(SWIFT) format lint --strict $(SWIFT_FILES)

clean:
	rm -rf .build .build-fuzz .build-thread .build-address
