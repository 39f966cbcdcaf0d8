/* The role of a telephone exchange; see roles/gateway/switch_in.h. */
#include "roles/gateway/switch_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "role/verb.h"
#include "rules/rule_names.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static_assert(offsetof(struct exchange, trunks) == 0, "trunks come first");

/* ---- its circuits ---- */

static unsigned
exchange_side_of(
    const struct switch_call *c, const struct trunk_circuit *circuit)
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

	/* A value that is not a number leads nowhere. */
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

	switch_call_heard(c, exchange_side_of(c, circuit), m);
}

static void
on_switch_released(struct trunk_circuit *circuit, void *user,
    const struct q850_indicators *why, const struct isup *m)
{
	struct switch_call *c = user;

	(void)m;
	c->sides[exchange_side_of(c, circuit)].circuit = NULL;
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

	list_each (struct switch_call, c, &x->calls, link)
		switch_call_free(c);
	list_each (struct telephone, t, &x->telephones, link) {
		list_remove(&t->link);
		mem_free(t->number);
		mem_free(t);
	}
	trunks_end(&x->trunks);
}

static int
switch_start(struct node *n, void *role)
{
	struct exchange *x = role;

	list_init(&x->telephones);
	list_init(&x->calls);
	return trunks_begin(&x->trunks, n, &trunk_ops) != 0 ||
		       read_telephones(x) != 0
		   ? ERR_NOMEM
		   : 0;
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
	.size = sizeof(struct exchange),
	.start = switch_start,
	.stop = switch_stop,
	.verbs = verbs,
};

/* ---- What people do with the telephones of an exchange ---- */

/* The telephone that A names by KEY, else the first that is idle or, with BUSY,
 * has a call; NULL with a sentence. */
static struct telephone *
telephone_of(const struct node_act *a, const char *key, bool busy)
{
	struct exchange *x = a->role;
	const char *number = node_arg(a->args, key);

	list_each (struct telephone, t, &x->telephones, link)
		if (number != NULL ? strcmp(number, t->number) == 0
				   : (t->call != NULL) == busy)
			return t;
	if (number != NULL)
		diag_set(a->d, ERR_NOTFOUND, NULL, 0,
		    _("there is no telephone “%s” here"), number);
	else
		diag_set(a->d, ERR_STATE, NULL, 0,
		    busy ? _("no telephone here has a call")
			 : _("no telephone here is free"));
	return NULL;
}

/* ---- dial ---- */

/* "00" before a country code; what has fewer digits than OWN, the number of a
 * telephone here, LATER ones among them, has no area code (Q.763 3.9). */
static void
exchange_read_number(
    const char *digits, size_t later, const char *own, struct isup_number *n)
{
	bool far = strncmp(digits, "00", 2) == 0;
	bool local = strlen(digits) + later < strlen(own);

	*n = (struct isup_number){ .plan = 1,
		.nature = far     ? ISUP_INTERNATIONAL
			  : local ? ISUP_SUBSCRIBER
				  : ISUP_NATIONAL };
	snprintf(n->digits, sizeof(n->digits), "%s", digits + (far ? 2 : 0));
}

/* A speech call of an ordinary subscriber with ISDN. */
static void
make_iam(struct isup *m, const struct isup_number *called,
    const struct isup_number *calling, struct buf numbers[2])
{
	isup_number_write(ISUP_PARAM_CALLED, called, &numbers[0]);
	isup_number_write(ISUP_PARAM_CALLING, calling, &numbers[1]);
	isup_begin(m, ISUP_IAM);
	isup_add(m, ISUP_PARAM_NCI, (struct str){ "\0", 1 });
	isup_add(m, ISUP_PARAM_FCI, STR("\x60\x01"));
	isup_add(m, ISUP_PARAM_CPC, STR("\x0A"));
	isup_add(m, ISUP_PARAM_TMR, (struct str){ "\0", 1 });
	isup_add(m, ISUP_PARAM_CALLED, buf_view(&numbers[0]));
	isup_add(m, ISUP_PARAM_CALLING, buf_view(&numbers[1]));
}

static int
dial(const struct node_act *a, struct telephone *from, const char *digits)
{
	struct exchange *x = a->role;
	const char *later = node_arg(a->args, "later");
	struct isup *m = &x->trunks.out;
	struct buf numbers[2] = { BUF_INIT, BUF_INIT };
	struct isup_number called, calling;
	struct switch_call *c;

	exchange_read_number(
	    digits, later != NULL ? strlen(later) : 0, from->number, &called);
	exchange_read_number(from->number, 0, from->number, &calling);
	called.complete = later == NULL;
	calling.screening = 3;
	make_iam(m, &called, &calling, numbers);
	c = switch_call_new(
	    x, (struct switch_side){ .phone = from }, &called, m);
	buf_free(&numbers[0]);
	buf_free(&numbers[1]);
	if (c == NULL)
		return ERR_NOMEM;
	if (later != NULL) {
		snprintf(c->later, sizeof(c->later), "%s", later);
		switch_call_set(c, SWITCH_DIAL, SIM_S / 2);
	}
	switch_call_route(c);
	return 0;
}

int
switch_verb_dial(const struct node_act *a)
{
	const char *digits = node_arg(a->args, "digits");
	struct telephone *from = telephone_of(a, "from", false);

	if (from == NULL)
		return ERR_NOTFOUND;
	if (from->call != NULL)
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("the telephone %s already has a call"), from->number);
	if (digits == NULL || strspn(digits, "0123456789") != strlen(digits) ||
	    strlen(digits) == 0 || strlen(digits) > ISUP_DIGITS)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not a telephone number"),
		    digits != NULL ? digits : "");
	return dial(a, from, digits);
}

/* ---- of a call ---- */

/* Its call, in which it is the called one, or NULL with a sentence. */
static struct switch_call *
find_telephone_call(const struct node_act *a, bool called)
{
	struct telephone *t = telephone_of(a, "telephone", true);

	if (t == NULL)
		return NULL;
	if (t->call != NULL && (!called || t->call->sides[CALLED].phone == t))
		return t->call;
	diag_set(a->d, ERR_STATE, NULL, 0,
	    called ? _("there is no call for the telephone %s to answer")
		   : _("the telephone %s has no call"),
	    t->number);
	return NULL;
}

int
switch_verb_lift(const struct node_act *a)
{
	struct switch_call *c = find_telephone_call(a, true);

	if (c == NULL)
		return ERR_STATE;
	if (machine_run_is(&c->machine, STATE_SUSPENDED))
		switch_call_suspend(c, false);
	else if (!machine_run_is(&c->machine, STATE_CONNECTED))
		switch_call_answer(c);
	return 0;
}

int
switch_verb_put_down(const struct node_act *a)
{
	struct switch_call *c = find_telephone_call(a, true);

	if (c == NULL)
		return ERR_STATE;
	if (!machine_run_is(&c->machine, STATE_CONNECTED))
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("nobody has answered this call"));
	switch_call_suspend(c, true);
	return 0;
}

int
switch_verb_hang_up(const struct node_act *a)
{
	struct switch_call *c = find_telephone_call(a, false);
	const char *cause = node_arg(a->args, "cause");
	struct q850_indicators why = { .location = 0, .cause = 16 };
	uint32_t n = 16;

	if (c == NULL)
		return ERR_STATE;
	if (cause != NULL &&
	    (str_u32(str_of(cause), &n) != 0 || n == 0 || n > Q850_MOST))
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not a Q.850 cause: 1 to 127"), cause);
	why.cause = (uint8_t)n;
	switch_call_end(c, EVENT_LEFT, &why, RULE_EXCHANGE_RELEASE);
	return 0;
}
