/* Packets of a message, gathered; words/layers_doc.h says what they say. */
#include "views/panes/layers.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "writing/pcapng_write.h"
#include "words/layers_doc.h"
#include "words/record_text.h"

/* More packets of one message than are read. */
#define PACKETS_MOST 64

struct gathering {
	struct arena *arena; /* the bytes of all */
	struct layers_packet *list;
	size_t n, cap, left_out;
	uint32_t first; /* of the first packet, where TCP counts */
};

/* *COPY: S in the memory of all.  0 or ERR_NOMEM. */
static int
layers_pane_keep(struct gathering *g, struct str s, struct str *copy)
{
	*copy = (struct str){ arena_str(g->arena, s), s.n };
	return copy->p != NULL ? 0 : ERR_NOMEM;
}

/* On the first link alone: the others have the same with a smaller TTL. */
static int
gather_packet(const struct pcapng_packet_of *packet, void *arg)
{
	struct gathering *g = arg;
	struct layers_packet *p;
	int err;

	if (g->n > 0 && (!str_eq(g->list->from, packet->from) ||
			    !str_eq(g->list->to, packet->to)))
		return 0;
	if (g->n == PACKETS_MOST) {
		g->left_out++;
		return 0;
	}
	if (ARRAY_ROOM(&g->list, &g->cap, g->n + 1) != 0)
		return ERR_NOMEM;
	if (g->n == 0)
		g->first = packet->seq;
	p = &g->list[g->n++];
	*p = (struct layers_packet){ .t_ns = packet->t_ns,
		.at = packet->stream ? packet->seq - g->first : 0,
		.lost = packet->lost };
	if ((err = layers_pane_keep(g, packet->from, &p->from)) == 0 &&
	    (err = layers_pane_keep(g, packet->to, &p->to)) == 0)
		err = layers_pane_keep(g, packet->frame, &p->frame);
	return err;
}

static int
drop_bytes(const char *bytes, size_t n, void *arg)
{
	(void)bytes;
	(void)n;
	(void)arg;
	return 0;
}

int
layers_of(const struct trace *t, const struct trace_rec *send,
    const struct trace *from, uint64_t seq, size_t width, struct doc *d,
    struct diag *why)
{
	struct gathering g = { .n = 0 };
	struct pcapng_options o = PCAPNG_OPTIONS;
	int err = arena_create(&g.arena);

	o.packet = gather_packet;
	o.packet_arg = &g;
	o.message = seq;
	if (err == 0)
		err = pcapng_write(from, &o, drop_bytes, NULL, why);
	if (err == 0)
		layers_doc(t, send, g.list, g.n, g.left_out, width, d);
	mem_free(g.list);
	arena_destroy(g.arena);
	return err;
}

void
layers_view(const struct trace *t, uint64_t seq, size_t width, struct doc *d)
{
	struct trace_rec rec, send;
	struct diag why = DIAG_INIT;
	int err;

	trace_get(t, seq, &rec);
	if (!record_message(t, &rec, &send))
		return;
	err = layers_of(t, &send, t, send.seq, width, d, &why);
	if (err == ERR_NOMEM)
		d->err = err;
	else if (err != 0)
		doc_wrap(d, STYLE_WARNING, str_of(why.text), 0, width);
}
