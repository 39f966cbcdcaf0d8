/*
 * Snapshots of the emulated board, what its instructions went into, and looks
 * inside.
 */
#include "emu_board.h"

/* Computes, stores and calls, with a timer's interrupts; rewrites a function
 * of its own, which so changes with time. */
static const uint32_t busy[] = {
	0xea00000a, /* b main */
	0xe24ee004, /* irq: sub lr, lr, #4 */
	0xe92d400f, /* stmfd sp!, {r0-r3, lr} */
	0xe59f00b0, /* ldr r0, =0x30010000 */
	0xe5901000, /* ldr r1, [r0] */
	0xe2811001, /* add r1, r1, #1 */
	0xe5801000, /* str r1, [r0] */
	0xe3a0044a, /* ldr r0, =0x4a000000 */
	0xe3a01901, /* mov r1, #0x4000 */
	0xe5801000, /* str r1, [r0] */
	0xe5801010, /* str r1, [r0, #0x10] */
	0xe8fd800f, /* ldmfd sp!, {r0-r3, pc}^ */
	0xe321f0d2, /* main: msr cpsr_c, #0xd2 */
	0xe59fd08c, /* ldr sp, =0x30011000 */
	0xe321f0d3, /* msr cpsr_c, #0xd3 */
	0xe59fd088, /* ldr sp, =0x30012000 */
	0xe3a00451, /* ldr r0, =0x51000000 */
	0xe3a01c03, /* ldr r1, =0x300 */
	0xe5801000, /* str r1, [r0] */
	0xe59f107c, /* ldr r1, =311 */
	0xe580103c, /* str r1, [r0, #0x3c] */
	0xe3a01602, /* mov r1, #0x200000 */
	0xe5801008, /* str r1, [r0, #8] */
	0xe3a01605, /* mov r1, #0x500000 */
	0xe5801008, /* str r1, [r0, #8] */
	0xe59f0068, /* ldr r0, =0x4a000008 */
	0xe3e01901, /* ldr r1, =0xffffbfff */
	0xe5801000, /* str r1, [r0] */
	0xe321f053, /* msr cpsr_c, #0x53 */
	0xe59f605c, /* ldr r6, =0x30014000 */
	0xe59fa05c, /* ldr r10, =0x50000020 */
	0xe3a08001, /* mov r8, #1 */
	0xe0877008, /* 1: add r7, r7, r8 */
	0xe02773e7, /* eor r7, r7, r7, ror #7 */
	0xe20730ff, /* and r3, r7, #0xff */
	0xe7869103, /* str r9, [r6, r3, lsl #2] */
	0xe2888001, /* add r8, r8, #1 */
	0xe31800ff, /* tst r8, #0xff */
	0x1a000005, /* bne 2f */
	0xe28f0018, /* adr r0, change */
	0xe5901000, /* ldr r1, [r0] */
	0xe2211001, /* eor r1, r1, #1 */
	0xe5801000, /* str r1, [r0] */
	0xe3a0100a, /* mov r1, #10 */
	0xe5ca1000, /* strb r1, [r10] */
	0xeb000000, /* 2: bl change */
	0xeafffff0, /* b 1b */
	0xe2899002, /* change: add r9, r9, #2 */
	0xe1a0f00e, /* mov pc, lr */
	0x30010000, /* .ltorg */
	0x30011000,
	0x30012000,
	0x00000137,
	0x4a000008,
	0x30014000,
	0x50000020,
};

static void
goes_on_alike(void)
{
	struct emu_program p = { EMU_PROGRAM(busy), .irq = true };
	struct board *b = emu_board(&p, NULL), *other;
	struct board_config c = { .image = board_image(b), .ram = EMU_RAM };
	struct buf log = BUF_INIT, again = BUF_INIT;
	struct board_snapshot *s = NULL;
	uint64_t then, later;

	emu_run(b, 3 * EMU_MS, NULL);
	then = board_hash(b);
	CU_ASSERT_EQUAL(board_save(b, &s), 0);
	CU_ASSERT_EQUAL(board_hash(b), then);
	CU_ASSERT(board_snapshot_size(s) > 10000);
	CU_ASSERT(board_snapshot_size(s) < 100000);
	emu_run(b, 7 * EMU_MS, &log);
	later = board_hash(b);
	CU_ASSERT_NOT_EQUAL(later, then);
	CU_ASSERT(log.n > 100);
	/* Back, and on again: in this board. */
	CU_ASSERT_EQUAL(board_load(b, s), 0);
	CU_ASSERT_EQUAL(board_hash(b), then);
	CU_ASSERT_EQUAL(board_now(b) / 1000, 3000);
	emu_run(b, 7 * EMU_MS, &again);
	CU_ASSERT_EQUAL(board_hash(b), later);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&again), buf_cstr(&log));
	board_reset(b, 1);
	emu_run(b, 9 * EMU_MS, NULL);
	CU_ASSERT_EQUAL(board_load(b, s), 0);
	CU_ASSERT_EQUAL(board_hash(b), then);
	/* In another, fresh and used. */
	CU_ASSERT_EQUAL(board_create(&other, &c, NULL), 0);
	for (int i = 0; i < 2; i++) {
		buf_clear(&again);
		CU_ASSERT_EQUAL(board_load(other, s), 0);
		CU_ASSERT_EQUAL(board_hash(other), then);
		emu_run(other, 5 * EMU_MS, &again);
		emu_run(other, 7 * EMU_MS, &again);
		CU_ASSERT_EQUAL(board_hash(other), later);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&again), buf_cstr(&log));
	}
	board_destroy(other);
	/* Not in one that is built otherwise. */
	c.cpi = 1000;
	CU_ASSERT_EQUAL(board_create(&other, &c, NULL), 0);
	CU_ASSERT_EQUAL(board_load(other, s), ERR_STATE);
	board_destroy(other);
	/* Not while something waits. */
	while (board_run(b, 8 * EMU_MS) != BOARD_OUTPUT)
		;
	board_snapshot_destroy(s);
	CU_ASSERT_EQUAL(board_save(b, &s), ERR_STATE);
	CU_ASSERT_PTR_NULL(s);
	buf_free(&log);
	buf_free(&again);
	board_destroy(b);
}

/* 1,000 rounds of: 3 instructions of its own and the branch, 5 of parsing and
 * 30 of a helper in it, 4 of a machine with a call of a builder (2) in it,
 * left by a jump past its end; and 1,000 more of parsing by a tail call. */
static const uint32_t phases[] = {
	0xe59fd064, /* ldr sp, =0x30012000 */
	0xe3a04ffa, /* ldr r4, =1000 */
	0xeb000007, /* 1: bl parse */
	0xeb00000f, /* bl machine */
	0xeb000014, /* bl tail */
	0xe2544001, /* subs r4, r4, #1 */
	0x1afffffa, /* bne 1b */
	0xe59f004c, /* ldr r0, =0x4c00000c */
	0xe3a01004, /* mov r1, #4 */
	0xe5801000, /* 2: str r1, [r0] */
	0xeafffffd, /* b 2b */
	0xe92d4000, /* parse: stmfd sp!, {lr} */
	0xe3a0000e, /* mov r0, #14 */
	0xeb000001, /* bl helper */
	0xe1a00000, /* nop */
	0xe8bd8000, /* ldmfd sp!, {pc} */
	0xe2500001, /* helper: subs r0, r0, #1 */
	0x1afffffd, /* bne helper */
	0xe1a00000, /* nop */
	0xe1a0f00e, /* mov pc, lr */
	0xe92d4000, /* machine: stmfd sp!, {lr} */
	0xeb000001, /* bl build */
	0xe1a00000, /* nop */
	0xe8bd8000, /* ldmfd sp!, {pc} */
	0xe1a00000, /* build: nop */
	0xe1a0f00e, /* mov pc, lr */
	0xeaffffef, /* tail: b parse */
	0x30012000, /* .ltorg */
	0x4c00000c,
};

static void
tells_where_it_went(void)
{
	static const struct emu_symbol symbols[] = {
		{ "_start", EMU_CODE, 0, 2 },
		{ "osip_message_parse", EMU_CODE + 0x2c, 20, 2 },
		{ "helper", EMU_CODE + 0x40, 16, 2 },
		{ "osip_transaction_execute", EMU_CODE + 0x50, 16, 2 },
		{ "osip_message_to_str", EMU_CODE + 0x60, 8, 2 },
		{ "tail", EMU_CODE + 0x68, 4, 2 },
	};
	struct emu_program p = { EMU_PROGRAM(phases), .symbols = symbols,
		.nsymbols = 6 };
	struct board *b = emu_board(&p, NULL);
	struct board_profile f;

	CU_ASSERT_EQUAL(emu_run(b, EMU_S, NULL), BOARD_IDLE);
	board_profile_take(b, &f);
	CU_ASSERT_EQUAL(f.instructions, board_instructions(b));
	CU_ASSERT_EQUAL(f.phase[PHASE_PARSE], 2000 * (5 + 30));
	CU_ASSERT_EQUAL(f.phase[PHASE_MACHINE], 4000);
	CU_ASSERT_EQUAL(f.phase[PHASE_BUILD], 2000);
	CU_ASSERT_EQUAL(f.phase[PHASE_OTHER], 6000 + 2 + 4);
	CU_ASSERT_EQUAL(f.ntop, 6);
	CU_ASSERT_STRING_EQUAL(f.top[0].name, "helper");
	CU_ASSERT_EQUAL(f.top[0].instructions, 60000);
	CU_ASSERT_STRING_EQUAL(f.top[1].name, "osip_message_parse");
	CU_ASSERT_EQUAL(f.top[1].instructions, 10000);
	CU_ASSERT_STRING_EQUAL(f.top[2].name, "_start");
	CU_ASSERT_STRING_EQUAL(f.top[3].name, "osip_transaction_execute");
	CU_ASSERT_STRING_EQUAL(f.top[5].name, "tail");
	CU_ASSERT_EQUAL(f.top[5].instructions, 1000);
	CU_ASSERT_STRING_EQUAL(phase_word(PHASE_MACHINE), "machine");
	/* Taken is taken. */
	board_profile_take(b, &f);
	CU_ASSERT_EQUAL(f.instructions, 0);
	CU_ASSERT_EQUAL(f.ntop, 0);
	board_destroy(b);
}

/* Tells the probe of heap and stack, then sleeps. */
static const uint32_t tells[] = {
	0xe3a00206, /* ldr r0, =0x60000000 */
	0xe59f1018, /* ldr r1, =5000 */
	0xe5801010, /* str r1, [r0, #16] */
	0xe3a01fe1, /* ldr r1, =900 */
	0xe5801014, /* str r1, [r0, #20] */
	0xe59f000c, /* ldr r0, =0x4c00000c */
	0xe3a01004, /* mov r1, #4 */
	0xe5801000, /* 2: str r1, [r0] */
	0xeafffffd, /* b 2b */
	0x00001388, /* .ltorg */
	0x4c00000c,
};

static void
lets_look_in(void)
{
	struct emu_program p = { EMU_PROGRAM(tells) };
	struct board *b = emu_board(&p, NULL);
	struct board_memory m;
	struct board_line lines[4];
	uint8_t bytes[8];
	uint32_t offset;

	CU_ASSERT_EQUAL(emu_run(b, EMU_S, NULL), BOARD_IDLE);
	board_memory(b, &m);
	CU_ASSERT_EQUAL(m.ram, EMU_RAM);
	CU_ASSERT_EQUAL(m.image, 64 + sizeof(tells));
	CU_ASSERT_EQUAL(m.heap, 5000);
	CU_ASSERT_EQUAL(m.stack, 900);
	CU_ASSERT_EQUAL(board_disassemble(b, EMU_CODE + 8, 1, lines, 4), 0);
	CU_ASSERT_EQUAL(lines[0].address, EMU_CODE + 4);
	CU_ASSERT_EQUAL(lines[0].word, tells[1]);
	CU_ASSERT_EQUAL(lines[0].size, 4);
	CU_ASSERT_STRING_EQUAL(lines[1].text, "str r1, [r0, #0x10]");
	CU_ASSERT_EQUAL(
	    board_disassemble(b, S3C_SDRAM + EMU_RAM, 1, lines, 2), 0);
	CU_ASSERT_EQUAL(lines[0].size, 4);
	CU_ASSERT_EQUAL(lines[1].size, 0);
	CU_ASSERT_STRING_EQUAL(lines[1].text, "");
	CU_ASSERT_EQUAL(board_disassemble(b, 0, 2, lines, 4), 0);
	CU_ASSERT_EQUAL(lines[0].address, 0xfffffff8);
	CU_ASSERT_EQUAL(lines[0].size, 0);
	CU_ASSERT_EQUAL(lines[2].size, 4);
	CU_ASSERT(board_peek(b, S3C_SDRAM + EMU_RAM - 8, bytes, 8));
	CU_ASSERT(!board_peek(b, S3C_SDRAM + EMU_RAM - 7, bytes, 8));
	CU_ASSERT(!board_peek(b, 0xfffffffc, bytes, 8));
	CU_ASSERT(!board_peek(b, S3C_UTXH0, bytes, 1));
	CU_ASSERT_PTR_NULL(image_function(board_image(b), EMU_CODE, &offset));
	board_destroy(b);
}

CHECK_MAIN("emu_state", { "goes on alike", goes_on_alike },
    { "tells where it went", tells_where_it_went },
    { "lets look in", lets_look_in })
