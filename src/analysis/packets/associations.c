/*
 * One `struct way` for each direction of an association, known by its addresses
 * and its verification tag.  A message in one chunk is given on where it
 * stands; pieces wait in the order of their numbers (TSN) until those of a
 * message follow each other from its first to its last.
 */
#include "packets/associations.h"

#include "base/buf.h"
#include "base/list.h"
#include "packets/index.h"
#include "packets/keys.h"
#include "wire/frame.h"

#define WAYS_MOST   4096
#define PIECES_MOST 1024 /* that wait, of one way */
#define WINDOW      64   /* numbers of which it is known whether they came */

struct piece {
	struct list link; /* in the order of TSN */
	uint32_t tsn;
	bool first, last;
	int64_t t;
	uint64_t packet;
	size_t n;
	char bytes[];
};

struct way_key {
	struct index_flow flow;
	uint32_t tag;
};

struct way {
	struct way_key key;
	uint32_t high; /* the highest TSN that has come, */
	uint64_t came; /* and a bit for each one before it, it being bit 0 */
	struct list pieces;
	size_t npieces;
};

struct associations {
	struct map *ways;
	size_t bytes, most;
	struct buf whole; /* the message that was put together last */
	segments_fn *fn;
	segments_remark_fn *remark;
	void *arg;
	bool silent; /* it is being destroyed */
};

int
associations_create(struct associations **ap, size_t most, segments_fn *fn,
    segments_remark_fn *remark, void *arg)
{
	struct associations *a = mem_alloc(sizeof(*a));

	*ap = a;
	if (a == NULL)
		return ERR_NOMEM;
	*a = (struct associations){ .most = most,
		.whole = BUF_INIT,
		.fn = fn,
		.remark = remark,
		.arg = arg };
	return map_create(&a->ways);
}

/* The last piece, or the first one (BACK), of the consecutive received pieces
 * of P's message. */
static struct piece *
end_of_run(const struct way *w, struct piece *p, bool back)
{
	const struct piece *a, *b;
	struct list *node;

	while ((node = back ? p->link.prev : p->link.next) != &w->pieces) {
		struct piece *next = LIST_ENTRY(node, struct piece, link);

		a = back ? next : p;
		b = back ? p : next;
		if (a->tsn + 1 != b->tsn || a->last || b->first)
			break;
		p = next;
	}
	return p;
}

/* The pieces from P to LAST are done with; their bytes go to OUT. */
static void
association_take_run(struct associations *a, struct way *w, struct piece *p,
    const struct piece *last, struct buf *out)
{
	bool end = false;

	buf_clear(out);
	while (!end) {
		struct list *next = p->link.next;

		end = p == last;
		buf_add(out, p->bytes, p->n);
		list_remove(&p->link);
		w->npieces--;
		a->bytes -= sizeof(*p) + p->n;
		mem_free(p);
		p = LIST_ENTRY(next, struct piece, link);
	}
}

/* Messages of W that wait for pieces are given up until MOST pieces are left.
 */
static void
association_give_up(struct associations *a, struct way *w, size_t most)
{
	const struct index_flow *f = &w->key.flow;
	struct datagram d = { .proto = DECODE_SCTP, .len = f->len[0] };

	memcpy(d.ip, f->ip, sizeof(d.ip));
	memcpy(d.port, f->port, sizeof(d.port));
	while (w->npieces > most) {
		struct piece *p =
		    LIST_ENTRY(w->pieces.next, struct piece, link);

		if (!a->silent)
			a->remark(a->arg, &d, f->place, p->t, p->packet,
			    &(struct capture_remark){ .kind = CAPTURE_PIECE });
		association_take_run(
		    a, w, p, end_of_run(w, p, false), &a->whole);
	}
}

void
associations_end(struct associations *a)
{
	struct str key;
	size_t at = 0;
	void *value;

	while (map_next(a->ways, &at, &key, &value)) {
		struct way *w = value;

		association_give_up(a, w, 0);
		map_remove(a->ways, BYTES_OF(w->key));
		mem_free(w);
	}
}

void
associations_destroy(struct associations *a)
{
	if (a == NULL)
		return;
	a->silent = true;
	if (a->ways != NULL)
		associations_end(a);
	map_destroy(a->ways);
	buf_free(&a->whole);
	mem_free(a);
}

/* That of D, seen at PLACE; NULL without memory. */
static struct way *
way_of_packet(struct associations *a, const struct datagram *d, uint32_t place)
{
	struct way_key key = { index_flow_of(d, place), d->seq };
	struct way *w;

	if (map_count(a->ways) > WAYS_MOST || a->bytes > a->most)
		associations_end(a);
	w = key_value(a->ways, BYTES_OF(key), sizeof(*w));
	if (w != NULL && w->pieces.next == NULL) {
		w->key = key;
		list_init(&w->pieces);
	}
	return w;
}

/* TSN has come before (RFC 9260 6.2); it has come now.  A TSN far from the
 * highest one begins again. */
static bool
association_has_come(struct way *w, uint32_t tsn)
{
	int64_t ahead = (int32_t)(tsn - w->high);
	uint64_t bit;
	bool had;

	if (ahead >= WINDOW || ahead <= -WINDOW)
		w->came = 0;
	else if (ahead > 0)
		w->came <<= ahead;
	if (ahead > 0 || w->came == 0) {
		w->high = tsn;
		ahead = 0;
	}
	bit = UINT64_C(1) << -ahead;
	had = (w->came & bit) != 0;
	w->came |= bit;
	return had;
}

/* The piece goes where its number belongs; NULL without memory. */
static struct piece *
association_keep_piece(struct associations *a, struct way *w,
    const struct sctp_piece *s, int64_t t, uint64_t packet)
{
	struct piece *p = mem_alloc(sizeof(*p) + s->bytes.n);
	struct list *before = w->pieces.prev;

	if (p == NULL)
		return NULL;
	*p = (struct piece){ .tsn = s->tsn,
		.first = s->first,
		.last = s->last,
		.t = t,
		.packet = packet,
		.n = s->bytes.n };
	memcpy(p->bytes, s->bytes.p, s->bytes.n);
	while (
	    before != &w->pieces &&
	    (int32_t)(LIST_ENTRY(before, struct piece, link)->tsn - s->tsn) > 0)
		before = before->prev;
	list_append(before->next, &p->link);
	w->npieces++;
	a->bytes += sizeof(*p) + p->n;
	return p;
}

static int
association_add_piece(struct associations *a, struct way *w,
    const struct datagram *d, const struct sctp_piece *s, int64_t t,
    uint64_t packet)
{
	const uint32_t place = w->key.flow.place;
	struct piece *p, *last;

	if (s->cut) {
		a->remark(a->arg, d, place, t, packet,
		    &(struct capture_remark){ .kind = CAPTURE_PIECE });
		return 0;
	}
	if (s->first && s->last)
		return a->fn(a->arg, d, place, t, packet, s->bytes,
		    d->at == DECODE_NOWHERE
			? d->at
			: d->at + (uint64_t)(s->bytes.p - d->payload.p));
	p = association_keep_piece(a, w, s, t, packet);
	if (p == NULL)
		return ERR_NOMEM;
	last = end_of_run(w, p, false);
	p = end_of_run(w, p, true);
	if (!p->first || !last->last) {
		association_give_up(a, w, PIECES_MOST);
		return 0;
	}
	association_take_run(a, w, p, last, &a->whole);
	return a->whole.err != 0 ? ERR_NOMEM
				 : a->fn(a->arg, d, place, t, packet,
				       buf_view(&a->whole), DECODE_NOWHERE);
}

int
associations_add(struct associations *a, const struct datagram *d,
    uint32_t place, int64_t t, uint64_t packet)
{
	struct way *w = way_of_packet(a, d, place);
	struct sctp_piece s;
	size_t at = 0;
	int err = w != NULL ? 0 : ERR_NOMEM;

	while (err == 0 && sctp_next(d->payload, &at, &s))
		if (!association_has_come(w, s.tsn))
			err = association_add_piece(a, w, d, &s, t, packet);
	return err;
}
