/* What the instructions of the emulated board went into, and looks inside. */
#include "fixtures/emu_board.h"

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

CHECK_MAIN("emu_state", { "tells where it went", tells_where_it_went },
    { "lets look in", lets_look_in })
