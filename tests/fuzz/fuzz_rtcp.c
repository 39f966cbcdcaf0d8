/*
 * A compound of RTCP as others send it: nothing is read outside of it, packets
 * lie one behind the other, and what is in each lies in it.
 */
#include "fuzz.h"

#include "quality/rtcp.h"

static void
want_inside(struct str part, struct str whole)
{
	fuzz_want(part.n == 0 ||
		  (part.p >= whole.p && part.p + part.n <= whole.p + whole.n));
}

static void
read_report(const struct rtcp_packet *p)
{
	struct rtcp_block b;

	for (unsigned i = 0; i < p->count; i++) {
		rtcp_block_at(p, i, &b);
		fuzz_want(b.lost >= -0x800000 && b.lost <= 0x7FFFFF);
	}
}

static void
read_items(const struct rtcp_packet *p)
{
	struct rtcp_item_walk at = { 0 };
	struct rtcp_item item;

	while (rtcp_item_next(p, &at, &item))
		want_inside(item.text, p->body);
	fuzz_want(at.chunks == p->count && at.at <= p->body.n);
}

static void
read_blocks(const struct rtcp_packet *p)
{
	struct rtcp_reference r;
	struct rtcp_voip voip;
	uint64_t ntp;
	struct str block;
	unsigned type;
	size_t at = 0;

	while (rtcp_xr_next(p, &at, &type, &block)) {
		want_inside(block, p->body);
		rtcp_read_voip(block, &voip);
		rtcp_read_reference(block, &ntp);
		for (unsigned i = 0; rtcp_dlrr_at(block, i, &r); i++)
			fuzz_want(12 * i + 16 <= block.n);
	}
	fuzz_want(at + 4 == p->body.n);
}

static void
read_packet(const struct rtcp_packet *p)
{
	want_inside(p->body, p->all);
	want_inside(p->rest, p->body);
	if (p->type == RTCP_SR || p->type == RTCP_RR)
		read_report(p);
	else if (p->type == RTCP_SDES)
		read_items(p);
	else if (p->type == RTCP_XR)
		read_blocks(p);
	else if (p->type == RTCP_BYE)
		for (unsigned i = 0; i < p->count; i++)
			rtcp_source_at(p, i);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct rtcp_walk walk = { .left = { (const char *)bytes, n } };
	enum rtcp_fault fault = rtcp_check(walk.left);
	struct rtcp_packet p;
	size_t at = 0;

	while (rtcp_next(&walk, &p)) {
		fuzz_want(p.all.p == (const char *)bytes + at);
		at += p.all.n;
		read_packet(&p);
	}
	fuzz_want((walk.fault == RTCP_FAULT_NONE) == (at == n));
	fuzz_want(fault == walk.fault || fault == RTCP_FAULT_FIRST ||
		  fault == RTCP_FAULT_SHORT);
	return 0;
}
