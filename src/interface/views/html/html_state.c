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
#include "story/hearing.h"
#include "trace/fold.h"
#include "views/html/html_in.h"
#include "words/hearing_doc.h"
#include "words/state_words.h"

#include <stdlib.h>

struct entry {
	uint64_t begun; /* the how-many-th beginning of all was its last */
	uint32_t seen;  /* the last look that found it */
	bool on;
};

#define NO_ENTRY SIZE_MAX

/* What lives in the fold, and the entry that it is in. */
struct thing {
	struct fold_key key;
	enum fold_kind kind;
	uint64_t order; /* among those of its kind; 0: it is gone */
	size_t entry;   /* or NO_ENTRY */
	bool touched;   /* since the last look */
};

struct states {
	struct html *h;
	struct fold *f;
	struct map *places; /* of entries, by what they are of and since */
	struct map *things; /* by their keys */
	struct thing **touched;
	size_t ntouched, touched_cap;
	struct entry *entries;
	/* The live entries of things that the fold does not report; the
	 * entries that end now. */
	size_t *on, *ended;
	size_t n, cap, non, nended;
	uint64_t begun, order; /* so far */
	uint32_t look;
	struct buf lives, turn;
	struct hearings hearings; /* as the last record has left them */
};

#define HEARINGS_MOST 100

/* An entry as it will be written. */
struct life {
	enum fold_kind group;
	struct str node, id; /* what it is of, among those of its group … */
	uint64_t variant;    /* … and this */
	uint64_t last;
	int64_t since, due;
	size_t place; /* of its entry; or NO_ENTRY */
	struct buf name, state, about, owner, owns;
};

/* The common members of all entries of the fold. */
#define LIFE(of, entry)                                                      \
	{                                                                    \
		.group = (of), .node = (entry)->node, .last = (entry)->last, \
		.since = (entry)->since, .due = -1                           \
	}

/* Writes a new entry, whose words are there, and frees it. */
static void
put_life(struct states *s, struct life *e)
{
	struct html *h = s->h;
	struct buf *const words[] = { &e->name, &e->state, &e->about, &e->owns,
		&e->owner };
	size_t place[COUNT_OF(words)];

	/* One after the other: their places depend on the order. */
	for (size_t i = 0; i < COUNT_OF(words); i++)
		place[i] = html_text(h, buf_view(words[i]));
	buf_printf(&s->lives, "%s[%zu,%d,%zu,%zu,%lld,%lld,%llu,%zu,%zu,%zu]",
	    s->n > 1 ? ",\n" : "", html_column(h, e->node), (int)e->group,
	    place[0], place[1], (long long)e->since, (long long)e->due,
	    (unsigned long long)e->last, place[2], place[3], place[4]);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		buf_end(words[i], &h->out->err);
}

/* Room for one entry more. */
static bool
make_room_for_entry(struct states *s)
{
	size_t cap = s->cap, cap_on = s->cap;

	return ARRAY_ROOM(&s->entries, &cap, s->n + 1) == 0 &&
	       ARRAY_ROOM(&s->on, &cap_on, s->n + 1) == 0 &&
	       ARRAY_ROOM(&s->ended, &s->cap, s->n + 1) == 0;
}

/* The place of the entry with KEY, made where there is none; *FRESH says so. */
static bool
page_state_find_entry(
    struct states *s, struct str key, size_t *place, bool *fresh)
{
	uintptr_t there = (uintptr_t)map_get(s->places, key);

	*fresh = there == 0;
	*place = there == 0 ? s->n : there - 1;
	if (there != 0)
		return true;
	if (!make_room_for_entry(s) ||
	    map_put(s->places, key, (void *)(uintptr_t)(s->n + 1)) != 0) {
		s->h->out->err = ERR_NOMEM;
		return false;
	}
	s->entries[s->n++] = (struct entry){ 0 };
	return true;
}

/* Something lives.  True where it is new and its words are wanted. */
static bool
begins_to_live(struct states *s, struct life *e)
{
	const uint64_t key[] = { (uint64_t)e->group, e->variant, e->last,
		str_hash(e->node), str_hash(e->id) };
	bool fresh;
	size_t place;

	e->place = NO_ENTRY;
	if (s->h->out->err != 0 || html_column(s->h, e->node) == LAYOUT_NONE ||
	    !page_state_find_entry(s,
		(struct str){ (const char *)key, sizeof(key) }, &place, &fresh))
		return false;
	e->place = place;
	s->entries[place].seen = s->look;
	if (!s->entries[place].on) {
		s->entries[place].on = true;
		s->entries[place].begun = ++s->begun;
		buf_printf(&s->turn, ",%zu", place);
	}
	return fresh;
}

/* The same of things that are looked at each time. */
static bool
page_state_goes_on(struct states *s, struct life *e)
{
	uint64_t begun = s->begun;
	bool fresh = begins_to_live(s, e);

	if (s->begun > begun)
		s->on[s->non++] = e->place;
	return fresh;
}

/* What TR's last record tells beside its state, behind E's words. */
static void
page_state_put_told(
    struct states *s, const struct fold_transaction *tr, struct life *e)
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

static size_t
look_at_transaction(struct states *s, const void *entry)
{
	const struct fold_transaction *v = entry;
	struct life e = LIFE(FOLD_TRANSACTION, v);
	const struct machine_state *state;

	e.id = v->id;
	e.variant = str_hash(v->machine_name);
	if (!begins_to_live(s, &e))
		return e.place;
	buf_str(&e.name, machine_words(v->machine_name));
	buf_str(&e.state, state_name(v->state));
	state = v->machine != NULL ? machine_find_state(v->machine, v->state)
				   : NULL;
	if (state != NULL && state->text != NULL)
		buf_puts(&e.about, i18n_text(state->text));
	page_state_put_told(s, v, &e);
	buf_printf(
	    &e.owns, "%.*s %.*s", STR_ARG(v->machine_name), STR_ARG(v->id));
	put_life(s, &e);
	return e.place;
}

static size_t
look_at_timer(struct states *s, const void *entry)
{
	const struct fold_timer *v = entry;
	struct life e = LIFE(FOLD_TIMER, v);
	const struct machine *m;
	const struct machine_timer *clock;

	e.id = v->id;
	e.due = v->due;
	e.variant = str_hash(v->name) ^ str_hash(v->machine) << 1;
	if (!begins_to_live(s, &e))
		return e.place;
	timer_put_short(&e.name, v->name);
	m = machine_find(v->machine);
	clock = m != NULL ? machine_find_timer(m, v->name) : NULL;
	if (clock != NULL && clock->text != NULL)
		buf_puts(&e.about, i18n_text(clock->text));
	buf_printf(&e.owner, "%.*s%s%.*s", STR_ARG(v->machine),
	    v->machine.n > 0 ? " " : "", STR_ARG(v->id));
	put_life(s, &e);
	return e.place;
}

static size_t
look_at_call(struct states *s, const void *entry)
{
	const struct fold_call *v = entry;
	struct life e = LIFE(FOLD_CALL, v);
	const char *waits = state_call_waits(s->f, v);

	e.variant = waits != NULL;
	e.id = v->id;
	if (!begins_to_live(s, &e))
		return e.place;
	/* TRANSLATORS: "call c1" */
	buf_printf(&e.name, _("call %.*s"), STR_ARG(v->id));
	buf_str(&e.state, v->state);
	buf_str(&e.about, v->peer);
	if (waits != NULL)
		buf_printf(&e.about, "%s%s", e.about.n > 0 ? " · " : "", waits);
	buf_str(&e.owns, v->id);
	put_life(s, &e);
	return e.place;
}

/* Hearing stands with the calls. */
static void
look_at_hearings(struct states *s)
{
	for (size_t i = 0; i < s->hearings.n; i++) {
		const struct hearing *v = &s->hearings.list[i];
		struct life e = { .group = FOLD_CALL,
			.node = v->listener,
			.id = v->call,
			.last = v->decides,
			.since = v->since,
			.due = -1 };

		hearing_put_sentence(v, &e.about);
		e.variant = str_hash(buf_view(&e.about));
		if (!page_state_goes_on(s, &e)) {
			buf_end(&e.about, &s->h->out->err);
			continue;
		}
		/* TRANSLATORS: of media: a kind, and whose */
		buf_printf(&e.name, _("%.*s of %.*s"), STR_ARG(v->type),
		    STR_ARG(v->speaker.n > 0 ? v->speaker : STR("?")));
		buf_puts(&e.state, hearing_word(v->state));
		put_life(s, &e);
	}
}

/* Streams that are of no call which lives at their node. */
static void
page_state_look_at_streams(struct states *s)
{
	const struct fold_media *v;
	size_t at = 0;

	while ((v = fold_next_media(s->f, STR_NULL, &at)) != NULL) {
		struct life e = { .group = FOLD_CALL,
			.node = v->node,
			.id = v->call,
			.last = state_stream_record(v),
			.since = v->since,
			.due = -1 };
		const char *state;

		if (fold_find_call(s->f, v->node, v->call) != NULL)
			continue;
		state = state_stream_word(s->f, v);
		e.variant = str_hash(v->type) ^ str_hash(str_of(state));
		if (!page_state_goes_on(s, &e))
			continue;
		/* TRANSLATORS: of media: a kind, and whose */
		buf_printf(&e.name, _("%.*s of %.*s"), STR_ARG(v->type),
		    STR_ARG(v->call));
		buf_puts(&e.state, state);
		state_put_stream(&e.about, v);
		put_life(s, &e);
	}
}

static size_t
look_at_dialog(struct states *s, const void *entry)
{
	const struct fold_dialog *v = entry;
	struct life e = LIFE(FOLD_DIALOG, v);
	struct str rest = v->routes;

	e.id = v->id;
	if (!begins_to_live(s, &e))
		return e.place;
	buf_puts(&e.name, _("dialog"));
	buf_str(&e.state, v->state);
	buf_printf(&e.about, _("local tag %.*s, remote tag %.*s"),
	    STR_ARG(v->local_tag), STR_ARG(v->remote_tag));
	if (v->target.n > 0)
		buf_printf(
		    &e.about, "\n%s %.*s", _("target"), STR_ARG(v->target));
	for (int i = 0; rest.n > 0 && i < 8; i++) {
		struct str one = str_cut(rest, '\n', &rest);

		buf_printf(&e.about, "\n%s %.*s", _("route"), STR_ARG(one));
	}
	put_life(s, &e);
	return e.place;
}

static size_t
look_at_binding(struct states *s, const void *entry)
{
	const struct fold_binding *v = entry;
	struct life e = LIFE(FOLD_BINDING, v);
	LOCAL_BUF key = BUF_INIT;

	buf_printf(&key, "%.*s %.*s", STR_ARG(v->aor), STR_ARG(v->contact));
	e.id = buf_view(&key);
	if (key.err != 0)
		s->h->out->err = key.err;
	e.due = v->expires;
	if (!begins_to_live(s, &e))
		return e.place;
	buf_str(&e.name, v->aor);
	buf_str(&e.about, v->contact);
	put_life(s, &e);
	return e.place;
}

/* ---- what has changed ---- */

struct thing_key {
	uint64_t parts[4];
};

static struct thing_key
page_state_key_of(enum fold_kind kind, struct str a, struct str b, struct str c)
{
	return (struct thing_key){ { kind, str_hash(a), str_hash(b),
	    str_hash(c) } };
}

static struct thing *
page_state_find_thing(struct states *s, const struct thing_key *key)
{
	return map_get(
	    s->things, (struct str){ (const char *)key, sizeof(*key) });
}

static void
page_state_touch(struct states *s, struct thing *t)
{
	if (t == NULL || t->touched)
		return;
	if (ARRAY_ROOM(&s->touched, &s->touched_cap, s->ntouched + 1) != 0) {
		s->h->out->err = ERR_NOMEM;
		return;
	}
	t->touched = true;
	s->touched[s->ntouched++] = t;
}

/* The thing with the key E, made where there is none; NULL: no memory. */
static struct thing *
page_state_make_thing(
    struct states *s, enum fold_kind kind, const struct fold_key *e)
{
	struct thing_key key = page_state_key_of(kind, e->a, e->b, e->c);
	struct thing *t = page_state_find_thing(s, &key);

	if (t != NULL)
		return t;
	t = mem_zalloc(1, sizeof(*t));
	if (t == NULL ||
	    map_put(s->things, (struct str){ (char *)&key, sizeof(key) }, t) !=
		0) {
		mem_free(t);
		s->h->out->err = ERR_NOMEM;
		return NULL;
	}
	t->key = *e;
	t->kind = kind;
	t->entry = NO_ENTRY;
	return t;
}

static void
page_state_hear(unsigned which, const struct fold_key *e, bool gone, void *arg)
{
	struct states *s = arg;
	struct thing *t = page_state_make_thing(s, which, e);
	struct thing_key call;

	if (t != NULL && (gone || t->order == 0))
		t->order = gone ? 0 : ++s->order;
	page_state_touch(s, t);
	/* state_call_waits tells it of the call. */
	if (which != FOLD_TRANSACTION || !str_is(e->b, "subscription"))
		return;
	call = page_state_key_of(FOLD_CALL, e->a, e->c, STR_NULL);
	page_state_touch(s, page_state_find_thing(s, &call));
}

static void
page_state_look_at_thing(struct states *s, struct thing *t)
{
	static size_t (*const looks[FOLD_KIND_COUNT])(
	    struct states *, const void *) = {
		[FOLD_CALL] = look_at_call,
		[FOLD_DIALOG] = look_at_dialog,
		[FOLD_TRANSACTION] = look_at_transaction,
		[FOLD_TIMER] = look_at_timer,
		[FOLD_BINDING] = look_at_binding,
	};
	const void *v = fold_find(s->f, t->kind, &t->key);
	size_t place = v != NULL ? looks[t->kind](s, v) : NO_ENTRY;
	struct thing_key key;

	if (t->entry != NO_ENTRY && t->entry != place)
		s->ended[s->nended++] = t->entry;
	t->entry = place;
	t->touched = false;
	if (v != NULL)
		return;
	key = page_state_key_of(t->kind, t->key.a, t->key.b, t->key.c);
	mem_free(
	    map_remove(s->things, (struct str){ (char *)&key, sizeof(key) }));
}

/* As a walk through all that lives would come upon them. */
static int
page_state_by_order(const void *a, const void *b)
{
	const struct thing *x = *(struct thing *const *)a;
	const struct thing *y = *(struct thing *const *)b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static int
page_state_by_begun(const void *a, const void *b, void *arg)
{
	const struct entry *entries = arg;
	uint64_t x = entries[*(const size_t *)a].begun;
	uint64_t y = entries[*(const size_t *)b].begun;

	return x < y ? -1 : x > y;
}

/* What lived does so no longer. */
static void
page_state_end_others(struct states *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->non; i++)
		if (s->entries[s->on[i]].seen == s->look)
			s->on[kept++] = s->on[i];
		else
			s->ended[s->nended++] = s->on[i];
	s->non = kept;
	if (s->nended > 1)
		qsort_r(s->ended, s->nended, sizeof(*s->ended),
		    page_state_by_begun, s->entries);
	for (size_t i = 0; i < s->nended; i++) {
		s->entries[s->ended[i]].on = false;
		buf_printf(&s->turn, ",%zu", s->ended[i]);
	}
	s->nended = 0;
}

/* What begins and ends with SEQ, the state before which is known. */
static void
page_state_look_at_record(struct states *s, uint64_t seq)
{
	size_t i = 0;

	s->look++;
	buf_clear(&s->turn);
	if (s->ntouched > 1)
		qsort(s->touched, s->ntouched, sizeof(*s->touched),
		    page_state_by_order);
	while (i < s->ntouched && s->touched[i]->kind == FOLD_CALL)
		page_state_look_at_thing(s, s->touched[i++]);
	look_at_hearings(s);
	page_state_look_at_streams(s);
	while (i < s->ntouched)
		page_state_look_at_thing(s, s->touched[i++]);
	s->ntouched = 0;
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
		err = fold_advance(s->f, s->h->t, seq);
		if (err == 0 && media)
			err = hearings_read(&s->hearings, s->h->t, s->f,
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

	if (fold_create(&s.f) != 0 || map_create(&s.places) != 0 ||
	    map_create(&s.things) != 0) {
		h->out->err = ERR_NOMEM;
	} else {
		fold_watch(s.f, (struct fold_watch){ page_state_hear, &s });
		buf_puts(h->out, "\"turns\":[");
		look_at_all(&s);
		/* None ends the list, so that each has its comma. */
		buf_puts(h->out, "[0]],\n\"lives\":[");
		buf_str(h->out, buf_view(&s.lives));
		buf_puts(h->out, "],\n");
	}
	fold_destroy(s.f);
	hearings_free(&s.hearings);
	map_destroy(s.places);
	map_destroy_all(s.things);
	mem_free(s.touched);
	mem_free(s.entries);
	mem_free(s.ended);
	mem_free(s.on);
	buf_free(&s.lives);
	buf_free(&s.turn);
}
