/*
 * The tables of RTP streams, all of them bounded: flows, the streams that flows
 * are divided into, what SDP announced (packets/announced.h), and candidates
 * for flows.  A new candidate replaces the one in its place.
 *
 * A flow is the packets of one direction between two addresses with one SSRC,
 * whose packets have one sequence of numbers.  A stream is a stretch of it with
 * one payload type: it ends where the flow is silent for long, and where the
 * call that announced it has ended or another has announced it since; for
 * phones use their ports again, and some their SSRC.
 */
#include "packets/rtp_streams.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "packets/announced.h"
#include "packets/index.h"
#include "media/rtp.h"
#include "media/rtp_sequence.h"
#include "media/udptl.h"

#include <stdlib.h>

#define STREAMS_MOST  65536
#define SLOTS         (2 * STREAMS_MOST)
#define MAYBE         4096
#define CONVINCING    4 /* packets in sequence */
#define PACKETS_MOST  (UINT32_C(1) << 21)
#define QUIET         2   /* a sample of G.711, in its own steps */
#define FLOWS_OF_ICMP 256 /* the newest, among which one is looked for */

/* A flow that is silent for longer begins again, … */
#define SILENCE_NS INT64_C(5000000000)
/* … or, where its call is another one, for longer than any codec is between
 * two packets, or with numbers far from the last. */
#define PAUSE_NS   INT64_C(200000000)
#define FAR_NUMBER 100

struct stream {
	struct capture_stream s;
	struct stream *next; /* of the same flow, under way */
	uint32_t number;     /* in the order of their recognition */
};

struct flow {
	struct capture_stream s; /* of all its packets since it began again */
	struct rtp_sequence numbers;
	uint64_t call;          /* that announced it, a hash; 0: none */
	struct stream *streams; /* by payload type; the last is the main one */
	struct stream *main;    /* losses are counted for it */
	/* Its packets, from 1; 0: there was no room for all. */
	uint32_t first, last;
};

struct maybe {
	uint64_t hash;
	struct flow flow;
};

struct rtp_streams {
	struct stream **streams;
	size_t count, cap, sorted;
	struct flow **flows;
	size_t nflows, flows_cap;
	uint32_t *slots; /* flow + 1 */
	struct announced announced;
	struct maybe *maybe;
	struct capture_packet *packets;
	size_t npackets, packets_cap;
	rtp_streams_keep_fn *keep;
	void *keep_arg;
};

int
rtp_streams_create(struct rtp_streams **m, rtp_streams_keep_fn *keep, void *arg)
{
	*m = mem_zalloc(1, sizeof(**m));
	if (*m == NULL)
		return ERR_NOMEM;
	(*m)->keep = keep;
	(*m)->keep_arg = arg;
	return 0;
}

void
rtp_streams_destroy(struct rtp_streams *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->count; i++)
		mem_free(m->streams[i]);
	for (size_t i = 0; i < m->nflows; i++)
		mem_free(m->flows[i]);
	mem_free(m->streams);
	mem_free(m->flows);
	mem_free(m->slots);
	mem_free(m->maybe);
	mem_free(m->packets);
	mem_free(m);
}

void
rtp_streams_message(struct rtp_streams *m, struct str head, struct str body)
{
	announced_message(&m->announced, head, body);
}

void
rtp_streams_announced(struct rtp_streams *m, uint64_t call, struct str body)
{
	announced_add(&m->announced, call, body);
}

/* ---- packets ---- */

/* Of G.711 all samples are next to nothing. */
static bool
rtp_flow_is_silent(const struct rtp_packet *p)
{
	bool a_law = p->head.payload == RTP_PCMA;

	if ((!a_law && p->head.payload != RTP_PCMU) || p->n == 0)
		return false;
	for (size_t i = 0; i < p->n; i++)
		if (((p->data[i] ^ (a_law ? 0x55u : 0xFFu)) & 0x7F) > QUIET)
			return false;
	return true;
}

/* D's packet is kept; its number, from 1, 0: there is no room. */
static uint32_t
add_media_packet(struct rtp_streams *m, const struct datagram *d, int64_t t)
{
	const uint8_t *bytes = (const uint8_t *)d->payload.p;
	struct capture_packet p = { .t = t };
	struct rtp_packet read;

	if (m->npackets >= PACKETS_MOST || d->payload.n > UINT16_MAX ||
	    ARRAY_ROOM(&m->packets, &m->packets_cap, m->npackets + 1) != 0 ||
	    !m->keep(m->keep_arg, d, &p.at))
		return 0;
	p.n = (uint16_t)d->payload.n;
	if (!rtp_is_control(bytes, p.n) &&
	    rtp_read_head(bytes, p.n, &read.head)) {
		p.payload = read.head.payload;
		p.sequence = read.head.sequence;
		p.stamp = read.head.stamp;
		p.marker = (bytes[1] & 0x80) != 0;
		if (rtp_read(bytes, p.n, &read)) {
			p.first = read.n > 0 ? read.data[0] : 0;
			p.silent = !d->cut && rtp_flow_is_silent(&read);
		}
	}
	m->packets[m->npackets++] = p;
	return (uint32_t)m->npackets;
}

/* F has packet N as well. */
static void
link_packet(struct rtp_streams *m, struct flow *f, uint32_t n)
{
	if (n == 0 || f->first == 0) {
		f->first = 0;
		return;
	}
	m->packets[f->last - 1].next = n;
	f->last = n;
}

/* What ONE, of F, and F's main stream say of that. */
static void
tell_packets(struct flow *f, struct stream *one)
{
	one->s.source = f->first;
	f->main->s.source = f->main->s.first_packet = f->first;
}

/* ---- flows and streams ---- */

/* What tells one stream from another. */
static bool
rtp_flow_is_same(const struct capture_stream *a, const struct capture_stream *b)
{
	return a->ssrc == b->ssrc && a->rtcp == b->rtcp &&
	       a->udptl == b->udptl && a->place == b->place &&
	       addr_eq(&a->src, &b->src) && addr_eq(&a->dst, &b->dst);
}

static uint64_t
hash_flow(const struct capture_stream *s)
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
find_flow_slot(
    struct rtp_streams *m, const struct capture_stream *s, uint64_t hash)
{
	size_t i = (size_t)hash % SLOTS;

	while (m->slots[i] != 0 &&
	       !rtp_flow_is_same(&m->flows[m->slots[i] - 1]->s, s))
		i = (i + 1) % SLOTS;
	return &m->slots[i];
}

static struct flow *
add_flow(struct rtp_streams *m, const struct flow *f, uint32_t *slot)
{
	struct flow *copy;

	if (m->nflows >= STREAMS_MOST ||
	    ARRAY_ROOM(&m->flows, &m->flows_cap, m->nflows + 1) != 0)
		return NULL;
	copy = mem_alloc(sizeof(*copy));
	if (copy == NULL)
		return NULL;
	*copy = *f;
	m->flows[m->nflows++] = copy;
	*slot = (uint32_t)m->nflows;
	return copy;
}

/* The stream of F with that payload type, a new one that begins with S where it
 * has none; NULL: there is no room. */
static struct stream *
stream_of_flow(
    struct rtp_streams *m, struct flow *f, const struct capture_stream *s)
{
	struct stream *one;

	/* Comfort noise stands for the stream's own packets. */
	if (f->main != NULL && (s->rtcp || s->payload_type == RTP_COMFORT))
		return f->main;
	for (one = f->streams; one != NULL; one = one->next)
		if (one->s.payload_type == s->payload_type)
			return one;
	if (m->count >= STREAMS_MOST ||
	    ARRAY_ROOM(&m->streams, &m->cap, m->count + 1) != 0)
		return NULL;
	one = mem_zalloc(1, sizeof(*one));
	if (one == NULL)
		return NULL;
	one->s = *s;
	one->next = f->streams;
	one->number = (uint32_t)m->count;
	f->streams = one;
	if (f->main == NULL)
		f->main = one;
	m->streams[m->count++] = one;
	return one;
}

/* A packet of F.  RFC 3550 A.3: lost is the number expected, less the number
 * received. */
static void
count_flow(struct flow *f, uint16_t seq, uint64_t bytes, int64_t t)
{
	uint64_t expected;

	f->s.packets++;
	f->s.bytes += bytes;
	f->s.last = t;
	if (f->s.rtcp)
		return;
	rtp_sequence_note(&f->numbers, seq);
	expected = rtp_sequence_expected(&f->numbers);
	f->s.lost = expected > f->s.packets ? expected - f->s.packets : 0;
}

/* What F counted so far, N packets with BYTES, as those of ONE. */
static void
count_stream(struct flow *f, struct stream *one, uint64_t n, uint64_t bytes)
{
	one->s.packets += n;
	one->s.bytes += bytes;
	one->s.last = f->s.last;
	f->main->s.lost = f->s.lost;
}

/* SEQ at T goes on with F's stretch. */
static bool
is_same_stretch(const struct flow *f, uint64_t call, uint16_t seq, int64_t t)
{
	int64_t gap = t - f->s.last;
	uint16_t ahead = (uint16_t)(seq - f->numbers.last);

	if (gap > SILENCE_NS)
		return false;
	if (call == f->call || f->call == 0)
		return true;
	return gap <= PAUSE_NS &&
	       (f->s.rtcp || ahead < FAR_NUMBER || ahead > 65535 - FAR_NUMBER);
}

/* Sets F by S, a packet of fax by UDPTL; false: S is none. */
static bool
read_fax(struct flow *f, struct str s)
{
	struct udptl_packet p;

	if (!udptl_read((const uint8_t *)s.p, s.n, &p))
		return false;
	f->s.udptl = true;
	rtp_sequence_begin(&f->numbers, p.sequence);
	return true;
}

/* Sets F, all zero, to what the head of S says, RTP's or RTCP's; false: it has
 * neither. */
static bool
read_flow_head(struct flow *f, struct str s)
{
	const uint8_t *p = (const uint8_t *)s.p;
	struct rtcp_head control;
	struct rtp_head head;

	f->s.rtcp = rtp_is_control(p, s.n);
	/* A packet shorter than any head of RTP may be anything. */
	if (s.n < RTP_HEAD)
		return false;
	if (f->s.rtcp) {
		if (!rtcp_read_head(p, s.n, &control))
			return false;
		f->s.ssrc = control.ssrc;
		f->s.payload_type = control.type;
		return true;
	}
	if (!rtp_read_head(p, s.n, &head))
		return false;
	f->s.ssrc = head.ssrc;
	f->s.payload_type = head.payload;
	rtp_sequence_begin(&f->numbers, head.sequence);
	return true;
}

/* CONVINCING packets of F came in sequence, so that it is media. */
static bool
is_convincing(
    struct rtp_streams *m, struct flow *f, size_t bytes, uint64_t hash)
{
	uint16_t seq = f->numbers.first;
	struct maybe *one;

	if (m->maybe == NULL)
		m->maybe = mem_zalloc(MAYBE, sizeof(*m->maybe));
	if (m->maybe == NULL)
		return false;
	one = &m->maybe[hash % MAYBE];
	if (one->hash != hash || !rtp_flow_is_same(&one->flow.s, &f->s) ||
	    (!f->s.rtcp && (uint16_t)(seq - one->flow.numbers.last) > 16)) {
		one->hash = hash;
		one->flow = *f;
	}
	if (one->flow.last != f->last)
		link_packet(m, &one->flow, f->last);
	count_flow(&one->flow, seq, bytes, f->s.first);
	if (one->flow.s.packets < CONVINCING)
		return false;
	*f = one->flow;
	one->hash = 0;
	return true;
}

/* Sets F to a flow whose first packet is D, at T; false: D is no media. */
static bool
begin_flow(struct rtp_streams *m, struct flow *f, const struct datagram *d,
    uint32_t place, int64_t t)
{
	*f = (struct flow){
		.s = {
			.src = { .len = d->len, .port = d->port[0] },
			.dst = { .len = d->len, .port = d->port[1] },
			.first = t,
			.last = t,
			.place = place,
			.tcp = d->proto == DECODE_TCP,
		},
	};
	memcpy(f->s.src.ip, d->ip[0], d->len);
	memcpy(f->s.dst.ip, d->ip[1], d->len);
	if (d->port[0] < 1024 || d->port[1] < 1024)
		return false;
	return read_flow_head(f, d->payload) ||
	       (!f->s.rtcp && announced_for_fax(&m->announced, d) &&
		   read_fax(f, d->payload));
}

/* RFC 5761: there may be one port for both. */
static bool
rtp_flow_is_announced(const struct rtp_streams *m, const struct datagram *d,
    int side, bool rtcp, uint64_t *call)
{
	return announced_find(&m->announced, d, side, rtcp, call) ||
	       (rtcp && announced_find(&m->announced, d, side, false, call));
}

/* Counts NEW's first packet to the known flow F. */
static void
add_to_known_flow(
    struct rtp_streams *m, struct flow *f, const struct flow *new, size_t bytes)
{
	struct capture_stream s = new->s;
	struct stream *one;

	if (!is_same_stretch(f, new->call, new->numbers.first, s.first))
		*f = *new;
	else
		link_packet(m, f, new->first);
	if (new->call != 0)
		f->call = new->call;
	count_flow(f, new->numbers.first, bytes, s.first);
	one = stream_of_flow(m, f, &s);
	if (one == NULL)
		return;
	count_stream(f, one, 1, bytes);
	tell_packets(f, one);
}

void
rtp_streams_packet(
    struct rtp_streams *m, const struct datagram *d, uint32_t place, int64_t t)
{
	bool to, from;
	struct flow f, *known;
	uint64_t hash, call;
	size_t bytes = d->payload.n;
	struct stream *one;
	uint32_t *slot;

	if (!begin_flow(m, &f, d, place, t))
		return;
	if (m->slots == NULL)
		m->slots = mem_zalloc(SLOTS, sizeof(*m->slots));
	if (m->slots == NULL)
		return;
	hash = hash_flow(&f.s);
	slot = find_flow_slot(m, &f.s, hash);
	to = rtp_flow_is_announced(m, d, 1, f.s.rtcp, &f.call);
	from = !to && rtp_flow_is_announced(m, d, 0, f.s.rtcp, &call);
	if (from)
		f.call = call;
	f.first = f.last = add_media_packet(m, d, t);
	if (*slot != 0) {
		add_to_known_flow(m, m->flows[*slot - 1], &f, bytes);
		return;
	}
	/* What was announced is one end of a connection (RFC 4145). */
	if (to || (from && f.s.tcp))
		count_flow(&f, f.numbers.first, bytes, t);
	else if (!is_convincing(m, &f, bytes, hash))
		return;
	known = add_flow(m, &f, slot);
	one = known != NULL ? stream_of_flow(m, known, &f.s) : NULL;
	if (one == NULL)
		return;
	known->main->s = f.s;
	tell_packets(known, one);
}

/* The newest flow of RTP that goes between D's ends, whose SSRC the error may
 * not have: RFC 792 quotes 8 bytes behind IP's head. */
static struct flow *
find_flow_of_ends(
    const struct rtp_streams *m, const struct datagram *d, uint32_t place)
{
	size_t least =
	    m->nflows > FLOWS_OF_ICMP ? m->nflows - FLOWS_OF_ICMP : 0;

	for (size_t i = m->nflows; i-- > least;) {
		const struct capture_stream *s = &m->flows[i]->s;

		if (!s->rtcp && s->place == place && s->src.len == d->len &&
		    s->src.port == d->port[0] && s->dst.port == d->port[1] &&
		    memcmp(s->src.ip, d->ip[0], d->len) == 0 &&
		    memcmp(s->dst.ip, d->ip[1], d->len) == 0)
			return m->flows[i];
	}
	return NULL;
}

void
rtp_streams_icmp(
    struct rtp_streams *m, const struct datagram *d, uint32_t place, int64_t t)
{
	struct flow *f = find_flow_of_ends(m, d, place);
	struct capture_stream *s =
	    f != NULL && f->main != NULL ? &f->main->s : NULL;

	if (s == NULL)
		return;
	if (s->icmp == 0) {
		s->icmp = d->icmp;
		s->icmp_first = t;
	}
	s->icmp_last = t;
}

static int
compare_streams(const void *a, const void *b)
{
	const struct stream *x = *(struct stream *const *)a;
	const struct stream *y = *(struct stream *const *)b;

	if (x->s.first != y->s.first)
		return x->s.first < y->s.first ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

void
rtp_streams_sort(struct rtp_streams *m)
{
	if (m->count > m->sorted && m->count > 1)
		qsort(m->streams, m->count, sizeof(struct stream *),
		    compare_streams);
	m->sorted = m->count;
}

void
rtp_streams_end(struct rtp_streams *m)
{
	rtp_streams_sort(m);
	mem_free(m->slots);
	mem_free(m->maybe);
	m->slots = NULL;
	m->maybe = NULL;
}

const struct capture_packet *
rtp_streams_packets(const struct rtp_streams *m)
{
	return m->packets;
}

size_t
rtp_streams_count(const struct rtp_streams *m)
{
	return m->count;
}

const struct capture_stream *
rtp_streams_get(const struct rtp_streams *m, size_t i)
{
	return &m->streams[i]->s;
}
