/*
 * What lives at each record.  Every state that a transaction, dialog, call,
 * timer or binding is ever in has one entry in `lives`; `turns` names for a
 * record the entries that begin or end with it.  So one list is walked in both
 * directions, by turning entries on and off:
 *
 *	lives  [node, group, name, state, since, due, seq, about, id, owner]
 *	turns  [seq, entry, entry …]
 */
#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "follower/hearing.h"
#include "trace/state_at.h"
#include "views/html/html_in.h"
#include "words/hearing_doc.h"
#include "words/state_words.h"

#include <stdlib.h>

struct entry {
	uint64_t begun; /* its number among all beginnings so far */
	uint32_t seen;  /* the last look that found it */
	bool on;
};

/* What has been made, changed or removed in the state since the last look. */
struct change {
	struct state_at_key key;
	enum state_at_kind kind;
	const void *now; /* NULL: it is gone */
	size_t place;    /* in the order of its table */
};

struct states {
	struct html *h;
	struct state_at *state;
	struct map *places; /* of entries, by what they are of and since */
	struct map *now;    /* the same, by kind and key in the state */
	struct change *changes;
	size_t nchanges, changes_cap;
	struct entry *entries;
	size_t n, cap;
	/* Entries that end unless this look has seen them: hearings and
	 * streams, and what a change has replaced. */
	size_t *open;
	size_t nopen, open_cap;
	uint64_t begun; /* so far */
	uint32_t look;
	struct buf lives, turn;
	struct hearings hearings; /* as the last record has left them */
};

#define HEARINGS_MOST 100

/* An entry as it will be written. */
struct life {
	enum state_at_kind group;
	struct str node, id; /* what it is of, among those of its group … */
	uint64_t variant;    /* … and this */
	uint64_t last;
	int64_t since, due;
	bool unwatched; /* the state reports no change of it */
	struct buf name, state, about, owner, owns;
};

/* The common members of all entries of the state. */
#define LIFE(of, entry)                                                      \
	(struct life)                                                        \
	{                                                                    \
		.group = (of), .node = (entry)->node, .last = (entry)->last, \
		.since = (entry)->since, .due = -1                           \
	}

/* Writes an entry, whose words are there, where it is FRESH; frees it. */
static void
put_life(struct states *s, struct life *e, bool fresh)
{
	struct html *h = s->h;
	struct buf *const words[] = { &e->name, &e->state, &e->about, &e->owns,
		&e->owner };
	size_t place[COUNT_OF(words)];

	/* One after the other: their places depend on the order. */
	for (size_t i = 0; fresh && i < COUNT_OF(words); i++)
		place[i] = html_text(h, buf_view(words[i]));
	if (fresh)
		buf_printf(&s->lives,
		    "%s[%zu,%d,%zu,%zu,%lld,%lld,%llu,%zu,%zu,%zu]",
		    s->n > 1 ? ",\n" : "", html_column(h, e->node),
		    (int)e->group, place[0], place[1], (long long)e->since,
		    (long long)e->due, (unsigned long long)e->last, place[2],
		    place[3], place[4]);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		buf_end(words[i], &h->out->err);
}

static void
page_state_open(struct states *s, size_t place)
{
	if (ARRAY_ROOM(&s->open, &s->open_cap, s->nopen + 1) == 0)
		s->open[s->nopen++] = place;
	else
		s->h->out->err = ERR_NOMEM;
}

/* The place plus 1 of E's entry, made where there is none: then *FRESH.  0: it
 * is not shown, or there is no memory. */
static uintptr_t
begins_to_live(struct states *s, const struct life *e, bool *fresh)
{
	const uint64_t parts[] = { (uint64_t)e->group, e->variant, e->last,
		str_hash(e->node), str_hash(e->id) };
	const struct str key = { (const char *)parts, sizeof(parts) };
	uintptr_t place = (uintptr_t)map_get(s->places, key);
	struct entry *entry;

	*fresh = false;
	if (s->h->out->err != 0 || html_column(s->h, e->node) == LAYOUT_NONE)
		return 0;
	if (place == 0) {
		place = s->n + 1;
		if (ARRAY_ROOM(&s->entries, &s->cap, place) != 0 ||
		    map_put(s->places, key, (void *)place) != 0) {
			s->h->out->err = ERR_NOMEM;
			return 0;
		}
		s->entries[s->n++] = (struct entry){ 0 };
		*fresh = true;
	}
	entry = &s->entries[place - 1];
	entry->seen = s->look;
	if (!entry->on) {
		entry->on = true;
		entry->begun = ++s->begun;
		buf_printf(&s->turn, ",%zu", (size_t)place - 1);
		if (e->unwatched)
			page_state_open(s, place - 1);
	}
	return place;
}

/* What TR's last record tells beside its state, behind E's words. */
static void
page_state_put_told(
    struct states *s, const struct state_at_transaction *tr, struct life *e)
{
	struct buf scratch = BUF_INIT;
	struct str value;
	const char *label;
	size_t at = 0;

	while ((label = state_next_told(s->h->t, tr, &at, &value, &scratch)) !=
	       NULL)
		buf_printf(&e->about, "%s%s %.*s", e->about.n > 0 ? "\n" : "",
		    label, STR_ARG(value));
	buf_end(&scratch, &s->h->out->err);
}

static void
look_at_transaction(struct states *s, const void *entry, struct life *e)
{
	const struct state_at_transaction *v = entry;
	const struct machine_state *state;

	*e = LIFE(STATE_AT_TRANSACTION, v);
	e->id = v->id;
	e->variant = str_hash(v->machine_name);
	buf_str(&e->name, machine_words(v->machine_name));
	buf_str(&e->state, state_name(v->machine, v->state));
	state = v->machine != NULL ? machine_find_state(v->machine, v->state)
				   : NULL;
	if (state != NULL && state->text != NULL)
		buf_puts(&e->about, i18n_text(state->text));
	page_state_put_told(s, v, e);
	buf_printf(
	    &e->owns, "%.*s %.*s", STR_ARG(v->machine_name), STR_ARG(v->id));
}

static void
look_at_timer(struct states *s, const void *entry, struct life *e)
{
	const struct state_at_timer *v = entry;
	const struct machine *m;
	const struct machine_timer *clock;

	(void)s;
	*e = LIFE(STATE_AT_TIMER, v);
	e->id = v->id;
	e->due = v->due;
	e->variant = str_hash(v->name) ^ str_hash(v->machine) << 1;
	timer_put_short(&e->name, v->name);
	m = machine_find(v->machine);
	clock = m != NULL ? machine_find_timer(m, v->name) : NULL;
	if (clock != NULL && clock->text != NULL)
		buf_puts(&e->about, i18n_text(clock->text));
	buf_printf(&e->owner, "%.*s%s%.*s", STR_ARG(v->machine),
	    v->machine.n > 0 ? " " : "", STR_ARG(v->id));
}

static void
look_at_call(struct states *s, const void *entry, struct life *e)
{
	const struct state_at_call *v = entry;
	const char *waits = state_call_waits(s->state, v);

	*e = LIFE(STATE_AT_CALL, v);
	e->variant = waits != NULL;
	e->id = v->id;
	/* TRANSLATORS: "call c1" */
	buf_printf(&e->name, _("call %.*s"), STR_ARG(v->id));
	buf_str(&e->state, v->state);
	buf_str(&e->about, v->peer);
	if (waits != NULL)
		buf_printf(
		    &e->about, "%s%s", e->about.n > 0 ? " · " : "", waits);
	buf_str(&e->owns, v->id);
}

/* Hearing stands with the calls. */
static void
look_at_hearings(struct states *s)
{
	for (size_t i = 0; i < s->hearings.n; i++) {
		const struct hearing *v = &s->hearings.list[i];
		struct life e = { .group = STATE_AT_CALL,
			.node = v->listener,
			.id = v->call,
			.last = v->decides,
			.since = v->since,
			.due = -1,
			.unwatched = true };
		bool fresh;

		hearing_put_sentence(v, &e.about);
		e.variant = str_hash(buf_view(&e.about));
		/* TRANSLATORS: of media: a kind, and whose */
		buf_printf(&e.name, _("%.*s of %.*s"), STR_ARG(v->type),
		    STR_ARG(v->speaker.n > 0 ? v->speaker : STR("?")));
		buf_puts(&e.state, hearing_word(v->state));
		begins_to_live(s, &e, &fresh);
		put_life(s, &e, fresh);
	}
}

/* Streams that are of no call which lives at their node. */
static void
page_state_look_at_streams(struct states *s)
{
	const struct state_at_media *v;
	size_t at = 0;

	while ((v = state_at_next_media(s->state, STR_NULL, &at)) != NULL) {
		struct life e = { .group = STATE_AT_CALL,
			.node = v->node,
			.id = v->call,
			.last = state_stream_record(v),
			.since = v->since,
			.due = -1,
			.unwatched = true };
		const char *state;
		bool fresh;

		if (state_at_find_call(s->state, v->node, v->call) != NULL)
			continue;
		state = state_stream_word(s->state, v);
		e.variant = str_hash(v->type) ^ str_hash(str_of(state));
		begins_to_live(s, &e, &fresh);
		if (!fresh)
			continue;
		/* TRANSLATORS: of media: a kind, and whose */
		buf_printf(&e.name, _("%.*s of %.*s"), STR_ARG(v->type),
		    STR_ARG(v->call));
		buf_puts(&e.state, state);
		state_put_stream(&e.about, v);
		put_life(s, &e, fresh);
	}
}

static void
look_at_dialog(struct states *s, const void *entry, struct life *e)
{
	const struct state_at_dialog *v = entry;
	struct str rest = v->routes;

	(void)s;
	*e = LIFE(STATE_AT_DIALOG, v);
	e->id = v->id;
	buf_puts(&e->name, _("dialog"));
	buf_str(&e->state, v->state);
	buf_printf(&e->about, _("local tag %.*s, remote tag %.*s"),
	    STR_ARG(v->local_tag), STR_ARG(v->remote_tag));
	if (v->target.n > 0)
		buf_printf(
		    &e->about, "\n%s %.*s", _("target"), STR_ARG(v->target));
	for (int i = 0; rest.n > 0 && i < 8; i++) {
		struct str one = str_cut(rest, '\n', &rest);

		buf_printf(&e->about, "\n%s %.*s", _("route"), STR_ARG(one));
	}
}

static void
look_at_binding(struct states *s, const void *entry, struct life *e)
{
	const struct state_at_binding *v = entry;

	(void)s;
	*e = LIFE(STATE_AT_BINDING, v);
	e->id = v->aor;
	e->variant = str_hash(v->contact);
	e->due = v->expires;
	buf_str(&e->name, v->aor);
	buf_str(&e->about, v->contact);
}

/* ---- what has changed ---- */

static void
page_state_hear(unsigned which, const struct state_at_key *e, void *arg)
{
	struct states *s = arg;

	if (ARRAY_ROOM(&s->changes, &s->changes_cap, s->nchanges + 1) == 0)
		s->changes[s->nchanges++] =
		    (struct change){ .key = *e, .kind = which };
	else
		s->h->out->err = ERR_NOMEM;
	/* What a call waits for may be a subscription (state_call_waits). */
	if (which == STATE_AT_TRANSACTION && str_is(e->b, "subscription"))
		page_state_hear(STATE_AT_CALL,
		    &(struct state_at_key){ .a = e->a, .b = e->c }, arg);
}

static void
page_state_look_at_change(struct states *s, const struct change *c)
{
	static void (*const looks[STATE_AT_KIND_COUNT])(
	    struct states *, const void *, struct life *) = {
		[STATE_AT_CALL] = look_at_call,
		[STATE_AT_DIALOG] = look_at_dialog,
		[STATE_AT_TRANSACTION] = look_at_transaction,
		[STATE_AT_TIMER] = look_at_timer,
		[STATE_AT_BINDING] = look_at_binding,
	};
	const uint64_t parts[] = { c->kind, str_hash(c->key.a),
		str_hash(c->key.b), str_hash(c->key.c) };
	const struct str key = { (const char *)parts, sizeof(parts) };
	uintptr_t was = (uintptr_t)map_get(s->now, key), place = 0;
	struct life e;
	bool fresh;

	if (c->now != NULL) {
		looks[c->kind](s, c->now, &e);
		place = begins_to_live(s, &e, &fresh);
		put_life(s, &e, fresh);
	}
	if (was == place)
		return;
	if (was != 0)
		page_state_open(s, was - 1);
	if (place == 0)
		map_remove(s->now, key);
	else if (map_put(s->now, key, (void *)place) != 0)
		s->h->out->err = ERR_NOMEM;
}

/* As a walk through all that lives would come on them. */
static int
page_state_by_order(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static int
page_state_by_begun(const void *a, const void *b, void *arg)
{
	const struct entry *entries = arg;
	uint64_t x = entries[*(const size_t *)a].begun;
	uint64_t y = entries[*(const size_t *)b].begun;

	return x < y ? -1 : x > y;
}

/* What lived and is not seen any more ends, in the order of beginnings. */
static void
page_state_end_others(struct states *s)
{
	size_t kept = 0;

	if (s->nopen > 1)
		qsort_r(s->open, s->nopen, sizeof(*s->open),
		    page_state_by_begun, s->entries);
	for (size_t i = 0; i < s->nopen; i++) {
		struct entry *e = &s->entries[s->open[i]];

		if (e->seen == s->look) {
			s->open[kept++] = s->open[i];
			continue;
		}
		e->on = false;
		buf_printf(&s->turn, ",%zu", s->open[i]);
	}
	s->nopen = kept;
}

/* What begins and ends with SEQ, the state before which is known. */
static void
page_state_look_at_record(struct states *s, uint64_t seq)
{
	size_t i = 0;

	s->look++;
	buf_clear(&s->turn);
	for (struct change *c = s->changes; i < s->nchanges; i++, c++)
		c->now = state_at_find(s->state, c->kind, &c->key, &c->place);
	if (s->nchanges > 1)
		qsort(s->changes, s->nchanges, sizeof(*s->changes),
		    page_state_by_order);
	for (i = 0; i < s->nchanges && s->changes[i].kind == STATE_AT_CALL; i++)
		page_state_look_at_change(s, &s->changes[i]);
	look_at_hearings(s);
	page_state_look_at_streams(s);
	for (; i < s->nchanges; i++)
		page_state_look_at_change(s, &s->changes[i]);
	s->nchanges = 0;
	page_state_end_others(s);
	if (s->turn.n > 0) {
		buf_printf(s->h->out, "[%llu", (unsigned long long)seq);
		buf_str(s->h->out, buf_view(&s->turn));
		buf_puts(s->h->out, "],\n");
	}
}

/* Records of these kinds leave the state as it is. */
static bool
moves_state(enum trace_kind kind)
{
	return kind != TRACE_SEND && kind != TRACE_RECV &&
	       kind != TRACE_PACKET && kind != TRACE_ROUTE;
}

static void
look_at_all(struct states *s)
{
	bool moved = false, media = trace_first_of(s->h->t, TRACE_MEDIA) != 0;
	int err = 0;

	for (uint64_t seq = 1; seq <= trace_count(s->h->t) && err == 0; seq++) {
		moved = moved || moves_state(trace_kind_of(s->h->t, seq));
		if (!moved || !s->h->wanted[seq])
			continue;
		err = state_at_advance(s->state, s->h->t, seq);
		if (err == 0 && media)
			err = hearings_read(&s->hearings, s->h->t, s->state,
			    STR_NULL, HEARINGS_MOST);
		if (err == 0)
			page_state_look_at_record(s, seq);
		err = err != 0 ? err : s->h->out->err;
		moved = false;
	}
	if (err != 0 || s->lives.err != 0 || s->turn.err != 0)
		s->h->out->err = ERR_NOMEM;
}

void
html_state(struct html *h)
{
	struct states s = { .h = h };

	if (state_at_create(&s.state) != 0 || map_create(&s.places) != 0 ||
	    map_create(&s.now) != 0) {
		h->out->err = ERR_NOMEM;
	} else {
		state_at_watch(
		    s.state, (struct state_at_watch){ page_state_hear, &s });
		buf_puts(h->out, "\"turns\":[");
		look_at_all(&s);
		/* None ends the list, so that each has its comma. */
		buf_puts(h->out, "[0]],\n\"lives\":[");
		buf_str(h->out, buf_view(&s.lives));
		buf_puts(h->out, "],\n");
	}
	state_at_destroy(s.state);
	hearings_free(&s.hearings);
	map_destroy(s.places);
	map_destroy(s.now);
	mem_free(s.changes);
	mem_free(s.entries);
	mem_free(s.open);
	buf_free(&s.lives);
	buf_free(&s.turn);
}
