/*
 * What a script reads of a node, a call or a link: `bob.answer`, `call.state`.
 * A name that none of them could have is a mistake, also where it is only read:
 * else a misspelt attribute would be nothing, or a function, which is true.
 */
#include "base/err.h"
#include "base/param.h"
#include "role/verb.h"
#include "runs/run_in.h"
#include "topology/synonyms.h"
#include "topology/topology_table.h"

#include <string.h>

#define NAMES_MAX 240

struct names {
	const char *list[NAMES_MAX];
	size_t n;
};

static void
add_name(struct names *k, const char *name)
{
	if (k->n < NAMES_MAX)
		k->list[k->n++] = name;
}

/* From V on, the first verb of a node whose roles are IS, or of its calls; NULL
 * behind the last.  Also before the run, when no role has begun. */
static const struct verb *
next_verb(const struct verb *v, uint64_t is, bool on_call)
{
	enum verb_thing thing = on_call ? VERB_OF_CALL : VERB_OF_NODE;

	while (v < verb_rows + VERB_COUNT && !verb_is_of(v, thing, is))
		v++;
	return v < verb_rows + VERB_COUNT ? v : NULL;
}

static void
add_verbs(struct names *k, const struct node *n, bool on_call)
{
	const struct verb *v = verb_rows;

	for (; (v = next_verb(v, n->is, on_call)) != NULL; v++)
		add_name(k, v->name);
}

bool
lua_is_verb(const struct node *n, const char *name, bool on_call)
{
	const struct verb *v = verb_rows;

	for (; (v = next_verb(v, n->is, on_call)) != NULL; v++)
		if (strcmp(v->name, name) == 0)
			return true;
	return false;
}

void
lua_put_verbs(const struct node *n, struct buf *out)
{
	const struct verb *v = verb_rows;
	size_t count = 0;

	for (; (v = next_verb(v, n->is, false)) != NULL; v++)
		buf_printf(out, "%s%s", count++ > 0 ? ", " : "", v->name);
}

static void
add_attributes(struct names *k)
{
	static const char *const fields[] = { "name", "role", "domain",
		"registrar", "registers", "subject" };

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		add_name(k, fields[i]);
	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++)
		if (topology_attr_rows[i].owners & TOPOLOGY_NODE)
			add_name(k, topology_attr_rows[i].name);
}

static int
refuse_name(
    lua_State *L, const char *object, const char *name, const char *near)
{
	if (near == NULL)
		return sandbox_error(L, _("%s has no “%s”"), object, name);
	return sandbox_error(
	    L, _("%s has no “%s”; did you mean “%s”?"), object, name, near);
}

int
lua_refuse_node_name(lua_State *L, struct node *n, const char *name)
{
	struct names k = { .n = 0 };
	struct diag d = DIAG_INIT;
	const char *near;

	if (lua_is_verb(n, name, true))
		return sandbox_error(L,
		    _("“%s” is said of a call, not of %s: call:%s(…)"), name,
		    n->name, name);
	/* Of two that are as near, what is read rather than what is said. */
	add_attributes(&k);
	add_verbs(&k, n, false);
	near = param_meant(
	    synonyms_of_verbs, str_of(name), k.list, k.n, sizeof(k.list[0]));
	/* What another role can do is no slip of the pen. */
	if (run_role_with(name) != NULL)
		near = NULL;
	if (near != NULL && !lua_is_verb(n, near, false))
		return refuse_name(L, n->name, name, near);
	if (near != NULL)
		return sandbox_error(L, _("%s can't “%s”; did you mean “%s”?"),
		    n->name, name, near);
	run_no_verb(n, name, &d);
	return sandbox_error_of(L, &d);
}

int
lua_refuse_call_name(
    lua_State *L, struct node *n, const char *object, const char *name)
{
	struct names k = { .n = 0 };
	const char *near;

	if (strcmp(name, "on") == 0)
		return sandbox_error(
		    L, _("on is said of a node, %s, not of its call"), n->name);
	add_name(&k, "id");
	add_name(&k, "state");
	add_name(&k, "target");
	add_verbs(&k, n, true);
	near = param_meant(
	    synonyms_of_verbs, str_of(name), k.list, k.n, sizeof(k.list[0]));
	if (near == NULL)
		return sandbox_error(L,
		    _("%s has no “%s”; a call has id, state and target, and "
		      "its verbs"),
		    object, name);
	return refuse_name(L, object, name, near);
}

bool
lua_is_attribute(const char *name)
{
	return topology_attr_find(str_of(name)) >= 0;
}

bool
lua_is_attribute_of(const struct node *n, const char *name)
{
	int i = topology_attr_find(str_of(name));
	uint64_t roles = i >= 0 ? topology_attr_rows[i].roles : 0;

	return i >= 0 && (roles == 0 || (n->is & roles) != 0);
}
