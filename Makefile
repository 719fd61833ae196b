# libgovcore: build, test, install. `make help` lists the targets.

VERSION := $(shell cat VERSION)
ABI     := $(shell cat ABI)

CC      ?= cc
PREFIX  ?= /usr/local
LIBDIR  ?= $(PREFIX)/lib
DESTDIR ?=
BUILD   ?= build
# MODE release: what is installed. test: with the allocation hooks, for the tests. asan: test, with sanitizers.
MODE    ?= release
ROOM    ?= *

PACKAGES := sqlite3 yaml-0.1 libxxhash
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
GEN_C    := $(BUILD)/gen/need_models.c $(BUILD)/gen/store_sql.c
OBJECTS  := $(SOURCES:%.c=$(OUT)/%.o) $(GEN_C:$(BUILD)/gen/%.c=$(OUT)/gen/%.o)
ARCHIVE  := $(OUT)/libgovcore.a
SONAME   := libgovcore.so.$(ABI)
SHARED   := $(OUT)/libgovcore.so.$(ABI).$(VERSION)

# One line a step; V=1 shows the commands.
ifeq ($(V),1)
step =
else
.SILENT:
step = @printf '  %-6s %s\n' $(1) $(2)
endif

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

## all: the library (shared and static) and the govcore command
all: $(SHARED) $(ARCHIVE) $(OUT)/govcore $(OUT)/govcore.pc

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

# --- The library ---------------------------------------------------------------------------------------------

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(call step,CC,$<)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(OUT)/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	$(call step,CC,$<)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

MODELS := $(sort $(wildcard lib/need/models/*.yaml))
SQL    := $(sort $(wildcard lib/store/sql/*.sql))

$(BUILD)/gen/need_models.c: scripts/embed $(MODELS)
	@mkdir -p $(@D)
	scripts/embed gov_need_models $(MODELS) > $@

$(BUILD)/gen/store_sql.c: scripts/embed $(SQL)
	@mkdir -p $(@D)
	scripts/embed gov_store_sql $(SQL) > $@

$(ARCHIVE): $(OBJECTS)
	@rm -f $@
	$(call step,AR,$@)
	ar rcs $@ $^

$(SHARED): $(OBJECTS)
	$(call step,LINK,$@)
	$(CC) -shared -Wl,-soname,$(SONAME) -Wl,-z,defs $(FLAGS_$(MODE)) -o $@ $^ $(LIBS)
	ln -sf $(@F) $(OUT)/$(SONAME)
	ln -sf $(SONAME) $(OUT)/libgovcore.so

$(OUT)/govcore.pc: pkgconfig/govcore.pc.in VERSION Makefile
	@mkdir -p $(@D)
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@VERSION@|$(VERSION)|' \
	    -e 's|@PACKAGES@|$(PACKAGES)|' $< > $@

# --- The command ---------------------------------------------------------------------------------------------

CLI_OBJECTS := $(patsubst %.c,$(OUT)/%.o,$(sort $(wildcard cli/*.c)))

$(OUT)/govcore: $(CLI_OBJECTS) $(ARCHIVE)
	$(call step,LINK,$@)
	$(CC) $(FLAGS_$(MODE)) -o $@ $^ $(LIBS)

# --- Tests in C ----------------------------------------------------------------------------------------------
# tests/ROOM/NAME.c is one program; `make check-c ROOM=need` runs one room, MODE=asan runs under the sanitizers.

TESTS := $(patsubst %.c,$(OUT)/%,$(sort $(wildcard tests/$(ROOM)/*.c)))
CHECK_LIBS = $(shell pkg-config --libs check)

$(OUT)/tests/%: $(OUT)/tests/%.o $(ARCHIVE)
	@mkdir -p $(@D)
	$(call step,LINK,$@)
	$(CC) $(FLAGS_$(MODE)) -o $@ $^ $(CHECK_LIBS) $(LIBS)

## check-c: the C tests of all rooms, or of one: make check-c ROOM=need [MODE=asan]
check-c:
ifeq ($(MODE),release)
	@$(MAKE) --no-print-directory check-c MODE=test
else
	@$(MAKE) --no-print-directory run-tests-c
endif

run-tests-c: $(TESTS)
	@scripts/run-tests $(TESTS)

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)

.SECONDARY:
.PHONY: all help check-c run-tests-c
