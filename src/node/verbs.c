/* What any node can be told to do. */
#include "node/verbs.h"

#include "base/err.h"
#include "node/world.h"

#include <string.h>

static int
verb_crash(const struct node_act *a)
{
	struct node *n = a->role;

	if (!n->up)
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("%s has crashed already"), n->name);
	node_crash(n);
	return 0;
}

static int
verb_restart(const struct node_act *a)
{
	struct node *n = a->role;

	if (n->up)
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("%s is running; crash() it first"), n->name);
	return node_start(n);
}

/* As in a topology an empty value is none. */
static int
set_attr(struct node *n, const struct node_arg *arg, struct diag *d)
{
	if (strcmp(arg->key, "addr") == 0)
		return node_move(n, arg->value, d);
	if (arg->value[0] != '\0')
		return node_set_attr(n, arg->key, arg->value);
	node_drop_attr(n, arg->key);
	return 0;
}

static int
verb_set(const struct node_act *a)
{
	struct node *n = a->role;

	for (size_t i = 0; i < a->args->n; i++) {
		int err = set_attr(n, &a->args->args[i], a->d);

		if (err != 0)
			return err;
	}
	return 0;
}

const struct node_verb node_verbs[] = {
	{ "crash", false, { NULL }, { NULL },
	    N_("loses all it knew and neither sends nor receives any more"),
	    verb_crash },
	{ "restart", false, { NULL }, { NULL },
	    N_("comes up again after a crash, as at the start"), verb_restart },
	{ "set", false, { NULL }, { "*" },
	    N_("changes attributes, as in the topology"), verb_set },
	{ "send", false, { NULL },
	    { "method", "uri", "headers", "body", "raw", "to", "port",
		"transport" },
	    N_("sends a request of one's own making, or any bytes"),
	    node_send },
	{ 0 },
};
