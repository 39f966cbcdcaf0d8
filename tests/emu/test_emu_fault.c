/*
 * What the emulated board does when the firmware goes wrong: faults with their
 * place, resets, the watchdog.
 */
#include "fixtures/emu_board.h"

/* Each fault by the number in EMU_CODE + 0x4000. */
static const uint32_t wrong[] = {
	0xe59f005c, /* ldr r0, =0x3000c000 */
	0xe5900000, /* ldr r0, [r0] */
	0xe3a01207, /* mov r1, #0x70000000 */
	0xe3500000, /* cmp r0, #0 */
	0x0a000009, /* beq undefined */
	0xe3500001, /* cmp r0, #1 */
	0x0a000009, /* beq load */
	0xe3500002, /* cmp r0, #2 */
	0x0a000009, /* beq store */
	0xe3500003, /* cmp r0, #3 */
	0x0a000009, /* beq jump */
	0xe3500004, /* cmp r0, #4 */
	0x0a000009, /* beq nowhere */
	0xef000005, /* swi #5 */
	0xeafffffe, /* b . */
	0xe3a02002, /* undefined: mov r2, #2 */
	0xe7f000f0, /* .word 0xe7f000f0 */
	0xe3a02003, /* load: mov r2, #3 */
	0xe5913004, /* ldr r3, [r1, #4] */
	0xe3a02004, /* store: mov r2, #4 */
	0xe5813008, /* str r3, [r1, #8] */
	0xe3a02005, /* jump: mov r2, #5 */
	0xe281f010, /* add pc, r1, #16 */
	0xe3e0100f, /* nowhere: mvn r1, #15 */
	0xe1a0f001, /* mov pc, r1 */
	0x3000c000, /* .ltorg */
};

struct wrong {
	const char *sentence;
	enum board_fault_kind kind;
	uint32_t address;
	uint32_t r2;
};

static void
stops_at_faults(void)
{
	static const struct wrong rows[] = {
		{ "undefined 0x30008040 in undefined+0x0",
		    BOARD_FAULT_UNDEFINED, 0x30008040, 2 },
		{ "read 0x70000004 in load+0x0", BOARD_FAULT_READ, 0x70000004,
		    3 },
		{ "write 0x70000008 in store+0x0", BOARD_FAULT_WRITE,
		    0x70000008, 4 },
		{ "fetch 0x70000010 in jump+0x0", BOARD_FAULT_FETCH, 0x70000010,
		    5 },
		{ "fetch 0xfffffff0 in 0x3000805c", BOARD_FAULT_FETCH,
		    0xfffffff0, S3C_ATAGS },
		{ "swi 0x30008034 in start+0x34", BOARD_FAULT_SWI, 0x30008034,
		    S3C_ATAGS },
	};
	static const struct emu_symbol symbols[] = {
		{ "start", EMU_CODE, 0, 2 },
		{ "undefined", EMU_CODE + 0x3c, 8, 2 },
		{ "load", EMU_CODE + 0x44, 8, 2 },
		{ "store", EMU_CODE + 0x4c, 8, 2 },
		{ "jump", EMU_CODE + 0x54, 8, 2 },
	};

	for (uint32_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct emu_program p = { EMU_PROGRAM(wrong), .symbols = symbols,
			.nsymbols = 5, .data = &i, .ndata = 4 };
		struct board_config c = { .cause = 3 };
		struct board *b = emu_board(&p, &c);
		const struct board_fault *f;
		struct buf log = BUF_INIT;

		CU_ASSERT_PTR_NULL(board_fault(b));
		CU_ASSERT_EQUAL(emu_run(b, EMU_S, &log), BOARD_DEAD);
		CU_ASSERT_PTR_NOT_NULL(
		    strstr(buf_cstr(&log), rows[i].sentence));
		CU_ASSERT_EQUAL(strncmp(buf_cstr(&log), "fault ", 6), 0);
		f = board_fault(b);
		CU_ASSERT_PTR_NOT_NULL_FATAL(f);
		CU_ASSERT_EQUAL(f->kind, rows[i].kind);
		CU_ASSERT_EQUAL(f->address, rows[i].address);
		CU_ASSERT_EQUAL(f->registers.r[0], i);
		CU_ASSERT_EQUAL(f->registers.r[2], rows[i].r2);
		/* Dead it stays, whatever comes. */
		CU_ASSERT_EQUAL(board_now(b), EMU_S);
		CU_ASSERT_EQUAL(board_wake(b), BOARD_NEVER);
		CU_ASSERT(board_frame(b, STR("123456789012345"), 1));
		board_key(b, BOARD_KEY_1, true, 1);
		buf_clear(&log);
		CU_ASSERT_EQUAL(emu_run(b, 2 * EMU_S, &log), BOARD_DEAD);
		CU_ASSERT_EQUAL(log.n, 0);
		buf_free(&log);
		board_destroy(b);
	}
}

/* Software interrupts go to the firmware's vector: each adds r0 to r4. */
static const uint32_t service[] = {
	0xea000001, /* b main */
	0xe0844000, /* svc: add r4, r4, r0 */
	0xe1b0f00e, /* movs pc, lr */
	0xe3a04000, /* main: mov r4, #0 */
	0xe321f010, /* msr cpsr_c, #0x10 */
	0xe3a00005, /* mov r0, #5 */
	0xef000000, /* swi #0 */
	0xe3a00006, /* mov r0, #6 */
	0xef000000, /* swi #0 */
	0xeafffffe, /* 1: b 1b */
};

static void
serves_interrupts_of_its_own(void)
{
	struct emu_program p = { EMU_PROGRAM(service), .swi = true };
	struct board *b = emu_board(&p, NULL);
	struct board_registers r;

	CU_ASSERT_EQUAL(emu_run(b, EMU_MS, NULL), BOARD_UNTIL);
	board_registers(b, &r);
	CU_ASSERT_EQUAL(r.r[4], 11);
	CU_ASSERT_STRING_EQUAL(r.mode, "usr");
	board_destroy(b);
}

/* Overwrites its own code, runs that, and is reset by the watchdog: the code
 * is what it was. */
static const uint32_t rewrites[] = {
	0xe3a00000, /* mov r0, #0 */
	0xe28f103c, /* adr r1, patch */
	0xe59f2040, /* ldr r2, =0xe3a00007 @ mov r0, #7 */
	0xe59f3040, /* ldr r3, =0x30010000 */
	0xe5934004, /* ldr r4, [r3, #4] */
	0xeb00000b, /* bl patch */
	0xe5830000, /* str r0, [r3] */
	0xe5812000, /* str r2, [r1] */
	0xeb000008, /* bl patch */
	0xe0844000, /* add r4, r4, r0 */
	0xe5834004, /* str r4, [r3, #4] */
	0xe3a00453, /* ldr r0, =0x53000000 */
	0xe3a010ff, /* ldr r1, =0xff */
	0xe5801004, /* str r1, [r0, #4] */
	0xe5801008, /* str r1, [r0, #8] */
	0xe3a01021, /* ldr r1, =0x21 */
	0xe5801000, /* str r1, [r0] */
	0xeafffffe, /* 3: b 3b */
	0xe3a00005, /* patch: mov r0, #5 */
	0xe1a0f00e, /* mov pc, lr */
	0xe3a00007, /* .ltorg */
	0x30010000,
};

static void
reset_brings_the_code_back(void)
{
	struct emu_program p = { EMU_PROGRAM(rewrites) };
	struct board *b = emu_board(&p, NULL);

	for (uint32_t i = 1; i < 6; i++) {
		CU_ASSERT(board_wake(b) > board_now(b));
		emu_run(b, i * 101 * EMU_MS, NULL);
		CU_ASSERT_EQUAL(emu_word(b, EMU_DATA), 5);
		CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 4), 7 * (i + 1));
	}
	board_destroy(b);
}

CHECK_MAIN("emu_fault", { "stops at faults", stops_at_faults },
    { "serves interrupts of its own", serves_interrupts_of_its_own },
    { "a reset brings the code back", reset_brings_the_code_back })
