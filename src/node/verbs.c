/* What any node can be told to do. */
#include "node/verbs.h"

#include "base/err.h"
#include "node/world.h"

#include <string.h>

static int
verb_crash(void *role, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d)
{
	struct node *n = role;

	(void)object;
	(void)args;
	(void)result;
	if (!n->up)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s has crashed already"), n->name);
	node_crash(n);
	return 0;
}

static int
verb_restart(void *role, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d)
{
	struct node *n = role;

	(void)object;
	(void)args;
	(void)result;
	if (n->up)
		return diag_set(d, ERR_STATE, NULL, 0,
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
verb_set(void *role, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d)
{
	struct node *n = role;

	(void)object;
	(void)result;
	for (size_t i = 0; i < args->n; i++) {
		int err = set_attr(n, &args->args[i], d);

		if (err != 0)
			return err;
	}
	return 0;
}

static int
verb_send(void *role, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d)
{
	(void)object;
	(void)result;
	return node_send(role, args, d);
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
	    verb_send },
	{ 0 },
};
