/* The role of a telephone exchange; see roles/gateway/switch_in.h. */
#include "roles/gateway/switch_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "rules/rule_names.h"
#include "role/verb.h"

#include <assert.h>
#include <stddef.h>

static_assert(offsetof(struct exchange, trunks) == 0, "trunks come first");

/* ---- its circuits ---- */

static unsigned
side_of(const struct switch_call *c, const struct trunk_circuit *circuit)
{
	return c->sides[CALLED].circuit == circuit ? CALLED : CALLING;
}

static void
on_seized(struct trunk_circuit *circuit, const struct isup *m)
{
	struct exchange *x = (struct exchange *)circuit->trunk->trunks;
	const struct isup_param *p = isup_find(m, ISUP_PARAM_CALLED);
	struct isup_number number;
	struct switch_call *c;

	/* What is no number leads nowhere. */
	isup_number_read(
	    ISUP_PARAM_CALLED, p != NULL ? p->value : STR_NULL, &number);
	c = switch_call_new(
	    x, (struct switch_side){ .circuit = circuit }, &number, m);
	if (c == NULL)
		node_fail_memory(x->trunks.node);
	else
		switch_call_route(c);
}

static void
on_switch_heard(struct trunk_circuit *circuit, const struct isup *m)
{
	struct switch_call *c = circuit->user;

	switch_call_heard(c, side_of(c, circuit), m);
}

static void
on_switch_released(struct trunk_circuit *circuit, void *user,
    const struct q850_indicators *why, const struct isup *m)
{
	struct switch_call *c = user;

	(void)m;
	c->sides[side_of(c, circuit)].circuit = NULL;
	switch_call_end(c, EVENT_LEFT, why, RULE_EXCHANGE_RELEASE);
}

static void
on_switch_taken(struct trunk_circuit *circuit, void *user)
{
	(void)circuit;
	switch_call_again(user);
}

static const struct trunk_ops trunk_ops = {
	.seized = on_seized,
	.heard = on_switch_heard,
	.released = on_switch_released,
	.taken = on_switch_taken,
};

/* ---- life ---- */

/* The attribute `telephones`. */
static int
read_telephones(struct exchange *x)
{
	struct str rest = str_of(node_attr(x->trunks.node, "telephones", ""));

	while (rest.n > 0) {
		struct str number = str_cut(rest, ' ', &rest);
		struct telephone *t;

		if (number.n == 0)
			continue;
		t = mem_zalloc(1, sizeof(*t));
		if (t == NULL)
			return ERR_NOMEM;
		list_init(&t->link);
		list_append(&x->telephones, &t->link);
		t->number = mem_dup(number.p, number.n);
		if (t->number == NULL)
			return ERR_NOMEM;
	}
	return 0;
}

static void
switch_stop(void *role)
{
	struct exchange *x = role;

	if (x == NULL)
		return;
	list_each (struct switch_call, c, &x->calls, link)
		switch_call_free(c);
	list_each (struct telephone, t, &x->telephones, link) {
		list_remove(&t->link);
		mem_free(t->number);
		mem_free(t);
	}
	trunks_end(&x->trunks);
	mem_free(x);
}

static int
switch_start(struct node *n, void **role)
{
	struct exchange *x = mem_zalloc(1, sizeof(*x));

	*role = NULL;
	if (x == NULL)
		return ERR_NOMEM;
	list_init(&x->telephones);
	list_init(&x->calls);
	if (trunks_begin(&x->trunks, n, &trunk_ops) != 0 ||
	    read_telephones(x) != 0) {
		switch_stop(x);
		return ERR_NOMEM;
	}
	*role = x;
	return 0;
}

static struct trunks *
switch_trunks_of(void *role)
{
	return role;
}
TRUNK_VERBS_OF(switch_trunks_of)

static const struct node_verb verbs[] = {
	/* clang-format off */
	TRUNK_VERBS(NODE_VERB)
	SWITCH_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

NODE_ROLE(switch) = {
	.word = "switch",
	.start = switch_start,
	.stop = switch_stop,
	.verbs = verbs,
};
