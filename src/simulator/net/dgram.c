/*
 * Datagrams: the pool of them, and the record of a loss.
 */
#include "net/net_in.h"

#include "base/mem.h"

#include <string.h>

/* A pooled datagram keeps a buffer up to this size. */
#define KEEP 4096

struct net_dgram *
net_dgram_new(struct net *n, const struct net_proto *proto, struct str bytes)
{
	struct net_dgram *d = n->free_dgrams;

	if (d != NULL) {
		n->free_dgrams = d->free;
	} else {
		d = mem_zalloc(1, sizeof(*d));
		if (d == NULL)
			goto fail;
		d->net = n;
		d->all = n->dgrams;
		n->dgrams = d;
	}
	if (d->cap < bytes.n) {
		size_t cap = bytes.n < 1024 ? 1024 : bytes.n;

		mem_free(d->bytes);
		d->bytes = mem_alloc(cap);
		d->cap = d->bytes != NULL ? cap : 0;
		if (d->bytes == NULL) {
			d->free = n->free_dgrams;
			n->free_dgrams = d;
			goto fail;
		}
	}
	if (bytes.n > 0)
		memcpy(d->bytes, bytes.p, bytes.n);
	d->n = bytes.n;
	d->proto = proto;
	d->send = d->off = d->conn = 0;
	d->flags = NULL;
	d->origin = NULL;
	d->way = NULL;
	d->whole = d->changed = d->folded = false;
	d->npieces = 0;
	d->loss.reason = TRACE_DROP_COUNT;
	d->refs = 1;
	d->memory = sizeof(*d) + d->cap;
	sim_take_memory(n->sim, d->memory);
	sim_hold(n->sim);
	return d;
fail:
	net_fail(n);
	return NULL;
}

uint64_t
net_dgram_drop(const struct net_dgram *d, const struct net_loss *l)
{
	struct sim *sim = d->net->sim;
	struct trace_writer *t = sim_trace(sim);

	if (d->folded)
		return l->cause;
	trace_open(t, TRACE_DROP, sim_now(sim),
	    l->host != NULL ? l->host->name : NULL, l->cause, RULE_NONE);
	if (d->conn == 0)
		trace_put_int(t, "of", (int64_t)d->send);
	trace_put_cstr(t, "reason", trace_drop_name(l->reason));
	if (l->way != NULL)
		trace_put_cstr(t, "link", l->way->name);
	if (l->packet != 0)
		trace_put_int(t, "packet", (int64_t)l->packet);
	if (d->conn != 0)
		trace_put_int(t, "conn", (int64_t)d->conn);
	return trace_close(t);
}

void
net_dgram_release(struct net_dgram *d)
{
	struct net *n = d->net;
	struct net_dgram *origin = d->origin;

	if (--d->refs > 0)
		return;
	d->proto->gone(d);
	d->origin = NULL;
	mem_free(d->pieces);
	d->pieces = NULL;
	if (d->cap > KEEP) {
		mem_free(d->bytes);
		d->bytes = NULL;
		d->cap = 0;
	}
	d->free = n->free_dgrams;
	n->free_dgrams = d;
	sim_give_back_memory(n->sim, d->memory);
	sim_release(n->sim);
	if (origin != NULL)
		net_dgram_release(origin);
}

void
net_dgram_destroy(struct net_dgram *d)
{
	if (d->refs > 0) {
		sim_give_back_memory(d->net->sim, d->memory);
		sim_release(d->net->sim);
	}
	mem_free(d->pieces);
	mem_free(d->bytes);
	mem_free(d);
}
