/*
 * How messages hang together: what is sent again, what is forwarded, and the
 * times at which they can have arrived.
 *
 * A proxy that forwards a request puts a Via on top (RFC 3261 16.6 step 8); it
 * takes its Via off a response (16.7 step 3).  So the Via that was on top when
 * a request arrived is the second when it leaves, and the second of a response
 * that arrived is on top when it leaves.
 */
#include "capture/correlation.h"

#include "base/progress.h"
#include "capture/hashes.h"

struct links {
	struct hashes sent;     /* what was sent → the first such message */
	struct hashes arrived;  /* what could be forwarded → message */
	struct hashes requests; /* at a node, of a transaction → message */
};

#define HASH_OF(key) index_hash((key), sizeof(key))

/* The message at HASH, or CORRELATION_NONE. */
static uint32_t
message_at(const struct hashes *h, uint64_t hash)
{
	uint32_t number = hashes_get(h, hash);

	return number != 0 ? number - 1 : CORRELATION_NONE;
}

/* The same message again between the same two: a request by its transaction; a
 * final response by that, its status and tag.  Provisional responses may say
 * something new, and then have other bytes. */
static void
note_repetition(struct correlation *co, struct links *l, size_t i)
{
	struct correlation_message *m = &co->m[i];
	uint32_t key[8] = { m->tx, m->src, m->dst, m->status, m->name,
		m->to_tag };

	if (m->tx == 0)
		return;
	if (m->status != 0 && m->status < 200)
		memcpy(&key[6], &co->hashes[m->at], sizeof(co->hashes[0]));
	m->retx = message_at(&l->sent, HASH_OF(key));
	if (m->retx == CORRELATION_NONE)
		hashes_set(&l->sent, HASH_OF(key), (uint32_t)i + 1);
}

/* What arrives at M's destination, under each Via by which it may leave. */
static void
note_arrival(const struct correlation *co, struct links *l, size_t i)
{
	const struct correlation_message *m = &co->m[i];
	uint32_t key[6] = { m->dst, m->call, m->cseq, m->name, m->status,
		m->via[m->status != 0] };

	if (m->call != 0 && key[5] != 0)
		hashes_set(&l->arrived, HASH_OF(key), (uint32_t)i + 1);
}

static uint32_t
source_of(const struct links *l, const struct correlation_message *m)
{
	uint32_t key[6] = { m->src, m->call, m->cseq, m->name, m->status, 0 };
	size_t first = m->status == 0, n = first == 0 ? 1 : CORRELATION_VIAS;

	for (size_t k = first; m->call != 0 && k < n; k++) {
		uint32_t of;

		key[5] = m->via[k];
		of = key[5] != 0 ? message_at(&l->arrived, HASH_OF(key))
				 : CORRELATION_NONE;
		if (of != CORRELATION_NONE)
			return of;
	}
	return CORRELATION_NONE;
}

/* Where clocks differ, or captures were put together badly: nothing leaves
 * before that arrived which it comes from. */
static void
arrived_by(struct correlation *co, uint32_t of, int64_t t)
{
	if (of != CORRELATION_NONE && co->m[of].t_last > t)
		co->m[of].t_last = t;
}

static void
note_forwarding(struct correlation *co, struct links *l, size_t i)
{
	struct correlation_message *m = &co->m[i];
	uint32_t of = source_of(l, m), key[2] = { m->src, m->tx };

	if (of == i)
		of = CORRELATION_NONE;
	arrived_by(co, of, m->t);
	/* A proxy repeats by itself what it has forwarded once, unless what it
	 * forwarded has come again. */
	if (of != CORRELATION_NONE &&
	    (m->retx == CORRELATION_NONE || !co->m[of].passed)) {
		m->fwd = of;
		co->m[of].passed = true;
	}
	if (m->tx == 0)
		return;
	if (m->status != 0) {
		arrived_by(co, message_at(&l->requests, HASH_OF(key)), m->t);
		return;
	}
	key[0] = m->dst;
	hashes_set(&l->requests, HASH_OF(key), (uint32_t)i + 1);
}

int
correlation_link(struct correlation *co)
{
	struct links l = { 0 };
	int err;

	if ((err = hashes_create(&l.sent, co->n)) == 0 &&
	    (err = hashes_create(&l.arrived, co->n)) == 0)
		err = hashes_create(&l.requests, co->n);
	for (size_t i = 0; err == 0 && i < co->n; i++) {
		progress_count(N_("joining the messages"), i, co->n);
		note_repetition(co, &l, i);
		note_forwarding(co, &l, i);
		note_arrival(co, &l, i);
	}
	hashes_free(&l.sent);
	hashes_free(&l.arrived);
	hashes_free(&l.requests);
	return err;
}
