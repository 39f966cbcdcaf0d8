/* Offsets out of bounds, and times corrected by them; see inference/clocks.h.
 */
#include "inference/clocks_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>

/* Messages that are looked at. */
#define MESSAGES_MOST 200000

struct place_in_time {
	int64_t t;
	uint32_t at; /* in the source */
};

struct clocks {
	const struct capture_reader *src;
	struct clock of[CLOCKS_PLACES];
	size_t nplaces;
	/* Where something is corrected. */
	struct place_in_time *order;
	size_t n;
	struct capture_stream *streams;
	struct capture_remark *remarks;
};

#define X(id, word) word,
static const char *const by_words[] = { CLOCKS_BY(X) };
#undef X

const char *
clock_by_word(enum clock_by by)
{
	return by_words[by];
}

void
clocks_destroy(struct clocks *c)
{
	if (c == NULL)
		return;
	mem_free(c->order);
	mem_free(c->streams);
	mem_free(c->remarks);
	mem_free(c);
}

struct clock
clocks_of(const struct clocks *c, uint32_t place)
{
	return place < c->nplaces ? c->of[place]
				  : (struct clock){ .by = CLOCK_NOT };
}

size_t
clocks_count(const struct clocks *c)
{
	return c->nplaces;
}

/* ---- offsets ---- */

/* How far q's clock is ahead of p's, and how sure that is (less is more). */
struct guess {
	bool any;
	int64_t ahead;
	enum clock_by by;
	int64_t doubt;
};

static struct guess
guess_offset(const struct clock_bounds *b)
{
	struct guess g = { .any = b->has_least || b->has_most,
		.doubt = INT64_MAX };
	bool late = b->has_least && b->least > CLOCKS_LEAST_NS;
	bool early = b->has_most && b->most < -CLOCKS_LEAST_NS;

	if (b->has_least && b->has_most)
		g.doubt = b->most / 2 - b->least / 2;
	if (!late && !early)
		return g;
	if (b->has_least && b->has_most) {
		g.ahead = b->least / 2 + b->most / 2;
		g.by = CLOCK_BOTH_WAYS;
	} else {
		g.ahead = late ? b->least : b->most;
		g.by = CLOCK_ONE_WAY;
	}
	return g;
}

static int64_t
add_offsets(int64_t a, int64_t b)
{
	int64_t s;

	return __builtin_add_overflow(a, b, &s) ? 0 : s;
}

/* From point to point, the surest step first; what nothing leads to keeps its
 * clock. */
static void
spread_offsets(struct clocks *c,
    struct clock_bounds bounds[CLOCKS_PLACES][CLOCKS_PLACES], const bool *seen)
{
	bool done[CLOCKS_PLACES] = { false };

	for (;;) {
		size_t from = CLOCKS_PLACES, to = CLOCKS_PLACES;
		struct guess best = { .any = false }, g;

		for (size_t p = 0; p < c->nplaces; p++)
			for (size_t q = 0; done[p] && q < c->nplaces; q++) {
				if (done[q] || p == q)
					continue;
				g = guess_offset(
				    p < q ? &bounds[p][q] : &bounds[q][p]);
				if (!g.any ||
				    (best.any && g.doubt >= best.doubt))
					continue;
				best = g;
				from = p;
				to = q;
			}
		if (best.any) {
			if (from > to)
				best.ahead = -best.ahead;
			c->of[to].ahead =
			    add_offsets(c->of[from].ahead, best.ahead);
			c->of[to].by =
			    best.by > c->of[from].by ? best.by : c->of[from].by;
			done[to] = true;
			continue;
		}
		for (to = 0; to < c->nplaces && (done[to] || !seen[to]); to++)
			;
		if (to == c->nplaces)
			return;
		done[to] = true;
	}
}

static int
estimate_offsets(struct clocks *c, const bool *seen, struct buf *scratch)
{
	size_t n =
	    c->src->count < MESSAGES_MOST ? c->src->count : MESSAGES_MOST;
	struct clock_bounds(*bounds)[CLOCKS_PLACES] =
	    mem_zalloc(CLOCKS_PLACES, sizeof(*bounds));
	struct clock_events e;
	int err = clock_events_create(&e, n);

	if (bounds == NULL)
		err = ERR_NOMEM;
	for (size_t i = 0; err == 0 && i < n; i++)
		err = clock_events_add(&e, c->src, i, scratch);
	if (err == 0)
		err = clock_events_bounds(&e, bounds);
	if (err == 0)
		spread_offsets(c, bounds, seen);
	clock_events_destroy(&e);
	mem_free(bounds);
	return err;
}

/* ---- offsets given by --clock-offset ---- */

int
clock_given_read(struct clock_given *g, const char *text, char *buf, size_t n,
    struct diag *d)
{
	const char *equals = strrchr(text, '=');
	size_t len = equals != NULL ? (size_t)(equals - text) : 0;
	char *end = NULL;
	double s = 0;

	if (equals != NULL)
		s = strtod(equals + 1, &end);
	if (end != NULL && strcmp(end, "ms") == 0)
		s /= 1000;
	else if (end != NULL && (strcmp(end, "s") == 0 || *end == '\0'))
		;
	else
		end = NULL;
	if (len == 0 || len >= n || end == NULL || end == equals + 1 ||
	    !(s > -1e9 && s < 1e9))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("a clock's offset has the form NODE=SECONDS, such as "
		      "2=+0.25, or 0 for none; %s is neither"),
		    text);
	memcpy(buf, text, len);
	buf[len] = '\0';
	g->node = buf;
	g->ahead = (int64_t)(s * 1e9 + (s < 0 ? -0.5 : 0.5));
	return 0;
}

static bool
clock_is_host(
    const struct clocks_options *o, const struct addr *a, const char *node)
{
	const char *name = address_names_find(o->names, a);
	LOCAL_BUF b = BUF_INIT;

	if (name != NULL && strcmp(name, node) == 0)
		return true;
	addr_write_bare(a, &b);
	return str_is(buf_view(&b), node);
}

/* The only point all of whose messages go to or from NODE. */
static int
find_point_of_node(struct clocks *c, const struct clocks_options *o,
    const char *node, struct buf *scratch, uint32_t *place, struct diag *d)
{
	size_t n = c->src->count, found = 0;
	bool some[CLOCKS_PLACES] = { false }, others[CLOCKS_PLACES] = { false };
	struct capture_message m;
	uint32_t number;

	if (str_u32(str_of(node), &number) == 0 && number >= 1 &&
	    number <= c->nplaces) {
		*place = number - 1;
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		capture_reader_look(c->src, i, &m, scratch);
		if (m.place >= CLOCKS_PLACES)
			continue;
		if (clock_is_host(o, &m.src, node) ||
		    clock_is_host(o, &m.dst, node))
			some[m.place] = true;
		else
			others[m.place] = true;
	}
	for (uint32_t p = 0; p < c->nplaces; p++)
		if (some[p] && !others[p]) {
			*place = p;
			found++;
		}
	if (found == 1)
		return 0;
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    found == 0 ? _("no capture point is at %s: the capture has %zu of "
			   "them; give the number of one")
		       : _("several capture points may be at %s: the capture "
			   "has %zu of them; give the number of one"),
	    node, c->nplaces);
}

static int
set_given_offsets(struct clocks *c, const struct clocks_options *o,
    struct buf *scratch, struct diag *d)
{
	uint32_t place = 0;
	int err = 0;

	for (size_t i = 0; err == 0 && i < o->ngiven; i++) {
		err = find_point_of_node(
		    c, o, o->given[i].node, scratch, &place, d);
		if (err == 0)
			c->of[place] =
			    (struct clock){ o->given[i].ahead, CLOCK_GIVEN };
	}
	return err;
}

/* ---- the corrected messages ---- */

static int64_t
correct_time(const struct clocks *c, int64_t t, uint32_t place)
{
	int64_t ahead = place < c->nplaces ? c->of[place].ahead : 0, r;

	/* Times of a capture are outside bytes; results stay positive. */
	if (__builtin_sub_overflow(t, ahead, &r))
		return t;
	return r >= 0 ? r : 0;
}

static int
clock_compare_times(const void *pa, const void *pb)
{
	const struct place_in_time *a = pa, *b = pb;

	if (a->t != b->t)
		return a->t < b->t ? -1 : 1;
	return a->at < b->at ? -1 : 1;
}

static int
clock_put_in_order(struct clocks *c, struct buf *scratch)
{
	struct capture_message m;

	c->n = c->src->count;
	c->order = mem_zalloc(c->n + 1, sizeof(*c->order));
	c->streams = mem_zalloc(c->src->nstreams + 1, sizeof(*c->streams));
	c->remarks = mem_zalloc(c->src->nremarks + 1, sizeof(*c->remarks));
	if (c->order == NULL || c->streams == NULL || c->remarks == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < c->src->nremarks; i++) {
		c->remarks[i] = c->src->remarks[i];
		c->remarks[i].t =
		    correct_time(c, c->remarks[i].t, c->remarks[i].place);
	}
	for (size_t i = 0; i < c->n; i++) {
		capture_reader_look(c->src, i, &m, scratch);
		c->order[i] =
		    (struct place_in_time){ correct_time(c, m.t, m.place),
			    (uint32_t)i };
	}
	qsort(c->order, c->n, sizeof(*c->order), clock_compare_times);
	for (size_t i = 0; i < c->src->nstreams; i++) {
		struct capture_stream *s = &c->streams[i];

		*s = *c->src->stream(c->src->arg, i);
		s->first = correct_time(c, s->first, s->place);
		s->last = correct_time(c, s->last, s->place);
		s->icmp_first = correct_time(c, s->icmp_first, s->place);
		s->icmp_last = correct_time(c, s->icmp_last, s->place);
	}
	return scratch->err;
}

static void
get_corrected(
    void *arg, size_t i, struct capture_message *m, struct buf *scratch)
{
	const struct clocks *c = arg;

	capture_reader_get(c->src, c->order[i].at, m, scratch);
	m->t = c->order[i].t;
}

static void
look_corrected(void *arg, size_t i, struct capture_message *m)
{
	const struct clocks *c = arg;

	c->src->look(c->src->arg, c->order[i].at, m);
	m->t = c->order[i].t;
}

static const struct capture_stream *
corrected_stream(void *arg, size_t i)
{
	return &((const struct clocks *)arg)->streams[i];
}

struct capture_reader
clocks_reader(struct clocks *c)
{
	struct capture_reader r = *c->src;

	if (c->order == NULL)
		return r;
	r.arg = c;
	r.get = get_corrected;
	r.look = c->src->look != NULL ? look_corrected : NULL;
	r.stream = corrected_stream;
	r.remarks = c->remarks;
	return r;
}

/* ---- which points there are ---- */

static uint32_t
clock_read_place(const struct clocks *c, size_t i, struct buf *scratch)
{
	struct capture_message m;

	capture_reader_look(c->src, i, &m, scratch);
	return m.place;
}

/* Which points there are; messages alone count. */
static int
clock_count_places(
    struct clocks *c, bool *seen, size_t *nseen, struct buf *scratch)
{
	size_t n = c->src->count;

	*nseen = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t place = clock_read_place(c, i, scratch);

		if (scratch->err != 0)
			return scratch->err;
		if (place >= CLOCKS_PLACES || seen[place])
			continue;
		seen[place] = true;
		++*nseen;
		if (place >= c->nplaces)
			c->nplaces = place + 1;
	}
	return 0;
}

static int
find_offsets(struct clocks *c, const struct clocks_options *o, struct diag *d)
{
	bool seen[CLOCKS_PLACES] = { false }, any = false;
	LOCAL_BUF scratch = BUF_INIT;
	size_t nseen;
	int err = clock_count_places(c, seen, &nseen, &scratch);

	if (err == 0 && nseen > 1 && o->ngiven == 0)
		err = estimate_offsets(c, seen, &scratch);
	if (err == 0)
		err = set_given_offsets(c, o, &scratch, d);
	for (size_t i = 0; i < c->nplaces; i++)
		any |= c->of[i].ahead != 0;
	if (err == 0 && any)
		err = clock_put_in_order(c, &scratch);
	return err;
}

int
clocks_create(struct clocks **cp, const struct capture_reader *src,
    const struct clocks_options *o, struct diag *d)
{
	struct clocks *c = mem_zalloc(1, sizeof(*c));
	int err = c != NULL ? 0 : ERR_NOMEM;

	*cp = c;
	if (err == 0)
		c->src = src;
	if (err == 0 && !o->off && src->count < UINT32_MAX)
		err = find_offsets(c, o, d);
	if (err == 0)
		return 0;
	clocks_destroy(c);
	*cp = NULL;
	if (err != ERR_NOTFOUND)
		diag_fail(d, err);
	return err;
}
