# The builds of what tests rung, for the Makefile: tests, benches, targets for
# libFuzzer, and the program that counts work.  What runs them (make test, bench,
# fuzz) is there.

# The tests' second readers, to hold ours against.
READERS  := $(shell $(PKG) --libs libcgraph cairo libpcap 2>/dev/null || \
              echo -lcgraph -lcairo -lpcap)
TESTLIBS := $(shell $(PKG) --libs cunit 2>/dev/null || echo -lcunit) $(READERS)

# A test_*.c in a folder of tests/ (a bug's: any *.c in tests/regress/) is a
# program of its own, and so is a bench_*.c in tests/bench.  TEST_FILES are all
# sources of tests, whatever they are: folders may lie two deep (tests/roles/ua).
TEST_FILES := $(wildcard tests/*/*.c tests/*/*/*.c)
EACH_TEST := $(wildcard tests/*/test_*.c tests/*/*/test_*.c)
# By their names, wherever they lie: the order is what puts them together below.
by_name    = $(foreach n,$(sort $(notdir $(1))),$(filter %/$(n),$(1)))
TEST_SRC  := $(sort $(wildcard tests/regress/*.c)) $(call by_name,$(EACH_TEST))
# FOR=plain or FOR=sanitized: those alone that make test runs in such a build.
ifdef FOR
TEST_SRC  := $(shell printf '%s\n' $(TEST_SRC) | \
               awk -v want=$(FOR) -f tests/builds.awk tests/order -)
endif
BENCH_SRC := $(sort $(wildcard tests/bench/bench_*.c))
TESTS     := $(TEST_SRC:%.c=$(B)/%)
SHELL_BENCHES := $(patsubst tests/bench/%.sh,$(B)/bench/%,$(filter-out \
               %/bench.sh %_page.sh,$(wildcard tests/bench/*.sh)))
BENCHES   := $(BENCH_SRC:tests/bench/bench_%.c=$(B)/bench/%) $(SHELL_BENCHES)

# What tests compute is computed in src: they themselves are compiled fast.  A
# bench measures loops of its own beside it, and has the flags of src.
FAST       = $(if $(filter tests/bench/bench_%,$<),,-U_FORTIFY_SOURCE -O0)
$(B)/tests/%.o: tests/%.c $(B)/flags | $(NAMES)
	$(info $()  CC  $<)
	@$(CC) $(CPPFLAGS) -Itests $(CFLAGS) $(FOREIGN_tests) $(FAST) $(WERROR) \
		-MMD -MP -c -o $@ $<

# What several tests share is compiled once: a file that is no test, no bench and
# no hal, in tests/fixtures or, where one folder alone has it, beside its tests.
SHARED_SRC := $(filter-out $(EACH_TEST) $(foreach d,bench fuzz regress same_bytes,\
              tests/$(d)/%) tests/fixtures/check.c tests/fixtures/firmware_hal%,\
              $(TEST_FILES))
$(B)/tests/shared.a: $(SHARED_SRC:%.c=$(B)/%.o)
	@rm -f $@
	@ar rcs $@ $^

# Tests of the firmware run it on a hal of their own: what of hal.h they don't
# have themselves is in tests/fixtures/firmware_hal*.c.  The firmware has a net_init of
# its own, and the like: of rung only media, msg and base are linked with it.
HAL_OBJ   := $(patsubst %.c,$(B)/%.o,$(wildcard tests/fixtures/firmware_hal*.c))
$(B)/tests/firmware_hal.a: $(HAL_OBJ)
	@mkdir -p $(@D)
	@rm -f $@
	@ar rcs $@ $^
HAL_LINK  := $(B)/lib/libfirmware.a $(B)/tests/firmware_hal.a \
             $(B)/lib/libmedia.a $(B)/lib/libmsg.a $(B)/lib/libsurveillance.a \
             $(B)/lib/libtext.a $(B)/lib/libbase.a
HAL_TESTS := $(filter $(B)/tests/firmware/test_% \
             $(B)/tests/regress/firmware_%,$(TESTS))

# These have functions of the nodes, or a table of roles, themselves, so that they
# can't be linked with the others.
ALONE_TESTS := $(B)/tests/roles/handset/test_handset_gateway $(B)/tests/regress/roles_up_to_64
# What it compiles itself comes before what else is of the same unit.
$(B)/tests/regress/roles_up_to_64: private LDFLAGS += -Wl,-z,muldefs

# Linking each test by itself takes longer than compiling it.  So all are linked
# into one program, and each is a link to that, by whose name it knows which it
# is (tests/fixtures/check.c).  make build/tests/ROOM/test_X links that one alone, and so are
# those of the firmware, some of which are their own hal.
TOGETHER  := $(filter-out $(HAL_TESTS) $(ALONE_TESTS),$(TESTS))
link_test  = $(CC) $(LDFLAGS) $(QUICK) -o $@ $(filter %.o,$^) \
             -Wl,--start-group $(filter %.a,$^) -Wl,--end-group \
             $(TESTLIBS) $(LDLIBS)
TEST_UNITS := $(call units,$(TOGETHER:$(B)/%=%.c),$(B))
define compile_test_unit
$(B)/$(1).o: $(B)/$(1).c $(2) $(B)/flags tests/unit.sh | $(GENERATED)
	$$(info $$()  CC  $(2))
	@sh tests/unit.sh $$< $$@ "$(2)" $$(CC) $$(CPPFLAGS) -Itests $$(CFLAGS) \
		$$(FOREIGN_tests) $$(FAST) $$(WERROR)
endef
$(foreach u,$(TEST_UNITS),$(eval \
	$(call compile_test_unit,$(call unit_name,$(u)),$(call unit_sources,$(u)))))
TOGETHER_OBJ := $(foreach u,$(TEST_UNITS),$(B)/$(call unit_name,$(u)).o)
$(B)/tests/all: $(TOGETHER_OBJ) $(B)/tests/fixtures/check.o $(B)/tests/shared.a $(LINK)
	@echo "  LD  $@"
	@$(link_test)
	@for t in $(TOGETHER:$(B)/tests/%=%); do \
		case $$t in */*/*) up=../.. ;; *) up=.. ;; esac; \
		ln -sfn $$up/all $(B)/tests/$$t || exit 1; done
$(TOGETHER) $(ALONE_TESTS): $(B)/tests/%: $(B)/tests/%.o \
		$(B)/tests/fixtures/check.o $(B)/tests/shared.a $(LINK)
	@rm -f $@
	@$(link_test)
$(HAL_TESTS): $(B)/tests/%: $(B)/tests/%.o $(B)/tests/fixtures/check.o \
		$(HAL_LINK) $(B)/tests/shared.a
	@$(link_test)

# A fuzz_*.c in tests/fuzz is a program of libFuzzer, built by clang alone; the
# one that needs the firmware is linked as its tests are.
FUZZ_SRC  := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZERS   := $(FUZZ_SRC:%.c=$(B)/%)
$(B)/tests/fuzz/fuzz_frames: $(B)/tests/fuzz/fuzz_frames.o \
		$(B)/lib/libfirmware.a
	@$(CC) $(LDFLAGS) $(QUICK) -fsanitize=fuzzer -o $@ $^
$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(B)/tests/shared.a $(LINK)
	@$(CC) $(LDFLAGS) $(QUICK) -fsanitize=fuzzer -o $@ $< \
		$(B)/tests/shared.a $(LINK) $(TESTLIBS) $(LDLIBS)

$(B)/bench/%: $(B)/tests/bench/bench_%.o $(B)/tests/shared.a $(LINK)
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS) -o $@ $< $(B)/tests/shared.a $(LINK) \
		$(TESTLIBS) $(LDLIBS)

# Those that no program is: of make page, which is there or not, and of a class.
$(SHELL_BENCHES): $(B)/bench/%: tests/bench/%.sh $(B)/rung tests/build.mk
	@mkdir -p $(@D)
	@printf '#!/bin/sh\nexec sh %s %s\n' $< $(B) > $@ && chmod +x $@

# What a run goes through is compiled again, for make COUNT=1 alone; all else is
# that of the build above it.
COUNTED  := base dns diameter isup megaco sim net sip script node agent pair roles \
            topology inputs bindings runs story
# What traces, figures, captures and hand-ins go through, for another program.
COUNTED_FILES := base trace story words ladder draw views writing grade text \
            packets inference inspect measures calls outcome search lesson script \
            topology inputs bindings runs sim net sip node agent roles
counted_of = $(foreach l,$(LINK),$(if $(filter $(1:%=$(B)/lib/lib%.a),$(l)),$(l),$(dir $(B))lib/$(notdir $(l))))
$(B)/work: $(B)/tests/bench/count_work.o $(call counted_of,$(COUNTED))
	@$(CC) $(LDFLAGS) $(QUICK) -o $@ $^ $(LDLIBS)
$(B)/files: $(B)/tests/bench/count_files.o $(B)/rung_main.o $(call counted_of,$(COUNTED_FILES))
	@$(CC) $(LDFLAGS) $(QUICK) -o $@ $^ $(LDLIBS)
$(B)/rung_main.o: $(dir $(B))obj/cli/main.o
	@objcopy --redefine-sym main=rung_main $< $@

# Media as bytes, by three compilers (tests/same_bytes.sh): gcc's program of the
# rooms that rung is linked of, clang's of the same sources, and a module of
# WebAssembly, where Debian's packages for it are.
SAME_SRC  := $(wildcard $(foreach r,media sound quality,src/protocol/$(r)/*.c)) \
             src/protocol/srtp/window.c \
             $(foreach f,buf field mem str,src/ground/base/$(f).c) \
             tests/same_bytes/same_bytes.c
SAME_FLAGS := -std=c17 -O2 $(WARN) -Wno-unknown-warning-option -D_GNU_SOURCE -DALONE \
             -ffp-contract=off $(INCLUDES) $(WERROR)
SAME_WASM := --target=wasm32-wasi -include tests/same_bytes/wasm.h
SAME       = $(B)/same_bytes
same_objects = $(SAME_SRC:%.c=$(SAME)/obj/$(1)/%.o)
HAS_CLANG := $(shell command -v clang)
HAS_WASM  := $(and $(HAS_CLANG),$(shell command -v wasm-ld),\
               $(wildcard /usr/lib/wasm32-wasi/libc.a))
define compile_same
$(SAME)/obj/$(1)/%.o: %.c tests/same_bytes/wasm.h tests/build.mk
	@mkdir -p $$(@D)
	@clang $(SAME_FLAGS) $(2) -MMD -MP -c -o $$@ $$<
endef
$(eval $(call compile_same,clang,))
$(eval $(call compile_same,wasm,$(SAME_WASM)))
$(SAME)/gcc: $(B)/tests/same_bytes/same_bytes.o $(LINK)
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS) $(QUICK) -o $@ $^ $(LDLIBS)
$(SAME)/clang: $(call same_objects,clang)
	@clang -o $@ $^ -lm
$(SAME)/bytes.wasm: $(call same_objects,wasm)
	@clang --target=wasm32-wasi -nostartfiles -nodefaultlibs \
		-Wl,--no-entry -Wl,--export=malloc -o $@ $^ -lc
SAME_BYTES := $(if $(SAN),,$(SAME)/gcc $(if $(HAS_CLANG),$(SAME)/clang) \
               $(if $(HAS_WASM),$(SAME)/bytes.wasm))

.PHONY: programs benches fuzzers
fuzzers: $(FUZZERS)
programs: $(B)/rung $(B)/tests/all $(HAL_TESTS) $(ALONE_TESTS) $(SAME_BYTES) \
	$(if $(findstring clang,$(CC)),$(FUZZERS))
# Compiled with the tests, so that they stay right.
benches: $(BENCH_SRC:%.c=$(B)/%.o)
