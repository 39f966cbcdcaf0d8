/*
 * Calls of H.323 (RFC 4123 5.1.1), of which programs tell by texts
 * (docs/roles/script.md): a node is in one from its Setup, sent or come, until
 * a ReleaseComplete.  Both of its ends are, and a gateway has a call of SIP for
 * each.
 */
#include "base/err.h"
#include "base/map.h"
#include "search/invariants_in.h"

#include <stdint.h>

struct h323_calls {
	struct check *c;
	struct map
	    *open; /* "node peer reference" → number of its last record */
	bool seen; /* there was a message */
	struct buf key, text, names;
};

static struct str
h323_key(struct h323_calls *h, struct str node, struct str peer,
    struct str reference)
{
	buf_clear(&h->key);
	buf_printf(&h->key, "%.*s %.*s %.*s", STR_ARG(node), STR_ARG(peer),
	    STR_ARG(reference));
	if (h->key.err != 0)
		h->c->err = ERR_NOMEM;
	return buf_view(&h->key);
}

/* Its text is that of record OF, a send. */
static void
h323_take_message(struct h323_calls *h, uint64_t seq, uint64_t of)
{
	bool comes = seq != of;
	struct trace_rec rec;
	struct trace_send send;
	struct str text, rest, key;

	trace_get(h->c->t, of, &rec);
	if (trace_proto_find(trace_str(&rec, "proto", &h->names)) !=
		TRACE_PROTO_H323 ||
	    trace_get_send_parts(
		&rec, TRACE_SEND_SRC | TRACE_SEND_DST, &send, &h->names) != 0)
		return;
	h->seen = true;
	text = str_cut(trace_bytes(&rec, &h->text), ' ', &rest);
	rest = str_cut(rest, ' ', &(struct str){ 0 });
	key = comes ? h323_key(h, send.dst, send.src, rest)
		    : h323_key(h, send.src, send.dst, rest);
	if (str_is(text, "ReleaseComplete"))
		map_remove(h->open, key);
	else if ((str_is(text, "Setup") || map_get(h->open, key) != NULL) &&
		 map_put(h->open, key, (void *)(uintptr_t)seq) != 0)
		h->c->err = ERR_NOMEM;
}

/* NODE has crashed, and knows of no call. */
static void
h323_forget(struct h323_calls *h, struct str node)
{
	struct str key, rest;
	void *seq;

	for (size_t at = 0; map_next(h->open, &at, &key, &seq);)
		if (str_eq(str_cut(key, ' ', &rest), node)) {
			map_remove(h->open, key);
			at = 0;
		}
}

static void
h323_take_record(struct h323_calls *h, uint64_t seq)
{
	const struct trace *t = h->c->t;
	enum trace_kind kind = trace_kind_of(t, seq);
	struct trace_rec rec;

	if (kind == TRACE_SEND) {
		h323_take_message(h, seq, seq);
	} else if (kind == TRACE_RECV && h->seen) {
		trace_get(t, seq, &rec);
		h323_take_message(h, seq, trace_send_of(t, &rec));
	} else if (kind == TRACE_ACT) {
		trace_get(t, seq, &rec);
		if (str_has_word(
			STR("crash down"), trace_str(&rec, "verb", &h->text)))
			h323_forget(h, rec.node);
	}
}

/* How many calls NODE has; one that has told of none, ever, makes up its own,
 * or is not a gateway: -1. */
static long
h323_count_calls(const struct check *c, struct str node)
{
	struct trace_rec rec;
	uint64_t seq = 0;
	size_t at = 0;
	bool told = false;
	long n = 0;

	while (!told && trace_next(c->t, TRACE_CALL, &seq, &rec))
		told = str_eq(rec.node, node);
	while (state_at_next_call(c->state, node, &at) != NULL)
		n++;
	return told ? n : -1;
}

/* The last message of H.323 that NODE sends, or 0. */
static uint64_t
h323_find_last(const struct check *c, struct str node)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send send;
	struct trace_rec rec;
	uint64_t last = 0;

	for (uint64_t seq = 0; trace_next(c->t, TRACE_SEND, &seq, &rec);)
		if (trace_get_send_parts(
			&rec, TRACE_SEND_PROTO, &send, &scratch) == 0 &&
		    str_eq(rec.node, node) &&
		    trace_proto_find(send.proto) == TRACE_PROTO_H323)
			last = seq;
	return last;
}

static void
h323_judge(struct h323_calls *h)
{
	const struct trace_head *head = trace_head(h->c->t);
	struct str key, node, peer, reference;
	void *seq;

	for (size_t i = 0; i < head->nnodes; i++) {
		long calls = 0, has = 0;
		uint64_t last = h323_find_last(h->c, head->nodes[i].name);

		if (last == 0 || check_is_down(h->c, head->nodes[i].name))
			continue;
		for (size_t at = 0; map_next(h->open, &at, &key, &seq);) {
			node = str_cut(key, ' ', &peer);
			peer = str_cut(peer, ' ', &reference);
			if (!str_eq(node, head->nodes[i].name))
				continue;
			has++;
			last = (uint64_t)(uintptr_t)seq;
			if (check_is_down(h->c, peer) ||
			    map_get(h->open,
				h323_key(h, peer, node, reference)) == NULL)
				check_found(h->c, INVARIANT_LEGS, node, last);
		}
		calls = h323_count_calls(h->c, head->nodes[i].name);
		if (calls >= 0 && calls != has)
			check_found(
			    h->c, INVARIANT_LEGS, head->nodes[i].name, last);
	}
}

void
check_h323(struct check *c)
{
	struct h323_calls h = { .c = c };

	if (map_create(&h.open) != 0)
		c->err = ERR_NOMEM;
	for (uint64_t seq = 1; c->err == 0 && seq <= trace_count(c->t); seq++)
		h323_take_record(&h, seq);
	if (c->err == 0 && h.seen)
		h323_judge(&h);
	map_destroy(h.open);
	buf_free(&h.key);
	buf_free(&h.text);
	buf_free(&h.names);
}
