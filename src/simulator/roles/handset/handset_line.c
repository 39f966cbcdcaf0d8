/*
 * The last piece of wire to the board: Ethernet at 10 Mbit/s.  The frames of
 * one datagram come one after the other, each as long behind the one before as
 * that takes to pass, with preamble, checksum and gap (IEEE 802.3); the first
 * comes at once, since links have delays of their own.
 */
#include "roles/handset/handset_in.h"

#include "base/mem.h"

#include <string.h>

#define OVERHEAD  24 /* bytes: preamble 8, checksum 4, gap 12 */
#define NS_A_BYTE INT64_C(800)

/* A frame that is still to come. */
struct coming {
	struct list link;
	struct handset *h;
	sim_event event;
	uint64_t recv;
	bool alone;
	size_t n;
	char bytes[];
};

static void
forget_frame(struct coming *c)
{
	sim_cancel(node_sim(c->h->node), c->event);
	list_remove(&c->link);
	mem_free(c);
}

/* The rest of a datagram of which a part was lost is of no use. */
static void
lose_datagram(struct handset *h, uint64_t recv)
{
	if (recv < HANDSET_FOLDED)
		node_note_drop(h->node, recv, TRACE_DROP_OVERRUN, RULE_NONE);
	h->lost = recv;
	list_each (struct coming, c, &h->line, link)
		if (c->recv == recv && !c->alone)
			forget_frame(c);
}

static void
give_frame(struct handset *h, struct str frame, uint64_t recv, bool alone)
{
	handset_clock_ready(h);
	if (!board_frame(h->board, frame, (uint32_t)recv) && !alone)
		lose_datagram(h, recv);
	handset_clock_kick(h);
}

static void
handset_line_arrive(void *arg)
{
	struct coming *c = arg;
	struct handset *h = c->h;
	struct str frame = { c->bytes, c->n };

	c->event = 0;
	list_remove(&c->link);
	give_frame(h, frame, c->recv, c->alone);
	mem_free(c);
}

void
handset_line_put(struct handset *h, struct str frame, uint64_t recv, bool alone,
    int64_t *after_ns)
{
	struct coming *c;

	if (!alone && recv == h->lost)
		return;
	if (*after_ns == 0) {
		give_frame(h, frame, recv, alone);
	} else {
		c = mem_zalloc(1, sizeof(*c) + frame.n);
		if (c == NULL) {
			node_fail_memory(h->node);
			return;
		}
		c->h = h;
		c->recv = recv;
		c->alone = alone;
		c->n = frame.n;
		memcpy(c->bytes, frame.p, frame.n);
		list_append(&h->line, &c->link);
		c->event =
		    node_after(h->node, *after_ns, handset_line_arrive, c);
	}
	*after_ns += (int64_t)(frame.n + OVERHEAD) * NS_A_BYTE;
}

void
handset_line_close(struct handset *h)
{
	list_each (struct coming, c, &h->line, link)
		forget_frame(c);
}
