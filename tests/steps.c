/* What steps.h declares. */
#include "steps.h"

#include "check.h"

#include <stdlib.h>

static void
steps_forget(struct steps *s, struct str node)
{
	size_t at = 0;
	struct str key;
	void *state;

	while (map_next(s->at, &at, &key, &state)) {
		struct str rest;

		if (node.n > 0 && !str_eq(str_cut(key, ' ', &rest), node))
			continue;
		mem_free(state);
		map_remove(s->at, key);
		at = 0;
	}
}

void
steps_begin(struct steps *s)
{
	memset(s, 0, sizeof(*s));
	CU_ASSERT_EQUAL_FATAL(map_create(&s->at), 0);
}

void
steps_end(struct steps *s)
{
	steps_forget(s, STR_NULL);
	map_destroy(s->at);
}

/* The state that the machine KEY was left in, and is left in now. */
static bool
steps_follow(struct steps *s, const struct machine *m, struct str key,
    struct str from, struct str to)
{
	char *old = map_get(s->at, key);
	bool good = str_is(from, old != NULL ? old : state_word(m->start)) ||
		    (old == NULL && str_is(from, "none"));

	if (old != NULL) {
		map_remove(s->at, key);
		mem_free(old);
	}
	if (!machine_ends(m, to)) {
		char *copy = mem_dup(to.p, to.n);

		if (copy == NULL || map_put(s->at, key, copy) != 0)
			mem_free(copy);
	}
	return good;
}

static void
steps_take(struct steps *s, const struct str *v)
{
	struct str name =
	    v[STEPS_MACHINE].n > 0 ? v[STEPS_MACHINE] : v[STEPS_KIND];
	struct str to = v[v[STEPS_TO].n > 0 ? STEPS_TO : STEPS_STATE];
	const struct machine *m = machine_find(name);
	const struct machine_edge *e = NULL;
	struct buf key = BUF_INIT;
	bool follows = false;

	buf_printf(&key, "%.*s %.*s %.*s", STR_ARG(v[STEPS_NODE]),
	    STR_ARG(name), STR_ARG(v[STEPS_ID]));
	if (m != NULL) {
		e = machine_step(m, v[STEPS_FROM], v[STEPS_EVENT], to);
		follows = steps_follow(s, m, buf_view(&key), v[STEPS_FROM], to);
	}
	s->n++;
	if (e == NULL || (!follows && !s->loose)) {
		printf("  %s: %s: %.*s -%.*s-> %.*s\n",
		    e == NULL ? "no step of its table"
			      : "does not begin where the last step ended",
		    buf_cstr(&key), STR_ARG(v[STEPS_FROM]),
		    STR_ARG(v[STEPS_EVENT]), STR_ARG(to));
		s->bad++;
	}
	buf_free(&key);
}

/* Most lines are of other kinds, and long. */
static bool
is_looked_at(struct str line)
{
	static const char *const kinds[] = { "act", "board", "call", "fsm",
		"dialog" };
	static const struct str key = { "kind", 4 };
	struct json_value v;
	struct str kind;

	json_members(line, &key, 1, &v);
	if (json_plain(v, &kind) != 0)
		return false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_is(kind, kinds[i]))
			return true;
	return false;
}

void
steps_line(struct steps *s, struct str line)
{
	static const struct str keys[STEPS_KEYS] = { { "kind", 4 },
		{ "node", 4 }, { "machine", 7 }, { "id", 2 }, { "from", 4 },
		{ "to", 2 }, { "state", 5 }, { "event", 5 }, { "verb", 4 },
		{ "on", 2 }, { "what", 4 }, { "why", 3 } };
	struct json_value found[STEPS_KEYS];
	struct str v[STEPS_KEYS];

	if (!is_looked_at(line))
		return;
	json_members(line, keys, STEPS_KEYS, found);
	for (size_t i = 0; i < STEPS_KEYS; i++)
		if (found[i].type != JSON_STRING ||
		    json_plain(found[i], &v[i]) != 0)
			v[i] = STR_NULL;
	if (str_is(v[STEPS_KIND], "act") && str_is(v[STEPS_VERB], "crash"))
		steps_forget(s, v[STEPS_ON]);
	if (str_is(v[STEPS_KIND], "board") &&
	    (str_is(v[STEPS_WHAT], "watchdog") ||
		str_is(v[STEPS_WHAT], "fault")))
		steps_forget(s, v[STEPS_NODE]);
	/* A crash ends a call by no step. */
	if (str_is(v[STEPS_KIND], "call") && v[STEPS_WHY].n == 0 &&
	    str_is(v[STEPS_STATE], "terminated"))
		return;
	if (str_is(v[STEPS_KIND], "fsm") || str_is(v[STEPS_KIND], "dialog") ||
	    str_is(v[STEPS_KIND], "call"))
		steps_take(s, v);
}
