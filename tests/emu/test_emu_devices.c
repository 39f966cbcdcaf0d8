/*
 * The emulated board's devices, one small program each: clock, keypad, panel,
 * real-time clock, audio.
 */
#include "fixtures/emu_board.h"

/* Puts the registers of clock and power at EMU_DATA, and how far timer 0 gets
 * in 1,000 instructions. */
static const uint32_t clocks[] = {
	0xe3a00313, /* ldr r0, =0x4c000000 */
	0xe59f406c, /* ldr r4, =0x30010000 */
	0xe5901004, /* ldr r1, [r0, #4] @ MPLLCON */
	0xe5841000, /* str r1, [r4] */
	0xe5804004, /* str r4, [r0, #4] @ stays */
	0xe5901004, /* ldr r1, [r0, #4] */
	0xe5841004, /* str r1, [r4, #4] */
	0xe5901014, /* ldr r1, [r0, #20] @ CLKDIVN */
	0xe5841008, /* str r1, [r4, #8] */
	0xe3a00451, /* ldr r0, =0x51000000 */
	0xe3a01000, /* mov r1, #0 */
	0xe5801000, /* str r1, [r0] */
	0xe59f1044, /* ldr r1, =0xffff */
	0xe580100c, /* str r1, [r0, #0x0c] @ TCNTB0 */
	0xe3a01002, /* mov r1, #2 */
	0xe5801008, /* str r1, [r0, #8] */
	0xe3a01001, /* mov r1, #1 */
	0xe5801008, /* str r1, [r0, #8] @ runs once */
	0xe3a02f7d, /* ldr r2, =500 */
	0xe2522001, /* 1: subs r2, r2, #1 */
	0x1afffffd, /* bne 1b */
	0xe5901014, /* ldr r1, [r0, #0x14] @ TCNTO0 */
	0xe584100c, /* str r1, [r4, #12] */
	0xe3a01000, /* mov r1, #0 */
	0xe5801008, /* str r1, [r0, #8] @ stops */
	0xe5901014, /* ldr r1, [r0, #0x14] */
	0xe5841010, /* str r1, [r4, #16] */
	0xe5d01015, /* ldrb r1, [r0, #0x15] @ its second byte */
	0xe5841014, /* str r1, [r4, #20] */
	0xeafffffe, /* 2: b 2b */
	0x30010000, /* .ltorg */
	0x0000ffff,
};

static void
divides_the_clock(void)
{
	struct emu_program p = { EMU_PROGRAM(clocks) };
	struct board *b = emu_board(&p, NULL);
	uint32_t pll, left;

	emu_run(b, EMU_MS, NULL);
	pll = emu_word(b, EMU_DATA);
	CU_ASSERT_EQUAL(12 * ((pll >> 12 & 0xff) + 8),
	    203 * (((pll >> 4 & 0x3f) + 2) << (pll & 3)));
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 4), pll);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 8), 3);
	/* 1,000 instructions are 1,500 cycles of FCLK: 375 of PCLK, 187 of
	 * its half. */
	left = emu_word(b, EMU_DATA + 12);
	CU_ASSERT(left <= 0xffff - 187 && left > 0xffff - 192);
	CU_ASSERT(emu_word(b, EMU_DATA + 16) <= left);
	CU_ASSERT(emu_word(b, EMU_DATA + 16) > left - 4);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 20), left >> 8);
	board_destroy(b);
}

/* EINT0 to 3 at falling edges wake it, with all rows low; then it looks row by
 * row, and leaves the columns of row N at EMU_DATA + 4 * N, PROBE_CAUSE behind
 * them, and how often it woke at EMU_DATA + 32. */
static const uint32_t keypad[] = {
	0xe3a00456, /* ldr r0, =0x56000000 */
	0xe3a010aa, /* ldr r1, =0xaa */
	0xe5801050, /* str r1, [r0, #0x50] @ GPFCON: EINT0 to 3 */
	0xe59f10a0, /* ldr r1, =0x155 */
	0xe5801060, /* str r1, [r0, #0x60] @ GPGCON: outputs */
	0xe59f109c, /* ldr r1, =0x2222 */
	0xe5801088, /* str r1, [r0, #0x88] @ EXTINT0: falling */
	0xe3a01000, /* mov r1, #0 */
	0xe5801064, /* str r1, [r0, #0x64] @ GPGDAT */
	0xe3a0544a, /* ldr r5, =0x4a000000 */
	0xe3e0100f, /* mvn r1, #15 */
	0xe5851008, /* str r1, [r5, #8] */
	0xe59f4084, /* ldr r4, =0x30010000 */
	0xe59f2084, /* 1: ldr r2, =0x4c00000c */
	0xe3a01004, /* mov r1, #4 */
	0xe5821000, /* str r1, [r2] @ sleeps */
	0xeaffffff, /* b 2f */
	0xe5941020, /* 2: ldr r1, [r4, #32] */
	0xe2811001, /* add r1, r1, #1 */
	0xe5841020, /* str r1, [r4, #32] */
	0xe3a06000, /* mov r6, #0 */
	0xe3a01001, /* 3: mov r1, #1 */
	0xe1a01611, /* mov r1, r1, lsl r6 */
	0xe1e01001, /* mvn r1, r1 */
	0xe201101f, /* and r1, r1, #0x1f */
	0xe5801064, /* str r1, [r0, #0x64] */
	0xe5901054, /* ldr r1, [r0, #0x54] @ GPFDAT */
	0xe7841106, /* str r1, [r4, r6, lsl #2] */
	0xe2866001, /* add r6, r6, #1 */
	0xe3560005, /* cmp r6, #5 */
	0x1afffff5, /* bne 3b */
	0xe3a02246, /* ldr r2, =0x60000004 */
	0xe5921000, /* ldr r1, [r2] */
	0xe5841014, /* str r1, [r4, #20] */
	0xe3a01000, /* mov r1, #0 */
	0xe5801064, /* str r1, [r0, #0x64] */
	0xe5951000, /* ldr r1, [r5] @ SRCPND, then INTPND, until there is none
		     */
	0xe5851000, /* 4: str r1, [r5] */
	0xe5851010, /* str r1, [r5, #16] */
	0xe5951010, /* ldr r1, [r5, #16] */
	0xe3510000, /* cmp r1, #0 */
	0x1afffffa, /* bne 4b */
	0xe3e01000, /* mvn r1, #0 */
	0xe5851000, /* str r1, [r5] */
	0xeaffffdf, /* b 1b */
	0x00000155, /* .ltorg */
	0x00002222,
	0x30010000,
	0x4c00000c,
};

static void
press(struct board *b, const char *name, bool down, uint32_t cause)
{
	enum board_key key;

	CU_ASSERT(board_key_find(str_of(name), &key));
	CU_ASSERT_STRING_EQUAL(board_key_name(key), name);
	board_key(b, key, down, cause);
}

static void
reads_keys(void)
{
	struct emu_program p = { EMU_PROGRAM(keypad) };
	struct board_config c = { .cause = 1 };
	struct board *b = emu_board(&p, &c);
	enum board_key key;

	CU_ASSERT_EQUAL(emu_run(b, EMU_MS, NULL), BOARD_IDLE);
	CU_ASSERT(!board_asleep_for_ever(b));
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 32), 0);
	press(b, "8", true, 42); /* row 2, column 1 */
	CU_ASSERT_EQUAL(emu_run(b, 2 * EMU_MS, NULL), BOARD_IDLE);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 32), 1);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA), 0xff);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 4), 0xff);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 8), 0xfd);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 12), 0xff);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 20), 42);
	CU_ASSERT_EQUAL(b->s.probe.cause, 42);
	/* Twice down is once; another key beside it. */
	press(b, "8", true, 43);
	press(b, "ok", true, 44); /* row 4, column 3 */
	CU_ASSERT_EQUAL(emu_run(b, 3 * EMU_MS, NULL), BOARD_IDLE);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 32), 2);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 8), 0xfd);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 16), 0xf7);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 20), 44);
	/* Going up is no falling edge. */
	press(b, "8", false, 45);
	press(b, "ok", false, 46);
	CU_ASSERT_EQUAL(emu_run(b, 4 * EMU_MS, NULL), BOARD_IDLE);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 32), 2);
	CU_ASSERT_EQUAL(b->s.probe.cause, 44);
	board_key(b, BOARD_KEYS, true, 9);
	CU_ASSERT(!board_key_find(STR("nine"), &key));
	board_destroy(b);
}

/* Shows what is at EMU_CODE + 0x4000 on a panel of 32 by 32, one bit; sleeps,
 * and at each key press turns a byte of it; the third time it goes off. */
static const uint32_t panel[] = {
	0xe3a00456, /* ldr r0, =0x56000000 */
	0xe3a010aa, /* ldr r1, =0xaa */
	0xe5801050, /* str r1, [r0, #0x50] */
	0xe59f1084, /* ldr r1, =0x155 */
	0xe5801060, /* str r1, [r0, #0x60] */
	0xe59f1080, /* ldr r1, =0x2222 */
	0xe5801088, /* str r1, [r0, #0x88] */
	0xe3a0544a, /* ldr r5, =0x4a000000 */
	0xe3e0100f, /* mvn r1, #15 */
	0xe5851008, /* str r1, [r5, #8] */
	0xe3a0044d, /* ldr r0, =0x4d000000 */
	0xe3a0191f, /* ldr r1, =(31 << 14) */
	0xe5801004, /* str r1, [r0, #4] @ LCDCON2 */
	0xe3a01c07, /* ldr r1, =(7 << 8) */
	0xe5801008, /* str r1, [r0, #8] @ LCDCON3 */
	0xe59f405c, /* ldr r4, =0x3000c000 */
	0xe1a010a4, /* mov r1, r4, lsr #1 */
	0xe5801014, /* str r1, [r0, #0x14] @ LCDSADDR1 */
	0xe3a01002, /* mov r1, #2 */
	0xe580101c, /* str r1, [r0, #0x1c] @ LCDSADDR3 */
	0xe3a01021, /* mov r1, #0x21 */
	0xe5801000, /* str r1, [r0] @ LCDCON1: on */
	0xe3a06000, /* mov r6, #0 */
	0xe59f2040, /* 1: ldr r2, =0x4c00000c */
	0xe3a01004, /* mov r1, #4 */
	0xe5821000, /* str r1, [r2] */
	0xeaffffff, /* b 2f */
	0xe3e01000, /* 2: mvn r1, #0 */
	0xe5851000, /* str r1, [r5] */
	0xe5851010, /* str r1, [r5, #16] */
	0xe5d41000, /* ldrb r1, [r4] */
	0xe22110ff, /* eor r1, r1, #0xff */
	0xe5c41000, /* strb r1, [r4] */
	0xe2866001, /* add r6, r6, #1 */
	0xe3560002, /* cmp r6, #2 */
	0x03a01000, /* moveq r1, #0 */
	0x05801000, /* streq r1, [r0] */
	0xeafffff0, /* b 1b */
	0x00000155, /* .ltorg */
	0x00002222,
	0x3000c000,
	0x4c00000c,
};

struct glyph {
	uint16_t code;
	uint8_t width, pad;
	uint8_t rows[32];
};

/* Narrow A and B, wide zhong, a wide one whose halves look like A and B. */
static const struct glyph glyphs[] = {
	{ 'A', 8, 0, { 0x18, 0x24, 0x42, 0x7e, 0x42, 0x42 } },
	{ 'B', 8, 0, { 0x7c, 0x42, 0x7c, 0x42, 0x7c, 0 } },
	{ 0x4e2d, 16, 0, { 1, 0, 0x3f, 0xf8, 0x21, 8, 0x3f, 0xf8, 1, 0 } },
	{ 0x4e2e, 16, 0,
	    { 0x18, 0x7c, 0x24, 0x42, 0x42, 0x7c, 0x7e, 0x42, 0x42, 0x7c, 0x42,
		0 } },
};

struct panel_data {
	uint8_t pixels[32][4];
	struct glyph font[4];
	uint32_t count;
};

/* Glyph I at cell X of row Y. */
static void
draw(struct panel_data *p, unsigned x, unsigned y, size_t i, bool inverse)
{
	unsigned wide = glyphs[i].width / 8;

	for (unsigned r = 0; r < 16; r++)
		for (unsigned c = 0; c < wide; c++)
			p->pixels[16 * y + r][x + c] =
			    glyphs[i].rows[r * wide + c] ^ (inverse ? 0xff : 0);
}

static const char *
row_text(const struct board *b, unsigned row, struct buf *text)
{
	buf_clear(text);
	board_screen_text(b, row, text);
	return buf_cstr(text);
}

static void
shows_a_picture(void)
{
	static struct panel_data data;
	const uint32_t at = EMU_CODE + 0x4000;
	const struct emu_symbol symbols[] = {
		{ "font_glyphs", at + sizeof(data.pixels), sizeof(glyphs), 1 },
		{ "font_count", at + sizeof(data) - 4, 4, 1 },
	};
	struct emu_program p = { EMU_PROGRAM(panel), .symbols = symbols,
		.nsymbols = 2, .data = &data, .ndata = sizeof(data) };
	LOCAL_BUF log = BUF_INIT, text = BUF_INIT;
	const struct board_screen *s;
	struct board *b;

	memset(&data, 0, sizeof(data));
	memcpy(data.font, glyphs, sizeof(glyphs));
	data.count = 4;
	draw(&data, 0, 0, 0, false);
	draw(&data, 1, 0, 1, true);
	draw(&data, 3, 0, 1, false);
	draw(&data, 0, 1, 0, false);
	draw(&data, 1, 1, 1, false);
	draw(&data, 2, 1, 2, true);
	b = emu_board(&p, NULL);
	CU_ASSERT_EQUAL(emu_run(b, EMU_MS, &log), BOARD_IDLE);
	CU_ASSERT_EQUAL(strncmp(buf_cstr(&log), "screen ", 7), 0);
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&log) + 1, "screen"));
	s = board_screen(b);
	CU_ASSERT(s->on && s->w == 32 && s->h == 32 && s->bits == 1);
	CU_ASSERT_EQUAL(s->stride, 4);
	CU_ASSERT_EQUAL(memcmp(s->pixels, data.pixels, 128), 0);
	CU_ASSERT_STRING_EQUAL(row_text(b, 0, &text), "AB B");
	CU_ASSERT_STRING_EQUAL(row_text(b, 1, &text), "AB\xe4\xb8\xad");
	CU_ASSERT_STRING_EQUAL(row_text(b, 2, &text), "");
	/* A byte more: its cell is no character any more. */
	buf_clear(&log);
	press(b, "1", true, 7);
	CU_ASSERT_EQUAL(emu_run(b, 2 * EMU_MS, &log), BOARD_IDLE);
	CU_ASSERT_EQUAL(strncmp(buf_cstr(&log), "screen ", 7), 0);
	CU_ASSERT_STRING_EQUAL(row_text(b, 0, &text), " B B");
	/* Off. */
	buf_clear(&log);
	press(b, "2", true, 8);
	CU_ASSERT_EQUAL(emu_run(b, 3 * EMU_MS, &log), BOARD_IDLE);
	CU_ASSERT_EQUAL(strncmp(buf_cstr(&log), "screen ", 7), 0);
	s = board_screen(b);
	CU_ASSERT(!s->on);
	CU_ASSERT_STRING_EQUAL(row_text(b, 0, &text), "");
	board_destroy(b);
}

/* A panel of 240 by 320 in colour, all of which is drawn again and again. */
static const uint32_t colour[] = {
	0xe3a0044d, /* ldr r0, =0x4d000000 */
	0xe59f1040, /* ldr r1, =(319 << 14) */
	0xe5801004, /* str r1, [r0, #4] */
	0xe3a01cef, /* ldr r1, =(239 << 8) */
	0xe5801008, /* str r1, [r0, #8] */
	0xe59f4034, /* ldr r4, =0x30020000 */
	0xe1a010a4, /* mov r1, r4, lsr #1 */
	0xe5801014, /* str r1, [r0, #0x14] */
	0xe3a010f0, /* mov r1, #240 */
	0xe580101c, /* str r1, [r0, #0x1c] */
	0xe3a01079, /* mov r1, #0x79 */
	0xe5801000, /* str r1, [r0] */
	0xe3a02c96, /* 1: ldr r2, =(240 * 320 / 2) */
	0xe1a03004, /* mov r3, r4 */
	0xe2855001, /* add r5, r5, #1 */
	0xe4835004, /* 2: str r5, [r3], #4 */
	0xe2522001, /* subs r2, r2, #1 */
	0x1afffffc, /* bne 2b */
	0xeafffff8, /* b 1b */
	0x004fc000, /* .ltorg */
	0x30020000,
};

/* While it computes, the picture is looked at every 20 ms. */
static void
looks_while_busy(void)
{
	struct emu_program p = { EMU_PROGRAM(colour) };
	struct board_config c = { .ram = 1u << 20 };
	LOCAL_BUF log = BUF_INIT;
	struct board *b = emu_board(&p, &c);
	const struct board_screen *s;
	unsigned n = 0;

	CU_ASSERT_EQUAL(emu_run(b, 101 * EMU_MS, &log), BOARD_UNTIL);
	for (const char *at = buf_cstr(&log);
	     (at = strstr(at, "screen ")) != NULL; at++, n++)
		CU_ASSERT_EQUAL(strtoll(at + 7, NULL, 10) / 1000 % 20000, 0);
	CU_ASSERT_EQUAL(n, 5);
	s = board_screen(b);
	CU_ASSERT(s->on && s->w == 240 && s->h == 320 && s->bits == 16);
	CU_ASSERT_EQUAL(s->stride, 480);
	board_destroy(b);
}

/* Puts the seven BCD fields at EMU_DATA, sets the clock to 23:59:59 on
 * 28/02/24, and after a tick of 1 s puts them at EMU_DATA + 32. */
static const uint32_t calendar[] = {
	0xe59f0090, /* ldr r0, =0x57000040 */
	0xe59f4090, /* ldr r4, =0x30010000 */
	0xeb00001a, /* bl 5f */
	0xe3a01059, /* mov r1, #0x59 */
	0xe5801030, /* str r1, [r0, #0x30] @ BCDSEC: not yet */
	0xe5902030, /* ldr r2, [r0, #0x30] */
	0xe5842000, /* str r2, [r4] */
	0xe3a03001, /* mov r3, #1 */
	0xe5803000, /* str r3, [r0] @ RTCCON */
	0xe5801030, /* str r1, [r0, #0x30] */
	0xe5801034, /* str r1, [r0, #0x34] */
	0xe3a01023, /* mov r1, #0x23 */
	0xe5801038, /* str r1, [r0, #0x38] */
	0xe3a01024, /* mov r1, #0x24 */
	0xe5801048, /* str r1, [r0, #0x48] */
	0xe3a01002, /* mov r1, #0x02 */
	0xe5801044, /* str r1, [r0, #0x44] */
	0xe3a01028, /* mov r1, #0x28 */
	0xe580103c, /* str r1, [r0, #0x3c] */
	0xe3a010ff, /* mov r1, #0xff */
	0xe5801004, /* str r1, [r0, #4] @ TICNT: 1 s */
	0xe3a0244a, /* ldr r2, =0x4a000000 */
	0xe3e01c01, /* mvn r1, #0x100 */
	0xe5821008, /* str r1, [r2, #8] */
	0xe59f2038, /* ldr r2, =0x4c00000c */
	0xe3a01004, /* mov r1, #4 */
	0xe5821000, /* str r1, [r2] */
	0xeaffffff, /* b 2f */
	0xeb000000, /* 2: bl 5f */
	0xeafffffe, /* 3: b 3b */
	0xe3a02007, /* 5: mov r2, #7 */
	0xe2803030, /* add r3, r0, #0x30 */
	0xe4931004, /* 6: ldr r1, [r3], #4 */
	0xe4841004, /* str r1, [r4], #4 */
	0xe2522001, /* subs r2, r2, #1 */
	0x1afffffb, /* bne 6b */
	0xe2844004, /* add r4, r4, #4 */
	0xe1a0f00e, /* mov pc, lr */
	0x57000040, /* .ltorg */
	0x30010000,
	0x4c00000c,
};

static void
knows_the_date(void)
{
	/* Saturday 2004-11-13 14:15:16; sec, min, hour, date, day, month. */
	static const uint32_t before[] = { 0x16, 0x15, 0x14, 0x13, 7, 0x11, 4 },
			      after[] = { 0, 0, 0, 0x29, 5, 2, 0x24 };
	struct emu_program p = { EMU_PROGRAM(calendar) };
	struct board_config c = { .epoch_s = 1100355316 - 100,
		.start_ns = 100 * EMU_S };
	struct board *b = emu_board(&p, &c);

	emu_run(b, 100 * EMU_S + EMU_MS, NULL);
	for (unsigned i = 0; i < 7; i++)
		CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 4 * i), before[i]);
	/* Writing was off. */
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 32), 0x16);
	emu_run(b, 102 * EMU_S, NULL);
	for (unsigned i = 0; i < 7; i++)
		CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 32 + 4 * i), after[i]);
	board_destroy(b);
}

CHECK_MAIN("emu_devices", { "divides the clock", divides_the_clock },
    { "reads keys", reads_keys }, { "shows a picture", shows_a_picture },
    { "looks while busy", looks_while_busy },
    { "knows the date", knows_the_date })
