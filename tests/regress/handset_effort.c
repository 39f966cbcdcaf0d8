/*
 * Firmware that makes the host work for minutes a simulated second (stores of
 * many registers, code that it writes anew each time, which Unicorn did not
 * survive) is stopped after a count, and a `board` record says so.  rung's own
 * is far from that.
 */
#include "fixtures/emu_board.h"
#include "fixtures/labs.h"

static const char lua[] = "lab { topology = \"own.gv\", duration = \"3s\" }\n"
			  "script(function() sleep \"2s\" end)\n";
static const char gv[] = "graph own { graph [seed=3]\n"
			 "phone [role=handset, firmware=\"own.elf\"]\n"
			 "bob [role=ua]\n carol [role=ua, answer=\"0s\"]\n"
			 "phone -- bob -- carol [delay=\"5ms\"] }\n";

static char home[] = "/tmp/rung-effort-XXXXXX";

static const char *
path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", home, name);
	return path;
}

static void
put_file(const char *name, struct str bytes)
{
	LOCAL_BUF out = BUF_INIT;

	buf_str(&out, bytes);
	CU_ASSERT_EQUAL_FATAL(buf_write_file(&out, path_of(name)), 0);
}

static void
put_files(const struct emu_program *p)
{
	struct buf elf = emu_elf(p);

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(home));
	put_file("own.elf", buf_view(&elf));
	put_file("own.gv", str_of(gv));
	put_file("own.lua", str_of(lua));
	buf_free(&elf);
}

static void
remove_files(void)
{
	unlink(path_of("own.elf"));
	unlink(path_of("own.gv"));
	unlink(path_of("own.lua"));
	CU_ASSERT_EQUAL(rmdir(home), 0);
	strcpy(home + strlen(home) - 6, "XXXXXX");
}

/* The trace of FILE where boards may cost MOST; 0: the usual. */
static void
run(const char *file, uint64_t most, struct buf *out)
{
	struct diag d = DIAG_INIT;
	struct inputs in;

	buf_clear(out);
	CU_ASSERT_EQUAL_FATAL(inputs_read(&in, file, &d), 0);
	in.limits.most[SIM_LIMIT_BOARD] = most;
	CU_ASSERT_EQUAL(lab_run_inputs(&in, 0, out, &d), 0);
	inputs_free(&in);
}

/* How often TEXT stands in OUT. */
static unsigned
count(const struct buf *out, const char *text)
{
	struct str rest = buf_view(out);
	unsigned n = 0;
	int64_t at;

	while ((at = str_find(rest, text)) >= 0) {
		rest = str_slice(rest, (size_t)at + 1, rest.n);
		n++;
	}
	return n;
}

/* P is stopped by its effort, at the same time each time, and the run goes on
 * to its end. */
static void
is_stopped(const struct emu_program *p)
{
	LOCAL_BUF out = BUF_INIT, again = BUF_INIT;

	put_files(p);
	run(path_of("own.lua"), 100000000, &out);
	CU_ASSERT_EQUAL(count(&out, "\"fault\":\"effort\""), 1);
	CU_ASSERT_EQUAL(count(&out, "\"reason\":\"duration\""), 1);
	run(path_of("own.lua"), 100000000, &again);
	CU_ASSERT_TRUE(str_eq(buf_view(&out), buf_view(&again)));
	remove_files();
}

static void
stores(void)
{
	static const uint32_t code[] = {
		0xe59f1008, /* ldr   r1, [pc, #8] */
		0xe8811fff, /* stmia r1, {r0-r12} */
		0xe8811fff, /* stmia r1, {r0-r12} */
		0xeafffffc, /* b     … */
		EMU_DATA,
	};

	is_stopped(&(struct emu_program){ EMU_PROGRAM(code) });
}

static void
writes_its_code(void)
{
	static const uint32_t code[] = {
		0xe28f1008, /* adr r1, 1f */
		0xe59f0004, /* ldr r0, 1f */
		0xe5810000, /* str r0, [r1] */
		0xeaffffff, /* b   1f */
		0xe1a00000, /* 1: nop */
		0xeafffffb, /* b   … */
	};

	is_stopped(&(struct emu_program){ EMU_PROGRAM(code) });
}

/* Timers that expire with every tick. */
static void
ticks(void)
{
	static const uint32_t code[] = {
		0xe3a01451, /* mov r1, #0x51000000 */
		0xe3a00000, /* mov r0, #0 */
		0xe5810000, /* str r0, [r1]: TCFG0 */
		0xe5810004, /* str r0, [r1, #4]: TCFG1 */
		0xe581003c, /* str r0, [r1, #60]: TCNTB4 */
		0xe3a00606, /* mov r0, #0x600000 */
		0xe5810008, /* str r0, [r1, #8]: TCON */
		0xe3a00605, /* mov r0, #0x500000 */
		0xe5810008, /* str r0, [r1, #8] */
		0xeafffffe, /* b   . */
	};

	is_stopped(&(struct emu_program){ EMU_PROGRAM(code) });
}

/* A lab takes a hundredth of what is allowed. */
static void
own_firmware(void)
{
	LOCAL_BUF out = BUF_INIT, little = BUF_INIT;

	run("labs/handset-call", 0, &out);
	run("labs/handset-call", 200000000, &little);
	CU_ASSERT_EQUAL(count(&out, "\"what\":\"fault\""), 0);
	CU_ASSERT_EQUAL(count(&little, "\"what\":\"fault\""), 0);
}

CHECK_MAIN("handset: effort", { "stores", stores },
    { "writes its code", writes_its_code }, { "ticks", ticks },
    { "own firmware", own_firmware })
