# rung: build, test, demonstrate.   make help   lists the targets.

B        ?= build
PREFIX   ?= /usr/local
OPT      ?= -O2
# What only debuggers read takes a sixth of compiling, and three quarters of the
# program: make DEBUG=-g has it.
DEBUG    ?= -g0
WERROR   ?= -Werror
VERSION  := 0.3.0
LIBS     := libosip2 lua5.4 nettle zlib expat
LATE     := librsvg-2.0 cairo-pdf unicorn capstone libpcap minizip libmicrohttpd \
            libqrencode gnutls ncursesw
DEMO_LAB ?= labs/two-proxies
JOBS     ?= $(shell nproc 2>/dev/null || echo 2)

# make's own default is cc; CC=clang on the command line is obeyed.
ifeq ($(origin CC),default)
CC       := gcc
endif

.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := all

# ---------------------------------------------------------------- packages
# What rung needs: group, Debian package, and how to see that it is there
# (.ci/packages knows the ways).  make deps installs what is missing.
define PACKAGES
build  gcc                 command gcc
build  libc6-dev           header stdio.h
build  pkg-config          command pkg-config
build  gettext             command msgfmt
build  libosip2-dev        module libosip2 >= 5.3.0
build  liblua5.4-dev       module lua5.4
build  graphviz            command dot
build  libncurses-dev      module ncursesw
build  nettle-dev          module nettle
build  libpcap-dev         module libpcap
build  librsvg2-dev        module librsvg-2.0
build  libcairo2-dev       module cairo-pdf
build  zlib1g-dev          module zlib
build  libexpat1-dev       module expat
build  libunicorn-dev      module unicorn
build  libcapstone-dev     module capstone
build  libminizip-dev      module minizip
build  libmicrohttpd-dev   module libmicrohttpd
build  libqrencode-dev     module libqrencode
build  libgnutls28-dev     module gnutls
build  lowdown             command lowdown
build  libmimalloc-dev     header mimalloc.h
figure fonts-dejavu-core   font DejaVu Sans
figure fonts-dejavu-extra  font DejaVu Sans:style=Oblique
figure fonts-wqy-microhei  font :lang=zh-cn
test   libcunit1-dev       module cunit
test   libgraphviz-dev     module libcgraph
test   libsrtp2-dev        module libsrtp2
test   mold                command mold
test   clang               command clang
test   llvm                command llvm-symbolizer
test   libclang-rt-dev     sanitizer clang
test   lld                 command wasm-ld
test   wasi-libc           wasm clang
test   nodejs              command node
test   parallel            command parallel
test   librsvg2-bin        command rsvg-convert
test   fonts-liberation    font Liberation Sans
test   fonts-urw-base35    font Nimbus Sans
test   libxml2-utils       command xmllint
test   jq                  command jq
test   tmux                command tmux
test   tshark              command tshark
test   chromium            command chromium
test   mandoc              command mandoc
test   groff-base          command groff
test   zsh                 command zsh
test   poppler-utils       command pdftoppm
test   cmark-gfm           command cmark-gfm
test   gcc-arm-none-eabi   command arm-none-eabi-gcc
test   libnewlib-arm-none-eabi  library arm-none-eabi-gcc
test   clang-format        command clang-format
interop sip-tester         command sipp
interop baresip-core       command baresip
interop linphone-cli       command linphonec
interop kamailio           command kamailio
interop coturn             command turnserver
page   emscripten          command emcc
page   dpkg-dev            command dpkg-source
page   xz-utils            command xz
page   7zip                command 7zz
page   nodejs              command node
page   terser              command terser
site   cmark-gfm           command cmark-gfm
deb    dpkg-dev            command dpkg-shlibdeps
deb    lintian             command lintian
bare   debootstrap         command debootstrap
lint   clang-format        command clang-format
lint   clang-tidy          command clang-tidy
lint   cppcheck            command cppcheck
endef
export PACKAGES

# What compiles nothing by itself needs not know what of.
OTHERS    := all deps test test-all test-run bare count uninstall clean help
COMPILES  := $(filter-out $(OTHERS),$(or $(MAKECMDGOALS),all))

# ------------------------------------------------------------------- flags
PKG      := $(shell command -v pkg-config 2>/dev/null || echo false)
OSIP     := $(shell $(PKG) --modversion libosip2 2>/dev/null || echo unknown)
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes \
            -Wstrict-prototypes -Wvla -Wpointer-arith -Wwrite-strings

# make SAN=1 builds with both sanitizers; give it a B of its own.
ifdef SAN
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=undefined \
            -fno-omit-frame-pointer
OPT      := -O1
# All that its debug information is for is a line in a sanitizer's report.
DEBUG    := -gline-tables-only
# Its start, some thousand times in the tests, needs no 230,000 relocations.
PIE      := -no-pie
else
PIE      := -pie -Wl,--gc-sections
# What nobody calls is left out, though its unit is linked.
SECTIONS := -ffunction-sections -fdata-sections
FORTIFY  := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
# libc before it: whoever calls malloc means that of libc (base/mem_mimalloc.c).
HEAP     := -lc -lmimalloc
HEAPFLAG := -DRUNG_MIMALLOC
endif
# make FUZZ=1 with clang counts edges and comparisons for libFuzzer (make
# fuzz); the sanitized build of make test counts edges, for its short run.
ifneq ($(findstring clang,$(CC)),)
ifdef FUZZ
SANFLAGS += -fsanitize=fuzzer-no-link
else ifdef SAN
EDGES    := -fsanitize-coverage=inline-8bit-counters,pc-table
# Checks take most of the time in which sanitized tests compute, and our own
# code little, most of it in these.  The rest compiles in a third of the time
# without being optimized, which is more than its tests take longer (of runs
# 5 s and 1, of sip and node 4 s and 1).
WARM     := base text jobs trace emu draw msg rules sim quality sound media
# What no target of tests/fuzz comes through needs no count of edges, nor does what
# comes behind all readers.
UNFUZZED := views calls handsets pictures ladder cli quiz inspect draw words story \
            measures sweep agent pair roles
endif
endif

# What is done once a command takes two thirds of the time to compile this way, and
# nobody waits for it.
ifeq ($(OPT),-O2)
COLD     := cli session sweep web dns tls isup diameter \
            megaco surveillance stun
endif

# make LTO=1, for what is given out: what a run goes through is optimized as one,
# a twentieth fewer instructions for half a minute more of each linking.
ifdef LTO
HOT      := base text msg trace machine rules sim net sip node agent roles
LTOFLAGS := -flto=auto
endif

# make COUNT=1: each basic block counts itself (tests/bench/count_work.c).
ifdef COUNT
OPT      := -O1
DEBUG    := -g0
FORTIFY  :=
SANFLAGS := -fsanitize-coverage=trace-pc
endif

# What makes a fault harder to use, as far as compiler and processor know it:
# tests/regress/hardening.case looks for it in the program.
flag_known = $(if $(COMPILES),$(shell $(CC) -Werror $(1) -c -x c -o /dev/null /dev/null \
               2>/dev/null && echo $(1)))
# What sanitizers look for they find without it.
ifndef SAN
HARDEN   := $(foreach f,-fstack-protector-strong -fstack-clash-protection \
              -fcf-protection -mbranch-protection=standard -fPIE,\
              $(call flag_known,$(f)))
endif

# The linker keeps the note by which a processor's control-flow protection is
# turned on only where all that it joins has it; the C library's start files of
# some distributions don't, though nothing in them stands in the way of the
# shadow stack, and indirect branches of programs are watched by no kernel yet.
marked   = $(if $(COMPILES),$(shell echo 'int main(void) { return 0; }' | \
              $(CC) -Werror $(1) -x c -o /dev/null - 2>/dev/null && echo $(1)))
NOTE     := $(if $(filter -fcf-protection,$(HARDEN)),\
              $(foreach z,ibt shstk,$(call marked,-z $(z))))

# What few commands need is not linked but loaded when it is (base/library.h),
# under the name that its library has for the linker (some .so name that alone).
soname    = $(if $(COMPILES),$(shell so="$$($(PKG) --variable=libdir $(1))/$(2).so"; \
              { objdump -p "$$so"; sed -n 's/^INPUT *( *\([^ )]*\).*/SONAME \1/p' "$$so"; } 2>/dev/null | \
              awk '$$1 == "SONAME" && !n++ { print $$2 } \
              END { if (!n) print "$(2).so" }'))

SONAMES  := -DRUNG_LIBRSVG='"$(call soname,librsvg-2.0,librsvg-2)"' \
            -DRUNG_LIBUNICORN='"$(call soname,unicorn,libunicorn)"' \
            -DRUNG_LIBCAPSTONE='"$(call soname,capstone,libcapstone)"' \
            -DRUNG_LIBPCAP='"$(call soname,libpcap,libpcap)"' \
            -DRUNG_LIBMINIZIP='"$(call soname,minizip,libminizip)"' \
            -DRUNG_LIBMICROHTTPD='"$(call soname,libmicrohttpd,libmicrohttpd)"' \
            -DRUNG_LIBQRENCODE='"$(call soname,libqrencode,libqrencode)"' \
            -DRUNG_LIBNCURSESW='"$(call soname,ncursesw,libncursesw)"' \
            -DRUNG_LIBGNUTLS='"$(call soname,gnutls,libgnutls)"'

# src/LAYERS says which rooms (folders) lie in which wing; an include names the
# room alone.
WINGS    := $(shell sed -n 's/^wing \([a-z]*\):.*/\1/p' src/LAYERS)
INCLUDES := $(WINGS:%=-Isrc/%)
CPPFLAGS += -D_GNU_SOURCE $(FORTIFY) $(INCLUDES) -I$(B)/gen \
            -DRUNG_VERSION='"$(VERSION)"' \
            -DRUNG_OSIP_VERSION='"$(OSIP)"' $(SONAMES) $(HEAPFLAG)
# Where other projects' headers lie.  Of packages with folders of their own for
# them the rooms that may have these (src/LAYERS) are told alone: to look into
# each for every header takes a compiler as long as to read them.
folders_of = $(patsubst -I%,-isystem %,$(filter -I%,\
              $(shell $(PKG) --cflags-only-I $(1) 2>/dev/null)))
FOREIGN           := $(call folders_of,$(filter-out lua5.4,$(LIBS)))
FOREIGN_script    := $(call folders_of,lua5.4)
FOREIGN_bindings  := $(FOREIGN_script)
FOREIGN_runs      := $(FOREIGN_script)
FOREIGN_lesson    := $(FOREIGN_script)
FOREIGN_draw      := $(call folders_of,librsvg-2.0 cairo-pdf)
FOREIGN_emu       := $(call folders_of,unicorn capstone)
FOREIGN_packets   := $(call folders_of,libpcap)
FOREIGN_grade     := $(call folders_of,minizip)
FOREIGN_web       := $(FOREIGN_grade)
FOREIGN_cert      := $(call folders_of,gnutls)
FOREIGN_live      := $(FOREIGN_cert)
FOREIGN_views     := $(call folders_of,ncursesw)
FOREIGN_classroom := $(call folders_of,libmicrohttpd libqrencode)
FOREIGN_tests     := $(call folders_of,cairo libpcap) $(FOREIGN_script)
# The map keeps the folder where rung was built out of the program.  A product and
# a sum are rounded each, whatever the processor: the same bytes everywhere.
CFLAGS   += -std=c17 $(DEBUG) $(OPT) $(WARN) $(HARDEN) $(SECTIONS) $(SANFLAGS) $(CFLAGS_EXTRA) $(FOREIGN) \
            -ffp-contract=off -ffile-prefix-map='$(CURDIR)'=.
LDFLAGS  += $(LTOFLAGS) $(SANFLAGS) $(PIE) -Wl,--as-needed -Wl,-z,relro,-z,now
# What most names are found in comes first: to look for them is half of what a
# short command needs to begin.
LDLIBS   += $(if $(SAN),,-lc -lnettle) $(shell $(PKG) --libs $(LIBS) 2>/dev/null) -ldl -lm $(HEAP)
# A change of compiler, its version or flags builds everything again, and says which
# word has changed (tests/flags.sh); the first line compiles.
$(B)/flags: export FLAGS = $(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(NOTE) $(LDLIBS) \
		$(foreach l,$(LAYERS) tests,$(FOREIGN_$(l)))
$(B)/flags: export ROOMS = $(WARM) / $(COLD) / $(EDGES) / $(UNFUZZED) / $(HOT)
$(B)/flags: FORCE
	@mkdir -p $(@D) $(FOLDERS)
	@{ printf '%s\n' "$$FLAGS" "$$ROOMS"; $(CC) --version 2> /dev/null | sed 1q; } | \
		sh tests/flags.sh $@

.PHONY: FORCE
FORCE:

# ------------------------------------------------------------------- build
.PHONY: all
all: ## build build/rung
	@sh .ci/packages --check build
	@+$(MAKE) -s --no-print-directory $(B)/rung

# The firmware is no part of rung: its tests alone are linked with it.
LAYERS   := $(filter-out firmware,\
              $(shell sed -n 's/^\([a-z0-9]*\)[a-z0-9\/]*:.*/\1/p' src/LAYERS | uniq))
ARCHIVES := $(foreach l,$(LAYERS),$(B)/lib/lib$(l).a)
# The linker wants the highest layer first.
reverse   = $(if $(1),$(call reverse,$(wordlist 2,$(words $(1)),$(1))) \
              $(firstword $(1)))
LINK     := $(call reverse,$(ARCHIVES))
# What runs on the board alone is made by its own rules (make firmware).
SOURCES  := $(shell find src -name '*.c' ! -name main.c \
              ! -path 'src/simulator/firmware/board/*' ! -path 'src/simulator/firmware/libc/*' \
              2>/dev/null | LC_ALL=C sort)
# The same from the room on, as includes name them and objects lie.
bare      = $(if $(2),$(call bare,$(patsubst \
              src/$(firstword $(2))/%,%,$(1)),$(wordlist 2,9,$(2))),$(1:src/%=%))
IN_ROOMS  := $(call bare,$(SOURCES),$(WINGS))
objects   = $(patsubst %,$(B)/obj/%.o,$(filter $(1)/%,$(UNIT_NAMES) $(ALONE)))

ifneq ($(COMPILES),)
ifeq ($(shell mkdir -p $(B) 2>/dev/null && test -w $(B) && echo yes),)
$(error $(B) can't be written: make B=FOLDER builds in another folder)
endif
endif

# Many sources are compiled at once, which takes a third less than one by one: what
# tests/units.awk makes of SOURCES, ROOM/unit_N=SOURCE,SOURCE…
units      = $(if $(COMPILES),$(shell awk -v folder=$(2) -f tests/units.awk \
               $$(find src tests -name '*.h') $(1)))
unit_name  = $(firstword $(subst =, ,$(1)))
comma     := ,
unit_sources = $(subst $(comma), ,$(lastword $(subst =, ,$(1))))
# Tests have functions of their own instead of some of these.
STAYS     := roles/handset/% firmware/% topology/topology_table.c
UNITS     := $(call units,$(filter-out $(STAYS:%=src/simulator/%),$(SOURCES)),$(B)/obj)
UNIT_NAMES := $(foreach u,$(UNITS),$(call unit_name,$(u)))
ALONE     := $(patsubst %.c,%,$(filter $(STAYS),$(IN_ROOMS)))

# Those of all objects, made at once: that costs a process for each object less.
FOLDERS   = $(addprefix $(B)/obj/,$(sort $(dir $(IN_ROOMS)))) \
            $(addprefix $(B)/,$(sort $(dir $(TEST_FILES))))

# One archive for each layer; its .list notices a source that went away.
define layer
OBJECTS_$(1) := $(call objects,$(1))
$(B)/lib/lib$(1).list: FORCE
	@mkdir -p $$(@D)
	@echo '$$(OBJECTS_$(1))' | cmp -s - $$@ || echo '$$(OBJECTS_$(1))' > $$@
$(B)/lib/lib$(1).a: $$(OBJECTS_$(1)) $(B)/lib/lib$(1).list
	@rm -f $$@
	@$(if $(LTO),gcc-)ar rcs $$@ $$(OBJECTS_$(1))
endef
$(foreach l,$(LAYERS) firmware,$(eval $(call layer,$(l))))

# What differs from layer to layer: what is optimized less, and what is counted in
# the sanitized build of make test.
LAYER      = $(firstword $(subst /, ,$(@:$(B)/obj/%=%)))
BY_LAYER   = $(if $(filter $(HOT),$(LAYER)),$(LTOFLAGS)) $(if $(filter $(COLD),$(LAYER)),-O1) \
               $(if $(EDGES),$(if $(filter $(WARM),$(LAYER)),,-O0) \
               $(if $(filter $(UNFUZZED),$(LAYER)),,$(EDGES)))
NAMES      := $(B)/gen/rule_names.inc $(B)/gen/header_names.inc
define compile
$(B)/obj/%.o: $(1)/%.c $(B)/flags | $(NAMES)
	$$(info $$()  CC  $$<)
	@$$(CC) $$(CPPFLAGS) $$(CFLAGS) $$(FOREIGN_$$(LAYER)) $$(BY_LAYER) \
		$$(WERROR) -MMD -MP -c -o $$@ $$<
endef
$(foreach d,$(WINGS:%=src/%),$(eval $(call compile,$(d))))

GENERATED := $(NAMES) $(B)/gen/catalogues.inc $(B)/gen/html_assets.inc $(B)/gen/web_assets.inc \
             $(B)/gen/completion.inc $(B)/gen/libraries.inc $(B)/gen/library_packages.inc $(B)/gen/commit.inc \
             $(B)/gen/lua_modules.inc
define compile_unit
$(B)/obj/$(1).o: $(B)/obj/$(1).c $(2) $(B)/flags tests/unit.sh | $(GENERATED)
	$$(info $$()  CC  $(2))
	@sh tests/unit.sh $$< $$@ "$(2)" $$(CC) $$(CPPFLAGS) $$(CFLAGS) \
		$$(FOREIGN_$$(LAYER)) $$(BY_LAYER) $$(WERROR)
endef
$(foreach u,$(UNITS),$(eval \
	$(call compile_unit,$(call unit_name,$(u)),$(call unit_sources,$(u)))))

# What is installed is linked by the usual linker, what tests alone use fast.
QUICK     := $(if $(shell command -v mold),-fuse-ld=mold)
$(B)/rung: $(B)/obj/cli/main.o $(LINK)
	@echo "  LD  $@"
	@$(CC) $(LDFLAGS) $(if $(SAN),$(QUICK),$(NOTE)) -o $@ $^ $(LDLIBS)

# Who names a rule needs no rule's sentence: the names are made of the table,
# and written only where they have changed.
$(B)/gen/rule_names.inc: $(wildcard src/record/rules/rules_*.h)
$(B)/gen/rule_names.inc: ROWS := rules/rules_table.h RULES RULE_ rule_id
# The same of the header fields.
$(B)/gen/header_names.inc: src/protocol/msg/headers_table.h
$(B)/gen/header_names.inc: ROWS := msg/headers_table.h MSG_HEADERS MSG_H_ msg_header
$(NAMES): src/ground/base/row_names.sh
	@mkdir -p $(@D)
	@CC='$(CC)' sh src/ground/base/row_names.sh $(ROWS) > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# The catalogues are compiled in: rung speaks Chinese where no Chinese locale
# is installed, and from any folder.
PO         := $(sort $(wildcard assets/po/*.po))
CATALOGUES := $(patsubst assets/po/%.po,%,$(PO))
$(B)/gen/catalogues.inc: $(PO) src/ground/base/catalogue.sh
	@mkdir -p $(@D)
	@sh src/ground/base/catalogue.sh $(CATALOGUES) > $@.new && mv $@.new $@
$(B)/obj/base/i18n.o: $(B)/gen/catalogues.inc

# So are the style and the script of the pages that rung writes.
$(B)/gen/html_assets.inc: $(wildcard assets/html/*) src/interface/views/html/assets.sh
	@mkdir -p $(@D)
	@sh src/interface/views/html/assets.sh > $@.new && mv $@.new $@
$(B)/obj/views/html/html_assets.o: $(B)/gen/html_assets.inc
$(B)/gen/web_assets.inc: $(wildcard assets/html/* assets/page/app* assets/page/app/*) src/interface/web/assets.sh \
                         assets/page/minify.sh $(B)/gen/minifier
	@mkdir -p $(@D)
	@sh src/interface/web/assets.sh > $@.new && mv $@.new $@
$(B)/obj/web/web_assets.o: $(B)/gen/web_assets.inc

$(B)/gen/minifier: FORCE
	@mkdir -p $(@D)
	@command -v terser | cmp -s - $@ || command -v terser > $@ || :

# What completes command lines, but for its tables.
$(B)/gen/completion.inc: $(wildcard assets/complete/*) src/interface/cli/completion.sh
	@mkdir -p $(@D)
	@sh src/interface/cli/completion.sh > $@.new && mv $@.new $@
$(B)/obj/cli/complete.o: $(B)/gen/completion.inc

# The modules that programs of nodes may use.
$(B)/gen/lua_modules.inc: $(wildcard src/simulator/bindings/modules/*.lua) src/simulator/bindings/modules.sh
	@mkdir -p $(@D)
	@sh src/simulator/bindings/modules.sh > $@.new && mv $@.new $@

# With which libraries it was built, for rung --version.
$(B)/gen/libraries.inc: $(B)/flags
	@mkdir -p $(@D)
	@for l in $(LIBS); do \
		echo "{ \"$$l\", \"$$($(PKG) --modversion $$l)\" },"; done > $@
$(B)/obj/cli/version.o: $(B)/gen/libraries.inc

# The commit whose tree this is, "+" where files of it are changed; "" where the
# sources are no repository of their own.
$(B)/gen/commit.inc: FORCE
	@mkdir -p $(@D)
	@commit=; [ ! -e .git ] || commit=$$(git rev-parse --short=12 HEAD 2> /dev/null) && \
		{ git diff --quiet HEAD 2> /dev/null || commit=$$commit+; }; \
	echo "\"$$commit\"" | cmp -s - $@ || echo "\"$$commit\"" > $@
$(B)/obj/cli/version.o: $(B)/gen/commit.inc

# Which packages have those that are loaded, for who lacks one.
$(B)/gen/library_packages.inc: $(B)/flags
	@mkdir -p $(@D)
	@for file in $(patsubst "%",%,$(subst ',,$(filter '%,$(subst =, ,$(SONAMES))))); do \
		dpkg -S "*/$$file" 2> /dev/null | sed -n "/^diversion /d; s/^\([^:]*\):.*/{ \"$$file\", \"\1\" },/p; q"; \
	done > $@
$(B)/obj/base/library.o: $(B)/gen/library_packages.inc

# And the firmware of handsets.
$(B)/obj/roles/handset/handset_image.o: assets/handset/handset.elf

include tests/build.mk

# A thousand files take as long to read as all else here; make install has had
# them read.
ifneq ($(filter-out install,$(COMPILES)),)
-include $(shell find $(B)/obj $(B)/tests $(B)/same_bytes -name '*.d' 2>/dev/null)
endif

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
test: ## install what is missing, build with gcc and with clang's sanitizers, run the tests (COMPUTE=SECONDS: more of the long ones)
	@sh .ci/packages build figure test
	@+$(MAKE) --no-print-directory test-run COMPUTE=$(or $(COMPUTE),40)
test-all: ## the same, before a release: every test, each lab where others take a sample (BOTH=1: in both builds), and make bare
	@+status=0; LABS=all FORMATS=all DETAILS=all FIELDS=all \
		$(MAKE) --no-print-directory test COMPUTE=all || status=1; \
	$(MAKE) --no-print-directory bare || status=1; exit $$status
BARE     ?= bookworm trixie
bare: ## make demo, deb and bundle in Debians that have nothing, and use what they made (BARE=trixie: there alone; as root)
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
count: ## count what a call, a request, a binding, an exported record, a captured message and a hand-in cost, and hold it to what is written
	@+$(MAKE) --no-print-directory $(PARALLEL) CC=gcc $(B)/rung
	@+$(MAKE) --no-print-directory $(PARALLEL) CC=gcc COUNT=1 B=$(B)/count \
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
.PHONY: fuzz
fuzz: ## fuzz each reader of outside bytes for SECONDS=60
	@sh .ci/packages --check build test
	@+$(MAKE) --no-print-directory $(PARALLEL) CC=clang SAN=1 FUZZ=1 \
		B=$(B)/fuzz $(B)/fuzz/rung fuzzers
	@sh tests/fuzz/run.sh $(B)/fuzz -max_total_time=$(SECONDS)

.PHONY: soak
soak: ## try random networks of new seeds under the sanitizers for SECONDS=60 (SEEDS=30 BASE=N: so many, the same each time)
	@+$(MAKE) --no-print-directory $(PARALLEL) CC=clang SAN=1 B=$(B)/san \
		$(B)/san/tests/roles/test_random_net
	@SEEDS=$(SEEDS) BASE=$(BASE) sh tests/soak.sh $(B)/san/tests/roles/test_random_net $(SECONDS)

.PHONY: bench bench-page
bench: $(BENCHES) ## measure; LARGE=1 takes longer
	@sh tests/bench/bench.sh $(B) $(BENCHES)
bench-page: ## put what was measured last into tests/bench/README.md
	@sh tests/bench/bench_page.sh $(B)/bench.txt tests/bench/README.md

include assets/page/page.mk
include src/simulator/firmware/build.mk

C_FILES := $(shell find src tests -name '*.[ch]' | LC_ALL=C sort)
.PHONY: lint
lint: $(GENERATED) ## check form, habits and layers (COMMITS=20: clang-tidy on what these touched)
	@sh .ci/packages lint
	@COMMITS=$(COMMITS) LINT_SECONDS=$(LINT_SECONDS) \
		sh tests/lint.sh $(B) $(CPPFLAGS) -std=c17 $(call folders_of,$(LIBS) $(LATE))

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

# The program finds its labs beside itself, wherever it stands, so a PREFIX
# changes nothing that is built.  Documents keep their folders, and with them
# their links.
SHARED    = $(shell find labs topologies -type f ! -name 'answers*.md'; \
              find templates -type f)
# What is for teachers alone lies apart, so that a class's machines can do
# without it.
TEACHERS  = $(shell find labs -type f -name 'answers*.md')
DOCUMENTS = README.md README.zh.md CONTRIBUTING.md LICENSE assets/invite.sip assets/lost-messages.svg assets/page.png \
            assets/phone-loop.svg assets/osip-machines.svg \
            $(shell find docs assets/handset examples -type f ! -name '*.elf')
# The engine for a browser, where make page has made it: rung page puts it into pages.
# Who packs rung without it is told.
ENGINE    = $(if $(and $(wildcard $(PAGE)/engine.lzma),$(wildcard $(PAGE)/worker.js)),\
              $(PAGE)/engine.lzma $(PAGE)/worker.js)
SAY_ENGINE = $(if $(ENGINE),true,echo "rung page can't be used from it: its engine is" \
              "missing, which make page makes, and then make $@ packs.")
TO       := $(DESTDIR)$(PREFIX)

# What is installed is stripped of what only debuggers read; STRIP= leaves that
# in.
STRIP    ?= strip
STRIPPED  = $(if $(STRIP),-s --strip-program=$(STRIP))

# The files of a list into a folder, in their own folders: one process for
# hundreds of files.
put_files = (umask 022 && install -d $(2) && cp --parents $(1) $(2)/) && \
	(cd $(2) && chmod u=rw,go=r $(1))
# And out of it.
take_files = [ ! -d $(2) ] || (cd $(2) && rm -f $(1))

# What is made of the tables of commands and options: pages for man, completion.
ZSHDIR   ?= share/zsh/site-functions
COMMANDS := $(shell sed -n '/^const struct cli_command/,/^}/s/^\t\.name = "\([a-z-]*\)",$$/\1/p' src/interface/cli/*.c)
MANUAL   := rung $(COMMANDS:%=rung-%)
FORMATS  := topology scenario trace
PAGES    := $(MANUAL:%=share/man/man1/%.1) $(MANUAL:%=share/man/zh_CN/man1/%.1) \
            $(FORMATS:%=share/man/man5/rung-%.5)
COMPLETE := share/bash-completion/completions/rung $(ZSHDIR)/_rung
MADE_AS  := $(B)/pages/$(notdir $(ZSHDIR))
page_of   = $(B)/rung help --format=man $(patsubst rung-%,%,$(filter rung-%,$(1)))
$(MADE_AS)/.made: $(B)/rung Makefile $(wildcard assets/manual/*) \
		docs/TOPOLOGY.md docs/SCENARIO.md docs/TRACE.md
	@rm -rf $(@D) && mkdir -p $(addprefix $(@D)/,$(sort $(dir $(PAGES) $(COMPLETE))))
	@$(foreach p,$(MANUAL),$(call page_of,$(p)) --lang=en \
		> $(@D)/share/man/man1/$(p).1 && \
		$(call page_of,$(p)) --lang=zh \
		> $(@D)/share/man/zh_CN/man1/$(p).1 &&) true
	@$(foreach f,$(FORMATS),sh assets/manual/page.sh $(f) $(VERSION) \
		> $(@D)/share/man/man5/rung-$(f).5 &&) true
	@$(B)/rung help --format=bash --lang=en > $(@D)/$(word 1,$(COMPLETE))
	@$(B)/rung help --format=zsh --lang=en > $(@D)/$(word 2,$(COMPLETE))
	@touch $@

# Folders that were not there before; a package (DESTDIR) has no such list.
MADE     := $(TO)/share/rung/.made

.PHONY: install uninstall
install: all $(MADE_AS)/.made ## install below PREFIX (and DESTDIR), stripped (not with STRIP=)
	@made=$$(for d in $(TO)/bin $(TO)/share/doc \
		$(addprefix $(TO)/,$(sort $(dir $(PAGES) $(COMPLETE)))); do \
		until [ -d $$d ]; do echo $$d; d=$$(dirname $$d); done; done); \
	[ -n "$(DESTDIR)" ] || [ -z "$$made" ] || \
		{ install -d $(TO)/share/rung && echo "$$made" >> $(MADE); }
	install -D -m 755 $(STRIPPED) $(B)/rung $(TO)/bin/rung
	@$(call put_files,$(SHARED),$(TO)/share/rung)
	@[ -z "$(ENGINE)" ] || install -D -m 644 -t $(TO)/share/rung/page $(ENGINE)
	@$(call put_files,$(TEACHERS),$(TO)/share/rung/teachers)
	@$(call put_files,$(DOCUMENTS),$(TO)/share/doc/rung)
	@cd $(MADE_AS) && $(call put_files,$(PAGES) $(COMPLETE),'$(abspath $(TO))')
	@echo "labs and topologies are in $(TO)/share/rung," \
		"answers for teachers in $(TO)/share/rung/teachers," \
		"documents in $(TO)/share/doc/rung"
uninstall: ## remove what make install put there, and nothing else
	rm -f $(TO)/bin/rung
	@$(call take_files,$(SHARED) $(ENGINE:$(PAGE)/%=page/%),$(TO)/share/rung)
	@$(call take_files,$(TEACHERS),$(TO)/share/rung/teachers)
	@$(call take_files,$(DOCUMENTS),$(TO)/share/doc/rung)
	@$(call take_files,$(PAGES) $(COMPLETE),$(TO))
	@made=$$(cat $(MADE) 2> /dev/null); rm -f $(MADE); \
	for d in $(TO)/share/rung $(TO)/share/doc/rung; do \
		[ ! -d $$d ] || find $$d -depth -type d -empty -delete; done; \
	for d in $$made; do [ ! -d $$d ] || \
		rmdir --ignore-fail-on-non-empty $$d; done

# For the distribution where it is built.
.PHONY: deb deb-test
deb: all ## make packages for Debian in build/deb: rung for students, and rung-teacher
	@sh .ci/packages deb
	@rm -rf $(B)/deb && mkdir -p $(B)/deb
	@+$(MAKE) -s --no-print-directory install DESTDIR=$(B)/deb/root PREFIX=/usr \
		ZSHDIR=share/zsh/vendor-completions > $(B)/deb/installed
	@sh assets/deb/build.sh $(B)/deb $(VERSION)
	@lintian --allow-root --tag-display-limit 0 --fail-on error,warning $(B)/deb/*.deb
	@$(SAY_ENGINE)
deb-test: deb ## and look into them, and use what they install
	@RUNG=$(B)/rung TERM=xterm sh tests/cli/cli_packages.sh

# For any Linux on such a processor.
.PHONY: bundle bundle-test
bundle: all ## make one archive in build/bundle that runs where it is unpacked, without root and packages
	@sh .ci/packages figure
	@rm -rf $(B)/bundle && mkdir -p $(B)/bundle
	@+$(MAKE) -s --no-print-directory install DESTDIR=$(B)/bundle/root PREFIX= \
		> $(B)/bundle/installed
	@CC='$(CC)' sh assets/bundle/build.sh $(B)/bundle $(VERSION)
	@$(SAY_ENGINE)
bundle-test: bundle ## and use it as if the machine had nothing of it
	@RUNG=$(B)/rung TERM=xterm sh tests/cli/cli_bundle.sh

# For a course: what is for teachers alone is not in it.
.PHONY: site
site: ## a folder for any web server: build/site, with page, documents, labs and packages
	@sh .ci/packages build figure page site
	@+$(MAKE) --no-print-directory page
	@+$(MAKE) --no-print-directory bundle
	@RUNG=$(B)/rung sh assets/site/build.sh $(B)/site $(B)/rung.html \
		$$(ls $(B)/bundle/rung-$(VERSION)*.tar.gz $(B)/deb/rung_$(VERSION)*.deb 2> /dev/null | \
			grep -v -e -teacher)
	@echo "The site is $(B)/site: $$(du -sh --apparent-size $(B)/site | cut -f 1)."

# For all: what a version is given out as.  Packages have the page's engine if it is there
# before them, and the site has packages.
.PHONY: release release-test
release: ## a folder build/release/rung-VERSION: source, page, site, archives, packages, sums, notes
	@sh assets/release/build.sh --check $(VERSION)
	@+$(MAKE) --no-print-directory LTO=1 page
	@+$(MAKE) --no-print-directory LTO=1 deb
	@+$(MAKE) --no-print-directory LTO=1 site
	@sh assets/release/build.sh $(B) $(VERSION)
release-test: release ## and check its sums, and build rung from its source
	@RUNG=$(B)/rung CC='$(CC)' sh tests/cli/cli_release.sh whole

.PHONY: clean
clean: ## remove what was built
	rm -rf build

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1#\2/p' Makefile | \
		awk -F'#' '{ printf "%-16s %s\n", $$1, $$2 }'
