/*
 * Time, sleep, interrupts and slices of the emulated board: an instruction
 * lasts what it should, and nothing depends on where a run was cut.
 */
#include "fixtures/emu_board.h"

#include "base/mem.h"

#include <sys/resource.h>
#include <unistd.h>

/* A line on the console, a report, then sleep for ever. */
static const uint32_t hello[] = {
	0xe59f0058, /* ldr r0, =0x50000020 @ UTXH0 */
	0xe28f1038, /* adr r1, text */
	0xe4d12001, /* 1: ldrb r2, [r1], #1 */
	0xe3520000, /* cmp r2, #0 */
	0x15c02000, /* strneb r2, [r0] */
	0x1afffffb, /* bne 1b */
	0xe3a00206, /* ldr r0, =0x60000000 @ probe */
	0xe5903000, /* ldr r3, [r0] */
	0xe3a0204d, /* mov r2, #77 */
	0xe5802004, /* str r2, [r0, #4] @ PROBE_CAUSE */
	0xe28f1020, /* adr r1, report */
	0xe580100c, /* str r1, [r0, #12] @ PROBE_REPORT */
	0xe5801008, /* str r1, [r0, #8] @ PROBE_HOLD */
	0xe59f0028, /* ldr r0, =0x4c00000c @ CLKCON */
	0xe3a01004, /* mov r1, #4 */
	0xe5801000, /* 2: str r1, [r0] */
	0xeafffffd, /* b 2b */
	0x6c6c6568, /* text: .asciz "hello\nhalf" */
	0x61680a6f,
	0x0000666c, /* .align 2 */
	0x6c6c6163, /* report: .asciz "call 1 early" */
	0x65203120,
	0x796c7261,
	0x00000000, /* .align 2 */
	0x50000020, /* .ltorg */
	0x4c00000c,
};

static void
speaks(void)
{
	struct emu_program p = { EMU_PROGRAM(hello) };
	struct board_config c = { .start_ns = EMU_S, .cause = 5 };
	struct board *b = emu_board(&p, &c);
	LOCAL_BUF log = BUF_INIT;

	CU_ASSERT_EQUAL(b->s.probe.cause, 5);
	CU_ASSERT_EQUAL(emu_run(b, 2 * EMU_S, &log), BOARD_IDLE);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&log), "uart 10000001"));
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&log), " 5 0 hello\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&log), " 77 0 call 1 early\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&log), "hold "));
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&log), "half"));
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA), 0);
	CU_ASSERT_EQUAL(b->s.probe.hold & 0xffff0000u, EMU_CODE & 0xffff0000u);
	CU_ASSERT_EQUAL(board_now(b), 2 * EMU_S);
	CU_ASSERT_EQUAL(board_wake(b), BOARD_NEVER);
	CU_ASSERT(board_asleep_for_ever(b));
	/* Sleep takes no instructions. */
	CU_ASSERT(board_instructions(b) < 100);
	board_destroy(b);
}

/* Two instructions, again and again. */
static const uint32_t loop[] = {
	0xe2800001, /* 1: add r0, r0, #1 */
	0xeafffffd, /* b 1b */
};

static void
tells_time(void)
{
	/* 1.5 cycles at 203 MHz; 1 cycle at 20 MHz; 0.1 at 1 GHz. */
	static const struct {
		uint64_t clock, cpi, instructions;
	} rows[] = {
		{ 0, 0, 1353334 },
		{ 20000000, 1000, 200000 },
		{ 1000000000, 100, 100000000 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct emu_program p = { EMU_PROGRAM(loop) };
		struct board_config c = { .clock_hz = rows[i].clock,
			.cpi = (uint32_t)rows[i].cpi };
		struct board *b = emu_board(&p, &c);
		struct board_registers r;

		for (int64_t t = 0; t <= 10 * EMU_MS; t += 10 * EMU_MS / 8)
			CU_ASSERT_EQUAL(board_run(b, t), BOARD_UNTIL);
		CU_ASSERT_EQUAL(board_instructions(b), rows[i].instructions);
		CU_ASSERT(board_now(b) >= 10 * EMU_MS);
		CU_ASSERT(board_now(b) < 10 * EMU_MS + 101);
		board_registers(b, &r);
		CU_ASSERT_EQUAL(r.r[0], rows[i].instructions / 2);
		CU_ASSERT_EQUAL(r.r[1], 193);
		CU_ASSERT_EQUAL(r.r[2], S3C_ATAGS);
		CU_ASSERT_STRING_EQUAL(r.mode, "svc");
		board_destroy(b);
	}
}

/* Timer 4 a hundred times a second; each interrupt counts up at EMU_DATA. */
static const uint32_t ticks[] = {
	0xea00000a, /* b main */
	0xe24ee004, /* irq: sub lr, lr, #4 */
	0xe92d400f, /* stmfd sp!, {r0-r3, lr} */
	0xe59f0070, /* ldr r0, =0x30010000 */
	0xe5901000, /* ldr r1, [r0] */
	0xe2811001, /* add r1, r1, #1 */
	0xe5801000, /* str r1, [r0] */
	0xe3a0044a, /* ldr r0, =0x4a000000 @ SRCPND */
	0xe3a01901, /* mov r1, #0x4000 */
	0xe5801000, /* str r1, [r0] */
	0xe5801010, /* str r1, [r0, #0x10] @ INTPND */
	0xe8fd800f, /* ldmfd sp!, {r0-r3, pc}^ */
	0xe321f0d2, /* main: msr cpsr_c, #0xd2 */
	0xe59fd04c, /* ldr sp, =0x30011000 */
	0xe321f0d3, /* msr cpsr_c, #0xd3 */
	0xe59fd048, /* ldr sp, =0x30012000 */
	0xe3a00451, /* ldr r0, =0x51000000 @ TCFG0: prescaler 250 */
	0xe3a01cf9, /* ldr r1, =0xf900 */
	0xe5801000, /* str r1, [r0] */
	0xe59f103c, /* ldr r1, =1014 */
	0xe580103c, /* str r1, [r0, #0x3c] @ TCNTB4 */
	0xe3a01602, /* mov r1, #0x200000 */
	0xe5801008, /* str r1, [r0, #8] @ TCON: update */
	0xe3a01605, /* mov r1, #0x500000 */
	0xe5801008, /* str r1, [r0, #8] @ start, reload */
	0xe59f0028, /* ldr r0, =0x4a000008 @ INTMSK */
	0xe3e01901, /* ldr r1, =0xffffbfff */
	0xe5801000, /* str r1, [r0] */
	0xe321f053, /* msr cpsr_c, #0x53 */
	0xe59f001c, /* ldr r0, =0x4c00000c */
	0xe3a01004, /* mov r1, #4 */
	0xe5801000, /* 2: str r1, [r0] */
	0xeafffffd, /* b 2b */
	0x30010000, /* .ltorg */
	0x30011000,
	0x30012000,
	0x000003f6,
	0x4a000008,
	0x4c00000c,
};

/* PCLK is 50.75 MHz; / 250 / 2 / 1015 is 100 Hz to the point. */
static void
ticks_and_sleeps(void)
{
	struct emu_program p = { EMU_PROGRAM(ticks), .irq = true };
	struct board *b = emu_board(&p, NULL);

	CU_ASSERT_EQUAL(emu_run(b, 5 * EMU_MS, NULL), BOARD_IDLE);
	CU_ASSERT(board_wake(b) > 10 * EMU_MS);
	CU_ASSERT(board_wake(b) < 10 * EMU_MS + 1000);
	CU_ASSERT(!board_asleep_for_ever(b));
	CU_ASSERT_EQUAL(
	    emu_run(b, 3600 * EMU_S + 5 * EMU_MS, NULL), BOARD_IDLE);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA), 360000);
	CU_ASSERT(board_wake(b) > 3600 * EMU_S + 10 * EMU_MS);
	CU_ASSERT(board_wake(b) < 3600 * EMU_S + 10 * EMU_MS + 1000);
	CU_ASSERT(board_instructions(b) < 360000 * 20);
	board_destroy(b);
}

/* Runs to T by slices of SLICE nanoseconds; 0: at once. */
static uint64_t
hash_by(const struct emu_program *p, int64_t t, int64_t slice, uint64_t *n)
{
	struct board *b = emu_board(p, NULL);
	uint64_t hash;

	for (int64_t at = slice; slice != 0 && at < t; at += slice)
		emu_run(b, at, NULL);
	emu_run(b, t, NULL);
	hash = emu_hash(b);
	if (n != NULL)
		*n = emu_word(b, EMU_DATA);
	board_destroy(b);
	return hash;
}

/* CP15's way to wait for an interrupt, with interrupts off: wakes all the
 * same, and counts the timer's at EMU_DATA by polling. */
static const uint32_t waits[] = {
	0xe3a00451, /* ldr r0, =0x51000000 */
	0xe3a01cf9, /* ldr r1, =0xf900 */
	0xe5801000, /* str r1, [r0] */
	0xe59f104c, /* ldr r1, =1014 */
	0xe580103c, /* str r1, [r0, #0x3c] */
	0xe3a01602, /* mov r1, #0x200000 */
	0xe5801008, /* str r1, [r0, #8] */
	0xe3a01605, /* mov r1, #0x500000 */
	0xe5801008, /* str r1, [r0, #8] */
	0xe3a0044a, /* ldr r0, =0x4a000000 */
	0xe3e01901, /* ldr r1, =0xffffbfff */
	0xe5801008, /* str r1, [r0, #8] */
	0xe59f402c, /* ldr r4, =0x30010000 */
	0xe3a03000, /* mov r3, #0 */
	0xee073f90, /* 1: mcr p15, 0, r3, c7, c0, 4 */
	0xe5902014, /* ldr r2, [r0, #0x14] @ INTOFFSET */
	0xe5842004, /* str r2, [r4, #4] */
	0xe5902010, /* ldr r2, [r0, #0x10] */
	0xe5802000, /* str r2, [r0] */
	0xe5802010, /* str r2, [r0, #0x10] */
	0xe5941000, /* ldr r1, [r4] */
	0xe2811001, /* add r1, r1, #1 */
	0xe5841000, /* str r1, [r4] */
	0xeafffff5, /* b 1b */
	0x000003f6, /* .ltorg */
	0x30010000,
};

static void
waits_by_coprocessor(void)
{
	struct emu_program p = { EMU_PROGRAM(waits) };
	struct board *b = emu_board(&p, NULL);

	CU_ASSERT_EQUAL(emu_run(b, EMU_S + 5 * EMU_MS, NULL), BOARD_IDLE);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA), 100);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 4), S3C_INT_TIMER4);
	CU_ASSERT(board_instructions(b) < 100 * 20);
	board_destroy(b);
}

/* The timer as a fast interrupt, and a Thumb loop of two instructions under
 * it. */
static const uint32_t fast[] = {
	0xea000007,             /* b main */
	0xe59f8060,             /* fiq: ldr r8, =0x30010000 */
	0xe5989000,             /* ldr r9, [r8] */
	0xe2899001,             /* add r9, r9, #1 */
	0xe5889000,             /* str r9, [r8] */
	0xe3a0844a,             /* ldr r8, =0x4a000000 */
	0xe3a09901,             /* mov r9, #0x4000 */
	0xe5889000,             /* str r9, [r8] */
	0xe25ef004,             /* subs pc, lr, #4 */
	0xe3a00451,             /* main: ldr r0, =0x51000000 */
	0xe3a01cf9,             /* ldr r1, =0xf900 */
	0xe5801000,             /* str r1, [r0] */
	0xe59f1038,             /* ldr r1, =1014 */
	0xe580103c,             /* str r1, [r0, #0x3c] */
	0xe3a01602,             /* mov r1, #0x200000 */
	0xe5801008,             /* str r1, [r0, #8] */
	0xe3a01605,             /* mov r1, #0x500000 */
	0xe5801008,             /* str r1, [r0, #8] */
	0xe3a0044a,             /* ldr r0, =0x4a000000 */
	0xe3a01901,             /* mov r1, #0x4000 */
	0xe5801004,             /* str r1, [r0, #4] @ INTMOD */
	0xe3e01901,             /* ldr r1, =0xffffbfff */
	0xe5801008,             /* str r1, [r0, #8] */
	0xe3a00000,             /* mov r0, #0 */
	0xe321f093,             /* msr cpsr_c, #0x93 */
	0xe28f1009,             /* adr r1, thumb + 1 */
	0xe12fff11,             /* bx r1 */
	0x30010000,             /* .ltorg */
	0x000003f6, 0xe7fd3001, /* thumb: add r0, #1; b thumb */
};

static void
takes_fast_interrupts(void)
{
	struct emu_program p = { EMU_PROGRAM(fast), .fiq = true };
	struct board *b = emu_board(&p, NULL);
	struct board_registers r;
	struct board_line line;
	uint64_t n;

	CU_ASSERT_EQUAL(emu_run(b, 105 * EMU_MS, NULL), BOARD_UNTIL);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA), 10);
	board_registers(b, &r);
	CU_ASSERT_EQUAL(r.cpsr & 0x20, 0x20);
	n = board_instructions(b);
	CU_ASSERT(r.r[0] > n / 2 - 100 && r.r[0] <= n / 2);
	CU_ASSERT_EQUAL(board_disassemble(b, r.r[15], 0, &line, 1), 0);
	CU_ASSERT_EQUAL(line.size, 2);
	CU_ASSERT_STRING_EQUAL(line.text, "adds r0, #1");
	CU_ASSERT_EQUAL(hash_by(&p, 15 * EMU_MS, 0, NULL),
	    hash_by(&p, 15 * EMU_MS, 1234, NULL));
	board_destroy(b);
}

/* A timer that runs out every 40 ns and is masked, and sleep. */
static const uint32_t frantic[] = {
	0xe3a00451, /* ldr r0, =0x51000000 */
	0xe3a01000, /* mov r1, #0 */
	0xe5801000, /* str r1, [r0] */
	0xe580103c, /* str r1, [r0, #0x3c] */
	0xe3a01602, /* mov r1, #0x200000 */
	0xe5801008, /* str r1, [r0, #8] */
	0xe3a01605, /* mov r1, #0x500000 */
	0xe5801008, /* str r1, [r0, #8] */
	0xe59f0008, /* ldr r0, =0x4c00000c */
	0xe3a01004, /* mov r1, #4 */
	0xe5801000, /* 2: str r1, [r0] */
	0xeafffffd, /* b 2b */
	0x4c00000c, /* .ltorg */
};

static void
masked_timer_costs_nothing(void)
{
	struct emu_program p = { EMU_PROGRAM(frantic) };
	struct board *b = emu_board(&p, NULL);

	CU_ASSERT_EQUAL(emu_run(b, 3600 * EMU_S, NULL), BOARD_IDLE);
	CU_ASSERT(board_asleep_for_ever(b));
	CU_ASSERT_EQUAL(emu_run(b, BOARD_NEVER, NULL), BOARD_IDLE);
	CU_ASSERT_EQUAL(board_now(b), 3600 * EMU_S);
	board_destroy(b);
}

static void
refuses_configurations(void)
{
	static const struct board_config bad[] = {
		{ .clock_hz = 999999 },
		{ .clock_hz = 1000000001 },
		{ .cpi = 99 },
		{ .cpi = 100001 },
		{ .ram = 0xf000 },
		{ .ram = 0x10800 },
		{ .ram = 0x4001000 },
		{ .start_ns = -1 },
		{ .epoch_s = INT64_MAX },
	};
	struct emu_program p = { EMU_PROGRAM(loop) };
	struct buf elf = emu_elf(&p);
	struct image *im;
	char line[S3C_CMDLINE_MAX];
	struct board_config c = { .cmdline = { line, sizeof(line) } };
	struct board *b;
	struct diag d;

	memset(line, 'x', sizeof(line));
	CU_ASSERT_EQUAL(
	    image_create(&im, (struct str){ elf.p, elf.n }, NULL), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct board_config try = bad[i];

		d = DIAG_INIT;
		try.image = im;
		CU_ASSERT_EQUAL(board_create(&b, &try, &d), ERR_RANGE);
		CU_ASSERT_PTR_NULL(b);
		CU_ASSERT(d.text[0] != '\0');
	}
	d = DIAG_INIT;
	c.image = im;
	CU_ASSERT_EQUAL(board_create(&b, &c, &d), ERR_RANGE);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "4095"));
	c.cmdline.n--;
	CU_ASSERT_EQUAL(board_create(&b, &c, NULL), 0);
	board_destroy(b);
	ref_drop(im);
	buf_free(&elf);
}

static void
survives_no_memory(void)
{
	struct emu_program p = { EMU_PROGRAM(hello) };
	struct buf elf = emu_elf(&p);
	struct board_config c = { .ram = EMU_RAM };
	bool done = false;

	for (unsigned long n = 1; !done && n < 100; n++) {
		struct board *b = NULL;
		int err;

		mem_fail_from(n);
		err =
		    image_create(&c.image, (struct str){ elf.p, elf.n }, NULL);
		if (err == 0)
			err = board_create(&b, &c, NULL);
		if (err == 0 && emu_run(b, EMU_S, NULL) == BOARD_ERROR)
			err = ERR_NOMEM;
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		done = err == 0;
		board_destroy(b);
		ref_drop(c.image);
	}
	CU_ASSERT(done);
	buf_free(&elf);
}

/* Unicorn would end the process. */
static void
says_that_there_is_no_room(void)
{
	struct emu_program p = { EMU_PROGRAM(loop) };
	struct buf elf = emu_elf(&p);
	struct board_config c = { .ram = EMU_RAM };
	struct diag d = DIAG_INIT;
	struct rlimit was, less;
	FILE *f = fopen("/proc/self/statm", "r");
	unsigned long pages = 0;
	struct board *b = NULL;

	CU_ASSERT_EQUAL(
	    image_create(&c.image, (struct str){ elf.p, elf.n }, NULL), 0);
	if (f == NULL || fscanf(f, "%lu", &pages) != 1 ||
	    getrlimit(RLIMIT_AS, &was) != 0) {
		check_skip("how much address space there is can't be told");
	} else {
		less = was;
		less.rlim_cur = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) +
				(600u << 20);
		CU_ASSERT_EQUAL(setrlimit(RLIMIT_AS, &less), 0);
		CU_ASSERT_EQUAL(board_create(&b, &c, &d), ERR_LIMIT);
		CU_ASSERT_EQUAL(setrlimit(RLIMIT_AS, &was), 0);
		CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "1 GiB"));
		CU_ASSERT_EQUAL(board_create(&b, &c, NULL), 0);
		board_destroy(b);
	}
	if (f != NULL)
		fclose(f);
	ref_drop(c.image);
	buf_free(&elf);
}

CHECK_MAIN("emu_run", { "speaks", speaks }, { "tells time", tells_time },
    { "ticks and sleeps", ticks_and_sleeps },
    { "waits by coprocessor", waits_by_coprocessor },
    { "takes fast interrupts, in Thumb", takes_fast_interrupts },
    { "a masked timer costs nothing", masked_timer_costs_nothing },
    { "refuses configurations", refuses_configurations },
    { "survives no memory", survives_no_memory },
    { "says that there is no room", says_that_there_is_no_room })
