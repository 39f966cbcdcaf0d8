/* What any node can be told to do. */
#include "node/verbs.h"

#include "base/err.h"
#include "node/world.h"
#include "role/verb.h"

#include <string.h>

static int
node_verb_crash(const struct node_act *a)
{
	struct node *n = a->role;

	if (!n->up)
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("%s has crashed already"), n->name);
	node_crash(n);
	return 0;
}

static int
node_verb_restart(const struct node_act *a)
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
	if (strcmp(arg->key, "faces") == 0)
		return node_move_faces(n, arg->value, d);
	if (arg->value[0] != '\0')
		return node_set_attr(n, arg->key, arg->value);
	node_drop_attr(n, arg->key);
	return 0;
}

static int
node_verb_set(const struct node_act *a)
{
	struct node *n = a->role;

	int err = 0;

	for (size_t i = 0; err == 0 && i < a->args->n; i++)
		err = set_attr(n, &a->args->args[i], a->d);
	for (size_t i = 0; err == 0 && n->up && i < n->nroles; i++)
		if (n->role[i].ops->set != NULL)
			err = n->role[i].ops->set(n->role[i].state);
	return err;
}

const struct node_verb node_verbs[] = {
	/* clang-format off */
	SENDER_VERBS(NODE_VERB)
	NODE_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};
