# rung: build, test, demonstrate.   make help   lists the targets.
#
# Each source is an object, all objects of src are one archive, and programs are
# linked of it.  What tests are built of is in tests/build.mk, what is installed
# and given out in assets/packaging.mk, the page in assets/page/page.mk, the
# handset's firmware in src/simulator/firmware/build.mk.

B        ?= build
PREFIX   ?= /usr/local
VERSION  := 0.3.0
DEMO_LAB ?= labs/two-proxies
JOBS     ?= $(shell nproc 2>/dev/null || echo 2)

# Of what is played and tested: -O2 takes a third longer to compile, and all labs
# run as long.  What is given out has it (assets/packaging.mk).
OPT      ?= -O1
# What only debuggers read takes a sixth of compiling, and three quarters of the
# program: make DEBUG=-g has it.
DEBUG    ?= -g0
WERROR   ?= -Werror

# make's own default is cc; CC=clang on the command line is obeyed.
ifeq ($(origin CC),default)
CC       := gcc
endif

.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := all

# --------------------------------------------------------------- libraries
PKG      := $(shell command -v pkg-config 2>/dev/null || echo false)
# The late ones are not linked but loaded by the commands that need them: linked,
# they take 20 ms at each start.  base/library.h opens them by these names.
LIBS     := libosip2 lua5.4 nettle zlib expat
LATE     := librsvg-2.0 cairo-pdf unicorn capstone libpcap minizip libmicrohttpd \
            libqrencode gnutls ncursesw
OSIP     := $(shell $(PKG) --modversion libosip2 2>/dev/null || echo unknown)
SONAMES  := $(shell sh src/ground/base/sonames.sh $(PKG) RUNG_LIBRSVG=librsvg-2.0:librsvg-2 \
              RUNG_LIBUNICORN=unicorn:libunicorn RUNG_LIBCAPSTONE=capstone:libcapstone \
              RUNG_LIBPCAP=libpcap:libpcap RUNG_LIBMINIZIP=minizip:libminizip \
              RUNG_LIBMICROHTTPD=libmicrohttpd:libmicrohttpd \
              RUNG_LIBQRENCODE=libqrencode:libqrencode \
              RUNG_LIBNCURSESW=ncursesw:libncursesw RUNG_LIBGNUTLS=gnutls:libgnutls)

# ------------------------------------------------------------------- flags
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes \
            -Wstrict-prototypes -Wvla -Wpointer-arith -Wwrite-strings

# make SAN=1 builds with both sanitizers; give it a B of its own.
ifdef SAN
OPT      := -O0
# All that its debug information is for is a line in a sanitizer's report.
DEBUG    := -gline-tables-only
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined \
            -fno-omit-frame-pointer
# In these sanitized tests compute most.  To optimize all of src takes a minute and
# a half longer.
WARM     := ground/base ground/text ground/jobs protocol/media protocol/sound \
            protocol/quality protocol/msg record/rules record/trace simulator/emu \
            simulator/sim drawing/draw
$(patsubst %,$(B)/src/%/%.o,$(WARM)): private CFLAGS += -O1
# What fuzzers come through counts its edges (make FUZZ=1: all, and comparisons), with
# clang.  In all of src that would take half a minute.
ifneq ($(findstring clang,$(CC)),)
ifdef FUZZ
SANITIZE += -fsanitize=fuzzer-no-link
else
FUZZED   := ground/base ground/text $(patsubst src/%/,%,$(wildcard src/protocol/*/)) \
            record/machine record/trace simulator/net simulator/sip simulator/node \
            simulator/script simulator/topology simulator/inputs simulator/session \
            simulator/firmware/net analysis/packets analysis/inference teaching/lesson \
            teaching/grade
$(patsubst %,$(B)/src/%/%.o,$(FUZZED)): private CFLAGS += \
            -fsanitize-coverage=inline-8bit-counters,pc-table
endif
endif
# Its start, some thousand times in the tests, needs no 230,000 relocations.
PIE      := -no-pie
else
PIE      := -pie -Wl,--gc-sections
SECTIONS := -ffunction-sections -fdata-sections
FORTIFY  := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
# What makes a fault harder to use, as far as compiler and processor know it.
HARDEN   := $(shell sh tests/flags_known.sh $(CC) -fstack-protector-strong \
              -fstack-clash-protection -fcf-protection -mbranch-protection=standard -fPIE)
NOTE     := $(if $(filter -fcf-protection,$(HARDEN)),\
              $(shell sh tests/flags_known.sh --link $(CC) -Wl,-z,ibt -Wl,-z,shstk))
# libc before it: whoever calls malloc means that of libc (base/mem_mimalloc.c).
HEAP     := -lc -lmimalloc
HEAPFLAG := -DRUNG_MIMALLOC
# What most names are found in comes first: to look for them is half of what a
# short command needs to begin.
FIRST    := -lc -lnettle
endif

# make LTO=1, for what is given out: a twentieth fewer instructions in a run.
ifdef LTO
LTOFLAGS := -flto=auto
AR       := gcc-ar
endif

# make COUNT=1: each basic block counts itself (tests/bench/count_work.c).
ifdef COUNT
FORTIFY  :=
SANITIZE := -fsanitize-coverage=trace-pc
endif

# src/LAYERS says which rooms (folders) lie in which wing; an include names the
# room alone.
WINGS    := $(shell sed -n 's/^wing \([a-z]*\):.*/\1/p' src/LAYERS)
INCLUDES := $(WINGS:%=-Isrc/%)
# Other projects' headers; which rooms may have them is in src/LAYERS, too.
FOREIGN  := $(patsubst -I%,-isystem %,$(filter -I%,\
              $(shell $(PKG) --cflags-only-I $(LIBS) $(LATE) 2>/dev/null)))
CPPFLAGS += -D_GNU_SOURCE $(FORTIFY) $(INCLUDES) -I$(B)/gen $(FOREIGN) \
            -DRUNG_VERSION='"$(VERSION)"' -DRUNG_OSIP_VERSION='"$(OSIP)"' \
            $(SONAMES) $(HEAPFLAG)
# The map keeps the folder where rung was built out of the program.  A product and
# a sum are rounded each, whatever the processor: the same bytes everywhere.
CFLAGS   += -std=c17 $(DEBUG) $(OPT) $(WARN) $(HARDEN) $(SECTIONS) $(LTOFLAGS) \
            $(SANITIZE) $(CFLAGS_EXTRA) -ffp-contract=off \
            -ffile-prefix-map='$(CURDIR)'=.
LDFLAGS  += $(LTOFLAGS) $(SANITIZE) $(PIE) -Wl,--as-needed -Wl,-z,relro,-z,now
LDLIBS   += $(FIRST) $(shell $(PKG) --libs $(LIBS) 2>/dev/null) -ldl -lm $(HEAP)

# ------------------------------------------------------------------- build
.PHONY: all
all: ## build build/rung
	@sh .ci/packages --check build
	@+$(MAKE) -s --no-print-directory $(B)/rung

# The firmware is no part of rung (its tests alone are linked with it), and what
# runs on the board alone is made by its own rules.
SOURCES  := $(shell find src -name '*.c' ! -path 'src/simulator/firmware/*' | LC_ALL=C sort)
OBJECTS  := $(SOURCES:%.c=$(B)/%.o)
MAIN     := $(B)/src/interface/cli/main.o
FIRMWARE := $(shell find src/simulator/firmware -name '*.c' ! -path '*/board/*' \
              ! -path '*/libc/*')

# What tests alone use is linked fast.
QUICK    := $(if $(shell command -v mold),-fuse-ld=mold)
$(B)/rung: $(MAIN) $(B)/librung.a
	@echo "  LD  $@"
	@$(CC) $(LDFLAGS) $(if $(SAN),$(QUICK),$(NOTE)) -o $@ $^ $(LDLIBS)

$(B)/librung.a: $(filter-out $(MAIN),$(OBJECTS)) $(B)/sources
	@rm -f $@
	@$(AR) rcsT $@ $(filter %.o,$^)
$(B)/libfirmware.a: $(FIRMWARE:%.c=$(B)/%.o)
	@rm -f $@
	@$(AR) rcsT $@ $^

# A source that has gone makes the archive anew.
$(B)/sources: FORCE | $(B)/flags
	@echo $(SOURCES) | cmp -s - $@ || echo $(SOURCES) > $@

# (info costs no process, and a command alone no shell.)
$(B)/%.o: %.c $(B)/flags | generated
	$(info $()  CC  $<)
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(WERROR) -MMD -MP -c -o $@ $<

FOLDERS  := $(B)/gen $(sort $(dir $(OBJECTS) $(FIRMWARE:%=$(B)/%) \
              $(addprefix $(B)/,$(wildcard tests/*/*.c tests/*/*/*.c))))
# Another compiler, version or flag builds all again, and is named.
$(B)/flags: export FLAGS = $(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(NOTE) $(LDLIBS) \
		$(WARM) $(FUZZED)
$(B)/flags: FORCE
	@mkdir -p $(@D) 2> /dev/null && test -w $(@D) || \
		{ echo "$(B) can't be written: make B=FOLDER builds in another folder" >&2; exit 1; }
	@mkdir -p $(FOLDERS)
	@{ printf '%s\n' "$$FLAGS"; $(CC) --version 2> /dev/null | sed 1q; } | \
		sh tests/flags.sh $@

.PHONY: FORCE
FORCE:

# --------------------------------------------------------------- generated
# What sources include and scripts make: names of rules and of header fields, texts
# in Chinese, the page's files, completion, modules of Lua, versions.
NAMES     := $(B)/gen/rule_names.inc $(B)/gen/header_names.inc
GENERATED := $(NAMES) $(B)/gen/catalogues.inc $(B)/gen/html_assets.inc \
             $(B)/gen/web_assets.inc $(B)/gen/completion.inc $(B)/gen/lua_modules.inc \
             $(B)/gen/libraries.inc $(B)/gen/library_packages.inc $(B)/gen/commit.inc
.PHONY: generated
generated: $(GENERATED)
$(GENERATED) $(B)/gen/minifier: | $(B)/flags

# Who names a rule needs no rule's sentence: the names are made of the table,
# and written only where they have changed.
$(B)/gen/rule_names.inc: $(wildcard src/record/rules/rules_*.h)
$(B)/gen/rule_names.inc: ROWS := rules/rules_table.h RULES RULE_ rule_id
$(B)/gen/header_names.inc: src/protocol/msg/headers_table.h
$(B)/gen/header_names.inc: ROWS := msg/headers_table.h MSG_HEADERS MSG_H_ msg_header
$(NAMES): src/ground/base/row_names.sh
	@CC='$(CC)' sh src/ground/base/row_names.sh $(ROWS) > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# The catalogues are compiled in: rung speaks Chinese where no Chinese locale
# is installed, and from any folder.
PO         := $(sort $(wildcard assets/po/*.po))
CATALOGUES := $(patsubst assets/po/%.po,%,$(PO))
$(B)/gen/catalogues.inc: $(PO) src/ground/base/catalogue.sh
	@sh src/ground/base/catalogue.sh $(CATALOGUES) > $@.new && mv $@.new $@

$(B)/gen/html_assets.inc: $(wildcard assets/html/*) src/interface/views/html/assets.sh
	@sh src/interface/views/html/assets.sh > $@.new && mv $@.new $@

$(B)/gen/web_assets.inc: $(wildcard assets/html/* assets/page/app* assets/page/app/*) \
		src/interface/web/assets.sh assets/page/minify.sh $(B)/gen/minifier
	@sh src/interface/web/assets.sh > $@.new && mv $@.new $@
$(B)/gen/minifier: FORCE
	@command -v terser | cmp -s - $@ || command -v terser > $@ || :

$(B)/gen/completion.inc: $(wildcard assets/complete/*) src/interface/cli/completion.sh
	@sh src/interface/cli/completion.sh > $@.new && mv $@.new $@

$(B)/gen/lua_modules.inc: $(wildcard src/simulator/bindings/modules/*.lua) \
		src/simulator/bindings/modules.sh
	@sh src/simulator/bindings/modules.sh > $@.new && mv $@.new $@

# With which libraries it was built, for rung --version.
$(B)/gen/libraries.inc: $(B)/flags
	@for l in $(LIBS); do \
		echo "{ \"$$l\", \"$$($(PKG) --modversion $$l)\" },"; done > $@

# Which packages have those that are loaded, for who lacks one.
$(B)/gen/library_packages.inc: $(B)/flags
	@for file in $(patsubst "%",%,$(subst ',,$(filter '%,$(subst =, ,$(SONAMES))))); do \
		dpkg -S "*/$$file" 2> /dev/null | \
		sed -n "/^diversion /d; s/^\([^:]*\):.*/{ \"$$file\", \"\1\" },/p; q"; \
	done > $@

# The commit whose tree this is, "+" where files of it are changed; "" where the
# sources are no repository of their own.
$(B)/gen/commit.inc: FORCE
	@commit=; [ ! -e .git ] || commit=$$(git rev-parse --short=12 HEAD 2> /dev/null) && \
		{ git diff --quiet HEAD 2> /dev/null || commit=$$commit+; }; \
	echo "\"$$commit\"" | cmp -s - $@ || echo "\"$$commit\"" > $@

# And the firmware of handsets.
$(B)/src/simulator/roles/handset/handset_image.o: assets/handset/handset.elf

include tests/build.mk
include assets/packaging.mk
include assets/page/page.mk
include src/simulator/firmware/build.mk

-include $(shell find $(B)/src -name '*.d' 2>/dev/null)

# ----------------------------------------------------------------- targets
PARALLEL = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS))

.PHONY: demo demo-run
demo: ## install what is missing, build, run a lab, draw its ladder, play it
	@sh .ci/packages build figure
	@+$(MAKE) --no-print-directory $(PARALLEL) WERROR= $(B)/rung
	@+$(MAKE) --no-print-directory WERROR= demo-run
demo-run: $(B)/rung
	@mkdir -p $(B)/demo
	$(B)/rung run $(DEMO_LAB) -o $(B)/demo/trace.jsonl
	$(B)/rung export -f svg $(B)/demo/trace.jsonl -o $(B)/demo/ladder.svg
	@echo "The trace is in $(B)/demo/trace.jsonl, the ladder in" \
		"$(B)/demo/ladder.svg."
	@if [ -t 0 ] && [ -t 1 ]; then $(B)/rung play $(DEMO_LAB); fi

.PHONY: deps
deps: ## install the packages for building and testing (GROUPS=lint: for make lint, too)
	@sh .ci/packages build figure test $(GROUPS)

# A build that fails is noted, not fatal: the tests that were built still run
# and the rest counts as failed.
.PHONY: test test-all test-run bare
test: ## install what is missing, build twice, run the tests (COMPUTE=SECONDS of the long ones)
	@sh .ci/packages build figure test
	@+$(MAKE) --no-print-directory test-run COMPUTE=$(or $(COMPUTE),40)
test-all: ## before a release: every test, each lab (BOTH=1: in both builds), and make bare
	@+status=0; LABS=all FORMATS=all DETAILS=all FIELDS=all \
		$(MAKE) --no-print-directory test COMPUTE=all || status=1; \
	$(MAKE) --no-print-directory bare || status=1; exit $$status
BARE     ?= bookworm trixie
bare: ## demo, deb and bundle in Debians that have nothing (BARE=trixie: there alone; as root)
	@[ "$$(id -u)" != 0 ] || sh .ci/packages bare || :
	@sh tests/bare.sh $(BARE)
test-run:
	@mkdir -p $(B)/san
	@rm -f $(B)/broken $(B)/san/broken
	@+$(MAKE) --no-print-directory -k $(PARALLEL) CC=gcc programs benches \
		FOR=$(if $(BOTH),,plain) || touch $(B)/broken
	@+$(MAKE) --no-print-directory -k $(PARALLEL) CC=clang SAN=1 B=$(B)/san \
		programs FOR=$(if $(BOTH),,sanitized) || touch $(B)/san/broken
	@BOTH=$(BOTH) COMPUTE=$(COMPUTE) sh tests/run.sh $(B) $(B)/san

.PHONY: order
order: ## put into tests/order how long tests have taken when they ran last
	@ls tests/*.sh tests/*/test_*.c tests/*/*/test_*.c tests/regress/*.c tests/cli/cli_*.sh \
		tests/tui/tui_*.sh tests/regress/*.sh tests/*/*.case tests/*/*/*.case | awk -f tests/times.awk \
		$(B)/logs/times $(B)/san/logs/times tests/order - > $(B)/order
	@cp $(B)/order tests/order

.PHONY: count count-page
count: ## count what calls, requests, records and hand-ins cost; hold it to tests/bench/limits
	@+$(MAKE) --no-print-directory $(PARALLEL) CC=gcc COUNT=1 WERROR= B=$(B)/count \
		$(B)/count/work $(B)/count/files
	@$(B)/count/work $(if $(ALL),all); worked=$$?; \
		$(B)/count/files $(if $(ALL),all) && exit $$worked
count-page: ## count all of it, and put it into tests/bench/README.md
	@$(MAKE) -s --no-print-directory count ALL=1 > $(B)/count.txt || \
		{ cat $(B)/count.txt; exit 1; }
	@sh tests/bench/count_page.sh $(B)/count.txt tests/bench/README.md

.PHONY: keys
keys: ## try the keys of STUDENTS=1000 numbers in each lab, and say what a neighbour's is worth
	@+$(MAKE) --no-print-directory $(PARALLEL) programs
	@KEYS=$(or $(STUDENTS),1000) $(B)/tests/lesson/test_lesson_neighbours

.PHONY: golden
golden: ## draw the expected outputs in tests/golden anew
	@+$(MAKE) --no-print-directory -k $(PARALLEL) programs
	@GOLDEN=1 sh tests/run.sh $(B)
	@git --no-pager diff --stat -- tests labs 2>/dev/null || true

# Once a version is given out, labs keep their bytes until the next one
# (tests/labs/test_version.c).
.PHONY: released
released: ## note each lab's bytes as those that this VERSION is given out with
	@+$(MAKE) --no-print-directory $(PARALLEL) programs
	@RELEASE=1 $(B)/tests/labs/test_version

SECONDS  ?= 60
.PHONY: fuzz soak
fuzz: ## fuzz each reader of outside bytes for SECONDS=60
	@sh .ci/packages --check build test
	@+$(MAKE) --no-print-directory $(PARALLEL) CC=clang SAN=1 FUZZ=1 \
		B=$(B)/fuzz $(B)/fuzz/rung fuzzers
	@sh tests/fuzz/run.sh $(B)/fuzz -max_total_time=$(SECONDS)
soak: ## random networks under the sanitizers for SECONDS=60 (SEEDS=30 BASE=N: the same each time)
	@+$(MAKE) --no-print-directory $(PARALLEL) CC=clang SAN=1 B=$(B)/san \
		$(B)/san/tests/roles/test_random_net
	@SEEDS=$(SEEDS) BASE=$(BASE) sh tests/soak.sh $(B)/san/tests/roles/test_random_net $(SECONDS)

.PHONY: bench bench-page
bench: ## measure; LARGE=1 takes longer
	@+$(MAKE) --no-print-directory $(PARALLEL) OPT=-O2 B=$(B)/o2 bench-programs
	@sh tests/bench/bench.sh $(B)/o2 $(BENCH_NAMES)
bench-page: ## put what was measured last into tests/bench/README.md
	@sh tests/bench/bench_page.sh $(B)/o2/bench.txt tests/bench/README.md

C_FILES := $(shell find src tests -name '*.[ch]' | LC_ALL=C sort)
.PHONY: lint
lint: generated ## check form, habits and layers (COMMITS=20: clang-tidy on what these touched)
	@sh .ci/packages lint
	@COMMITS=$(COMMITS) LINT_SECONDS=$(LINT_SECONDS) \
		sh tests/lint.sh $(B) $(CPPFLAGS) -std=c17

# The template holds no date and no line numbers, so that the same sources
# give the same file.
XGETTEXT := xgettext --language=C --from-code=UTF-8 --add-comments=TRANSLATORS \
            --keyword --keyword=_ --keyword=N_ \
            --flag=_:1:pass-c-format --flag=N_:1:pass-c-format \
            --flag=diag_set:5:c-format --flag=buf_printf:2:c-format \
            --flag=explain_say:2:c-format \
            --add-location=file --sort-by-file --package-name=rung \
            --copyright-holder='the authors of rung'
.PHONY: pot po
pot: ## collect the texts to be translated into build/rung.pot
	@mkdir -p $(B)
	@$(XGETTEXT) -o - $(filter src/%,$(C_FILES)) | \
		sed -e '/^"POT-Creation-Date:/d' -e 's/=CHARSET/=UTF-8/' \
		> $(B)/rung.pot
# A catalogue says no files, breaks no lines and has its texts in the order of
# their bytes: what moves in the sources changes nothing in it, and what two
# branches add seldom meets.
po: pot ## bring assets/po/*.po up to date with the sources
	@for po in $(PO); do \
		msgmerge --quiet --no-fuzzy-matching \
			-o $(B)/merged.po $$po $(B)/rung.pot && \
		msgattrib --no-obsolete --no-location --no-wrap --sort-output \
			-o $(B)/merged.po $(B)/merged.po && \
		sed '/^"POT-Creation-Date:/d' $(B)/merged.po > $$po || exit 1; \
		msgfmt --statistics -o /dev/null $$po; \
	done

.PHONY: clean
clean: ## remove what was built
	rm -rf build

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1#\2/p' $(MAKEFILE_LIST) | \
		awk -F'#' '{ printf "%-16s %s\n", $$1, $$2 }'
