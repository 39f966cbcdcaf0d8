/*
 * The script's coroutines in virtual time.  A coroutine is resumed by an event
 * only, never from within a node's code, so that a script may crash the very
 * node whose call woke it.
 */
#include "runs/run_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"

#include <lauxlib.h>
#include <string.h>

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
end_wait(lua_State *L)
{
	struct thread *t = lua_touserdata(L, 1);

	lua_pushboolean(L, t->reached);
	lua_pushstring(L, t->timed_out ? "timeout" : t->waits->state);
	lua_xmove(L, t->co, 2);
	return 0;
}

/* The end of a coroutine that can't go on: a remark in the trace. */
static void
give_up(struct thread *t, const struct diag *d)
{
	struct buf text = BUF_INIT;

	/* In no language, since a trace has none: the sentence itself is for
	 * the person who runs this (run_warning). */
	if (t->run->warning.err == 0)
		t->run->warning = *d;
	buf_printf(&text, "%s:%u", d->file, d->line);
	run_note(t->run, buf_cstr(&text),
	    STR("this part of the script ended with an error"));
	buf_free(&text);
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
	/* A person who crashes a node in a script's back is no mistake of the
	 * script. */
	if (d->err == ERR_SYNTAX && r->in->nacts > 0) {
		give_up(t, d);
		return;
	}
	if (r->error.err == 0)
		run_fail(r, d);
	sim_stop(r->world->sim);
	thread_free(t);
}

/* Steps of a script that take as long as an event. */
#define STEPS 1000

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
		err = sandbox_protect(r->sandbox, end_wait, t, &d);
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
