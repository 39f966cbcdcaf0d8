/*
 * Three tables, all of them bounded: streams; addresses that SDP announced
 * (of which newer ones push out older ones); and those that may become streams
 * (of which each newcomer pushes out whoever sits on its place).
 */
#include "capture/media.h"

#include "base/err.h"
#include "base/mem.h"
#include "wire/bytes.h"
#include "capture/index.h"

#include <stdlib.h>

#define STREAMS_MOST 65536
#define SLOTS        (2 * STREAMS_MOST)
#define ANNOUNCED    16384
#define MAYBE        4096
#define CONVINCING   4 /* packets in sequence */
#define RTP_HEAD     12

struct stream {
	struct capture_stream s;
	uint16_t first, last; /* sequence numbers */
	uint32_t turns;       /* how often those began anew */
	uint32_t number;      /* in the order of their recognition */
};

struct announced {
	uint8_t ip[16];
	uint16_t port;
	uint8_t len;
	uint8_t zero; /* the rows are compared as bytes */
};

struct maybe {
	uint64_t hash;
	struct stream stream;
};

struct media {
	struct stream **streams;
	size_t count, cap;
	uint32_t *slots; /* stream + 1 */
	struct announced announced[ANNOUNCED];
	struct maybe *maybe;
};

int
media_create(struct media **m)
{
	*m = mem_zalloc(1, sizeof(**m));
	return *m != NULL ? 0 : ERR_NOMEM;
}

void
media_destroy(struct media *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->count; i++)
		mem_free(m->streams[i]);
	mem_free(m->streams);
	mem_free(m->slots);
	mem_free(m->maybe);
	mem_free(m);
}

static struct announced *
place_of(struct media *m, const struct announced *a)
{
	return &m->announced[index_hash(a, sizeof(*a)) % ANNOUNCED];
}

static void
announce(struct media *m, struct str host, struct str port)
{
	struct announced a;
	struct addr addr;
	uint32_t n;

	if (addr_parse(host, &addr) != 0 || str_u32(port, &n) != 0 || n == 0 ||
	    n > 65535)
		return;
	memset(&a, 0, sizeof(a));
	memcpy(a.ip, addr.ip, addr.len);
	a.len = addr.len;
	a.port = (uint16_t)n;
	*place_of(m, &a) = a;
}

/* RTCP goes one port higher (RFC 3550 11). */
static bool
was_announced(struct media *m, const struct datagram *d, bool rtcp)
{
	struct announced a;

	memset(&a, 0, sizeof(a));
	memcpy(a.ip, d->ip[1], d->len);
	a.len = d->len;
	a.port = (uint16_t)(d->port[1] - (rtcp ? 1 : 0));
	return memcmp(place_of(m, &a), &a, sizeof(a)) == 0;
}

/* The word after the first N characters of LINE. */
static struct str
word(struct str line, size_t n)
{
	struct str rest;

	return str_cut(str_slice(line, n, line.n), ' ', &rest);
}

void
media_announced(struct media *m, struct str body)
{
	struct str line, session = STR_NULL, port = STR_NULL, host, rest;

	if (!str_starts(body, "v=0"))
		return;
	/* "c=IN IP4 192.0.2.1", of the session or of a medium after its "m="
	 */
	while (body.n > 0) {
		line = str_trim(str_cut(body, '\n', &body));
		if (str_starts(line, "m=")) {
			if (port.n > 0)
				announce(m, session, port);
			str_cut(line, ' ', &rest);
			port = word(rest, 0);
		} else if (str_starts(line, "c=IN IP") && line.n > 9) {
			host = str_cut(word(line, 9), '/', &rest);
			if (port.n > 0)
				announce(m, host, port);
			else
				session = host;
			port = STR_NULL;
		}
	}
	if (port.n > 0)
		announce(m, session, port);
}

/* What tells one stream from another. */
static bool
is_same(const struct capture_stream *a, const struct capture_stream *b)
{
	return a->ssrc == b->ssrc && a->rtcp == b->rtcp &&
	       a->place == b->place && addr_eq(&a->src, &b->src) &&
	       addr_eq(&a->dst, &b->dst);
}

static uint64_t
hash_of(const struct capture_stream *s)
{
	struct {
		uint8_t ip[2][16];
		uint32_t ssrc, place, ports, rtcp;
	} key;

	memset(&key, 0, sizeof(key));
	memcpy(key.ip[0], s->src.ip, s->src.len);
	memcpy(key.ip[1], s->dst.ip, s->dst.len);
	key.ssrc = s->ssrc;
	key.place = s->place;
	key.ports = (uint32_t)s->src.port << 16 | s->dst.port;
	key.rtcp = s->rtcp;
	return index_hash(&key, sizeof(key));
}

static uint32_t *
slot_of(struct media *m, const struct capture_stream *s, uint64_t hash)
{
	size_t i = (size_t)hash % SLOTS;

	while (m->slots[i] != 0 && !is_same(&m->streams[m->slots[i] - 1]->s, s))
		i = (i + 1) % SLOTS;
	return &m->slots[i];
}

static void
add(struct media *m, const struct stream *s, uint32_t *slot)
{
	struct stream **streams, *copy;
	size_t cap = m->cap == 0 ? 16 : m->cap * 2;

	if (m->count >= STREAMS_MOST)
		return;
	if (m->count == m->cap) {
		streams =
		    mem_realloc_array(m->streams, cap, sizeof(struct stream *));
		if (streams == NULL)
			return;
		m->streams = streams;
		m->cap = cap;
	}
	copy = mem_alloc(sizeof(*copy));
	if (copy == NULL)
		return;
	*copy = *s;
	copy->number = (uint32_t)m->count;
	m->streams[m->count++] = copy;
	*slot = (uint32_t)m->count;
}

/* RFC 3550 A.3: lost is what the highest sequence number makes us expect, less
 * what came. */
static void
count(struct stream *s, uint16_t seq, uint64_t bytes, int64_t t)
{
	uint64_t expected;

	s->s.packets++;
	s->s.bytes += bytes;
	s->s.last = t;
	if (s->s.rtcp)
		return;
	if ((uint16_t)(seq - s->last) < 0x8000) {
		if (seq < s->last)
			s->turns++;
		s->last = seq;
	}
	expected = (uint64_t)s->turns * 65536 + s->last - s->first + 1;
	s->s.lost = expected > s->s.packets ? expected - s->s.packets : 0;
}

/* RTP's head, or RTCP's: version 2; RFC 5761 4 tells the two apart. */
static bool
looks_like_media(struct str s, bool *rtcp)
{
	unsigned type;

	if (s.n < RTP_HEAD || ((uint8_t)s.p[0] >> 6) != 2)
		return false;
	type = (uint8_t)s.p[1];
	*rtcp = type >= 192 && type <= 223;
	if (*rtcp)
		return type >= 200 && type <= 207 &&
		       ((size_t)get16(s.p + 2) + 1) * 4 <= s.n;
	return s.n >= RTP_HEAD + (size_t)((uint8_t)s.p[0] & 15) * 4;
}

/* It has been seen some times in a row. */
static bool
is_convincing(struct media *m, struct stream *s, size_t bytes, uint64_t hash)
{
	uint16_t seq = s->first;
	struct maybe *one;

	if (m->maybe == NULL)
		m->maybe = mem_zalloc(MAYBE, sizeof(*m->maybe));
	if (m->maybe == NULL)
		return false;
	one = &m->maybe[hash % MAYBE];
	if (one->hash != hash || !is_same(&one->stream.s, &s->s) ||
	    (!s->s.rtcp && (uint16_t)(seq - one->stream.last) > 16)) {
		one->hash = hash;
		one->stream = *s;
	}
	count(&one->stream, seq, bytes, s->s.first);
	if (one->stream.s.packets < CONVINCING)
		return false;
	*s = one->stream;
	one->hash = 0;
	return true;
}

void
media_packet(
    struct media *m, const struct datagram *d, uint32_t place, int64_t t)
{
	bool rtcp;
	struct stream s = { .turns = 0 };
	uint16_t seq;
	uint64_t hash;
	size_t bytes = d->payload.n;
	uint32_t *slot;

	if (!looks_like_media(d->payload, &rtcp) || d->port[0] < 1024 ||
	    d->port[1] < 1024)
		return;
	if (m->slots == NULL)
		m->slots = mem_zalloc(SLOTS, sizeof(*m->slots));
	if (m->slots == NULL)
		return;
	seq = get16(d->payload.p + 2);
	s.s = (struct capture_stream){
		.src = { .len = d->len, .port = d->port[0] },
		.dst = { .len = d->len, .port = d->port[1] },
		.ssrc = get32(d->payload.p + (rtcp ? 4 : 8)),
		.payload_type = (uint8_t)d->payload.p[1] & (rtcp ? 255 : 127),
		.rtcp = rtcp,
		.first = t,
		.last = t,
		.place = place,
	};
	memcpy(s.s.src.ip, d->ip[0], d->len);
	memcpy(s.s.dst.ip, d->ip[1], d->len);
	s.first = s.last = seq;
	hash = hash_of(&s.s);
	slot = slot_of(m, &s.s, hash);
	if (*slot != 0) {
		count(m->streams[*slot - 1], seq, bytes, t);
	} else if (was_announced(m, d, rtcp)) {
		count(&s, seq, bytes, t);
		add(m, &s, slot);
	} else if (is_convincing(m, &s, bytes, hash)) {
		add(m, &s, slot);
	}
}

static int
compare(const void *a, const void *b)
{
	const struct stream *x = *(struct stream *const *)a;
	const struct stream *y = *(struct stream *const *)b;

	if (x->s.first != y->s.first)
		return x->s.first < y->s.first ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

void
media_sort(struct media *m)
{
	if (m->count > 1)
		qsort(m->streams, m->count, sizeof(struct stream *), compare);
	mem_free(m->slots);
	mem_free(m->maybe);
	m->slots = NULL;
	m->maybe = NULL;
}

size_t
media_count(const struct media *m)
{
	return m->count;
}

const struct capture_stream *
media_get(const struct media *m, size_t i)
{
	return &m->streams[i]->s;
}
