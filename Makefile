# libgovcore: build, test, install. `make help` lists the targets.

VERSION := $(shell cat VERSION)
ABI     := $(shell cat ABI)

CC      ?= cc
PREFIX  ?= /usr/local
LIBDIR  ?= $(PREFIX)/lib
DESTDIR ?=
BUILD   ?= build
JOBS    ?= $(shell nproc 2>/dev/null || echo 2)
# MODE release: what is installed. test: with the allocation hooks, for the tests. asan: test, with sanitizers.
MODE    ?= release
ROOM    ?= *
DEMO    ?= demo
SECONDS ?= 60

PACKAGES := sqlite3 yaml-0.1 libxxhash libcrypto
SUB      := $(MAKE) --no-print-directory
WARNINGS := -Wall -Wextra -Wpedantic -Werror -Wconversion -Wshadow -Wcast-qual -Wstrict-prototypes \
            -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla -Wundef -Wformat=2
# No contraction: a fused multiply-add would make results depend on the machine.
COMMON   := -std=c11 -D_POSIX_C_SOURCE=200809L -fPIC -fvisibility=hidden -ffp-contract=off -pthread -MMD -MP \
            -Iinclude -Ilib -Itests -DGOV_VERSION='"$(VERSION)"' -DGOV_ABI=$(ABI)
FLAGS_release := -O2 -ftree-vectorize -g -DNDEBUG
FLAGS_test    := -O1 -g -DGOV_TEST_HOOKS
FLAGS_asan    := -O1 -g -DGOV_TEST_HOOKS -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

OUT     := $(BUILD)/$(MODE)
CFLAGS  ?=
ALL_CFLAGS = $(COMMON) $(WARNINGS) $(FLAGS_$(MODE)) $(shell pkg-config --cflags $(PACKAGES)) $(CFLAGS)
LIBS       = $(shell pkg-config --libs $(PACKAGES)) -lm -pthread

SOURCES  := $(sort $(wildcard lib/*/*.c))
GEN_C    := $(BUILD)/gen/need_models.c $(BUILD)/gen/need_features.c $(BUILD)/gen/store_sql.c $(BUILD)/gen/report_styles.c
OBJECTS  := $(SOURCES:%.c=$(OUT)/%.o) $(GEN_C:$(BUILD)/gen/%.c=$(OUT)/gen/%.o)
ARCHIVE  := $(OUT)/libgovcore.a
SONAME   := libgovcore.so.$(ABI)
SHARED   := $(OUT)/libgovcore.so.$(ABI).$(VERSION)

# One line a step; V=1 shows the commands.
ifeq ($(V),1)
step =
else
.SILENT:
step = printf '  %-6s %s\n' $(1) $(2)
endif

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

## all: the library (shared and static) and the govcore command
all: $(SHARED) $(ARCHIVE) $(OUT)/govcore

## help: this list
help:
	sed -n 's/^## //p' Makefile | sed 's/:/\t/' | expand -t 18

# --- The library ---------------------------------------------------------------------------------------------

$(OUT)/%.o: %.c
	mkdir -p $(@D)
	$(call step,CC,$<)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(OUT)/gen/%.o: $(BUILD)/gen/%.c
	mkdir -p $(@D)
	$(call step,CC,$<)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

MODELS := $(sort $(wildcard lib/need/models/*.yaml))
FEATURES := $(sort $(wildcard lib/need/features/*.yaml))
SQL    := $(sort $(wildcard lib/store/sql/*.sql))

$(BUILD)/gen/need_models.c: scripts/embed $(MODELS)
	mkdir -p $(@D)
	scripts/embed gov_need_models $(MODELS) > $@

$(BUILD)/gen/need_features.c: scripts/embed $(FEATURES)
	mkdir -p $(@D)
	scripts/embed gov_need_feature_files $(FEATURES) > $@

$(BUILD)/gen/store_sql.c: scripts/embed $(SQL)
	mkdir -p $(@D)
	scripts/embed gov_store_layouts $(SQL) > $@

$(BUILD)/gen/report_styles.c: scripts/embed lib/pipeline/report.css
	mkdir -p $(@D)
	scripts/embed gov_report_styles lib/pipeline/report.css > $@

generated: $(GEN_C)

$(ARCHIVE): $(OBJECTS)
	@rm -f $@
	$(call step,AR,$@)
	ar rcs $@ $^

$(SHARED): $(OBJECTS)
	$(call step,LINK,$@)
	$(CC) -shared -Wl,-soname,$(SONAME) -Wl,-z,defs $(FLAGS_$(MODE)) -o $@ $^ $(LIBS)
	ln -sf $(@F) $(OUT)/$(SONAME)
	ln -sf $(SONAME) $(OUT)/libgovcore.so

PC_VALUES = -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@VERSION@|$(VERSION)|' \
            -e 's|@PACKAGES@|$(PACKAGES)|'

# --- The command ---------------------------------------------------------------------------------------------

CLI_OBJECTS := $(patsubst %.c,$(OUT)/%.o,$(sort $(wildcard cli/*.c)))

$(OUT)/govcore: $(CLI_OBJECTS) $(ARCHIVE)
	$(call step,LINK,$@)
	$(CC) $(FLAGS_$(MODE)) -o $@ $^ $(LIBS)

# --- Tests in C ----------------------------------------------------------------------------------------------
# tests/ROOM/NAME.c is one program; `make check-c ROOM=need` runs one room, MODE=asan runs under the sanitizers.

TESTS := $(patsubst %.c,$(OUT)/%,$(filter-out tests/fuzz/%,$(sort $(wildcard tests/$(ROOM)/*.c))))
CHECK_LIBS = $(shell pkg-config --libs check)

$(OUT)/tests/%: $(OUT)/tests/%.o $(ARCHIVE)
	mkdir -p $(@D)
	$(call step,LINK,$@)
	$(CC) $(FLAGS_$(MODE)) -o $@ $^ $(CHECK_LIBS) $(LIBS)

## check-c: the C tests of all rooms, or of one: make check-c ROOM=need [MODE=asan]
check-c:
ifeq ($(MODE),release)
	$(SUB) check-c MODE=test
else
	$(SUB) -j$(JOBS) tests-c
	scripts/run-tests $(TESTS)
endif

tests-c: $(TESTS)

# --- Everything that must pass -------------------------------------------------------------------------------

## demo: set up, run the main job on real data, leave tables and a page in demo/
demo:
	scripts/setup build
	$(SUB) -j$(JOBS) all
	$(OUT)/govcore demo $(DEMO)

## check: set up, run all tests: C, examples, the command, Python, Java
check:
	scripts/setup check
	$(SUB) -j$(JOBS) all
	$(SUB) check-c
	$(SUB) check-install
	$(SUB) check-cli
	$(SUB) bindings
	$(SUB) check-oracles

## check-cli: the command as a user runs it, with good and bad input
check-cli: $(OUT)/govcore
	tests/cli/run.sh $(abspath $(OUT)/govcore)

## check-install: install into a fresh prefix, build and run the C examples against it
check-install: all
	rm -rf $(BUILD)/prefix
	$(SUB) install PREFIX=$(abspath $(BUILD)/prefix) LIBDIR=$(abspath $(BUILD)/prefix)/lib
	tests/install/run.sh $(abspath $(BUILD)/prefix)

## bindings: build and test the Python package and the Java jar
bindings:
	scripts/build-python
	scripts/build-java

## check-oracles: plain second implementations in Python, other libraries, and the code in README and docs
check-oracles:
	.venv/bin/python -m pytest -q -o cache_dir=$(abspath $(BUILD))/pytest tests/oracle tests/readme

## examples: build the C examples against the library in build/
examples: check-install

## check-reference: long comparisons with a folder of reference cases: make check-reference REF=DIR
check-reference:
	test -n "$(REF)" || { echo "say where the cases are: make check-reference REF=DIR"; exit 2; }
	scripts/setup check
	scripts/build-python --no-tests
	scripts/run-references .venv/bin/python "$(REF)"

## lint: layers, headers alone, exported symbols, allocation tests, format
lint: all
	scripts/check-layers
	scripts/check-headers
	scripts/check-symbols $(SHARED)
	scripts/check-allocations
	scripts/check-format

## format: clang-format on all C files
format:
	$$(command -v clang-format-14 || command -v clang-format) -i $$(git ls-files '*.c' '*.h')

## abi: write the list of exported symbols anew, after a change that is meant
abi: all
	scripts/check-symbols $(SHARED) --refresh

## prove: sanitizers and valgrind over all C tests; 1.1 million residents with planted faults; 10 000 models; 1 000 series
prove:
	$(SUB) check-c MODE=asan
	scripts/run-valgrind $(BUILD)/test
	$(SUB) prove-residents
	$(SUB) prove-need
	scripts/prove-series

## prove-need: 10 000 random need models against exact fractions, SQLite, completions by brute force and permutations
prove-need: all
	scripts/setup check
	GOV_MODELS=10000 .venv/bin/python -m pytest -q -o cache_dir=$(abspath $(BUILD))/pytest tests/oracle/test_need_models.py

## prove-residents: import 1.1 million synthetic residents, find every planted fault; time and peak memory
prove-residents:
	scripts/setup check
	scripts/build-python --no-tests
	GOV_RESIDENTS=1100000 .venv/bin/python -m pytest -q -s -o cache_dir=$(abspath $(BUILD))/pytest tests/oracle/test_residents.py

## fuzz: every fuzzer for SECONDS each (default 60): make fuzz SECONDS=600
fuzz:
	scripts/setup fuzz
	scripts/run-fuzzers $(SECONDS)

## bench: ours and the peer in one run, both figures and their ratio
bench: all
	scripts/setup check
	scripts/build-python --no-tests
	scripts/run-benches $(BENCH)

## docs: the documentation as pages in build/docs
docs:
	scripts/setup check
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -r docs/requirements.txt
	.venv/bin/python -m sphinx -q -W -b html docs $(BUILD)/docs
	echo "docs: $(BUILD)/docs/index.html"

# --- Installing ----------------------------------------------------------------------------------------------

HEADERS := $(patsubst include/%,%,$(shell find include -name '*.h' | sort))
INSTALL ?= install

## install: library, headers, govcore.pc and the command under PREFIX (DESTDIR is put before it)
install: all
	$(INSTALL) -d $(addprefix $(DESTDIR)$(PREFIX)/include/,$(sort $(dir $(HEADERS)))) \
	              $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(PREFIX)/bin
	for header in $(HEADERS); do $(INSTALL) -m 644 include/$$header $(DESTDIR)$(PREFIX)/include/$$header; done
	$(INSTALL) -m 644 $(ARCHIVE) $(DESTDIR)$(LIBDIR)
	$(INSTALL) -m 755 $(SHARED) $(DESTDIR)$(LIBDIR)
	ln -sf $(notdir $(SHARED)) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libgovcore.so
	sed $(PC_VALUES) pkgconfig/govcore.pc.in > $(DESTDIR)$(LIBDIR)/pkgconfig/govcore.pc
	$(INSTALL) -m 755 $(OUT)/govcore $(DESTDIR)$(PREFIX)/bin

## uninstall: take away what install put there
uninstall:
	for header in $(HEADERS); do rm -f $(DESTDIR)$(PREFIX)/include/$$header; done
	rmdir $(DESTDIR)$(PREFIX)/include/govcore/* $(DESTDIR)$(PREFIX)/include/govcore 2>/dev/null || true
	rm -f $(DESTDIR)$(LIBDIR)/libgovcore.a $(DESTDIR)$(LIBDIR)/libgovcore.so* \
	      $(DESTDIR)$(LIBDIR)/pkgconfig/govcore.pc $(DESTDIR)$(PREFIX)/bin/govcore

## dist: the committed tree as dist/libgovcore-VERSION.tar.gz
dist:
	mkdir -p dist
	git archive --prefix=libgovcore-$(VERSION)/ -o dist/libgovcore-$(VERSION).tar.gz HEAD
	echo "dist: dist/libgovcore-$(VERSION).tar.gz"

## clean: take away all that was built
clean:
	rm -rf $(BUILD) dist

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)

.SECONDARY:
.PHONY: all generated help demo check check-c tests-c check-cli check-install check-oracles bindings examples check-reference prove-residents prove-need lint format \
        abi prove fuzz bench docs install uninstall dist clean
