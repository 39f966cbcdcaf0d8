# The builds of what tests rung, for the Makefile: tests, benches, targets for
# libFuzzer, and the programs that count work.  What runs them (make test, bench,
# fuzz) is there.

# The tests' second readers, to hold ours against.
TESTLIBS := $(shell $(PKG) --libs cunit 2>/dev/null || echo -lcunit) \
            $(shell $(PKG) --libs libcgraph cairo libpcap 2>/dev/null || \
              echo -lcgraph -lcairo -lpcap)

# A test_*.c in a folder of tests/ (a bug's: any *.c in tests/regress/) is a test,
# a bench_*.c in tests/bench a bench.  Folders may lie two deep (tests/roles/ua).
EACH_TEST := $(wildcard tests/*/test_*.c tests/*/*/test_*.c tests/regress/*.c)
# FOR=plain or FOR=sanitized: those alone that make test runs in such a build.
TEST_SRC  := $(if $(FOR),$(shell printf '%s\n' $(EACH_TEST) | \
               awk -v want=$(FOR) -f tests/builds.awk tests/order -),$(EACH_TEST))
TESTS     := $(TEST_SRC:%.c=$(B)/%)

# What tests compute is computed in src: they themselves are compiled fast.  A
# bench measures loops of its own beside it, and has the flags of src.
$(B)/tests/%.o: private CPPFLAGS += -Itests $(TEST_FOREIGN)
$(B)/tests/%.o: private CFLAGS += -U_FORTIFY_SOURCE -O0
$(B)/tests/bench/bench_%.o: private CFLAGS += $(FORTIFY) $(OPT)
TEST_FOREIGN := $(patsubst -I%,-isystem %,$(filter -I%,\
                  $(shell $(PKG) --cflags-only-I cunit libcgraph 2>/dev/null)))

# What several tests share: a file that is no test, no bench and no hal, in
# tests/fixtures or, where one folder alone has it, beside its tests.
SHARED_SRC := $(filter-out $(EACH_TEST) $(foreach d,bench fuzz same_bytes,tests/$(d)/%) \
              tests/fixtures/check.c tests/fixtures/firmware_hal%,\
              $(wildcard tests/*/*.c tests/*/*/*.c))
$(B)/tests/shared.a: $(SHARED_SRC:%.c=$(B)/%.o)
	@rm -f $@
	@$(AR) rcs $@ $^

link_test  = $(CC) $(LDFLAGS) $(QUICK) -o $@ $(filter %.o,$^) \
             -Wl,--start-group $(filter %.a,$^) -Wl,--end-group \
             $(TESTLIBS) $(LDLIBS)

# Tests of the firmware run it on a hal of their own: what of hal.h they don't
# have themselves is in tests/fixtures/firmware_hal*.c.  The firmware has a
# net_init of its own, and the like, and comes before rung.
HAL_TESTS := $(filter $(B)/tests/firmware/test_% $(B)/tests/regress/firmware_%,$(TESTS))
$(B)/tests/firmware_hal.a: $(patsubst %.c,$(B)/%.o,$(wildcard tests/fixtures/firmware_hal*.c))
	@rm -f $@
	@$(AR) rcs $@ $^
$(HAL_TESTS): $(B)/tests/%: $(B)/tests/%.o $(B)/tests/fixtures/check.o \
		$(B)/libfirmware.a $(B)/tests/firmware_hal.a $(B)/tests/shared.a $(B)/librung.a
	@$(link_test)

# These have functions of the nodes, or a table of roles, themselves, so that they
# can't be linked with the others.
ALONE_TESTS := $(filter $(B)/tests/roles/handset/test_handset_gateway \
               $(B)/tests/regress/roles_up_to_64,$(TESTS))

# Linking each test by itself takes longer than compiling it.  So all are linked
# into one program, and each is a link to that, by whose name it knows which it
# is (tests/fixtures/check.c).  make build/tests/ROOM/test_X links that one alone.
TOGETHER  := $(filter-out $(HAL_TESTS) $(ALONE_TESTS),$(TESTS))
$(B)/tests/all: $(TOGETHER:%=%.o) $(B)/tests/fixtures/check.o $(B)/tests/shared.a \
		$(B)/librung.a
	@echo "  LD  $@"
	@$(link_test)
	@for t in $(TOGETHER:$(B)/tests/%=%); do \
		case $$t in */*/*) up=../.. ;; *) up=.. ;; esac; \
		ln -sfn $$up/all $(B)/tests/$$t || exit 1; done
$(TOGETHER) $(ALONE_TESTS): $(B)/tests/%: $(B)/tests/%.o $(B)/tests/fixtures/check.o \
		$(B)/tests/shared.a $(B)/librung.a
	@rm -f $@
	@$(link_test)

# A fuzz_*.c in tests/fuzz is a program of libFuzzer, built by clang alone; the
# one that needs the firmware is linked as its tests are.
FUZZERS   := $(patsubst %.c,$(B)/%,$(wildcard tests/fuzz/fuzz_*.c))
$(B)/tests/fuzz/fuzz_frames: $(B)/tests/fuzz/fuzz_frames.o $(B)/libfirmware.a
	@$(CC) $(LDFLAGS) $(QUICK) -fsanitize=fuzzer -o $@ $^
$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(B)/tests/shared.a $(B)/librung.a
	@$(CC) $(LDFLAGS) $(QUICK) -fsanitize=fuzzer -o $@ $^ $(TESTLIBS) $(LDLIBS)

# Benches: of make page, which is there or not, and of a class, are scripts.
BENCH_SRC := $(wildcard tests/bench/bench_*.c)
BENCH_SCRIPTS := $(filter-out %/bench.sh %_page.sh,$(wildcard tests/bench/*.sh))
BENCH_PROGRAMS := $(BENCH_SRC:tests/bench/bench_%.c=$(B)/bench/%)
BENCH_NAMES := $(sort $(notdir $(BENCH_PROGRAMS)) $(basename $(notdir $(BENCH_SCRIPTS))))
$(BENCH_PROGRAMS): $(B)/bench/%: $(B)/tests/bench/bench_%.o $(B)/tests/shared.a $(B)/librung.a
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS) -o $@ $^ $(TESTLIBS) $(LDLIBS)

# What a call, a record, a message cost, counted (make COUNT=1).
$(B)/work: $(B)/tests/bench/count_work.o $(B)/librung.a
	@$(CC) $(LDFLAGS) $(QUICK) -o $@ $^ $(LDLIBS)
$(B)/files: $(B)/tests/bench/count_files.o $(B)/rung_main.o $(B)/librung.a
	@$(CC) $(LDFLAGS) $(QUICK) -o $@ $^ $(LDLIBS)
$(B)/rung_main.o: $(MAIN)
	@objcopy --redefine-sym main=rung_main $< $@

# Media as bytes, by three compilers (tests/same_bytes.sh): gcc's program of the
# rooms that rung is linked of, clang's of the same sources, and a module of
# WebAssembly, where Debian's packages for it are.
SAME_SRC  := $(wildcard $(foreach r,media sound quality,src/protocol/$(r)/*.c)) \
             src/protocol/srtp/window.c \
             $(foreach f,buf field mem str,src/ground/base/$(f).c) \
             tests/same_bytes/same_bytes.c
SAME_CC   := clang -std=c17 -O2 $(WARN) -Wno-unknown-warning-option -D_GNU_SOURCE -DALONE \
             -ffp-contract=off $(INCLUDES) $(WERROR) -MMD -MP -c
SAME       = $(B)/same_bytes
HAS_CLANG := $(shell command -v clang)
HAS_WASM  := $(and $(HAS_CLANG),$(shell command -v wasm-ld),\
               $(wildcard /usr/lib/wasm32-wasi/libc.a))
$(SAME)/obj/clang/%.o: %.c tests/build.mk
	@mkdir -p $(@D)
	@$(SAME_CC) -o $@ $<
$(SAME)/obj/wasm/%.o: %.c tests/build.mk
	@mkdir -p $(@D)
	@$(SAME_CC) --target=wasm32-wasi -include tests/same_bytes/wasm.h -o $@ $<
$(SAME)/gcc: $(B)/tests/same_bytes/same_bytes.o $(B)/librung.a
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS) $(QUICK) -o $@ $^ $(LDLIBS)
$(SAME)/clang: $(SAME_SRC:%.c=$(SAME)/obj/clang/%.o)
	@clang -o $@ $^ -lm
$(SAME)/bytes.wasm: $(SAME_SRC:%.c=$(SAME)/obj/wasm/%.o)
	@clang --target=wasm32-wasi -nostartfiles -nodefaultlibs \
		-Wl,--no-entry -Wl,--export=malloc -o $@ $^ -lc
SAME_BYTES := $(if $(SAN),,$(SAME)/gcc $(if $(HAS_CLANG),$(SAME)/clang) \
               $(if $(HAS_WASM),$(SAME)/bytes.wasm))

.PHONY: programs benches fuzzers bench-programs
fuzzers: $(FUZZERS)
programs: $(B)/rung $(B)/tests/all $(HAL_TESTS) $(ALONE_TESTS) $(SAME_BYTES) \
	$(if $(findstring clang,$(CC)),$(FUZZERS))
# Compiled with the tests, so that they stay right.
benches: $(BENCH_SRC:%.c=$(B)/%.o)
bench-programs: $(B)/rung $(BENCH_PROGRAMS)

# A thousand files take a second to read.
ifneq ($(filter-out all demo demo-run install help clean $(B)/rung,$(or $(MAKECMDGOALS),all)),)
-include $(shell find $(B)/tests $(SAME) -name '*.d' 2>/dev/null)
endif
