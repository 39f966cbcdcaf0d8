/* What people do with the telephones of an exchange. */
#include "roles/gateway/switch_in.h"

#include "base/err.h"
#include "rules/rule_names.h"

#include <stdio.h>
#include <string.h>

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
read_number(
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

	read_number(
	    digits, later != NULL ? strlen(later) : 0, from->number, &called);
	read_number(from->number, 0, from->number, &calling);
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
		    _("the telephone %s has a call"), from->number);
	if (digits == NULL || strspn(digits, "0123456789") != strlen(digits) ||
	    strlen(digits) == 0 || strlen(digits) > ISUP_DIGITS)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is no telephone number"),
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
	    called ? _("nobody has called the telephone %s")
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
		return diag_set(
		    a->d, ERR_STATE, NULL, 0, _("nobody talks in this call"));
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
		    _("“%s” is no cause of Q.850: 1 to 127"), cause);
	why.cause = (uint8_t)n;
	switch_call_end(c, EVENT_LEFT, &why, RULE_EXCHANGE_RELEASE);
	return 0;
}
