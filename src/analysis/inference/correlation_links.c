/*
 * Relations between messages: retransmissions, forwarded copies, and the times
 * at which they can have arrived.
 *
 * A proxy that forwards a request puts a Via on top (RFC 3261 16.6 step 8); it
 * takes its Via off a response (16.7 step 3). So the Via that was on top when a
 * request arrived is the second when it leaves, and the second of a response
 * that arrived is on top when it leaves.
 */
#include "base/progress.h"
#include "inference/correlation.h"
#include "packets/hashes.h"

struct links {
	struct hashes sent;     /* what was sent → the first such message */
	struct hashes arrived;  /* what could be forwarded → message */
	struct hashes requests; /* at a node, of a transaction → message */
};

#define HASH_OF(key) index_hash((key), sizeof(key))
/* So many messages before its turn a message's slots are fetched. */
#define AHEAD 16

/* Under which hashes a message is looked for and put down; 0: under none. */
struct link_keys {
	uint64_t sent, arrived, source, request;
};

/* The message at HASH, or CORRELATION_NONE. */
static uint32_t
link_message_at(const struct hashes *h, uint64_t hash)
{
	uint32_t number = hash != 0 ? hashes_get(h, hash) : 0;

	return number != 0 ? number - 1 : CORRELATION_NONE;
}

static void
link_put_message(struct hashes *h, uint64_t hash, size_t i)
{
	if (hash != 0)
		hashes_set(h, hash, (uint32_t)i + 1);
}

/* The same message again between the same two: a request by its transaction; a
 * final response by that, its status and tag.  Provisional responses may say
 * something new, and then have other bytes. */
static uint64_t
sent_hash(const struct correlation *co, const struct correlation_message *m)
{
	uint32_t key[8] = { m->tx, m->src, m->dst, m->status, m->name,
		m->to_tag };

	if (m->status != 0 && m->status < 200)
		memcpy(&key[6], &co->hashes[m->at], sizeof(co->hashes[0]));
	return HASH_OF(key);
}

static uint64_t
request_hash(const struct correlation_message *m)
{
	uint32_t key[2] = { m->status != 0 ? m->src : m->dst, m->tx };

	return HASH_OF(key);
}

/* M as it arrived at NODE, and as it left there. */
static uint64_t
hop_hash(const struct correlation_message *m, uint32_t node, uint32_t via)
{
	uint32_t key[6] = { node, m->call, m->cseq, m->name, m->status, via };

	return m->call != 0 && via != 0 ? HASH_OF(key) : 0;
}

/* The first Via under which M, that leaves, can have arrived. */
static size_t
first_via_of(const struct correlation_message *m)
{
	return m->status == 0 ? 1 : 0;
}

static struct link_keys
keys_of(const struct correlation *co, const struct correlation_message *m)
{
	return (struct link_keys){
		.sent = m->tx != 0 ? sent_hash(co, m) : 0,
		.arrived = hop_hash(m, m->dst, m->via[m->status != 0]),
		.source = hop_hash(m, m->src, m->via[first_via_of(m)]),
		.request = m->tx != 0 ? request_hash(m) : 0,
	};
}

static void
fetch_slots(const struct links *l, const struct link_keys *k)
{
	hashes_fetch(&l->sent, k->sent);
	hashes_fetch(&l->arrived, k->arrived);
	hashes_fetch(&l->arrived, k->source);
	hashes_fetch(&l->requests, k->request);
}

static void
note_repetition(struct correlation *co, struct links *l, size_t i, uint64_t key)
{
	struct correlation_message *m = &co->m[i];

	m->retx = link_message_at(&l->sent, key);
	if (m->retx == CORRELATION_NONE)
		link_put_message(&l->sent, key, i);
}

/* What M forwards, by each Via under which it can have arrived. */
static uint32_t
link_source_of(const struct correlation *co, const struct links *l,
    const struct correlation_message *m, uint64_t key)
{
	size_t first = first_via_of(m), n = first == 0 ? 1 : CORRELATION_VIAS;
	uint32_t of = link_message_at(&l->arrived, key);

	for (size_t k = first + 1; of == CORRELATION_NONE && k < n; k++)
		of = link_message_at(
		    &l->arrived, hop_hash(m, m->src, m->via[k]));
	if (of != CORRELATION_NONE || m->status != 0 || m->nvias < 2)
		return of;
	/* A proxy that has put its own Via below the one it came with. */
	of = link_message_at(&l->arrived, hop_hash(m, m->src, m->via[0]));
	return of != CORRELATION_NONE && co->m[of].nvias < m->nvias
		   ? of
		   : CORRELATION_NONE;
}

/* Where clocks differ, or captures were put together badly: nothing leaves
 * before that arrived which it comes from. */
static void
arrived_by(struct correlation *co, uint32_t of, int64_t t)
{
	if (of == CORRELATION_NONE || co->m[of].t_last <= t)
		return;
	co->m[of].t_last = t;
}

/* Another message forwards M.  Of a request it was believed that it stays, and
 * of what an ICMP error answered that it did not arrive. */
static void
pass_on(struct correlation *co, struct correlation_message *m)
{
	if (!m->passed && ((m->arrived && m->status == 0) || m->icmp != 0))
		co->amended = true;
	m->passed = true;
}

static void
note_forwarding(struct correlation *co, struct links *l, size_t i,
    const struct link_keys *k)
{
	struct correlation_message *m = &co->m[i];
	uint32_t of = link_source_of(co, l, m, k->source);

	if (of == i)
		of = CORRELATION_NONE;
	arrived_by(co, of, m->t);
	/* A proxy repeats by itself what it has forwarded once, unless what it
	 * forwarded has come again. */
	if (of != CORRELATION_NONE &&
	    (m->retx == CORRELATION_NONE || !co->m[of].passed)) {
		m->fwd = of;
		pass_on(co, &co->m[of]);
	}
	if (m->status != 0)
		arrived_by(co, link_message_at(&l->requests, k->request), m->t);
	else
		link_put_message(&l->requests, k->request, i);
}

static void
link_message(struct correlation *co, struct links *l, size_t i,
    const struct link_keys *k)
{
	progress_count(N_("joining the messages"), i, co->n);
	co->amended |= co->m[i].t <= co->answered;
	note_repetition(co, l, i, k->sent);
	note_forwarding(co, l, i, k);
	link_put_message(&l->arrived, k->arrived, i);
}

void
links_destroy(struct links *l)
{
	if (l == NULL)
		return;
	hashes_free(&l->sent);
	hashes_free(&l->arrived);
	hashes_free(&l->requests);
	mem_free(l);
}

int
correlation_link(struct correlation *co, size_t from, size_t to)
{
	struct link_keys keys[AHEAD];
	struct links *l = co->links;
	int err;

	if (l == NULL)
		l = co->links = mem_zalloc(1, sizeof(*l));
	if (l == NULL)
		return ERR_NOMEM;
	if ((err = hashes_reserve(&l->sent, to)) == 0 &&
	    (err = hashes_reserve(&l->arrived, to)) == 0)
		err = hashes_reserve(&l->requests, to);
	for (size_t i = from; err == 0 && i < to + AHEAD; i++) {
		struct link_keys *k = &keys[i % AHEAD];

		if (i >= from + AHEAD)
			link_message(co, l, i - AHEAD, k);
		if (i < to) {
			*k = keys_of(co, &co->m[i]);
			fetch_slots(l, k);
		}
	}
	return err;
}
