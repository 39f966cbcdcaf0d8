/*
 * Fragments put together (RFC 791 3.2, RFC 1122 3.3.2): a buffer, and a bit for
 * each eight bytes of it that have come.  Two datagrams at a time and none
 * above NET_DATAGRAM_MAX: more makes the older go.  What comes twice is written
 * twice; what contradicts an earlier fragment ends the datagram.
 */
#include "firmware/net/net_in.h"

#include <string.h>

#define AT_ONCE    2u
#define TIMEOUT_US 60000000u
#define UNITS      ((IP_PAYLOAD_MAX + 7) / 8)

struct partial {
	bool used;
	uint32_t src, dst;
	uint16_t id;
	uint8_t protocol;
	uint64_t until;
	size_t total;    /* 0: the last fragment has not come */
	size_t reach;    /* how far what has come reaches */
	size_t units;    /* bits set in GOT */
	size_t header_n; /* 0: the first fragment has not come */
	uint8_t header[IP_HEADER_MAX];
	uint8_t got[(UNITS + 7) / 8];
	uint8_t bytes[UNITS * 8];
};

static struct partial partials[AT_ONCE];

void
net_reassembly_init(void)
{
	memset(partials, 0, sizeof(partials));
}

static void
give_up(struct partial *r)
{
	r->used = false;
	net_if.counts.reassembly_failed++;
}

static bool
belongs(const struct partial *r, const struct packet *p, uint16_t id)
{
	return r->used && r->src == p->src && r->dst == p->dst && r->id == id &&
	       r->protocol == p->protocol;
}

/* The datagram that P is of: known, or new in the place of the oldest. */
static struct partial *
find_partial(const struct packet *p, uint16_t id)
{
	struct partial *oldest = &partials[0];

	for (unsigned i = 0; i < AT_ONCE; i++) {
		struct partial *r = &partials[i];

		if (belongs(r, p, id))
			return r;
		if (!r->used || (oldest->used && r->until < oldest->until))
			oldest = r;
	}
	if (oldest->used)
		give_up(oldest);
	memset(oldest->got, 0, sizeof(oldest->got));
	oldest->used = true;
	oldest->src = p->src;
	oldest->dst = p->dst;
	oldest->id = id;
	oldest->protocol = p->protocol;
	oldest->until = hal_now_us() + TIMEOUT_US;
	oldest->total = oldest->reach = 0;
	oldest->units = oldest->header_n = 0;
	return oldest;
}

static void
mark(struct partial *r, size_t from, size_t to)
{
	for (size_t unit = from / 8; unit < (to + 7) / 8; unit++) {
		uint8_t bit = (uint8_t)(1u << unit % 8);

		if ((r->got[unit / 8] & bit) == 0)
			r->units++;
		r->got[unit / 8] |= bit;
	}
}

/* Does a fragment from OFFSET to END agree with the others? */
static bool
agrees(const struct partial *r, size_t end, bool more)
{
	if (end > IP_PAYLOAD_MAX)
		return false;
	if (r->total != 0)
		return more ? end <= r->total : end == r->total;
	return more || end >= r->reach;
}

bool
net_reassembly_take(struct packet *p, uint16_t id, size_t offset, bool more)
{
	size_t end = offset + p->n;
	struct partial *r;

	if (p->n == 0 || (more && p->n % 8 != 0)) {
		net_if.counts.bad++;
		return false;
	}
	r = find_partial(p, id);
	if (!agrees(r, end, more)) {
		give_up(r);
		return false;
	}
	memcpy(r->bytes + offset, p->bytes, p->n);
	mark(r, offset, end);
	if (offset == 0) {
		memcpy(r->header, p->header, p->header_n);
		r->header_n = p->header_n;
	}
	if (end > r->reach)
		r->reach = end;
	if (!more)
		r->total = end;
	if (r->total == 0 || r->units != (r->total + 7) / 8)
		return false;
	r->used = false;
	net_if.counts.reassembled++;
	p->header = r->header;
	p->header_n = r->header_n;
	p->bytes = r->bytes;
	p->n = r->total;
	return true;
}

/* RFC 792: who sent the first fragment is told that the rest did not come. */
static void
time_out(struct partial *r)
{
	struct packet p = { r->src, r->dst, r->protocol, r->header, r->header_n,
		r->bytes, r->reach };

	give_up(r);
	if (r->header_n != 0)
		net_icmp_error(&p, ICMP_TIME_EXCEEDED, ICMP_REASSEMBLY);
}

void
net_reassembly_tick(uint64_t now)
{
	for (unsigned i = 0; i < AT_ONCE; i++)
		if (partials[i].used && now >= partials[i].until)
			time_out(&partials[i]);
}

uint64_t
net_reassembly_due(void)
{
	uint64_t due = UINT64_MAX;

	for (unsigned i = 0; i < AT_ONCE; i++)
		if (partials[i].used && partials[i].until < due)
			due = partials[i].until;
	return due;
}
