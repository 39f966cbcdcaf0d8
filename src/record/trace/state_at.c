/*
 * The state at a position: making one, copying it, moving it forward, looking
 * at it; and the network in it. What each record does to it is in
 * trace/state_at_step.c.
 */
#include "trace/state_at.h"

#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "base/ref.h"
#include "trace/state_at_in.h"

struct crash_entry {
	struct state_at_key key;
	struct state_at_crash v;
};

struct move_entry {
	struct state_at_key key;
	struct state_at_move v;
};

struct link_entry {
	struct state_at_key key;
	struct state_at_link v;
};

static const size_t entry_sizes[NTABLES] = {
	[TRANSACTIONS] = sizeof(struct transaction_entry),
	[DIALOGS] = sizeof(struct dialog_entry),
	[CALLS] = sizeof(struct call_entry),
	[BINDINGS] = sizeof(struct binding_entry),
	[TIMERS] = sizeof(struct timer_entry),
	[BOARDS] = sizeof(struct board_entry),
	[CRASHES] = sizeof(struct crash_entry),
	[MOVES] = sizeof(struct move_entry),
	[LINKS] = sizeof(struct link_entry),
	[MEDIA] = sizeof(struct media_entry),
	[SOURCES] = sizeof(struct source_entry),
};

static void
pool_destroy(void *pool)
{
	map_destroy(((struct pool *)pool)->texts);
}

struct str
state_at_keep_text(struct state_at *f, struct str s)
{
	struct str kept;

	map_keep(f->pool->texts, s, &kept);
	return kept;
}

int
state_at_create(struct state_at **fp)
{
	struct state_at *f = mem_zalloc(1, sizeof(*f));

	*fp = NULL;
	if (f == NULL)
		return ERR_NOMEM;
	f->pool = ref_alloc(sizeof(*f->pool), pool_destroy);
	if (f->pool == NULL || map_create(&f->pool->texts) != 0) {
		state_at_destroy(f);
		return ERR_NOMEM;
	}
	*fp = f;
	return 0;
}

void
state_at_destroy(struct state_at *f)
{
	if (f == NULL)
		return;
	for (int i = 0; i < NTABLES; i++)
		state_at_table_free(&f->tables[i]);
	ref_drop(f->pool);
	mem_free(f->counts);
	buf_free(&f->scratch);
	mem_free(f);
}

int
state_at_copy(struct state_at **copy, const struct state_at *from, bool bare)
{
	struct state_at *f = mem_zalloc(1, sizeof(*f));
	int err = 0;

	*copy = NULL;
	if (f == NULL)
		return ERR_NOMEM;
	f->trace = from->trace;
	f->position = from->position;
	f->mended = from->mended;
	f->total = from->total;
	f->pool = ref_keep(from->pool);
	if (f->trace == NULL) {
		*copy = f;
		return 0;
	}
	f->ncounts = from->ncounts;
	f->counts = mem_realloc_array(NULL, f->ncounts, sizeof(*f->counts));
	if (f->counts == NULL)
		err = ERR_NOMEM;
	else
		memcpy(
		    f->counts, from->counts, f->ncounts * sizeof(*f->counts));
	for (int i = 0; i < NTABLES && err == 0; i++)
		err =
		    state_at_table_clone(&f->tables[i], &from->tables[i], bare);
	if (err != 0) {
		state_at_destroy(f);
		return err;
	}
	*copy = f;
	return 0;
}

int
state_at_clone(struct state_at **copy, const struct state_at *f)
{
	return state_at_copy(copy, f, false);
}

void
state_at_watch(struct state_at *f, struct state_at_watch watch)
{
	f->watch = watch;
}

size_t
state_at_bytes(const struct state_at *f)
{
	size_t bytes = sizeof(*f) + f->ncounts * sizeof(*f->counts);

	for (int i = 0; i < NTABLES; i++)
		bytes += state_at_table_bytes(&f->tables[i]);
	return bytes;
}

size_t
state_at_shared_bytes(const struct state_at *f)
{
	return f->pool->bytes;
}

/* The first step: now the nodes are known. */
static int
state_at_begin(struct state_at *f, const struct trace *t)
{
	f->ncounts = trace_name_count(t) + 1;
	f->counts = mem_zalloc(f->ncounts, sizeof(*f->counts));
	if (f->counts == NULL)
		return ERR_NOMEM;
	for (int i = 0; i < NTABLES; i++) {
		int err = state_at_table_init(
		    &f->tables[i], entry_sizes[i], f->ncounts, &f->pool->bytes);

		if (err != 0)
			return err;
		f->tables[i].which = (unsigned)i;
		if (f->watch.fn != NULL && i < STATE_AT_KIND_COUNT)
			f->tables[i].watch = &f->watch;
	}
	f->trace = t;
	return 0;
}

/* The trace has grown and names more nodes than were known at first. */
static int
add_owners(struct state_at *f, size_t least)
{
	size_t n = f->ncounts + f->ncounts / 2;
	int err = 0;

	if (n < least)
		n = least;
	if (ARRAY_RESIZE(&f->counts, n) != 0)
		return ERR_NOMEM;
	memset(
	    f->counts + f->ncounts, 0, (n - f->ncounts) * sizeof(*f->counts));
	for (int i = 0; i < NTABLES && err == 0; i++)
		err = state_at_table_add_owners(&f->tables[i], n);
	f->ncounts = n;
	return err;
}

int
state_at_advance(struct state_at *f, const struct trace *t, uint64_t to_seq)
{
	int err = 0;

	if (to_seq < f->position || to_seq > trace_count(t))
		return ERR_RANGE;
	if (f->trace == NULL)
		err = state_at_begin(f, t);
	if (err == 0 && trace_name_count(t) >= f->ncounts)
		err = add_owners(f, trace_name_count(t) + 1);
	while (err == 0 && f->position < to_seq) {
		err = state_at_step(f, f->position + 1);
		f->position += err == 0;
	}
	return err;
}

uint64_t
state_at_position(const struct state_at *f)
{
	return f->position;
}

uint64_t
state_at_last_mending(const struct state_at *f)
{
	return f->mended;
}

uint32_t
state_at_hash_id(struct str id)
{
	return (uint32_t)(str_hash(id) >> 32);
}

/* E is NODE's: a name is the trace's own as a rule. */
static bool
state_at_is_of(const struct state_at_key *e, struct str node)
{
	return (e->a.p == node.p && e->a.n == node.n) || str_eq(e->a, node);
}

/* The next entry of NODE (of all, where its name is NULL). */
static const void *
state_at_next_of(
    const struct state_at *f, enum table which, struct str node, size_t *at)
{
	const struct state_at_key *e;

	do
		e = state_at_table_next(&f->tables[which], at);
	while (e != NULL && node.p != NULL && !state_at_is_of(e, node));
	return e;
}

/* clang-format off */
#define ACCESSOR(WHICH, noun)                                                  \
	const struct state_at_##noun *                                             \
	state_at_next_##noun(const struct state_at *f, struct str node, size_t *at)    \
	{                                                                      \
		const struct noun##_entry *e = state_at_next_of(f, WHICH, node, at);    \
                                                                               \
		return e != NULL ? &e->v : NULL;                               \
	}

ACCESSOR(TRANSACTIONS, transaction)
ACCESSOR(DIALOGS, dialog)
ACCESSOR(CALLS, call)
ACCESSOR(BINDINGS, binding)
ACCESSOR(TIMERS, timer)
ACCESSOR(CRASHES, crash)
ACCESSOR(MOVES, move)
ACCESSOR(LINKS, link)
ACCESSOR(MEDIA, media)
ACCESSOR(SOURCES, source)
/* clang-format on */

static const void *
state_at_find_in(const struct state_at *f, enum table which, struct str a,
    struct str b, struct str c)
{
	const struct state_at_key *e =
	    state_at_table_find(&f->tables[which], a, b, c);

	return e != NULL ? e + 1 : NULL;
}

const void *
state_at_find(const struct state_at *f, enum state_at_kind kind,
    const struct state_at_key *key, size_t *place)
{
	const struct state_at_key *e = state_at_table_find_place(
	    &f->tables[kind], key->a, key->b, key->c, place);

	return e != NULL ? e + 1 : NULL;
}

const struct state_at_transaction *
state_at_find_transaction(const struct state_at *f, struct str node,
    struct str machine, struct str id)
{
	return state_at_find_in(f, TRANSACTIONS, node, machine, id);
}

bool
state_at_owns_timer(
    const struct state_at_transaction *tr, const struct state_at_timer *timer)
{
	if (!str_eq(tr->node, timer->node) || !str_eq(tr->id, timer->id))
		return false;
	if (timer->machine.n > 0)
		return str_eq(tr->machine_name, timer->machine);
	return tr->machine == NULL ||
	       machine_find_timer(tr->machine, timer->name) != NULL;
}

const struct state_at_dialog *
state_at_find_dialog(const struct state_at *f, struct str node, struct str id)
{
	return state_at_find_in(f, DIALOGS, node, id, STR_NULL);
}

const struct state_at_call *
state_at_find_call(const struct state_at *f, struct str node, struct str id)
{
	return state_at_find_in(f, CALLS, node, id, STR_NULL);
}

const struct state_at_board *
state_at_find_board(const struct state_at *f, struct str node)
{
	return state_at_find_in(f, BOARDS, node, STR_NULL, STR_NULL);
}

/* Its number among the tables' owners, the network's where it is none. */
static size_t
state_at_owner_of(const struct state_at *f, struct str node)
{
	uint32_t number =
	    f->trace != NULL ? trace_find_name(f->trace, node) : TRACE_NO_NODE;

	return number < TRACE_NO_NODE ? (size_t)number + 1 : 0;
}

struct state_at_counts
state_at_count_all(const struct state_at *f, struct str node)
{
	size_t owner;

	if (node.p == NULL)
		return f->total;
	owner = state_at_owner_of(f, node);
	return owner > 0 && owner < f->ncounts ? f->counts[owner]
					       : (struct state_at_counts){ 0 };
}

size_t
state_at_count_machines(const struct state_at *f, struct str node)
{
	size_t owner = state_at_owner_of(f, node);

	return state_at_table_count(&f->tables[TRANSACTIONS], owner) +
	       state_at_table_count(&f->tables[DIALOGS], owner) +
	       state_at_table_count(&f->tables[CALLS], owner);
}

bool
state_at_timer_is_owned(
    const struct state_at *f, const struct state_at_timer *timer)
{
	const struct state_at_transaction *e;
	size_t at = 0;

	if (timer->kept)
		return true;
	if (timer->machine.n > 0)
		return state_at_find_transaction(
			   f, timer->node, timer->machine, timer->id) != NULL;
	if (state_at_find_call(f, timer->node, timer->id) != NULL ||
	    state_at_find_dialog(f, timer->node, timer->id) != NULL)
		return true;
	/* A trace from elsewhere names no machine. */
	while ((e = state_at_next_transaction(f, timer->node, &at)) != NULL)
		if (state_at_owns_timer(e, timer))
			return true;
	return false;
}

/* ---- the network in the state ---- */

/* Crash and restart of a node: docs/TRACE.md. */
int
state_at_host_turn(struct state_at *f, uint64_t seq, uint32_t owner, bool down)
{
	struct state_at_table *crashes = &f->tables[CRASHES];
	struct str node = trace_name(f->trace, owner - 1);
	struct crash_entry *e;
	bool made;

	if (!down) {
		f->mended = seq;
		return state_at_table_remove(crashes, node, STR_NULL, STR_NULL);
	}
	e = state_at_table_put(crashes, owner, node, STR_NULL, STR_NULL, &made);
	if (e == NULL)
		return ERR_NOMEM;
	e->v = (struct state_at_crash){ .node = node, .by = seq };
	return 0;
}

/* `set` of a node's address: docs/TRACE.md. */
int
state_at_host_set(
    struct state_at *f, uint64_t seq, uint32_t owner, struct json_value args)
{
	struct str node = trace_name(f->trace, owner - 1), addr = STR_NULL;
	struct move_entry *e;
	bool made;

	if (args.type != JSON_OBJECT ||
	    json_member(args, "addr").type != JSON_STRING)
		return 0;
	if (state_at_text(f, json_member(args, "addr"), &addr) != 0)
		return ERR_NOMEM;
	e = state_at_table_put(
	    &f->tables[MOVES], owner, node, STR_NULL, STR_NULL, &made);
	if (e == NULL)
		return ERR_NOMEM;
	e->v = (struct state_at_move){ .node = node, .addr = addr, .act = seq };
	return 0;
}

/* The state of the link NAME, to be written to; *L is NULL where NAME is no
 * link's.  0 or ERR_NOMEM. */
static int
find_link(struct state_at *f, struct str name, struct state_at_link **l)
{
	struct link_entry *e;
	uint32_t a, b;
	bool made;

	*l = NULL;
	if (!trace_find_ends(f->trace, name, &a, &b))
		return 0;
	/* Either way round it is the same link; it is the network's. */
	e = state_at_table_put(&f->tables[LINKS], 0,
	    trace_name(f->trace, a < b ? a : b),
	    trace_name(f->trace, a < b ? b : a), STR_NULL, &made);
	if (e == NULL)
		return ERR_NOMEM;
	e->v.a = a < b ? a : b;
	e->v.b = a < b ? b : a;
	*l = &e->v;
	return 0;
}

static void
set_link(struct state_at_link *l, struct json_value args)
{
	struct str text;

	if (args.type != JSON_OBJECT)
		return;
	if (json_plain(json_member(args, "loss"), &text) == 0) {
		l->loss =
		    str_is(text, "0") || str_is(text, "0%") ? STR_NULL : text;
		l->loss_set = true;
	}
	if (json_plain(json_member(args, "delay"), &text) == 0 &&
	    param_time(text, &l->delay) == 0)
		l->delay_set = true;
}

/* `down`, `up` and `set` of a link: docs/TRACE.md. */
int
state_at_link_act(struct state_at *f, uint64_t seq, struct str name,
    struct str verb, struct json_value args)
{
	struct state_at_link *l;
	int err = find_link(f, name, &l);

	if (err != 0 || l == NULL)
		return err;
	if (str_is(verb, "set")) {
		set_link(l, args);
	} else if (str_is(verb, "down") || str_is(verb, "up")) {
		l->down = str_is(verb, "down");
		l->turned = seq;
		f->mended = l->down ? f->mended : seq;
	}
	return 0;
}

int
state_at_link_lose(struct state_at *f, struct str name)
{
	struct state_at_link *l;
	int err = find_link(f, name, &l);

	if (l != NULL)
		l->lost++;
	return err;
}
