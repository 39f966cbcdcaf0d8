/*
 * IP datagrams put together from their fragments (RFC 791 3.2, RFC 8200 4.5).
 * Each datagram has the bytes up to the furthest that came, and the runs of
 * them that are filled.  A datagram has few runs and there are few datagrams
 * under way, so both are looked through in turn.
 */
#include "wire/fragments.h"

#include "base/buf.h"
#include "base/mem.h"

#define DATAGRAM_MOST 65535
#define RUNS_MOST     64  /* more holes than that are an attack */
#define UNDER_WAY     256 /* datagrams at a time */
#define PATIENCE_NS   (INT64_C(60) * 1000000000) /* RFC 8200 4.5 */

struct run {
	uint32_t from, to;
};

struct fragments_one {
	struct list link;
	struct fragments_key key;
	int64_t t;       /* of the first fragment, … */
	uint64_t number; /* … and its packet's */
	size_t total;    /* 0: not known yet */
	struct buf bytes;
	struct run runs[RUNS_MOST]; /* in order, apart from each other */
	size_t nruns;
};

void
fragments_init(struct fragments *f, size_t most)
{
	*f = (struct fragments){ .most = most };
	list_init(&f->all);
}

static void
drop_datagram(struct fragments_one *one)
{
	if (one != NULL)
		buf_free(&one->bytes);
	mem_free(one);
}

static void
take_out(struct fragments *f, struct fragments_one *one)
{
	list_remove(&one->link);
	f->count--;
	f->bytes -= one->bytes.cap;
}

static void
forget_datagram(struct fragments *f, struct fragments_one *one)
{
	take_out(f, one);
	drop_datagram(one);
}

static void
give_datagram_up(struct fragments *f, struct fragments_one *one)
{
	struct str begin = STR_NULL;

	if (one->nruns > 0 && one->runs[0].from == 0)
		begin = str_slice(buf_view(&one->bytes), 0, one->runs[0].to);
	if (f->lost != NULL)
		f->lost(f->arg, &one->key, begin, one->t, one->number);
	forget_datagram(f, one);
}

void
fragments_end(struct fragments *f)
{
	list_each (struct fragments_one, one, &f->all, link)
		give_datagram_up(f, one);
}

void
fragments_free(struct fragments *f)
{
	list_each (struct fragments_one, one, &f->all, link)
		forget_datagram(f, one);
	drop_datagram(f->done);
	f->done = NULL;
}

static struct fragments_one *
find_datagram(struct fragments *f, const struct fragments_key *key, int64_t t,
    uint64_t number)
{
	struct fragments_one *one;

	list_each (struct fragments_one, e, &f->all, link) {
		if (t - e->t > PATIENCE_NS)
			give_datagram_up(f, e);
		else if (memcmp(&e->key, key, sizeof(*key)) == 0)
			return e;
	}
	while (f->count >= UNDER_WAY ||
	       (f->bytes > f->most && !list_empty(&f->all)))
		give_datagram_up(
		    f, LIST_ENTRY(f->all.next, struct fragments_one, link));
	one = mem_zalloc(1, sizeof(*one));
	if (one == NULL)
		return NULL;
	one->key = *key;
	one->t = t;
	one->number = number;
	one->bytes = BUF_INIT;
	list_append(&f->all, &one->link);
	f->count++;
	return one;
}

/* Room up to TO, holes are zero; false: no memory. */
static bool
make_room_to(struct fragments *f, struct fragments_one *one, size_t to)
{
	size_t before = one->bytes.cap;

	if (to > one->bytes.n)
		buf_fill(&one->bytes, '\0', to - one->bytes.n);
	f->bytes += one->bytes.cap - before;
	return one->bytes.err == 0;
}

/* Fills what of [FROM, TO) is empty; P are those bytes. */
static bool
fill_holes(struct fragments_one *one, size_t from, size_t to, const char *p)
{
	struct run all = { (uint32_t)from, (uint32_t)to };
	size_t at = from, first, n = 0;

	for (first = 0; first < one->nruns && one->runs[first].to < from;)
		first++;
	for (size_t i = first; i < one->nruns && one->runs[i].from <= to;
	     i++, n++) {
		const struct run *r = &one->runs[i];

		if (r->from > at)
			memcpy(
			    one->bytes.p + at, p + (at - from), r->from - at);
		at = r->to > at ? r->to : at;
		all.from = r->from < all.from ? r->from : all.from;
		all.to = r->to > all.to ? r->to : all.to;
	}
	if (at < to)
		memcpy(one->bytes.p + at, p + (at - from), to - at);
	/* N runs become one. */
	if (n == 0 && one->nruns == RUNS_MOST)
		return false;
	memmove(&one->runs[first + 1], &one->runs[first + n],
	    (one->nruns - first - n) * sizeof(all));
	one->runs[first] = all;
	one->nruns = one->nruns - n + 1;
	return true;
}

/* True when the datagram is complete: *WHOLE stands until the next call.  What
 * there is no memory for is dropped. */
bool
fragments_add(struct fragments *f, const struct fragments_key *key,
    const struct fragment *piece, struct str *whole)
{
	size_t to = piece->offset + piece->bytes.n;
	struct fragments_one *one;

	if (to > DATAGRAM_MOST || piece->bytes.n == 0)
		return false;
	one = find_datagram(f, key, piece->t, piece->number);
	if (one == NULL)
		return false;
	if (piece->last && one->total == 0)
		one->total = to;
	if (!make_room_to(f, one, to) ||
	    !fill_holes(one, piece->offset, to, piece->bytes.p)) {
		give_datagram_up(f, one);
		return false;
	}
	if (one->total == 0 || one->runs[0].from != 0 ||
	    one->runs[0].to < one->total)
		return false;
	*whole = str_slice(buf_view(&one->bytes), 0, one->total);
	/* PIECE may be in what was given before. */
	take_out(f, one);
	drop_datagram(f->done);
	f->done = one;
	return true;
}
