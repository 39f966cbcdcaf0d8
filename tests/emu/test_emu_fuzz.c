/*
 * Firmware that writes and reads anything anywhere in the devices, and code
 * that is no code: the emulated board ends in any state but a broken host, and
 * the same one whenever it is done again.
 */
#include "fixtures/emu_board.h"

/* xorshift32 from EMU_DATA, which a watchdog's reset leaves alone: picks a page
 * from EMU_CODE + 0x4000 (16 of them), an offset, a value, a size and whether
 * to write; keeps out of sleep. */
static const uint32_t fiddler[] = {
	0xe59f40a8, /* ldr r4, =0x30010000 */
	0xe5945000, /* ldr r5, [r4] */
	0xe3550000, /* cmp r5, #0 */
	0x059f60a0, /* ldreq r6, =0x3000c040 */
	0x05965000, /* ldreq r5, [r6] */
	0xe59f609c, /* ldr r6, =0x3000c000 */
	0xeb00001f, /* 1: bl random */
	0xe205100f, /* and r1, r5, #15 */
	0xe7967101, /* ldr r7, [r6, r1, lsl #2] */
	0xeb00001c, /* bl random */
	0xe1a08a25, /* mov r8, r5, lsr #20 */
	0xe3150007, /* tst r5, #7 */
	0x120880ff, /* andne r8, r8, #0xff @ mostly where registers are */
	0xe1877008, /* orr r7, r7, r8 */
	0xeb000017, /* bl random */
	0xe1a02005, /* mov r2, r5 */
	0xeb000015, /* bl random */
	0xe3150010, /* tst r5, #0x10 */
	0x11a02c22, /* movne r2, r2, lsr #24 @ small numbers too */
	0xe3150020, /* tst r5, #0x20 */
	0x13822203, /* orrne r2, r2, #0x30000000 */
	0xe59f9060, /* ldr r9, =0x4c00000c */
	0xe1570009, /* cmp r7, r9 */
	0xd3c22004, /* bicle r2, r2, #4 */
	0xe2051007, /* and r1, r5, #7 */
	0xe3510003, /* cmp r1, #3 */
	0xd3c77003, /* bicle r7, r7, #3 */
	0xd5872000, /* strle r2, [r7] */
	0xdaffffe8, /* ble 1b */
	0xe3510004, /* cmp r1, #4 */
	0x03c77001, /* biceq r7, r7, #1 */
	0x01c720b0, /* streqh r2, [r7] */
	0xe3510005, /* cmp r1, #5 */
	0x05c72000, /* streqb r2, [r7] */
	0xe3510006, /* cmp r1, #6 */
	0xa3c77003, /* bicge r7, r7, #3 */
	0x01d730b0, /* ldreqh r3, [r7] */
	0xc5973000, /* ldrgt r3, [r7] */
	0xeaffffde, /* b 1b */
	0xe0255685, /* random: eor r5, r5, r5, lsl #13 */
	0xe02558a5, /* eor r5, r5, r5, lsr #17 */
	0xe0255285, /* eor r5, r5, r5, lsl #5 */
	0xe5845000, /* str r5, [r4] */
	0xe1a0f00e, /* mov pc, lr */
	0x30010000, /* .ltorg */
	0x3000c040,
	0x3000c000,
	0x4c00000c,
};

static const uint32_t pages[16] = { 0x19000300, 0x48000000, 0x4a000000,
	0x4b000000, 0x4b000080, 0x4c000000, 0x4d000000, 0x50000000, 0x51000000,
	0x51000000, 0x53000000, 0x55000000, 0x56000000, 0x56000080, 0x57000000,
	PROBE_BASE };

/* One round: the hash of how it ended. */
static uint64_t
fiddle(uint32_t seed, int64_t slice, size_t *said)
{
	uint32_t data[17];
	struct emu_program p = { EMU_PROGRAM(fiddler), .data = data,
		.ndata = sizeof(data) };
	struct board_config c = { .mac = { 2, 0, 0, 0, 0, 1 } };
	LOCAL_BUF log = BUF_INIT, text = BUF_INIT;
	struct board *b;
	uint8_t frame[300] = { 255, 255, 255, 255, 255, 255 };
	uint64_t hash;

	memcpy(data, pages, sizeof(pages));
	data[16] = seed;
	b = emu_board(&p, &c);
	for (int64_t t = EMU_MS; t <= 500 * EMU_MS; t += 5 * EMU_MS) {
		for (int64_t at = t - 5 * EMU_MS; at < t; at += slice)
			emu_run(b, at, &log);
		emu_run(b, t, &log);
		board_frame(b, (struct str){ (char *)frame, sizeof(frame) },
		    (uint32_t)t);
		board_key(b, (unsigned)(t / EMU_MS) % BOARD_KEYS,
		    t / EMU_MS & 1, (uint32_t)t);
		for (unsigned row = 0; row < 21; row++)
			board_screen_text(b, row, &text);
	}
	*said += log.n;
	hash = str_hash_end(
	    str_hash_add(emu_hash(b), (struct str){ log.p, log.n }));
	board_destroy(b);
	return hash;
}

/* Half of N, or all with RUNG_FUZZ_SECONDS. */
static unsigned
some_of(unsigned n)
{
	return getenv("RUNG_FUZZ_SECONDS") != NULL ? n : n / 2;
}

static void
survives_any_access(void)
{
	size_t said = 0;

	for (uint32_t seed = 1; seed <= some_of(12); seed++) {
		uint64_t hash = fiddle(seed * 2654435761u, EMU_S, &said);

		CU_ASSERT_EQUAL(fiddle(seed * 2654435761u, 77777, &said), hash);
	}
	CU_ASSERT(said > some_of(20000) / 2);
}

/* Words at random, most of them executed whatever the flags. */
static void
survives_any_code(void)
{
	static uint32_t words[3000];
	uint64_t x = 88172645463325252u;
	unsigned dead = 0;

	for (unsigned i = 0; i < some_of(150); i++) {
		struct emu_program p = { EMU_PROGRAM(words), .irq = i % 2,
			.swi = i % 3 == 0 };
		struct board *b;

		for (size_t j = 0; j < sizeof(words) / sizeof(words[0]); j++) {
			x ^= x << 13;
			x ^= x >> 7;
			x ^= x << 17;
			words[j] = (uint32_t)(x >> 16);
			if (x % 4 != 0)
				words[j] = (words[j] & 0x0fffffff) | 0xe0000000;
		}
		b = emu_board(&p, NULL);
		dead += emu_run(b, 2 * EMU_MS, NULL) == BOARD_DEAD;
		board_destroy(b);
	}
	CU_ASSERT(dead > some_of(40) / 2);
}

CHECK_MAIN("emu_fuzz", { "survives any access", survives_any_access },
    { "survives any code", survives_any_code })
