/*
 * Steps and timers of registrations and subscriptions; see infer_usage.h.
 */
#include "inference/infer_usage.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"

#define USAGE_KEY(key) \
	((struct str){ (const char *)(key), 4 * sizeof(uint32_t) })

void *
infer_usage_find(const struct infer *f, const uint32_t key[4])
{
	return map_get(f->usages, USAGE_KEY(key));
}

void *
infer_usage_new(struct infer *f, const uint32_t key[4], size_t size,
    const char *machine, uint32_t node, uint32_t call)
{
	struct infer_usage *u = f->err == 0 ? mem_zalloc(1, size) : NULL;

	if (u == NULL) {
		f->err = f->err != 0 ? f->err : ERR_NOMEM;
		return NULL;
	}
	u->m = machine_find(str_of(machine));
	u->state = u->m->start;
	u->node = node;
	u->call = call;
	f->err = map_put(f->usages, USAGE_KEY(key), u);
	if (f->err != 0) {
		mem_free(u);
		return NULL;
	}
	return u;
}

bool
infer_usage_is_in(const struct infer_usage *u, enum state_id state)
{
	return u->state == state;
}

/* ---- timers ---- */

static size_t
timer_place(const struct infer_usage *u, const char *name)
{
	size_t i = 0;

	while (i < u->m->ntimers && strcmp(u->m->timers[i].name, name) != 0)
		i++;
	return i < u->m->ntimers && i < INFER_USAGE_TIMERS ? i
							   : INFER_USAGE_TIMERS;
}

static uint64_t
write_usage_timer(struct infer *f, const struct infer_usage *u, size_t i,
    const char *op, int64_t t, uint64_t cause, int64_t length)
{
	const char *name = u->m->timers[i].name;
	const struct infer_timer it = { u->node, u->m, name,
		numbers_text(f->co->texts, u->id),
		machine_timer_rule(u->m, str_of(name)) };

	return infer_write_timer(f, &it, op, t, cause, length);
}

/* A later message of U's call shows that Timer N did not end U. */
static bool
is_contradicted(const struct infer *f, const struct infer_usage *u, size_t i)
{
	const struct correlation_call *c = &f->co->calls[u->call];

	return u->m->timers[i].event == EVENT_TIMER_N &&
	       f->co->m[c->last].t_last > u->due[i];
}

static void
timer_due(struct infer *f, int64_t due, void *of)
{
	struct infer_usage *u = of;

	for (size_t i = 0; i < u->m->ntimers && i < INFER_USAGE_TIMERS; i++) {
		enum event_id event = u->m->timers[i].event;
		uint64_t fired;

		if (u->set[i] == 0 || u->due[i] != due ||
		    is_contradicted(f, u, i))
			continue;
		if (machine_next(u->m, u->state, event) == NULL)
			continue;
		if (event == EVENT_TIMER_N)
			f->co->calls[u->call].silent = true;
		fired = write_usage_timer(f, u, i, "fire", due, u->set[i], -1);
		u->set[i] = 0;
		infer_usage_step(f, u, due, fired, event, 0);
	}
}

void
infer_usage_set(struct infer *f, struct infer_usage *u, const char *name,
    int64_t t, uint64_t cause, int64_t length)
{
	size_t i = timer_place(u, name);

	if (i == INFER_USAGE_TIMERS || f->err != 0)
		return;
	u->set[i] = write_usage_timer(f, u, i, "set", t, cause, length);
	u->due[i] = t + length;
	infer_wait(f, u->due[i], timer_due, u);
}

void
infer_usage_stop(struct infer *f, struct infer_usage *u, const char *name,
    int64_t t, uint64_t cause)
{
	size_t i = timer_place(u, name);

	if (i == INFER_USAGE_TIMERS || u->set[i] == 0)
		return;
	write_usage_timer(f, u, i, "stop", t, cause, -1);
	u->set[i] = 0;
}

/* ---- steps ---- */

uint64_t
infer_usage_step(struct infer *f, struct infer_usage *u, int64_t t,
    uint64_t cause, enum event_id event, unsigned status)
{
	const struct machine_edge *e =
	    infer_edge(u->m, u->state, event, status, false);
	uint64_t seq;

	if (e == NULL || f->err != 0)
		return cause;
	trace_open(
	    f->w, TRACE_FSM, t, f->co->nodes[u->node].name, cause, e->rule);
	trace_put_cstr(f->w, "machine", u->m->name);
	trace_put_str(f->w, "id", numbers_text(f->co->texts, u->id));
	trace_put_cstr(f->w, "from", state_word(e->from));
	trace_put_cstr(f->w, "to", state_word(e->to));
	trace_put_cstr(f->w, "event", event_word(e->event));
	if (u->put != NULL)
		u->put(f, u);
	trace_put_bool(f->w, "inferred", true);
	seq = trace_close(f->w);
	u->state = e->to;
	if (!machine_ends_in(u->m, u->state))
		return seq;
	/* docs/TRACE.md: its timers end with it, without a record. */
	memset(u->set, 0, sizeof(u->set));
	if (u->ended != NULL)
		u->ended(f, u, t, seq);
	return seq;
}

/* ---- what both read ---- */

bool
infer_goes_on(const struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct correlation_call *c = &f->co->calls[m->call];

	if (m->status / 100 != 3 && m->status != 401 && m->status != 407 &&
	    m->status != 423)
		return false;
	if (c->last_request == CORRELATION_NONE || c->last_request <= i) {
		c->ended = true;
		return false;
	}
	return f->co->m[c->last_request].name == m->name;
}

int64_t
infer_seconds(struct str text)
{
	uint32_t s;

	return str_u32(text, &s) == 0 ? (int64_t)s * INT64_C(1000000000) : -1;
}

uint32_t
infer_number(struct infer *f, struct str text)
{
	uint32_t number = 0;
	int err = numbers_of(f->co->texts, text, &number);

	if (err != 0)
		f->err = err;
	return number;
}

uint32_t
infer_aor(struct infer *f)
{
	struct str to = msg_addr_uri(msg_value(&f->co->msg, MSG_H_TO));

	buf_clear(&f->key);
	if (msg_uri_aor(to, &f->key) != 0) {
		buf_clear(&f->key);
		buf_str(&f->key, to);
	}
	if (f->key.err != 0)
		f->err = f->key.err;
	return infer_number(f, buf_view(&f->key));
}
