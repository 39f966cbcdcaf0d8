/*
 * The emulated board's Ethernet: frames in and out, who they are for, what is
 * lost, and whose cause is whose.
 */
#include "fixtures/emu_board.h"

/* Sends back what comes, byte 0 and 6 of the addresses aside, until a frame's
 * byte 14 is 0xee: then it waits a while before each read.  Woken by EINT9.
 * Counts frames at EMU_DATA, missed ones at EMU_DATA + 4. */
static const uint32_t echo[] = {
	0xe59f0128, /* ldr r0, =0x19000300 */
	0xe59f4128, /* ldr r4, =0x30010000 */
	0xe3a01f56, /* ldr r1, =0x0158 */
	0xe1c010ba, /* strh r1, [r0, #10] @ PacketPage pointer: IA */
	0xe1d010bc, /* ldrh r1, [r0, #12] */
	0xe1c410b8, /* strh r1, [r4, #8] */
	0xe3a01f41, /* ldr r1, =0x0104 */
	0xe1c010ba, /* strh r1, [r0, #10] */
	0xe3a01c0d, /* ldr r1, =0x0d00 @ RxOK, IA, broadcast */
	0xe1c010bc, /* strh r1, [r0, #12] */
	0xe59f1108, /* ldr r1, =0x0102 */
	0xe1c010ba, /* strh r1, [r0, #10] */
	0xe3a01c01, /* ldr r1, =0x0100 @ RxOKiE */
	0xe1c010bc, /* strh r1, [r0, #12] */
	0xe59f10fc, /* ldr r1, =0x0112 */
	0xe1c010ba, /* strh r1, [r0, #10] */
	0xe3a010c0, /* mov r1, #0xc0 */
	0xe1c010bc, /* strh r1, [r0, #12] */
	0xe59f10f0, /* ldr r1, =0x0116 */
	0xe1c010ba, /* strh r1, [r0, #10] */
	0xe3a01902, /* ldr r1, =0x8000 */
	0xe1c010bc, /* strh r1, [r0, #12] */
	0xe59f80e4, /* ldr r8, =0x560000a0 */
	0xe59f10e4, /* ldr r1, =0xfffdf0 */
	0xe5881004, /* str r1, [r8, #4] @ EINTMASK */
	0xe3a0544a, /* ldr r5, =0x4a000000 */
	0xe3e01020, /* mvn r1, #0x20 */
	0xe5851008, /* str r1, [r5, #8] */
	0xe3a09701, /* mov r9, #0x40000 */
	0xe59f20d0, /* 1: ldr r2, =0x4c00000c */
	0xe3a01004, /* mov r1, #4 */
	0xe5821000, /* str r1, [r2] */
	0xeaffffff, /* b 2f */
	0xe3a01c02, /* 2: mov r1, #0x200 */
	0xe5881008, /* str r1, [r8, #8] @ EINTPEND */
	0xe3a01020, /* mov r1, #0x20 */
	0xe5851000, /* str r1, [r5] */
	0xe5851010, /* str r1, [r5, #16] */
	0xe1d010b8, /* 3: ldrh r1, [r0, #8] @ ISQ */
	0xe3510000, /* cmp r1, #0 */
	0x0afffff3, /* beq 1b */
	0xe5942000, /* ldr r2, [r4] */
	0xe2822001, /* add r2, r2, #1 */
	0xe5842000, /* str r2, [r4] */
	0xe59f2098, /* ldr r2, =200000 */
	0xe0522009, /* 4: subs r2, r2, r9 */
	0xcafffffd, /* bgt 4b */
	0xe1d010b0, /* ldrh r1, [r0] @ status */
	0xe1c410bc, /* strh r1, [r4, #12] */
	0xe1d060b0, /* ldrh r6, [r0] @ length */
	0xe3a010c0, /* mov r1, #0xc0 */
	0xe1c010b4, /* strh r1, [r0, #4] */
	0xe1c060b6, /* strh r6, [r0, #6] */
	0xe3a01f4e, /* ldr r1, =0x0138 */
	0xe1c010ba, /* strh r1, [r0, #10] */
	0xe1d010bc, /* ldrh r1, [r0, #12] */
	0xe1c410be, /* strh r1, [r4, #14] */
	0xe3a07000, /* mov r7, #0 */
	0xe3a09701, /* mov r9, #0x40000 */
	0xe1d010b0, /* 5: ldrh r1, [r0] */
	0xe357000e, /* cmp r7, #14 */
	0x1a000002, /* bne 6f */
	0xe20120ff, /* and r2, r1, #0xff */
	0xe35200ee, /* cmp r2, #0xee */
	0x03a09001, /* moveq r9, #1 */
	0xe1c010b0, /* 6: strh r1, [r0] */
	0xe2877002, /* add r7, r7, #2 */
	0xe1570006, /* cmp r7, r6 */
	0xbafffff5, /* blt 5b */
	0xe3a01e13, /* ldr r1, =0x0130 */
	0xe1c010ba, /* strh r1, [r0, #10] */
	0xe1d010bc, /* ldrh r1, [r0, #12] */
	0xe5942004, /* ldr r2, [r4, #4] */
	0xe0822321, /* add r2, r2, r1, lsr #6 */
	0xe5842004, /* str r2, [r4, #4] */
	0xeaffffd9, /* b 3b */
	0x19000300, /* .ltorg */
	0x30010000,
	0x00000102,
	0x00000112,
	0x00000116,
	0x560000a0,
	0x00fffdf0,
	0x4c00000c,
	0x00030d40,
};

static const uint8_t mac[6] = { 0x02, 0x11, 0x22, 0x33, 0x44, 0x55 };

/* A frame of N bytes to TO with MARK in byte 14; the caller frees. */
static struct buf
frame(const uint8_t *to, size_t n, char mark)
{
	struct buf b = BUF_INIT;

	buf_add(&b, (const char *)to, 6);
	for (size_t i = 6; i < n; i++)
		buf_putc(&b, (char)i);
	b.p[14] = mark;
	return b;
}

static bool
deliver(struct board *b, const uint8_t *to, size_t n, char mark, uint32_t cause)
{
	struct buf f = frame(to, n, mark);
	bool kept = board_frame(b, (struct str){ f.p, f.n }, cause);

	buf_free(&f);
	return kept;
}

static struct board *
echo_board(void)
{
	struct emu_program p = { EMU_PROGRAM(echo) };
	struct board_config c = { .cause = 1 };
	struct board *b;

	memcpy(c.mac, mac, 6);
	b = emu_board(&p, &c);
	CU_ASSERT_EQUAL(emu_run(b, EMU_MS, NULL), BOARD_IDLE);
	return b;
}

static void
takes_what_is_for_it(void)
{
	static const uint8_t all[6] = { 255, 255, 255, 255, 255, 255 };
	static const uint8_t other[6] = { 2, 0x11, 0x22, 0x33, 0x44, 0x56 };
	struct board *b = echo_board();
	LOCAL_BUF log = BUF_INIT;

	CU_ASSERT(deliver(b, other, 60, 1, 5));
	CU_ASSERT_EQUAL(emu_run(b, 2 * EMU_MS, &log), BOARD_IDLE);
	CU_ASSERT_EQUAL(log.n, 0);
	CU_ASSERT(deliver(b, all, 60, 1, 6));
	CU_ASSERT_EQUAL(emu_run(b, 3 * EMU_MS, &log), BOARD_IDLE);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA), 1);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 12), 0x01180904);
	/* Too short for the line, and too short or long for a frame. */
	CU_ASSERT(deliver(b, mac, 20, 1, 7));
	CU_ASSERT_EQUAL(emu_run(b, 4 * EMU_MS, &log), BOARD_IDLE);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA), 2);
	CU_ASSERT(board_frame(b, STR("thirteen byte"), 8));
	CU_ASSERT(deliver(b, mac, 1515, 1, 9));
	CU_ASSERT_EQUAL(emu_run(b, 5 * EMU_MS, &log), BOARD_IDLE);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA), 2);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&log),
	    " 7 0 021122334455060708090a0b0c0d010f10111213000000"));
	board_destroy(b);
}

static void
loses_what_it_cannot_hold(void)
{
	struct board *b = echo_board();
	LOCAL_BUF log = BUF_INIT;
	const char *at;

	/* After this one it takes its time: 200,000 times round. */
	CU_ASSERT(deliver(b, mac, 60, (char)0xee, 1));
	CU_ASSERT_EQUAL(emu_run(b, 2 * EMU_MS, &log), BOARD_IDLE);
	CU_ASSERT(deliver(b, mac, 60, 1, 2));
	CU_ASSERT_EQUAL(emu_run(b, 2 * EMU_MS + 1000, &log), BOARD_UNTIL);
	/* One is being read, three more find room. */
	for (uint32_t i = 3; i < 6; i++)
		CU_ASSERT(deliver(b, mac, 60, 1, i));
	CU_ASSERT(!deliver(b, mac, 60, 1, 6));
	CU_ASSERT(!deliver(b, mac, 60, 1, 7));
	CU_ASSERT_EQUAL(emu_run(b, EMU_S, &log), BOARD_IDLE);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA), 5);
	CU_ASSERT_EQUAL(emu_word(b, EMU_DATA + 4), 2);
	at = buf_cstr(&log);
	for (int i = 1; i < 6; i++) {
		CU_ASSERT_EQUAL(strncmp(at, "frame ", 6), 0);
		at = strchr(at + 6, ' ');
		CU_ASSERT_PTR_NOT_NULL_FATAL(at);
		CU_ASSERT_EQUAL(atoi(at), i);
		at = strchr(at, '\n') + 1;
	}
	CU_ASSERT_EQUAL(*at, '\0');
	board_destroy(b);
}

/* The same frames at the same times, by slices of SLICE. */
static uint64_t
traffic(int64_t slice, struct buf *log)
{
	struct board *b = echo_board();
	uint64_t hash;
	int64_t t = EMU_MS;

	for (uint32_t i = 0; i < 40; i++) {
		int64_t next = EMU_MS + i * 37777;

		for (; t < next; t += slice)
			emu_run(b, t, log);
		emu_run(b, next, log);
		deliver(b, mac, 60 + i * 31, 1, 100 + i);
	}
	emu_run(b, 20 * EMU_MS, log);
	hash = emu_hash(b);
	board_destroy(b);
	return hash;
}

static void
slices_change_nothing(void)
{
	static const int64_t slices[] = { 53, 1013, 7389 };
	LOCAL_BUF whole = BUF_INIT, log = BUF_INIT;
	uint64_t hash = traffic(EMU_S, &whole);

	CU_ASSERT(whole.n > 40 * 120);
	for (size_t i = 0; i < sizeof(slices) / sizeof(slices[0]); i++) {
		buf_clear(&log);
		CU_ASSERT_EQUAL(traffic(slices[i], &log), hash);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&log), buf_cstr(&whole));
	}
}

CHECK_MAIN("emu_ethernet", { "takes what is for it", takes_what_is_for_it },
    { "loses what it cannot hold", loses_what_it_cannot_hold },
    { "slices change nothing", slices_change_nothing })
