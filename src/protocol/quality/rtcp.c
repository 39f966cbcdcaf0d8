/* See quality/rtcp.h. */
#include "quality/rtcp.h"

#include "base/octets.h"

#define VERSION          2
#define HEAD             4 /* bytes, without the source */
#define PADDED           0x20
#define BLOCK            24
#define SENDER           20
#define XR_REFERENCE     4
#define XR_REFERENCE_LEN 12 /* bytes, head included */
#define XR_DLRR          5
#define XR_DLRR_EACH     12
#define XR_VOIP          7
#define XR_VOIP_LEN      36

/* ---- names ---- */

const char *
rtcp_fault_words(enum rtcp_fault fault)
{
	static const char *const words[] = {
#define X(name, words) words,
		RTCP_FAULTS(X)
#undef X
	};

	return words[fault];
}

/* ---- writing ---- */

/* A packet is begun; end_packet sets its length. */
static size_t
rtcp_begin_packet(struct buf *out, unsigned type, size_t count, uint32_t ssrc)
{
	size_t from = out->n;

	buf_putc(out, (char)(unsigned char)(VERSION << 6 | count));
	buf_putc(out, (char)(unsigned char)type);
	put16(out, 0);
	put32(out, ssrc);
	return from;
}

/* 6.4.1: the length is that in words, less one. */
static void
end_packet(struct buf *out, size_t from)
{
	octets_put_padding(out, out->n - from);
	put16_at(out, from + 2, (out->n - from) / 4 - 1);
}

static void
rtcp_put_block(struct buf *out, const struct rtcp_block *b)
{
	put32(out, b->ssrc);
	put32(
	    out, (uint32_t)b->fraction << 24 | ((uint32_t)b->lost & 0xffffff));
	put32(out, b->highest);
	put32(out, b->jitter);
	put32(out, b->lsr);
	put32(out, b->dlsr);
}

static void
put_sender(struct buf *out, const struct rtcp_sender *s)
{
	put32(out, (uint32_t)(s->ntp >> 32));
	put32(out, (uint32_t)s->ntp);
	put32(out, s->ts);
	put32(out, s->packets);
	put32(out, s->octets);
}

void
rtcp_put_report(struct buf *out, uint32_t ssrc,
    const struct rtcp_sender *sender, const struct rtcp_block *blocks,
    size_t nblocks)
{
	do {
		size_t n = nblocks < RTCP_BLOCKS ? nblocks : RTCP_BLOCKS, from;

		from = rtcp_begin_packet(
		    out, sender != NULL ? RTCP_SR : RTCP_RR, n, ssrc);
		if (sender != NULL)
			put_sender(out, sender);
		for (size_t i = 0; i < n; i++)
			rtcp_put_block(out, blocks++);
		end_packet(out, from);
		sender = NULL;
		nblocks -= n;
	} while (nblocks > 0);
}

/* A byte for the length, then the text. */
static void
rtcp_put_text(struct buf *out, struct str text)
{
	text = str_slice(text, 0, 255);
	buf_putc(out, (char)(unsigned char)text.n);
	buf_str(out, text);
}

void
rtcp_put_cname(struct buf *out, uint32_t ssrc, struct str cname)
{
	size_t from = rtcp_begin_packet(out, RTCP_SDES, 1, ssrc);

	buf_putc(out, RTCP_ITEM_CNAME);
	rtcp_put_text(out, cname);
	/* 6.5: at least one zero ends the chunk. */
	buf_putc(out, '\0');
	end_packet(out, from);
}

void
rtcp_put_bye(struct buf *out, uint32_t ssrc, struct str reason)
{
	size_t from = rtcp_begin_packet(out, RTCP_BYE, 1, ssrc);

	if (reason.n > 0)
		rtcp_put_text(out, reason);
	end_packet(out, from);
}

void
rtcp_put_voip(struct buf *out, uint32_t ssrc, const struct rtcp_voip *v)
{
	const uint8_t rates[] = { v->loss_rate, v->discard_rate,
		v->burst_density, v->gap_density };
	const uint8_t quality[] = { v->signal_level, v->noise_level, v->rerl,
		v->gmin, v->r, v->external_r, v->mos_lq, v->mos_cq,
		v->rx_config, 0 };
	size_t from = rtcp_begin_packet(out, RTCP_XR, 0, ssrc);

	put16(out, XR_VOIP << 8);
	put16(out, XR_VOIP_LEN / 4 - 1);
	put32(out, v->ssrc);
	buf_add(out, (const char *)rates, sizeof(rates));
	put16(out, v->burst_ms);
	put16(out, v->gap_ms);
	put16(out, v->round_trip_ms);
	put16(out, v->end_system_ms);
	buf_add(out, (const char *)quality, sizeof(quality));
	put16(out, v->nominal_ms);
	put16(out, v->maximum_ms);
	put16(out, v->absolute_ms);
	end_packet(out, from);
}

void
rtcp_put_reference(struct buf *out, uint32_t ssrc, uint64_t ntp)
{
	size_t from = rtcp_begin_packet(out, RTCP_XR, 0, ssrc);

	put16(out, XR_REFERENCE << 8);
	put16(out, XR_REFERENCE_LEN / 4 - 1);
	put32(out, (uint32_t)(ntp >> 32));
	put32(out, (uint32_t)ntp);
	end_packet(out, from);
}

void
rtcp_put_dlrr(struct buf *out, uint32_t ssrc, const struct rtcp_reference *r)
{
	size_t from = rtcp_begin_packet(out, RTCP_XR, 0, ssrc);

	put16(out, XR_DLRR << 8);
	put16(out, XR_DLRR_EACH / 4);
	put32(out, r->ssrc);
	put32(out, r->lrr);
	put32(out, r->dlrr);
	end_packet(out, from);
}

static void
rtcp_put_feedback(struct buf *out, enum rtcp_type type, unsigned format,
    uint32_t ssrc, uint32_t media, struct str fci)
{
	size_t from = rtcp_begin_packet(out, type, format & 31, ssrc);

	put32(out, media);
	buf_str(out, fci);
	end_packet(out, from);
}

void
rtcp_put_pli(struct buf *out, uint32_t ssrc, uint32_t media)
{
	rtcp_put_feedback(out, RTCP_PSFB, RTCP_PLI, ssrc, media, STR_NULL);
}

/* RFC 5104 4.3.1.2: the source is in the entry, that of the head is 0. */
void
rtcp_put_fir(struct buf *out, uint32_t ssrc, uint32_t media, uint8_t number)
{
	const char fci[] = { (char)(media >> 24), (char)(media >> 16),
		(char)(media >> 8), (char)media, (char)number, 0, 0, 0 };

	rtcp_put_feedback(out, RTCP_PSFB, RTCP_FIR, ssrc, 0,
	    (struct str){ fci, sizeof(fci) });
}

/* ---- reading: what a packet's type asks of its body ---- */

static unsigned
byte_at(struct str s, size_t i)
{
	return (unsigned char)s.p[i];
}

static enum rtcp_fault
read_sender(struct rtcp_packet *p)
{
	const char *at = p->body.p + 4;

	p->sender = (struct rtcp_sender){
		.ntp = (uint64_t)get32(at) << 32 | get32(at + 4),
		.ts = get32(at + 8),
		.packets = get32(at + 12),
		.octets = get32(at + 16),
	};
	return RTCP_FAULT_NONE;
}

/* Each chunk has its source and ends with a zero; fewer than are counted is a
 * fault, and so is an item without its end. */
static enum rtcp_fault
rtcp_read_chunks(struct rtcp_packet *p)
{
	size_t at = 0;

	for (unsigned i = 0; i < p->count; i++) {
		if (p->body.n - at < 8)
			return RTCP_FAULT_COUNT;
		for (at += 4; at < p->body.n && p->body.p[at] != '\0';) {
			if (p->body.n - at < 2 ||
			    p->body.n - at - 2 < byte_at(p->body, at + 1))
				return RTCP_FAULT_CHUNK;
			at += 2 + byte_at(p->body, at + 1);
		}
		if (at >= p->body.n)
			return RTCP_FAULT_CHUNK;
		at = (at / 4 + 1) * 4;
	}
	return RTCP_FAULT_NONE;
}

static enum rtcp_fault
read_bye(struct rtcp_packet *p)
{
	struct str rest = str_slice(p->body, 4 * p->count, p->body.n);

	if (rest.n == 0)
		return RTCP_FAULT_NONE;
	if (byte_at(rest, 0) + 1 > rest.n)
		return RTCP_FAULT_REASON;
	p->rest = str_slice(rest, 1, 1 + byte_at(rest, 0));
	return RTCP_FAULT_NONE;
}

static enum rtcp_fault
read_app(struct rtcp_packet *p)
{
	p->rest = str_slice(p->body, 4, p->body.n);
	return RTCP_FAULT_NONE;
}

static enum rtcp_fault
read_feedback(struct rtcp_packet *p)
{
	p->media = get32(p->body.p + 4);
	p->rest = str_slice(p->body, 8, p->body.n);
	return RTCP_FAULT_NONE;
}

static enum rtcp_fault
read_xr(struct rtcp_packet *p)
{
	struct str block;
	unsigned type;
	size_t at = 0;

	while (rtcp_xr_next(p, &at, &type, &block))
		continue;
	return at + 4 == p->body.n ? RTCP_FAULT_NONE : RTCP_FAULT_BLOCK;
}

/* The least that a body has: bytes, and bytes for each that is counted. */
static const struct type_row {
	unsigned type;
	size_t fixed, each;
	enum rtcp_fault (*read)(struct rtcp_packet *p);
} rows[] = {
	{ RTCP_SR, 4 + SENDER, BLOCK, read_sender },
	{ RTCP_RR, 4, BLOCK, NULL },
	{ RTCP_SDES, 0, 8, rtcp_read_chunks },
	{ RTCP_BYE, 0, 4, read_bye },
	{ RTCP_APP, 8, 0, read_app },
	{ RTCP_RTPFB, 8, 0, read_feedback },
	{ RTCP_PSFB, 8, 0, read_feedback },
	{ RTCP_XR, 4, 0, read_xr },
};

/* A.2: types that are not known are passed over. */
static enum rtcp_fault
rtcp_read_body(struct rtcp_packet *p)
{
	if (p->body.n >= 4)
		p->ssrc = get32(p->body.p);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (rows[i].type != p->type)
			continue;
		if (p->body.n < rows[i].fixed + p->count * rows[i].each)
			return RTCP_FAULT_COUNT;
		return rows[i].read != NULL ? rows[i].read(p) : RTCP_FAULT_NONE;
	}
	return RTCP_FAULT_NONE;
}

/* ---- reading: the packets of a compound ---- */

/* 6.4.1: the last byte counts the padding, itself included. */
static enum rtcp_fault
cut_padding(struct rtcp_packet *p, bool last)
{
	size_t pad;

	if ((byte_at(p->all, 0) & PADDED) == 0)
		return RTCP_FAULT_NONE;
	if (!last)
		return RTCP_FAULT_PADDED;
	pad = p->body.n > 0 ? byte_at(p->body, p->body.n - 1) : 0;
	if (pad == 0 || pad % 4 != 0 || pad > p->body.n)
		return RTCP_FAULT_PADDING;
	p->body.n -= pad;
	return RTCP_FAULT_NONE;
}

static enum rtcp_fault
rtcp_read_packet(struct rtcp_walk *walk, struct rtcp_packet *p)
{
	struct str left = walk->left;
	enum rtcp_fault fault;
	size_t n;

	if (left.n < HEAD)
		return RTCP_FAULT_SHORT;
	if (byte_at(left, 0) >> 6 != VERSION)
		return RTCP_FAULT_VERSION;
	n = HEAD + 4 * (size_t)get16(left.p + 2);
	if (n > left.n)
		return RTCP_FAULT_LENGTH;
	p->all = str_slice(left, 0, n);
	p->body = str_slice(p->all, HEAD, n);
	p->type = byte_at(left, 1);
	p->count = byte_at(left, 0) & 31;
	fault = cut_padding(p, n == left.n);
	walk->left = str_slice(left, n, left.n);
	return fault != RTCP_FAULT_NONE ? fault : rtcp_read_body(p);
}

bool
rtcp_next(struct rtcp_walk *walk, struct rtcp_packet *p)
{
	*p = (struct rtcp_packet){ .type = 0 };
	if (walk->fault != RTCP_FAULT_NONE || walk->left.n == 0)
		return false;
	walk->fault = rtcp_read_packet(walk, p);
	return walk->fault == RTCP_FAULT_NONE;
}

enum rtcp_fault
rtcp_check(struct str bytes)
{
	struct rtcp_walk walk = { .left = bytes };
	struct rtcp_packet p;

	if (!rtcp_next(&walk, &p))
		return bytes.n == 0 ? RTCP_FAULT_SHORT : walk.fault;
	if (p.type != RTCP_SR && p.type != RTCP_RR)
		return RTCP_FAULT_FIRST;
	while (rtcp_next(&walk, &p))
		continue;
	return walk.fault;
}

/* ---- reading packets ---- */

/* Bits 23 to 0 of V, the highest of which is the sign. */
static int32_t
signed24(uint32_t v)
{
	v &= 0xffffff;
	return v < 0x800000 ? (int32_t)v : (int32_t)v - 0x1000000;
}

void
rtcp_block_at(const struct rtcp_packet *p, unsigned i, struct rtcp_block *b)
{
	size_t before = p->type == RTCP_SR ? 4 + SENDER : 4;
	const char *at = p->body.p + before + (size_t)i * BLOCK;

	*b = (struct rtcp_block){ .ssrc = get32(at),
		.fraction = (uint8_t)at[4],
		.lost = signed24(get32(at + 4)),
		.highest = get32(at + 8),
		.jitter = get32(at + 12),
		.lsr = get32(at + 16),
		.dlsr = get32(at + 20) };
}

uint32_t
rtcp_source_at(const struct rtcp_packet *p, unsigned i)
{
	return get32(p->body.p + 4 * (size_t)i);
}

bool
rtcp_item_next(const struct rtcp_packet *p, struct rtcp_item_walk *at,
    struct rtcp_item *item)
{
	for (;;) {
		if (!at->inside && at->chunks == p->count)
			return false;
		if (!at->inside) {
			at->ssrc = get32(p->body.p + at->at);
			at->at += 4;
			at->chunks++;
			at->inside = true;
		}
		if (p->body.p[at->at] != '\0')
			break;
		at->at = (at->at / 4 + 1) * 4;
		at->inside = false;
	}
	*item = (struct rtcp_item){ .ssrc = at->ssrc,
		.type = byte_at(p->body, at->at) };
	item->text = str_slice(
	    p->body, at->at + 2, at->at + 2 + byte_at(p->body, at->at + 1));
	at->at += 2 + item->text.n;
	return true;
}

/* RFC 3611 3: the type, a byte of its own, the length in words, less one. */
bool
rtcp_xr_next(
    const struct rtcp_packet *p, size_t *at, unsigned *type, struct str *block)
{
	struct str left = str_slice(p->body, 4 + *at, p->body.n);
	size_t n;

	if (left.n < 4)
		return false;
	n = 4 + 4 * (size_t)get16(left.p + 2);
	if (n > left.n)
		return false;
	*type = byte_at(left, 0);
	*block = str_slice(left, 0, n);
	*at += n;
	return true;
}

bool
rtcp_read_voip(struct str block, struct rtcp_voip *v)
{
	const uint8_t *b = (const uint8_t *)block.p;

	if (block.n != XR_VOIP_LEN || b[0] != XR_VOIP)
		return false;
	*v = (struct rtcp_voip){ .ssrc = get32(b + 4),
		.loss_rate = b[8],
		.discard_rate = b[9],
		.burst_density = b[10],
		.gap_density = b[11],
		.burst_ms = get16(b + 12),
		.gap_ms = get16(b + 14),
		.round_trip_ms = get16(b + 16),
		.end_system_ms = get16(b + 18),
		.signal_level = b[20],
		.noise_level = b[21],
		.rerl = b[22],
		.gmin = b[23],
		.r = b[24],
		.external_r = b[25],
		.mos_lq = b[26],
		.mos_cq = b[27],
		.rx_config = b[28],
		.nominal_ms = get16(b + 30),
		.maximum_ms = get16(b + 32),
		.absolute_ms = get16(b + 34) };
	return true;
}

bool
rtcp_read_reference(struct str block, uint64_t *ntp)
{
	if (block.n != XR_REFERENCE_LEN || byte_at(block, 0) != XR_REFERENCE)
		return false;
	*ntp = (uint64_t)get32(block.p + 4) << 32 | get32(block.p + 8);
	return true;
}

bool
rtcp_dlrr_at(struct str block, unsigned i, struct rtcp_reference *r)
{
	size_t at = 4 + (size_t)i * XR_DLRR_EACH;

	if (at + XR_DLRR_EACH > block.n || byte_at(block, 0) != XR_DLRR)
		return false;
	*r = (struct rtcp_reference){ get32(block.p + at),
		get32(block.p + at + 4), get32(block.p + at + 8) };
	return true;
}

#define NS           1e9
#define MINIMUM      5.0 /* seconds */
#define COMPENSATION (2.71828 - 1.5)
#define SENDERS      0.25 /* of the bandwidth, and of the members */
#define MEMORY       16   /* 6.3.3: of the mean size */

/* 6.3.1, steps 1 to 3. */
static double
mean_seconds(const struct rtcp_timer *t, bool we_sent)
{
	double least = t->initial ? MINIMUM / 2 : MINIMUM;
	double bandwidth = t->bandwidth, n = t->members, mean;

	if (t->senders <= n * SENDERS) {
		bandwidth *= we_sent ? SENDERS : 1 - SENDERS;
		n = we_sent ? t->senders : n - t->senders;
	}
	/* RFC 3556 2: without bandwidth no packets; here, one in a long time.
	 */
	if (bandwidth <= 0)
		return 1e6;
	mean = t->size * n / bandwidth;
	return mean < least ? least : mean > 1e6 ? 1e6 : mean;
}

int64_t
rtcp_timer_mean_ns(const struct rtcp_timer *t, bool we_sent)
{
	return (int64_t)(mean_seconds(t, we_sent) * NS);
}

int64_t
rtcp_timer_interval_ns(const struct rtcp_timer *t, uint64_t draw)
{
	/* 53 bits, the precision of a double. */
	double part = (double)(draw >> 11) / 9007199254740992.0;

	return (int64_t)(mean_seconds(t, t->we_sent) * (part + 0.5) /
			 COMPENSATION * NS);
}

void
rtcp_timer_begin(struct rtcp_timer *t, double bandwidth, uint32_t size,
    int64_t now_ns, uint64_t draw)
{
	*t = (struct rtcp_timer){ .tp_ns = now_ns,
		.members = 1,
		.bandwidth = bandwidth,
		.size = size,
		.initial = true };
	t->tn_ns = now_ns + rtcp_timer_interval_ns(t, draw);
}

void
rtcp_timer_heard(struct rtcp_timer *t, uint32_t size)
{
	t->size += (size - t->size) / MEMORY;
}

/* The session may have grown since the timer was set. */
bool
rtcp_timer_expire(struct rtcp_timer *t, int64_t now_ns, uint64_t draw)
{
	int64_t tn = t->tp_ns + rtcp_timer_interval_ns(t, draw);

	if (tn <= now_ns)
		return true;
	t->tn_ns = tn;
	return false;
}

void
rtcp_timer_sent(
    struct rtcp_timer *t, uint32_t size, int64_t now_ns, uint64_t draw)
{
	rtcp_timer_heard(t, size);
	t->tp_ns = now_ns;
	t->initial = false;
	t->tn_ns = now_ns + rtcp_timer_interval_ns(t, draw);
}
