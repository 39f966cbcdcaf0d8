/* A trace told while its capture grows; see inference/live.h. */
#include "inference/live.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "packets/index.h"
#include "inference/trace_in.h"

/* All is looked at again when one part in so many has come since, and more than
 * a few. */
#define GROWN 8
#define FEW   16

/* A stream's begin or end, or a remark, that was told. */
struct told_side {
	uint64_t facts; /* hash */
	uint32_t at;    /* its place among those of one time */
};

struct live {
	struct capture *c;
	struct capture_trace_options o;
	const struct clocks_options *clocks_options;
	const struct live_ops *ops;
	void *arg;

	struct capture_reader raw, reader; /* of C; with corrected times */
	struct clocks *clocks;
	uint64_t corrected; /* hash of the order of what was taken */
	bool places[CLOCKS_PLACES];
	size_t nplaces, placed; /* points; messages that were looked at */

	struct correlation *co;
	struct making k;
	bool making;
	struct told_side *sides;
	size_t nsides, sides_cap;

	size_t looked; /* what had come when all was looked at last */
	size_t headed; /* … and the head, with so many names */
	size_t named;
	bool amended; /* something told is wrong */
	bool waits;   /* more has come than was looked at */

	/* Hashes of the lines of the records that stand. */
	uint64_t *lines;
	size_t nlines, lines_cap;
	size_t next; /* the record that is made next, from 0 */
	struct buf head;
	uint64_t head_hash;
	uint64_t told, anew, retold;
};

/* ---- telling ---- */

static int
retell_from(struct live *l, size_t n)
{
	l->nlines = n;
	l->retold++;
	return l->ops->retell(n + 1, l->arg);
}

/* A trace_sink_fn, ARG a struct live: what stands is passed over. */
static int
tell_line(const char *line, size_t n, void *arg)
{
	struct live *l = arg;
	uint64_t hash = index_hash_message((struct str){ line, n });
	int err = 0;

	if (l->next < l->nlines && l->lines[l->next] == hash) {
		l->next++;
		return 0;
	}
	if (l->next < l->nlines)
		err = retell_from(l, l->next);
	if (err == 0)
		err = ARRAY_ROOM(&l->lines, &l->lines_cap, l->nlines + 1);
	if (err != 0)
		return err;
	l->lines[l->nlines++] = hash;
	l->next = l->nlines;
	l->told++;
	return l->ops->record((struct str){ line, n }, l->arg);
}

static int
live_capture_tell_head(struct live *l)
{
	uint64_t hash;
	int err;

	buf_clear(&l->head);
	err = making_put_head(&l->k, &l->head);
	buf_putc(&l->head, '\n');
	if (err != 0 || l->head.err != 0)
		return ERR_NOMEM;
	hash = index_hash_message(buf_view(&l->head));
	if (hash == l->head_hash)
		return 0;
	l->head_hash = hash;
	return l->ops->head(buf_view(&l->head), l->arg);
}

/* ---- records without messages: media and remarks ---- */

static uint64_t
hash_texts(const struct media_stream *m)
{
	return str_hash(str_of(m->codec)) * 31 + str_hash(str_of(m->formats));
}

static uint64_t
hash_addr(const struct addr *a)
{
	struct addr_key k = key_of_addr(a);

	return index_hash(&k, sizeof(k));
}

static uint64_t
facts_of_stream(const struct media_stream *m, bool ends)
{
	uint64_t facts[] = { hash_addr(&m->s->dst), m->s->ssrc,
		m->s->payload_type, m->node, m->to, m->message, hash_texts(m),
		hash_addr(&m->asked), (uint64_t)m->reason,
		ends ? m->s->packets : 0, ends ? m->s->lost : 0,
		hash_addr(&m->from), m->heard, ends ? m->reports : 0 };

	return index_hash(facts, sizeof(facts));
}

/* What the record of E would tell. */
static uint64_t
facts_of(const struct live *l, const struct trace_event *e)
{
	uint64_t facts[3] = { (uint64_t)e->t, (uint64_t)e->what };

	if (e->what == TRACE_LACKS)
		facts[2] =
		    (uint64_t)e->at << 32 |
		    correlation_node_at(l->co, &l->co->src->remarks[e->at].dst);
	else if (e->what == TRACE_SAYS || e->what == TRACE_HEARS)
		facts[2] = making_facts_of_other(&l->k, e);
	else if (e->what == TRACE_NOTES)
		facts[2] = making_facts_of_note(&l->k, e);
	else if (e->what == TRACE_PACKETS)
		facts[2] = e->at;
	else
		facts[2] =
		    facts_of_stream(&l->k.media[e->at], e->what != TRACE_FLOWS);
	return index_hash(facts, sizeof(facts));
}

/* All of them into the making's list, in order. */
static int
collect_sides(struct live *l)
{
	struct making *k = &l->k;
	int64_t t;
	int err;

	err = making_find_media(k, true);
	if (err == 0)
		err = making_collect_media(k);
	for (uint32_t i = 0; err == 0 && i < l->reader.nremarks; i++)
		if (making_has_remark(k, i, &t))
			err = making_add(
			    k, (struct trace_event){ t, i, TRACE_LACKS });
	if (err == 0)
		err = making_collect_others(k, NULL);
	if (err == 0)
		making_sort(k);
	return err;
}

static bool
is_told_so(const struct live *l, size_t i)
{
	const struct trace_event *e = &l->k.events[i];
	const struct told_side *s = &l->sides[i];

	return i < l->k.n && s->facts == facts_of(l, e) && s->at == e->at;
}

/* Leaves in the list those up to UNTIL that were not told. */
static int
choose_sides(struct live *l, int64_t until)
{
	struct making *k = &l->k;
	size_t n = 0;

	for (size_t i = 0; i < l->nsides; i++)
		l->amended |= !is_told_so(l, i);
	for (size_t i = l->nsides; i < k->n; i++)
		if (k->events[i].t <= until)
			k->events[n++] = k->events[i];
	k->n = n;
	return 0;
}

/* Remembers those of the list, which are told next. */
static int
note_sides(struct live *l)
{
	const struct trace_event *e = l->k.events;

	for (size_t i = 0; i < l->k.n; i++) {
		if (e[i].what == TRACE_LEAVES || e[i].what == TRACE_ARRIVES)
			continue;
		if (ARRAY_ROOM(&l->sides, &l->sides_cap, l->nsides + 1) != 0)
			return ERR_NOMEM;
		l->sides[l->nsides++] =
		    (struct told_side){ facts_of(l, &e[i]), e[i].at };
	}
	return 0;
}

static bool
has_sides(const struct live *l)
{
	return l->reader.nstreams > 0 || l->reader.nremarks > 0;
}

/* ---- records ---- */

/* Until when what has come is told. */
static int64_t
settled_until(const struct live *l)
{
	const struct correlation *co = l->co;
	int64_t until = co->now - LIVE_WAIT_NS;

	if (co->settled < co->n && co->m[co->settled].t <= until)
		until = co->m[co->settled].t - 1;
	return until;
}

/* No record was written that is later than the first of the list (records of
 * the same time stand as they did: is_told_so). */
static bool
follows_what_was_told(const struct live *l)
{
	return l->k.n == 0 || !l->k.told ||
	       making_compare(&l->k.events[0], &l->k.last) > 0;
}

static size_t
size_now(const struct live *l)
{
	return l->raw.count + l->raw.nstreams + l->raw.nremarks;
}

/* As far as it is worth it: a node that is new must be in it. */
static int
tell_head_before(struct live *l, bool all)
{
	size_t size = size_now(l);

	if (!all && l->named == l->k.names + l->k.nhosts &&
	    size < l->headed + l->headed / GROWN)
		return 0;
	l->headed = size;
	l->named = l->k.names + l->k.nhosts;
	return live_capture_tell_head(l);
}

static int
tell_until(struct live *l, int64_t until)
{
	struct making *k = &l->k;
	int err = 0;

	k->n = 0;
	if (has_sides(l)) {
		err = collect_sides(l);
		if (err == 0)
			err = choose_sides(l, until);
	}
	if (err == 0)
		err = making_collect(k, until);
	if (err != 0)
		return err;
	making_sort(k);
	l->amended |= !follows_what_was_told(l);
	if (l->amended)
		return 0;
	err = note_sides(l);
	if (err == 0 && (k->told || k->n > 0))
		err = tell_head_before(l, until == INT64_MAX);
	return err == 0 ? making_tell(k) : err;
}

static void
drop_making(struct live *l)
{
	if (l->making)
		making_free(&l->k);
	correlation_destroy(l->co);
	l->making = false;
	l->co = NULL;
	l->nsides = 0;
	l->next = 0;
}

static int
begin_making(struct live *l)
{
	int err = correlation_begin(&l->co, &l->reader, l->o.names);

	if (err != 0)
		return err;
	l->making = true;
	return making_begin(&l->k, l->co, &l->o, tell_line, l);
}

static int
take_and_tell(struct live *l, bool all)
{
	int err = 0;

	if (l->co == NULL)
		err = begin_making(l);
	if (err == 0)
		err = correlation_feed(l->co, all);
	if (err != 0)
		return err;
	l->amended |= l->co->amended;
	if (l->amended)
		return 0;
	return tell_until(l, all ? INT64_MAX : settled_until(l));
}

static int
take_anew(struct live *l, bool all)
{
	int err;

	drop_making(l);
	err = begin_making(l);
	return err == 0 ? correlation_feed(l->co, all) : err;
}

/* Everything from the beginning, at least as far as it was told. */
static int
amend(struct live *l, bool all)
{
	int64_t t = l->making && l->k.told ? l->k.last.t : INT64_MIN;
	int err = take_anew(l, all);

	l->anew++;
	l->amended = false;
	/* At once: in two steps the second might amend the first. */
	if (err == 0 && !all && t > settled_until(l))
		err = take_anew(l, all = true);
	if (err == 0)
		err = tell_until(l, all ? INT64_MAX : settled_until(l));
	if (err == 0 && l->next < l->nlines)
		err = retell_from(l, l->next);
	return err;
}

/* ---- capture points ---- */

static int
count_points(struct live *l)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct capture_message m;

	for (; l->placed < l->raw.count; l->placed++) {
		capture_reader_look(&l->raw, l->placed, &m, &scratch);
		if (m.place >= CLOCKS_PLACES || l->places[m.place])
			continue;
		l->places[m.place] = true;
		l->nplaces++;
	}
	return 0;
}

/* NULL: as they are. */
static bool
are_same(const struct clocks *a, const struct clocks *b)
{
	for (uint32_t i = 0; i < CLOCKS_PLACES; i++) {
		struct clock c = { 0 }, d = { 0 };

		if (a != NULL)
			c = clocks_of(a, i);
		if (b != NULL)
			d = clocks_of(b, i);
		if (c.ahead != d.ahead || (c.ahead != 0 && c.by != d.by))
			return false;
	}
	return true;
}

static uint64_t
hash_order(const struct capture_reader *r, size_t n)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct capture_message m;
	uint64_t hash = 0;

	for (size_t i = 0; i < n && i < r->count; i++) {
		capture_reader_look(r, i, &m, &scratch);
		hash = hash * 0x9e3779b97f4a7c15u + (uint64_t)m.t * 31 + m.hash;
	}
	return hash;
}

/* Sets the times right by what has come: where that moves what was told,
 * `amended`. */
static int
look_at_clocks(struct live *l, struct diag *d)
{
	struct clocks *clocks = NULL;
	bool corrects;
	size_t taken = l->co != NULL ? l->co->taken : 0;
	int err = clocks_create(&clocks, &l->raw, l->clocks_options, d);

	if (err != 0)
		return err;
	l->reader = clocks_reader(clocks);
	corrects = !are_same(clocks, NULL);
	if (taken > 0 &&
	    (!are_same(l->clocks, clocks) ||
		(corrects && hash_order(&l->reader, taken) != l->corrected)))
		l->amended = true;
	if (corrects)
		l->corrected = hash_order(&l->reader, l->reader.count);
	clocks_destroy(l->clocks);
	l->clocks = clocks;
	l->o.clocks = clocks;
	return 0;
}

/* ---- going on ---- */

/* Something is judged by all that has come. */
static bool
is_wary(const struct live *l)
{
	return l->nplaces > 1 || l->clocks_options->ngiven > 0 ||
	       has_sides(l) || l->amended || l->raw.nstreams > 0 ||
	       l->raw.nremarks > 0;
}

static int
live_capture_look(struct live *l, bool all, struct diag *d)
{
	bool clocks = l->nplaces > 1 || l->clocks_options->ngiven > 0;
	int err = 0;

	l->waits = false;
	l->looked = size_now(l);
	l->reader = l->raw;
	if (clocks)
		err = look_at_clocks(l, d);
	if (err == 0 && !l->amended)
		err = take_and_tell(l, all);
	if (err == 0 && l->amended)
		err = amend(l, all);
	return err;
}

static int
live_capture_go_on(struct live *l, bool all, struct diag *d)
{
	size_t size;
	bool grown;
	int err;

	if (capture_moved(l->c)) {
		l->amended = true;
		l->placed = 0;
	}
	l->raw = capture_reader_of(l->c);
	size = size_now(l);
	grown = size >= l->looked + l->looked / GROWN + FEW;
	if (l->raw.count == 0 || (is_wary(l) && !grown && !all)) {
		l->waits = true;
		return 0;
	}
	err = capture_settle(l->c);
	if (err != 0)
		return err;
	l->raw = capture_reader_of(l->c);
	err = count_points(l);
	if (err == 0 && is_wary(l) && !grown && !all) {
		l->waits = true;
		return 0;
	}
	if (err == 0 && !is_wary(l) && l->co != NULL &&
	    l->co->taken == l->raw.count && !all)
		return 0;
	return err == 0 ? live_capture_look(l, all, d) : err;
}

int
live_go_on(struct live *l, bool all, struct diag *d)
{
	unsigned long lacked = mem_failures();
	int err = live_capture_go_on(l, all, d);

	if (err == 0 && mem_failures() != lacked)
		err = ERR_NOMEM;
	return diag_fail(d, err);
}

int
live_end(struct live *l, struct diag *d)
{
	int err;

	if (capture_count(l->c) == 0)
		return 0;
	err = live_go_on(l, true, d);
	if (err == 0)
		err = making_end(&l->k);
	return diag_fail(d, err);
}

int
live_create(struct live **out, struct capture *c,
    const struct capture_trace_options *o, const struct clocks_options *clocks,
    const struct live_ops *ops, void *arg, struct diag *d)
{
	struct live *l = mem_zalloc(1, sizeof(*l));

	*out = l;
	if (l == NULL)
		return diag_fail(d, ERR_NOMEM);
	l->c = c;
	l->o = *o;
	l->o.calls = NULL;
	l->o.ncalls = 0;
	l->clocks_options = clocks;
	l->ops = ops;
	l->arg = arg;
	l->head = BUF_INIT;
	return 0;
}

void
live_destroy(struct live *l)
{
	if (l == NULL)
		return;
	drop_making(l);
	clocks_destroy(l->clocks);
	mem_free(l->sides);
	mem_free(l->lines);
	buf_free(&l->head);
	mem_free(l);
}

struct live_figures
live_figures(const struct live *l)
{
	return (struct live_figures){
		.records = l->nlines,
		.told = l->told,
		.amended = l->anew,
		.retold = l->retold,
		.behind = l->waits || l->amended,
	};
}
