/*
 * The script of a run: its coroutines in virtual time, and what they can wait
 * for.
 */
#include "base/rows.h"
#include "runs/run_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"
#include "node/script_request.h"
#include "role/verb.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

/* ---- The script's coroutines in virtual time ---- */

static struct sim *
sim_of(const struct thread *t)
{
	return t->run->world->sim;
}

static struct str
state_key(lua_State *const *co)
{
	return (struct str){ (const char *)co, sizeof(*co) };
}

/* What one takes beside Lua's memory. */
static size_t
thread_bytes(const struct thread *t)
{
	return sizeof(*t) + 2 * SIM_EVENT_BYTES +
	       (t->text != NULL ? strlen(t->text) : 0);
}

void
thread_free(struct thread *t)
{
	sim_give_back_memory(sim_of(t), thread_bytes(t));
	sim_cancel(sim_of(t), t->wake);
	list_remove(&t->wait_link);
	ref_drop(t->waits);
	ref_drop(t->call);
	mem_free(t->text);
	mem_free(t->wanted_text);
	if (t->co != NULL)
		map_remove(t->run->by_state, state_key(&t->co));
	sandbox_drop(t->run->sandbox, t->co);
	list_remove(&t->link);
	sim_release(sim_of(t));
	mem_free(t);
}

/* In protected mode: makes the coroutine and gives it its arguments. */
static int
begin_thread(lua_State *L)
{
	struct thread *t = lua_touserdata(L, 1);
	struct diag d = DIAG_INIT;

	lua_rawgeti(L, LUA_REGISTRYINDEX, t->fn.ref);
	if (sandbox_spawn(L, &t->co, &d) != 0)
		return sandbox_error_of(L, &d);
	if (map_put(t->run->by_state, state_key(&t->co), t) != 0)
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	if (t->call != NULL) {
		lua_push_call(L, t->run, t->call->name);
		lua_xmove(L, t->co, 1);
	}
	if (t->text != NULL) {
		sandbox_push_text(L, t->text);
		lua_xmove(L, t->co, 1);
	}
	return 0;
}

/* What a wait gives back: true, or false and why (docs/SCENARIO.md). */
static int
run_thread_end_wait(lua_State *L)
{
	struct thread *t = lua_touserdata(L, 1);

	lua_pushboolean(L, t->reached);
	lua_pushstring(L, t->timed_out ? "timeout" : t->waits->state);
	lua_xmove(L, t->co, 2);
	return 0;
}

/* The end of a coroutine that can't go on: a remark in the trace. */
static void
run_thread_give_up(struct thread *t, const struct diag *d)
{
	LOCAL_BUF text = BUF_INIT;

	/* In no language, since a trace has none: the sentence itself is for
	 * the person who runs this (run_warning). */
	if (t->run->warning.err == 0)
		t->run->warning = *d;
	buf_printf(&text, "%s:%u", d->file, d->line);
	run_note(t->run, buf_cstr(&text),
	    STR("this part of the script ended with an error"));
	thread_free(t);
}

/* What happens before the first line of its function, or in a function that has
 * none, happens where that was handed over. */
static void
place_error(const struct thread *t, struct diag *d)
{
	if (d->line != 0 || t->fn.file == NULL)
		return;
	str_join(d->file, sizeof(d->file), 0, str_of(t->fn.file));
	d->line = t->fn.line;
}

static void
fail_thread(struct thread *t, struct diag *d)
{
	struct run *r = t->run;

	place_error(t, d);
	/* A person who crashes a node in a script's back is not a mistake of
	 * the script. */
	if (d->err == ERR_SYNTAX && r->in->nacts > 0) {
		run_thread_give_up(t, d);
		return;
	}
	if (r->error.err == 0)
		run_fail(r, d);
	sim_stop(r->world->sim);
	thread_free(t);
}

/* Steps of a script that take as long as an event. */
#define STEPS 1000

/* A coroutine is resumed by an event only, never from within a node's code, so
 * that a script may crash the very node whose call woke it. */
static void
resume_thread(void *arg)
{
	struct thread *t = arg;
	struct run *r = t->run;
	struct diag d = DIAG_INIT;
	enum sandbox_status status;
	uint64_t steps = sandbox_steps(r->sandbox);
	int nargs = 0, nresults = 0, err = 0;

	t->wake = 0;
	if (t->co == NULL) {
		err = sandbox_protect(r->sandbox, begin_thread, t, &d);
		nargs = (t->call != NULL) + (t->text != NULL);
	} else if (t->waits != NULL) {
		if (!t->reached && !t->waits->over)
			t->timed_out = true;
		err = sandbox_protect(r->sandbox, run_thread_end_wait, t, &d);
		nargs = 2;
		list_remove(&t->wait_link);
		ref_drop(t->waits);
		t->waits = NULL;
		mem_free(t->wanted_text);
		t->wanted_text = NULL;
	}
	if (err != 0) {
		fail_thread(t, &d);
		return;
	}
	t->reached = t->timed_out = false;
	/* What a script does is the beginning of a chain of causes. */
	sim_set_cause(sim_of(t), 0);
	status = sandbox_resume(r->sandbox, t->co, nargs, &nresults, &d);
	sim_add_work(sim_of(t), (sandbox_steps(r->sandbox) - steps) / STEPS);
	if (status == SANDBOX_PAUSED) {
		sandbox_where(t->co, r->where, sizeof(r->where));
		lua_pop(t->co, nresults);
	} else if (status == SANDBOX_FAILED) {
		fail_thread(t, &d);
	} else {
		thread_free(t);
	}
}

void
thread_wake(struct thread *t, int64_t at_ns)
{
	sim_cancel(sim_of(t), t->wake);
	t->wake = sim_at(sim_of(t), at_ns, N_("the script"), resume_thread, t);
}

int
thread_spawn(struct run *r, const struct script_fn *fn, struct watch *call,
    const char *text, int64_t at_ns)
{
	struct thread *t = mem_zalloc(1, sizeof(*t));

	if (t != NULL && text != NULL)
		t->text = mem_strdup(text);
	if (t == NULL || (text != NULL && t->text == NULL)) {
		mem_free(t);
		return ERR_NOMEM;
	}
	t->run = r;
	t->fn = *fn;
	t->call = ref_keep(call);
	list_init(&t->wait_link);
	list_append(&r->threads, &t->link);
	sim_hold(r->world->sim);
	sim_take_memory(r->world->sim, thread_bytes(t));
	thread_wake(t, at_ns);
	return 0;
}

struct thread *
thread_of(struct run *r, lua_State *co)
{
	return map_get(r->by_state, state_key(&co));
}

/* ---- What scripts can wait for: the states of calls and nodes ---- */

/* What happens at a node, or in a subscription, and does not last: who waits,
 * waits for the next. */
static bool
passes(const char *state)
{
	static const char *const passing[] = { "message", "delivered",
		"undelivered", "unreachable", "reachable", "news", "published",
		"unpublished", "discovered" };

	return ROWS_HAS(str_of(state), passing);
}

/* What one takes, with its place in the map. */
#define WATCH_BYTES (sizeof(struct watch) + 192)

static void
watch_destroy(void *watch)
{
	struct watch *w = watch;

	if (!w->nameless)
		map_remove(w->run->watches, str_of(w->name));
	sim_give_back_memory(w->run->world->sim, WATCH_BYTES);
}

struct watch *
watch_get(struct run *r, const char *name)
{
	struct watch *w = map_get(r->watches, str_of(name));
	const char *slash = strchr(name, '/');

	if (w != NULL)
		return ref_keep(w);
	w = ref_alloc(sizeof(*w), watch_destroy);
	if (w == NULL)
		return NULL;
	w->run = r;
	list_init(&w->waiting);
	w->state = "";
	snprintf(w->name, sizeof(w->name), "%s", name);
	if (slash != NULL)
		snprintf(w->node, sizeof(w->node), "%.*s", (int)(slash - name),
		    name);
	sim_take_memory(r->world->sim, WATCH_BYTES);
	if (map_put(r->watches, str_of(name), w) != 0) {
		ref_drop(w);
		return NULL;
	}
	return w;
}

/* The way of a call that succeeds: a later state stands for an earlier one. */
static const char *const way[] = { "calling", "proceeding", "early",
	"moratorium", "confirmed" };

/* From 1 on the way, 0 next to it. */
static size_t
run_thread_step_of(const char *state)
{
	for (size_t i = 0; i < COUNT_OF(way); i++)
		if (strcmp(way[i], state) == 0)
			return i + 1;
	return 0;
}

static bool
run_thread_stands_for(const char *state, const char *wanted)
{
	return strcmp(state, wanted) == 0 ||
	       (run_thread_step_of(wanted) != 0 &&
		   run_thread_step_of(state) > run_thread_step_of(wanted));
}

bool
watch_saw(const struct watch *w, const char *state)
{
	/* A node's states come and go; a call's are a way it has gone. */
	if (w->node[0] == '\0')
		return strcmp(w->state, state) == 0;
	for (size_t i = 0; i < w->nseen; i++)
		if (run_thread_stands_for(w->seen[i], state))
			return true;
	return false;
}

/* Calls have numbers, "alice/1", subscriptions the name of their package,
 * "alice/presence-1". */
static bool
run_thread_is_subscription(const struct watch *w)
{
	const char *slash = strchr(w->name, '/');

	return slash != NULL && !chr_is_digit(slash[1]);
}

bool
watch_is_request(const struct watch *w)
{
	return strstr(w->name, NODE_REQUEST_NAME) != NULL;
}

/* The watch of NAME, of which an event is to be reported, or NULL.  A phone
 * that was started again numbers its calls again: an ended call has had that
 * number before, and its holders learn nothing of the new one. */
static struct watch *
find_living(struct run *r, const char *name)
{
	struct watch *w = map_get(r->watches, str_of(name));

	if (w == NULL || !w->over || run_thread_is_subscription(w))
		return w;
	map_remove(r->watches, str_of(name));
	w->nameless = true;
	return NULL;
}

size_t
watch_states(const struct watch *w, const char *const **names)
{
	static const char *const of_call[] = { "idle", "calling", "proceeding",
		"early", "moratorium", "confirmed", "terminating",
		"terminated" };
	static const char *const of_node[] = { "registered", "unregistered",
		"failed", "message", "delivered", "undelivered", "unreachable",
		"reachable", "published", "unpublished", "discovered" };
	static const char *const of_subscription[] = { "notify_wait", "pending",
		"active", "terminated", "news" };
	static const char *const of_request[] = { "sent", "answered",
		"unanswered" };
	bool call = w->node[0] != '\0';

	if (watch_is_request(w)) {
		*names = of_request;
		return COUNT_OF(of_request);
	}
	if (run_thread_is_subscription(w)) {
		*names = of_subscription;
		return COUNT_OF(of_subscription);
	}
	*names = call ? of_call : of_node;
	return call ? COUNT_OF(of_call) : COUNT_OF(of_node);
}

static void
watch_enter(struct watch *w, const char *state)
{
	size_t i = 0;

	/* A subscription that was over is asked for again. */
	if (strcmp(state, "notify_wait") == 0) {
		w->nseen = 0;
		w->over = false;
	}
	w->state = state;
	while (i < w->nseen && strcmp(w->seen[i], state) != 0)
		i++;
	if (i == w->nseen && i < WATCH_STATES)
		w->seen[w->nseen++] = state;
	if (w->node[0] != '\0' &&
	    (strcmp(state, "terminated") == 0 ||
		(watch_is_request(w) && strcmp(state, "sent") != 0)))
		w->over = true;
}

/* V is only said of a call that is not answered yet. */
static bool
is_before_answer(const struct verb *v)
{
	const struct verb_offer *o = v->offers;

	while (o->name != NULL &&
	       (o->moment & (MOMENT_ASKED | MOMENT_ASKING)) != 0)
		o++;
	return o->name == NULL;
}

bool
watch_is_late(struct run *r, const char *name, const struct verb *v)
{
	const struct watch *w = map_get(r->watches, str_of(name));

	if (w == NULL || w->node[0] == '\0' || watch_is_request(w))
		return false;
	return w->over || strcmp(w->state, "terminating") == 0 ||
	       (is_before_answer(v) && watch_saw(w, "confirmed"));
}

void
watch_made(struct watch *w)
{
	if (w->nseen == 0)
		watch_enter(w, watch_is_request(w)             ? "sent"
			       : run_thread_is_subscription(w) ? "notify_wait"
							       : "calling");
}

int
watch_nodes(struct run *r)
{
	size_t at = 0;
	struct str name;

	while (map_next(r->world->nodes, &at, &name, NULL))
		if (watch_get(r, name.p) == NULL)
			return ERR_NOMEM;
	return 0;
}

void
watch_free_all(struct run *r)
{
	size_t at = 0;
	void *w;

	while (r->watches != NULL && map_next(r->watches, &at, NULL, &w))
		ref_drop(w);
	map_destroy(r->watches);
}

void
run_changed(const char *object, const char *state, void *arg)
{
	struct run *r = arg;
	struct watch *w = find_living(r, object);

	if (w == NULL)
		return;
	if (!passes(state))
		watch_enter(w, state);
	list_foreach (node, &w->waiting) {
		struct thread *t = LIST_ENTRY(node, struct thread, wait_link);
		bool saw = run_thread_stands_for(state, t->wanted);

		if (t->wanted_text != NULL || t->reached || (!saw && !w->over))
			continue;
		t->reached = saw;
		thread_wake(t, sim_now(r->world->sim));
	}
}

void
run_answered(const char *object, unsigned status, void *arg)
{
	struct run *r = arg;
	struct watch *w = map_get(r->watches, str_of(object));

	if (w != NULL)
		w->status = status;
	run_changed(object, status != 0 ? "answered" : "unanswered", arg);
}

struct handler *
run_find_handler(struct run *r, enum run_event event, const char *node)
{
	list_foreach (link, &r->handlers) {
		struct handler *h = LIST_ENTRY(link, struct handler, link);

		if (h->event == event && strcmp(h->node->name, node) == 0)
			return h;
	}
	return NULL;
}

/* Begins the function of NODE for EVENT, if there is one, as a coroutine of its
 * own, right after the present event: CALL, which is in STATE unless its watch
 * has seen it in another, and TEXT (may be NULL) are its arguments. */
static bool
call_handler(struct run *r, enum run_event event, const char *node,
    const char *call, const char *state, const char *text)
{
	struct handler *h = run_find_handler(r, event, node);
	LOCAL_REF struct watch *w = NULL;

	if (h == NULL)
		return false;
	find_living(r, call);
	w = watch_get(r, call);
	if (w != NULL && w->nseen == 0)
		watch_enter(w, state);
	if (w == NULL ||
	    thread_spawn(r, &h->fn, w, text, sim_now(r->world->sim)) != 0)
		sim_fail(r->world->sim, ERR_NOMEM, "%s", err_text(ERR_NOMEM));
	return true;
}

bool
run_incoming(const char *node, const char *call, void *arg)
{
	return call_handler(arg, RUN_ON_INVITE, node, call, "idle", NULL);
}

bool
run_reinvited(const char *node, const char *call, void *arg)
{
	return call_handler(
	    arg, RUN_ON_REINVITE, node, call, "confirmed", NULL);
}

/* No script decides; a person may (--act), and sees by this that it waits. */
static void
say_waiting(struct run *r, const char *call, const char *uri)
{
	struct trace_writer *w = r->writer;
	LOCAL_BUF text = BUF_INIT;

	buf_printf(&text, "%s waits for its user: transfer to %s?", call, uri);
	if (text.err != 0)
		sim_fail(r->world->sim, ERR_NOMEM, "%s", err_text(ERR_NOMEM));
	sim_open(r->world->sim, TRACE_NOTE, NULL, RULE_NONE);
	trace_put_str(w, "text", buf_view(&text));
	trace_close(w);
}

void
run_redirected(const char *node, const char *call, const char *uri, void *arg)
{
	if (!call_handler(arg, RUN_ON_REDIRECT, node, call, "proceeding", uri))
		say_waiting(arg, call, uri);
}
