/* RTCP as bytes: src/protocol/quality/rtcp.h. */
#include "fixtures/check.h"

#include "quality/rtcp.h"

#include <string.h>

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const struct rtcp_sender sender = {
	.ntp = UINT64_C(0xb44db70520000000),
	.ts = 160000,
	.packets = 1000,
	.octets = 160000,
};
static const struct rtcp_block block = {
	.ssrc = 0x11223344,
	.fraction = 12,
	.lost = -2,
	.highest = 65541,
	.jitter = 13,
	.lsr = 0xb7052000,
	.dlsr = 0x00054000,
};
static const struct rtcp_voip voip = {
	.ssrc = 0x11223344,
	.loss_rate = 12,
	.discard_rate = 13,
	.burst_density = 85,
	.gap_density = 9,
	.burst_ms = 120,
	.gap_ms = 520,
	.round_trip_ms = 80,
	.end_system_ms = 61,
	.signal_level = RTCP_UNKNOWN,
	.noise_level = 200,
	.rerl = 126,
	.gmin = 16,
	.r = 88,
	.external_r = RTCP_UNKNOWN,
	.mos_lq = 43,
	.mos_cq = 42,
	.rx_config = RTCP_PLC_STANDARD | RTCP_BUFFER_ADAPTS,
	.nominal_ms = 60,
	.maximum_ms = 1280,
	.absolute_ms = 1281,
};

/* All that is written, in one compound. */
static void
put_compound(struct buf *out)
{
	rtcp_put_report(out, 0xaabbccdd, &sender, &block, 1);
	rtcp_put_cname(out, 0xaabbccdd, STR("alice@pc33.example.com"));
	rtcp_put_voip(out, 0xaabbccdd, &voip);
	rtcp_put_pli(out, 0xaabbccdd, 0x11223344);
	rtcp_put_fir(out, 0xaabbccdd, 0x11223344, 7);
	rtcp_put_bye(out, 0xaabbccdd, STR("hung up"));
}

/* The bytes of P, then what is wrong with them, in a block of their own. */
static enum rtcp_fault
check_copy(const char *p, size_t n)
{
	char *copy = malloc(n > 0 ? n : 1);
	enum rtcp_fault fault;

	memcpy(copy, p, n);
	fault = rtcp_check((struct str){ copy, n });
	free(copy);
	return fault;
}

/* What each packet is in bytes; more than 31 blocks need two. */
static void
sizes(void)
{
	struct rtcp_block blocks[40] = { { 0 } };
	LOCAL_BUF out = BUF_INIT;
	struct rtcp_walk walk;
	struct rtcp_packet p;

	for (size_t n = 0; n <= N(blocks); n++) {
		bool two = n > RTCP_BLOCKS;

		buf_clear(&out);
		rtcp_put_report(&out, 1, &sender, blocks, n);
		CU_ASSERT_EQUAL(out.n, 28 + 24 * n + (two ? 8 : 0));
		CU_ASSERT_EQUAL(check_copy(out.p, out.n), RTCP_FAULT_NONE);
		buf_clear(&out);
		rtcp_put_report(&out, 1, NULL, blocks, n);
		CU_ASSERT_EQUAL(out.n, (two ? 16 : 8) + 24 * n);
	}
	walk = (struct rtcp_walk){ .left = buf_view(&out) };
	CU_ASSERT(rtcp_next(&walk, &p) && p.count == 31);
	CU_ASSERT(rtcp_next(&walk, &p) && p.count == 9 && p.type == RTCP_RR);
	buf_clear(&out);
	rtcp_put_cname(&out, 1, STR("alice@pc33.example.com"));
	CU_ASSERT_EQUAL(out.n, 36);
	buf_clear(&out);
	rtcp_put_cname(&out, 1, STR("a@b.com"));
	CU_ASSERT_EQUAL(out.n, 20);
	buf_clear(&out);
	rtcp_put_bye(&out, 1, STR_NULL);
	CU_ASSERT_EQUAL(out.n, 8);
	buf_clear(&out);
	rtcp_put_pli(&out, 1, 2);
	CU_ASSERT_EQUAL(out.n, 12);
	buf_clear(&out);
	rtcp_put_voip(&out, 1, &voip);
	CU_ASSERT_EQUAL(out.n, 44);
}

static void
octets(void)
{
	/* Written by hand from RFC 3550 6.4.1, 6.5, 6.6. */
	static const unsigned char expected[] = { 0x81, 200, 0, 12, 0xaa, 0xbb,
		0xcc, 0xdd, 0xb4, 0x4d, 0xb7, 0x05, 0x20, 0, 0, 0, 0, 2, 0x71,
		0, 0, 0, 3, 0xe8, 0, 2, 0x71, 0, 0x11, 0x22, 0x33, 0x44, 12,
		0xff, 0xff, 0xfe, 0, 1, 0, 5, 0, 0, 0, 13, 0xb7, 0x05, 0x20, 0,
		0, 5, 0x40, 0, 0x81, 202, 0, 4, 0xaa, 0xbb, 0xcc, 0xdd, 1, 7,
		'a', '@', 'b', '.', 'c', 'o', 'm', 0, 0, 0, 0x81, 203, 0, 2,
		0xaa, 0xbb, 0xcc, 0xdd, 2, 'o', 'k', 0 };
	LOCAL_BUF out = BUF_INIT;

	rtcp_put_report(&out, 0xaabbccdd, &sender, &block, 1);
	rtcp_put_cname(&out, 0xaabbccdd, STR("a@b.com"));
	rtcp_put_bye(&out, 0xaabbccdd, STR("ok"));
	CU_ASSERT_EQUAL_FATAL(out.n, sizeof(expected));
	CU_ASSERT(memcmp(out.p, expected, out.n) == 0);
}

static void
read_back(void)
{
	LOCAL_BUF out = BUF_INIT, again = BUF_INIT;
	struct rtcp_walk walk;
	struct rtcp_item_walk at = { 0 };
	struct rtcp_item item;
	struct rtcp_packet p;
	struct rtcp_block b;
	struct rtcp_voip v;
	struct str xr;
	unsigned type;
	size_t from = 0;

	put_compound(&out);
	CU_ASSERT_EQUAL(check_copy(out.p, out.n), RTCP_FAULT_NONE);
	walk = (struct rtcp_walk){ .left = buf_view(&out) };
	CU_ASSERT(rtcp_next(&walk, &p) && p.type == RTCP_SR && p.count == 1);
	CU_ASSERT_EQUAL(p.ssrc, 0xaabbccdd);
	CU_ASSERT(memcmp(&p.sender, &sender, sizeof(sender)) == 0);
	rtcp_block_at(&p, 0, &b);
	rtcp_put_report(&again, p.ssrc, &p.sender, &b, 1);
	CU_ASSERT(rtcp_next(&walk, &p) && p.type == RTCP_SDES);
	CU_ASSERT(rtcp_item_next(&p, &at, &item));
	CU_ASSERT(item.ssrc == 0xaabbccdd && item.type == RTCP_ITEM_CNAME);
	CU_ASSERT(str_is(item.text, "alice@pc33.example.com"));
	CU_ASSERT(!rtcp_item_next(&p, &at, &item));
	CU_ASSERT(rtcp_next(&walk, &p) && p.type == RTCP_XR);
	CU_ASSERT(rtcp_xr_next(&p, &from, &type, &xr) && type == 7);
	CU_ASSERT(rtcp_read_voip(xr, &v));
	rtcp_put_cname(&again, item.ssrc, item.text);
	rtcp_put_voip(&again, p.ssrc, &v);
	CU_ASSERT(memcmp(again.p, out.p, again.n) == 0);
	CU_ASSERT(!rtcp_xr_next(&p, &from, &type, &xr));
	CU_ASSERT(rtcp_next(&walk, &p) && p.type == RTCP_PSFB);
	CU_ASSERT_EQUAL(p.count, RTCP_PLI);
	CU_ASSERT(p.media == 0x11223344 && p.rest.n == 0);
	CU_ASSERT(rtcp_next(&walk, &p) && p.count == RTCP_FIR);
	CU_ASSERT(p.media == 0 && p.rest.n == 8 && p.rest.p[4] == 7);
	CU_ASSERT(rtcp_next(&walk, &p) && p.type == RTCP_BYE);
	CU_ASSERT(rtcp_source_at(&p, 0) == 0xaabbccdd);
	CU_ASSERT(str_is(p.rest, "hung up"));
	CU_ASSERT(!rtcp_next(&walk, &p) && walk.fault == RTCP_FAULT_NONE);
}

/* Cut anywhere, only where a packet ends is the rest one; with any bit turned
 * over nothing is read outside. */
static void
torture(void)
{
	static const size_t ends[] = { 52, 88, 132, 144, 164, 180 };
	LOCAL_BUF out = BUF_INIT;
	size_t good = 0;

	put_compound(&out);
	CU_ASSERT_EQUAL_FATAL(out.n, ends[N(ends) - 1]);
	for (size_t n = 0; n < out.n; n++) {
		bool whole = n > 0 && n == ends[good];

		good += whole;
		CU_ASSERT_EQUAL(check_copy(out.p, n) == RTCP_FAULT_NONE, whole);
	}
	for (size_t bit = 0; bit < 8 * out.n; bit++) {
		out.p[bit / 8] = (char)(out.p[bit / 8] ^ 1 << bit % 8);
		check_copy(out.p, out.n);
		out.p[bit / 8] = (char)(out.p[bit / 8] ^ 1 << bit % 8);
	}
}

static void
faults(void)
{
	static const struct {
		enum rtcp_fault fault;
		struct str bytes;
	} rows[] = {
		{ RTCP_FAULT_SHORT, STR_INIT("") },
		{ RTCP_FAULT_SHORT, STR_INIT("\x80\xc9\0") },
		{ RTCP_FAULT_VERSION, STR_INIT("\x40\xc9\0\1abcd") },
		{ RTCP_FAULT_VERSION, STR_INIT("\x80\xc9\0\1abcd\0\0\0\0") },
		{ RTCP_FAULT_FIRST, STR_INIT("\x81\xcb\0\1abcd") },
		{ RTCP_FAULT_FIRST, STR_INIT("\x80\xc7\0\1abcd") },
		{ RTCP_FAULT_LENGTH, STR_INIT("\x80\xc9\0\2abcd") },
		{ RTCP_FAULT_LENGTH, STR_INIT("\x80\xc9\xff\xff"
					      "abcd") },
		{ RTCP_FAULT_PADDED,
		    STR_INIT("\xa0\xc9\0\2abcd\0\0\0\4\x80\xc9\0\1abcd") },
		{ RTCP_FAULT_PADDING, STR_INIT("\xa0\xc9\0\2abcd\0\0\0\0") },
		{ RTCP_FAULT_PADDING, STR_INIT("\xa0\xc9\0\2abcd\0\0\0\3") },
		{ RTCP_FAULT_PADDING, STR_INIT("\xa0\xc9\0\2abcd\0\0\0\x0c") },
		{ RTCP_FAULT_COUNT, STR_INIT("\xa0\xc9\0\2abcd\0\0\0\x08") },
		{ RTCP_FAULT_NONE, STR_INIT("\xa0\xc9\0\2abcd\0\0\0\4") },
		{ RTCP_FAULT_PADDING, STR_INIT("\xa0\xc9\0\0") },
		{ RTCP_FAULT_COUNT, STR_INIT("\x80\xc9\0\0") },
		{ RTCP_FAULT_COUNT, STR_INIT("\x81\xc9\0\1abcd") },
		{ RTCP_FAULT_COUNT,
		    STR_INIT("\x80\xc8\0\5abcdefghijklmnopqrst") },
		/* A type that is not known is passed over. */
		{ RTCP_FAULT_NONE, STR_INIT("\x80\xc9\0\1abcd\x9f\x01\0\0") },
#define AFTER_RR(s) STR_INIT("\x80\xc9\0\1abcd" s)
		{ RTCP_FAULT_COUNT, AFTER_RR("\x81\xca\0\0") },
		{ RTCP_FAULT_COUNT, AFTER_RR("\x81\xca\0\1abcd") },
		{ RTCP_FAULT_COUNT, AFTER_RR("\x82\xca\0\2abcd\0\0\0\0") },
		{ RTCP_FAULT_COUNT,
		    AFTER_RR("\x82\xca\0\4abcd\1\5abcde\0efgh") },
		{ RTCP_FAULT_CHUNK, AFTER_RR("\x81\xca\0\2abcd\1\3ab") },
		{ RTCP_FAULT_CHUNK, AFTER_RR("\x81\xca\0\2abcd\1\2ab") },
		{ RTCP_FAULT_CHUNK, AFTER_RR("\x81\xca\0\2abcd\1\1a\1") },
		{ RTCP_FAULT_NONE, AFTER_RR("\x81\xca\0\2abcd\1\1a\0") },
		{ RTCP_FAULT_NONE, AFTER_RR("\x81\xca\0\2abcd\0\0\0\0") },
		{ RTCP_FAULT_NONE, AFTER_RR("\x80\xca\0\0") },
		{ RTCP_FAULT_COUNT, AFTER_RR("\x82\xcb\0\1abcd") },
		{ RTCP_FAULT_REASON, AFTER_RR("\x81\xcb\0\2abcd\4abc") },
		{ RTCP_FAULT_NONE, AFTER_RR("\x81\xcb\0\2abcd\3abc") },
		{ RTCP_FAULT_NONE, AFTER_RR("\x80\xcb\0\0") },
		{ RTCP_FAULT_COUNT, AFTER_RR("\x80\xcc\0\1abcd") },
		{ RTCP_FAULT_COUNT, AFTER_RR("\x81\xce\0\1abcd") },
		{ RTCP_FAULT_NONE, AFTER_RR("\x80\xcf\0\1abcd") },
		{ RTCP_FAULT_BLOCK, AFTER_RR("\x80\xcf\0\2abcd\7\0\0\1") },
		{ RTCP_FAULT_NONE, AFTER_RR("\x80\xcf\0\2abcd\7\0\0\0") },
	};

	for (size_t i = 0; i < N(rows); i++) {
		enum rtcp_fault fault =
		    check_copy(rows[i].bytes.p, rows[i].bytes.n);

		CU_ASSERT_EQUAL(fault, rows[i].fault);
		if (fault != rows[i].fault)
			printf("row %zu: %s\n", i, rtcp_fault_words(fault));
	}
}

/* Two sources, three items. */
static void
items(void)
{
	struct str bytes = STR("\x82\xca\0\x07"
			       "abcd\1\1x\6\2ru\0efgh\2\6Bob B.\0\0\0\0");
	struct rtcp_walk walk = { .left = bytes };
	struct rtcp_item_walk at = { 0 };
	struct rtcp_item item;
	struct rtcp_packet p;

	CU_ASSERT_FATAL(rtcp_next(&walk, &p));
	CU_ASSERT(rtcp_item_next(&p, &at, &item) && str_is(item.text, "x"));
	CU_ASSERT(rtcp_item_next(&p, &at, &item) && str_is(item.text, "ru"));
	CU_ASSERT(item.type == RTCP_ITEM_TOOL && item.ssrc == 0x61626364);
	CU_ASSERT(
	    rtcp_item_next(&p, &at, &item) && str_is(item.text, "Bob B."));
	CU_ASSERT(item.type == RTCP_ITEM_NAME && item.ssrc == 0x65666768);
	CU_ASSERT(!rtcp_item_next(&p, &at, &item));
}

CHECK_MAIN("rtcp", { "sizes", sizes }, { "octets", octets },
    { "read back", read_back }, { "torture", torture }, { "faults", faults },
    { "items", items })
