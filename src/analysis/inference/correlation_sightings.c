/*
 * One message seen more than once: at two interfaces, on both sides of a router
 * or a NAT, or twice at one place (a switch that mirrors both its ports).
 */
#include "base/array.h"
#include "inference/correlation.h"
#include "packets/hashes.h"

#define ELSEWHERE_NS SIGHTINGS_WAIT_NS
#define HERE_NS      20000000
/* The last messages with the same bytes: more cannot be open at once. */
#define OPEN 4
/* So many messages before its turn a message's slot is fetched. */
#define AHEAD 8

/* A message that may be seen once more. */
struct open {
	uint32_t message; /* from 1 */
	uint32_t before;  /* the one before with the same bytes, from 1; 0 */
	uint64_t places;  /* that have seen it, a bit each */
};

/* A message that is still to be counted. */
struct counted {
	uint64_t hash; /* of bytes and flow */
	int64_t t;
	struct sightings_flow *flow;
};

struct sightings {
	struct map *flows; /* addresses → struct sightings_flow */
	/* The same by the source's numbers, where it has some. */
	struct sightings_flow **numbered;
	size_t nnumbered;
	struct hashes seen; /* bytes and flow → the last such message, from 1 */
	struct hashes twins; /* bytes → the newest in `opens`, from 1 */
	struct hashes marks; /* what an ALG leaves → message, from 1 */
	struct open *opens;  /* one for each message of the list */
	int64_t *times;      /* of the messages of the source */
	size_t opens_cap, times_cap;
	struct counted counted[AHEAD]; /* that of message I at I % AHEAD */
	size_t from;  /* those before were counted by sightings_count_rest */
	size_t wrong; /* ways of which something else was believed */
};

int
sightings_create(struct sightings **sp)
{
	struct sightings *s = mem_zalloc(1, sizeof(*s));

	*sp = s;
	return s != NULL ? map_create(&s->flows) : ERR_NOMEM;
}

int
sightings_reserve(struct sightings *s, size_t count)
{
	int err;

	if ((err = ARRAY_ROOM(&s->opens, &s->opens_cap, count)) == 0 &&
	    (err = ARRAY_ROOM(&s->times, &s->times_cap, count)) == 0 &&
	    (err = hashes_reserve(&s->seen, count)) == 0 &&
	    (err = hashes_reserve(&s->marks, count)) == 0)
		err = hashes_reserve(&s->twins, count);
	return err;
}

void
sightings_destroy(struct sightings *s)
{
	if (s == NULL)
		return;
	map_destroy_all(s->flows);
	mem_free(s->numbered);
	hashes_free(&s->seen);
	hashes_free(&s->twins);
	hashes_free(&s->marks);
	mem_free(s->opens);
	mem_free(s->times);
	mem_free(s);
}

/* ---- double sightings ---- */

/* Room for number FLOW; where there is none it is looked for each time. */
static void
make_room_for_flow(struct sightings *s, uint32_t flow)
{
	size_t n = (size_t)flow * 2 + 64;

	if (flow < s->nnumbered || ARRAY_RESIZE(&s->numbered, n) != 0)
		return;
	memset(&s->numbered[s->nnumbered], 0,
	    (n - s->nnumbered) * sizeof(*s->numbered));
	s->nnumbered = n;
}

static struct sightings_flow *
flow_find(struct sightings *s, const struct capture_message *c)
{
	const struct addr_key key[2] = { key_of_addr(&c->src),
		key_of_addr(&c->dst) };
	struct sightings_flow *f =
	    key_value(s->flows, BYTES_OF(key), sizeof(*f));

	if (f != NULL && f->number == 0)
		f->number = map_count(s->flows);
	return f;
}

struct sightings_flow *
sightings_flow(struct sightings *s, const struct capture_message *c)
{
	struct sightings_flow *f;

	if (c->flow < s->nnumbered && s->numbered[c->flow] != NULL)
		return s->numbered[c->flow];
	f = flow_find(s, c);
	if (c->flow != 0)
		make_room_for_flow(s, c->flow);
	if (c->flow != 0 && c->flow < s->nnumbered)
		s->numbered[c->flow] = f;
	return f;
}

/* A good part of the messages in that direction is seen twice. */
static bool
is_mirrored(const struct sightings_flow *f)
{
	return f->twice * 3 >= f->messages;
}

static bool
flow_is_wrong(const struct sightings_flow *f)
{
	return f->asked && f->believed != is_mirrored(f);
}

static void
flow_count_message(struct sightings *s, size_t i)
{
	const struct counted *c = &s->counted[i % AHEAD];
	uint32_t last = hashes_get(&s->seen, c->hash);

	s->wrong -= flow_is_wrong(c->flow);
	c->flow->messages++;
	/* Unsigned, as times of a capture may differ by any number. */
	if (last != 0 &&
	    (uint64_t)c->t - (uint64_t)s->times[last - 1] <= HERE_NS)
		c->flow->twice++;
	s->wrong += flow_is_wrong(c->flow);
	s->times[i] = c->t;
	hashes_set(&s->seen, c->hash, (uint32_t)i + 1);
}

int
sightings_count(struct sightings *s, const struct correlation *co, size_t i,
    const struct capture_message *c)
{
	struct sightings_flow *f = sightings_flow(s, c);
	uint64_t key[2] = { co->hashes[i] };
	struct counted *next = &s->counted[i % AHEAD];

	if (f == NULL)
		return ERR_NOMEM;
	if (i >= s->from + AHEAD)
		flow_count_message(s, i - AHEAD);
	key[1] = f->number;
	*next = (struct counted){ index_hash(key, sizeof(key)), c->t, f };
	hashes_fetch(&s->seen, next->hash);
	return 0;
}

void
sightings_count_rest(struct sightings *s, size_t n)
{
	for (size_t i = n > s->from + AHEAD ? n - AHEAD : s->from; i < n; i++)
		flow_count_message(s, i);
	s->from = n;
}

bool
sightings_were_wrong(const struct sightings *s)
{
	return s->wrong > 0;
}

/* ---- sightings ---- */

/* Both ends alike, or one of them behind a NAT. */
static bool
goes_alike(
    const struct correlation_message *a, const struct correlation_message *b)
{
	if (a->src == b->dst && a->dst == b->src)
		return a->src == a->dst;
	return a->src == b->src || a->dst == b->dst;
}

/* One that came over a stream is not a copy of a datagram. */
static uint64_t
twin_hash(const struct correlation *co, uint32_t at, uint8_t transport)
{
	return co->hashes[at] ^ transport;
}

void
sightings_fetch(
    const struct sightings *s, const struct correlation *co, size_t at)
{
	if (at + AHEAD < co->src->count)
		hashes_fetch(
		    &s->twins, twin_hash(co, (uint32_t)at + AHEAD, ADDR_UDP));
}

/*
 * M, seen at the place of bit SEEN, is another sighting of O; messages of its
 * flow, F, may be seen twice. The bytes are the same, as no proxy leaves them;
 * another place sees it within a fraction of T1, before it can have been
 * retransmitted (RFC 3261 17.1.1.1: T1 is 500 ms). At one place a message may
 * come twice in a millisecond as well: the answers to two copies of a request.
 * There it counts only if a good part of that direction's messages is seen
 * twice.
 */
static bool
is_sighting_of(const struct correlation *co, const struct open *o,
    const struct correlation_message *m, uint64_t seen,
    struct sightings_flow *f)
{
	const struct correlation_message *old;
	int64_t after;

	old = &co->m[o->message - 1];
	after = m->t - old->t;
	if (!goes_alike(old, m))
		return false;
	if ((o->places & seen) == 0)
		return after <= ELSEWHERE_NS;
	if (after > HERE_NS)
		return false;
	f->asked = true;
	f->believed = is_mirrored(f);
	return f->believed;
}

/* OLD, seen as M as well, went through a NAT: out, or in. */
static void
note_translation(struct correlation *co, const struct correlation_message *old,
    const struct correlation_message *m)
{
	if (old->src != m->src && old->dst == m->dst)
		co->nodes[m->src].translates = true;
	else if (old->dst != m->dst && old->src == m->src)
		co->nodes[old->dst].translates = true;
}

uint32_t
sightings_match(struct sightings *s, struct correlation *co,
    const struct correlation_message *m, struct sightings_flow *flow,
    uint32_t place)
{
	uint64_t seen = UINT64_C(1) << (place < 63 ? place : 63);
	uint64_t hash = twin_hash(co, m->at, m->transport);
	uint32_t newest = hashes_get(&s->twins, hash), at = newest;
	uint32_t open[OPEN];
	size_t n = 0;

	for (; at != 0 && n < OPEN; at = s->opens[at - 1].before)
		open[n++] = at;
	/* The oldest first: its copies come before its successors'. */
	while (n > 0) {
		struct open *o = &s->opens[open[--n] - 1];

		if (!is_sighting_of(co, o, m, seen, flow))
			continue;
		o->places |= seen;
		note_translation(co, &co->m[o->message - 1], m);
		return o->message - 1;
	}
	/* It will be the next in the list. */
	s->opens[co->n] = (struct open){ (uint32_t)co->n + 1, newest, seen };
	hashes_set(&s->twins, hash, (uint32_t)co->n + 1);
	return CORRELATION_NONE;
}

/* ---- with other addresses ---- */

/*
 * What the ALG of a NAT (RFC 2663 2.9), which writes other addresses into M,
 * leaves of it: branch, tags, Call-ID and CSeq. An ALG puts no Via on top, as
 * each hop of SIP does (RFC 3261 16.6 step 8). 0: M can hardly be read.
 */
static uint64_t
flow_mark_of(const struct correlation *co, const struct correlation_message *m)
{
	uint32_t key[8] = { m->call, m->cseq, m->name, m->status, m->from_tag,
		m->to_tag, m->nvias, m->transport };
	struct str rest;

	if (m->call == 0 || m->via[0] == 0)
		return 0;
	return index_hash(key, sizeof(key)) ^
	       str_hash(
		   str_cut(numbers_text(co->texts, m->via[0]), ' ', &rest));
}

/* One end is the same, as in a NAT; the other has another address, where it was
 * seen or in the Via. */
static bool
is_rewritten(const struct correlation_message *old,
    const struct correlation_message *m, bool elsewhere)
{
	return (old->src == m->src) != (old->dst == m->dst) &&
	       m->t - old->t <= ELSEWHERE_NS &&
	       (elsewhere || old->via[0] != m->via[0]);
}

uint32_t
sightings_match_rewritten(struct sightings *s, struct correlation *co,
    const struct correlation_message *m, uint32_t place)
{
	uint64_t seen = UINT64_C(1) << (place < 63 ? place : 63);
	uint64_t mark = flow_mark_of(co, m);
	uint32_t last = mark != 0 ? hashes_get(&s->marks, mark) : 0;
	struct open *o = last != 0 ? &s->opens[last - 1] : NULL;

	if (o != NULL &&
	    is_rewritten(&co->m[last - 1], m, (o->places & seen) == 0)) {
		o->places |= seen;
		note_translation(co, &co->m[last - 1], m);
		hashes_set(&s->twins, twin_hash(co, m->at, m->transport), last);
		return last - 1;
	}
	if (mark != 0)
		hashes_set(&s->marks, mark, (uint32_t)co->n + 1);
	return CORRELATION_NONE;
}
