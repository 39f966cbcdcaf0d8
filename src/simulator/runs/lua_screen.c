/*
 * What a handset shows, in scripts: screen() reads it, wait_screen(text) waits
 * until the text stands on it.  Neither does anything to the handset, so
 * neither is an act.
 */
#include "base/err.h"
#include "base/mem.h"
#include "runs/run_in.h"

#include <lauxlib.h>

/* What N shows into OUT; false, and an error of the script, where it has no
 * screen at all. */
static void
read_screen(lua_State *L, const struct node *n, struct buf *out)
{
	if (!node_plays(n, "handset"))
		sandbox_error(L, _("%s has no screen; a handset has"), n->name);
	if (node_screen(n, out) == ERR_NOMEM) {
		buf_free(out);
		sandbox_error(L, "%s", err_text(ERR_NOMEM));
	}
}

int
lua_screen(lua_State *L)
{
	const struct node *n = lua_to_node(L);
	struct buf text = BUF_INIT;

	read_screen(L, n, &text);
	lua_pushlstring(L, text.n > 0 ? text.p : "", text.n);
	buf_free(&text);
	return 1;
}

/* A handset that is down shows nothing. */
static bool
shows(const struct node *n, const char *wanted)
{
	struct buf text = BUF_INIT;
	bool yes = node_screen(n, &text) == 0 &&
		   str_find(buf_view(&text), wanted) >= 0;

	buf_free(&text);
	return yes;
}

int
lua_wait_screen(lua_State *L)
{
	const struct node *n = lua_to_node(L);
	struct run *r = run_of(L);
	struct thread *t = thread_of(r, L);
	const char *wanted = luaL_checkstring(L, 2);
	int64_t timeout = lua_timeout(L, 3);
	struct watch *w;

	if (!node_plays(n, "handset"))
		return sandbox_error(
		    L, _("%s has no screen; a handset has"), n->name);
	if (!sandbox_may_pause(L) || t == NULL)
		return sandbox_error(
		    L, _("wait_screen works only within script(function() … "
			 "end)"));
	if (shows(n, wanted)) {
		lua_pushboolean(L, true);
		return 1;
	}
	t->wanted_text = mem_strdup(wanted);
	w = t->wanted_text != NULL ? watch_get(r, n->name) : NULL;
	if (w == NULL)
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	return lua_begin_wait(L, t, w, timeout);
}

void
run_screen(const char *node, void *arg)
{
	struct run *r = arg;
	struct watch *w = map_get(r->watches, str_of(node));
	const struct node *n = world_find(r->world, node);

	if (w == NULL || n == NULL)
		return;
	list_foreach (link, &w->waiting) {
		struct thread *t = LIST_ENTRY(link, struct thread, wait_link);

		if (t->wanted_text == NULL || t->reached ||
		    !shows(n, t->wanted_text))
			continue;
		t->reached = true;
		thread_wake(t, sim_now(r->world->sim));
	}
}
