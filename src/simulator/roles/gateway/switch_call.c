/* Calls of an exchange; see roles/gateway/switch_in.h.  ITU-T Q.764 2. */
#include "roles/gateway/switch_in.h"

#include "base/mem.h"
#include "machine/tables.h"
#include "msg/constants.h"
#include "rules/rule_names.h"

#include <string.h>

#define T7    (TIME_ISUP_T7_MS * SIP_MS_NS)
#define T9    (TIME_ISUP_T9_MS * SIP_MS_NS)
#define T35   (TIME_ISUP_T1_MS * SIP_MS_NS)
#define TRIES 3 /* circuits for one call */

static bool
switch_call_step(struct switch_call *c, enum event_id event, enum rule_id why)
{
	return node_machine_step(
	    switch_node(c), &c->machine, c->id, event, why);
}

static bool
is(const struct switch_call *c, enum state_id state)
{
	return machine_run_is(&c->machine, state);
}

/* ---- timers ---- */

static void fire_t6(void *arg);
static void fire_switch_t7(void *arg);
static void fire_switch_t9(void *arg);
static void fire_t35(void *arg);
static void switch_call_fire_ring(void *arg);
static void fire_pick_up(void *arg);
static void fire_dial(void *arg);
static void
switch_call_dial(struct switch_call *c, const char *digits, bool complete);

static const struct node_timer timers[SWITCH_TIMERS] = {
	[SWITCH_T6] = { "T6", RULE_EXCHANGE_T6, fire_t6, "exchange" },
	[SWITCH_T7] = { "T7", RULE_GATEWAY_T7, fire_switch_t7, "exchange" },
	[SWITCH_T9] = { "T9", RULE_GATEWAY_T9, fire_switch_t9, "exchange" },
	[SWITCH_T35] = { "T35", RULE_EXCHANGE_DIGITS, fire_t35, "exchange" },
	[SWITCH_RING] = { "ring", RULE_EXCHANGE_REFUSE, switch_call_fire_ring,
	    "exchange" },
	[SWITCH_PICK_UP] = { "ring", RULE_EXCHANGE_ANSWER, fire_pick_up,
	    "exchange" },
	[SWITCH_DIAL] = { "dial", RULE_EXCHANGE_SAM, fire_dial, NULL },
};

void
switch_call_set(struct switch_call *c, enum switch_timer t, int64_t after_ns)
{
	struct node *n = switch_node(c);

	node_timer_set(n, &c->timers[t], &timers[t], c->id,
	    sim_now(node_sim(n)) + after_ns, c);
}

static void
switch_call_stop(struct switch_call *c, enum switch_timer t)
{
	node_timer_stop(switch_node(c), &c->timers[t], &timers[t], c->id);
}

static struct switch_call *
switch_call_fired(void *arg, enum switch_timer t)
{
	struct switch_call *c = arg;

	node_timer_fired(switch_node(c), &c->timers[t], &timers[t], c->id);
	return c;
}

/* C ends by the exchange itself. */
static void
give_up_call(struct switch_call *c, enum event_id event, unsigned cause,
    enum rule_id why)
{
	const struct q850_indicators said = { .location = 2,
		.cause = (uint8_t)cause };

	switch_call_end(c, event, &said, why);
}

static void
fire_t6(void *arg)
{
	give_up_call(switch_call_fired(arg, SWITCH_T6), EVENT_TIMER_T6, 16,
	    RULE_EXCHANGE_T6);
}

static void
fire_switch_t7(void *arg)
{
	give_up_call(switch_call_fired(arg, SWITCH_T7), EVENT_TIMER_T7, 102,
	    RULE_GATEWAY_T7);
}

static void
fire_switch_t9(void *arg)
{
	give_up_call(switch_call_fired(arg, SWITCH_T9), EVENT_TIMER_T9, 19,
	    RULE_GATEWAY_T9);
}

static void
fire_t35(void *arg)
{
	give_up_call(switch_call_fired(arg, SWITCH_T35), EVENT_TIMER_T35, 28,
	    RULE_EXCHANGE_DIGITS);
}

static void
switch_call_fire_ring(void *arg)
{
	give_up_call(switch_call_fired(arg, SWITCH_RING), EVENT_LEFT, 19,
	    RULE_EXCHANGE_REFUSE);
}

static void
fire_pick_up(void *arg)
{
	switch_call_answer(switch_call_fired(arg, SWITCH_PICK_UP));
}

#define DIALS (500 * SIP_MS_NS) /* a digit after the other */

static void
fire_dial(void *arg)
{
	struct switch_call *c = switch_call_fired(arg, SWITCH_DIAL);
	char digit[2] = { c->later[0], '\0' };

	memmove(c->later, c->later + 1, strlen(c->later));
	if (c->later[0] != '\0')
		switch_call_set(c, SWITCH_DIAL, DIALS);
	switch_call_dial(c, digit, false);
}

/* ---- life ---- */

struct switch_call *
switch_call_new(struct exchange *x, struct switch_side side,
    const struct isup_number *number, const struct isup *iam)
{
	struct switch_call *c = mem_zalloc(1, sizeof(*c));
	LOCAL_BUF id = BUF_INIT;

	if (c == NULL)
		return NULL;
	list_init(&c->link);
	list_append(&x->calls, &c->link);
	sim_hold(node_sim(x->trunks.node));
	c->exchange = x;
	c->machine.table = &machine_exchange;
	c->number = *number;
	c->sides[CALLING] = side;
	buf_printf(&id, "%s/call-%u", x->trunks.node->name, ++x->ncalls);
	c->id = mem_dup(id.p, id.n);
	isup_write(iam, &c->iam);
	if (c->id == NULL || c->iam.err != 0) {
		switch_call_free(c);
		return NULL;
	}
	if (side.circuit != NULL)
		side.circuit->user = c;
	else
		side.phone->call = c;
	return c;
}

void
switch_call_free(struct switch_call *c)
{
	struct sim *sim = node_sim(switch_node(c));

	for (int t = 0; t < SWITCH_TIMERS; t++)
		sim_cancel(sim, c->timers[t]);
	for (unsigned s = 0; s < 2; s++)
		if (c->sides[s].phone != NULL)
			c->sides[s].phone->call = NULL;
	list_remove(&c->link);
	buf_free(&c->iam);
	mem_free(c->id);
	mem_free(c);
	sim_release(sim);
}

void
switch_call_end(struct switch_call *c, enum event_id event,
    const struct q850_indicators *why, enum rule_id rule)
{
	for (int t = 0; t < SWITCH_TIMERS; t++)
		switch_call_stop(c, (enum switch_timer)t);
	if (machine_run_lives(&c->machine))
		switch_call_step(c, event,
		    event == EVENT_LEFT ? RULE_EXCHANGE_RELEASE : rule);
	for (unsigned s = 0; s < 2; s++) {
		struct trunk_circuit *circuit = c->sides[s].circuit;

		c->sides[s].circuit = NULL;
		if (circuit != NULL)
			trunk_release(circuit, why, rule);
	}
	switch_call_free(c);
}

/* ---- messages to a side ---- */

static void
switch_call_pass(struct switch_call *c, unsigned side, const struct isup *m,
    enum rule_id why)
{
	if (c->sides[side].circuit != NULL)
		trunk_send(c->sides[side].circuit, m, why, 0);
}

/* A message of TYPE with one parameter to the calling side. */
static void
say_back(struct switch_call *c, enum isup_type type, enum isup_code code,
    struct str value, enum rule_id why)
{
	if (c->sides[CALLING].circuit != NULL)
		trunk_say(c->sides[CALLING].circuit, type, code, value, why);
}

/* ---- a telephone of its own ---- */

/* Charge, subscriber free or nothing said; ISUP all the way, ISDN. */
#define BCI_FREE    STR("\x16\x14")
#define BCI_NOTHING STR("\x12\x14")

static void
begin_ringing(struct switch_call *c)
{
	struct node *n = switch_node(c);
	int64_t answer = node_attr_time(n, "pick_up", 2 * SIM_S);
	int64_t out = node_attr_time(n, "rings_out", 60 * SIM_S);

	/* node_attr_time has no value for "never". */
	if (strcmp(node_attr(n, "pick_up", ""), "never") != 0)
		switch_call_set(c, SWITCH_PICK_UP, answer);
	if (strcmp(node_attr(n, "rings_out", ""), "never") != 0)
		switch_call_set(c, SWITCH_RING, out);
}

/* The called telephone rings, and the other side hears of that in the way that
 * the attribute `acm` says. */
static void
switch_call_ring(struct switch_call *c)
{
	const char *how = node_attr(switch_node(c), "acm", "free");
	struct isup *m = &c->exchange->trunks.out;
	bool early = strcmp(how, "early") == 0;

	begin_ringing(c);
	if (strcmp(how, "none") == 0)
		return;
	c->complete = true;
	switch_call_step(
	    c, early ? EVENT_EARLY_ACM : EVENT_ACM, RULE_EXCHANGE_ACM);
	isup_begin(m, ISUP_ACM);
	isup_add(m, ISUP_PARAM_BCI, early ? BCI_NOTHING : BCI_FREE);
	if (strcmp(how, "in-band") == 0)
		isup_add(m, ISUP_PARAM_OPTIONAL_BCI, STR("\x01"));
	switch_call_pass(c, CALLING, m, RULE_EXCHANGE_ACM);
	if (early && switch_call_step(c, EVENT_CPG_ALERTING, RULE_EXCHANGE_ACM))
		say_back(c, ISUP_CPG, ISUP_PARAM_EVENT, STR("\1"),
		    RULE_EXCHANGE_ACM);
}

void
switch_call_answer(struct switch_call *c)
{
	switch_call_stop(c, SWITCH_RING);
	switch_call_stop(c, SWITCH_PICK_UP);
	if (!switch_call_step(c, EVENT_ANM, RULE_EXCHANGE_ANSWER))
		return;
	if (c->complete)
		say_back(c, ISUP_ANM, 0, STR_NULL, RULE_EXCHANGE_ANSWER);
	else
		say_back(c, ISUP_CON, ISUP_PARAM_BCI, BCI_FREE,
		    RULE_EXCHANGE_ANSWER);
}

void
switch_call_suspend(struct switch_call *c, bool on)
{
	if (!switch_call_step(c, on ? EVENT_SUS : EVENT_RES, RULE_EXCHANGE_SUS))
		return;
	say_back(c, on ? ISUP_SUS : ISUP_RES, ISUP_PARAM_SUSPEND, STR("\1"),
	    RULE_EXCHANGE_SUS);
	if (on)
		switch_call_set(c, SWITCH_T6,
		    node_attr_time(
			switch_node(c), "t6", TIME_ISUP_T6_MS * SIP_MS_NS));
	else
		switch_call_stop(c, SWITCH_T6);
}

/* Why `refuses` has NUMBER, with the new number there may be in DIAGNOSTICS;
 * false: it has not. */
static bool
find_refusal(const struct node *n, const char *number,
    struct q850_indicators *why, struct buf *diagnostics)
{
	struct str rest = str_of(node_attr(n, "refuses", ""));
	struct isup_number moved = { .nature = ISUP_NATIONAL, .plan = 1 };
	uint32_t cause;

	while (rest.n > 0) {
		struct str value, to, one = str_cut(rest, ' ', &rest);

		if (!str_is(str_cut(one, ':', &value), number) ||
		    str_u32(str_cut(value, ':', &to), &cause) != 0 ||
		    cause == 0 || cause > Q850_MOST || to.n > ISUP_DIGITS)
			continue;
		*why = (struct q850_indicators){ .location = 2,
			.cause = (uint8_t)cause };
		if (to.n > 0) {
			memcpy(moved.digits, to.p, to.n);
			isup_number_write_diagnostics(&moved, diagnostics);
			why->diagnostics = buf_view(diagnostics);
		}
		return true;
	}
	return false;
}

/* C can't be: its caller is told WHY, or hears a tone until he hangs up. */
static void
refuse_for(struct switch_call *c, const struct q850_indicators *why)
{
	struct trunk_circuit *from = c->sides[CALLING].circuit;

	if (from == NULL || !trunk_interworks(&c->exchange->trunks, &c->iam)) {
		switch_call_end(c, EVENT_LEFT, why, RULE_EXCHANGE_REFUSE);
		return;
	}
	switch_call_step(c, EVENT_TONE, RULE_TRUNK_TONE);
	trunk_play_tone(from, c->complete);
	c->complete = true;
}

static void
refuse_switch_call(struct switch_call *c, unsigned cause)
{
	const struct q850_indicators why = { .location = 2,
		.cause = (uint8_t)cause };

	refuse_for(c, &why);
}

static void
call_telephone(struct switch_call *c, struct telephone *phone)
{
	LOCAL_BUF diagnostics = BUF_INIT;
	struct q850_indicators why;

	if (find_refusal(switch_node(c), phone->number, &why, &diagnostics)) {
		refuse_for(c, &why);
	} else if (phone->call != NULL) {
		refuse_switch_call(c, 17);
	} else {
		phone->call = c;
		c->sides[CALLED].phone = phone;
		switch_call_ring(c);
	}
}

/* ---- where it goes ---- */

/* A telephone whose number C's digits are, else one that they begin. */
static struct telephone *
find_telephone(const struct switch_call *c, bool *begins)
{
	size_t n = strlen(c->number.digits);

	*begins = false;
	list_each (struct telephone, t, &c->exchange->telephones, link) {
		if (strcmp(t->number, c->number.digits) == 0)
			return t;
		*begins |= strncmp(t->number, c->number.digits, n) == 0;
	}
	return NULL;
}

static void
call_circuit(struct switch_call *c)
{
	struct trunks *t = &c->exchange->trunks;
	const struct trunk_circuit *from = c->sides[CALLING].circuit;
	LOCAL_BUF number = BUF_INIT;
	struct isup *m = &t->out;
	struct trunk_circuit *to = trunk_seize(
	    t, c->number.digits, from != NULL ? from->trunk : NULL, c);

	if (to == NULL) {
		refuse_switch_call(c, trunk_leads(t, c->number.digits,
					  from != NULL ? from->trunk : NULL)
					  ? 34
					  : 1);
		return;
	}
	c->sides[CALLED].circuit = to;
	isup_number_write(ISUP_PARAM_CALLED, &c->number, &number);
	isup_read(buf_view(&c->iam), m);
	for (size_t i = 0; i < m->n; i++)
		if (m->params[i].code == ISUP_PARAM_CALLED)
			m->params[i].value = buf_view(&number);
	trunk_call(to, m);
	switch_call_set(c, SWITCH_T7, T7);
}

void
switch_call_again(struct switch_call *c)
{
	c->sides[CALLED].circuit = NULL;
	switch_call_stop(c, SWITCH_T7);
	if (++c->tries >= TRIES)
		refuse_switch_call(c, 34);
	else if (switch_call_step(c, EVENT_IAM_SENT, RULE_GATEWAY_AGAIN))
		call_circuit(c);
}

void
switch_call_route(struct switch_call *c)
{
	bool begins;
	struct telephone *phone = find_telephone(c, &begins);

	if (phone == NULL && begins && !c->number.complete) {
		if (!is(c, STATE_COLLECTING))
			switch_call_step(
			    c, EVENT_PROBATION, RULE_EXCHANGE_DIGITS);
		switch_call_set(c, SWITCH_T35, T35);
		return;
	}
	switch_call_stop(c, SWITCH_T35);
	switch_call_step(c,
	    c->sides[CALLING].phone != NULL ? EVENT_DIALLED : EVENT_IAM,
	    RULE_EXCHANGE_CALL);
	if (phone != NULL)
		call_telephone(c, phone);
	else
		call_circuit(c);
}

/* ---- digits ---- */

/* DIGITS more, after which the number is COMPLETE. */
static void
switch_call_dial(struct switch_call *c, const char *digits, bool complete)
{
	size_t have = strlen(c->number.digits);
	struct isup_number more = { .complete = complete };
	LOCAL_BUF value = BUF_INIT;
	struct isup *m = &c->exchange->trunks.out;

	/* Digits after the complete number count for nothing. */
	if (c->complete || (!is(c, STATE_COLLECTING) && !is(c, STATE_TRYING)) ||
	    have + strlen(digits) > ISUP_DIGITS)
		return;
	memcpy(c->number.digits + have, digits, strlen(digits) + 1);
	c->number.complete = complete;
	switch_call_step(c, EVENT_SAM,
	    is(c, STATE_COLLECTING) ? RULE_EXCHANGE_DIGITS : RULE_EXCHANGE_SAM);
	if (is(c, STATE_COLLECTING)) {
		switch_call_route(c);
		return;
	}
	if (c->sides[CALLED].circuit == NULL)
		return;
	memcpy(more.digits, digits, strlen(digits) + 1);
	isup_number_write(ISUP_PARAM_SUBSEQUENT, &more, &value);
	isup_begin(m, ISUP_SAM);
	isup_add(m, ISUP_PARAM_SUBSEQUENT, buf_view(&value));
	switch_call_pass(c, CALLED, m, RULE_EXCHANGE_SAM);
	switch_call_set(c, SWITCH_T7, T7);
}

/* ---- what circuits say ---- */

static void
take_sam(struct switch_call *c, const struct isup *m)
{
	const struct isup_param *p = isup_find(m, ISUP_PARAM_SUBSEQUENT);
	struct isup_number more;

	if (p != NULL &&
	    isup_number_read(ISUP_PARAM_SUBSEQUENT, p->value, &more))
		switch_call_dial(c, more.digits, more.complete);
}

/* The called party has said M: false where it comes out of order. */
static bool
take_backward(struct switch_call *c, const struct isup *m)
{
	bool early = (isup_octet(m, ISUP_PARAM_BCI, 0) >> 2 & 3) == 0;

	switch (m->row->type) {
	case ISUP_ACM:
		if (!is(c, STATE_TRYING))
			return false;
		c->complete = true;
		switch_call_stop(c, SWITCH_T7);
		switch_call_step(
		    c, early ? EVENT_EARLY_ACM : EVENT_ACM, RULE_EXCHANGE_ACM);
		/* The exchange that the caller is at counts. */
		if (c->sides[CALLING].phone != NULL)
			switch_call_set(c, SWITCH_T9, T9);
		return true;
	case ISUP_CPG:
		if ((isup_octet(m, ISUP_PARAM_EVENT, 0) & 0x7F) == 1 &&
		    !is(c, STATE_CONNECTED))
			switch_call_step(
			    c, EVENT_CPG_ALERTING, RULE_EXCHANGE_ACM);
		return true;
	case ISUP_ANM:
	case ISUP_CON:
		switch_call_stop(c, SWITCH_T7);
		switch_call_stop(c, SWITCH_T9);
		return switch_call_step(c, EVENT_ANM, RULE_EXCHANGE_ANSWER);
	case ISUP_SUS:
	case ISUP_RES:
		return switch_call_step(c,
		    m->row->type == ISUP_SUS ? EVENT_SUS : EVENT_RES,
		    RULE_EXCHANGE_SUS);
	default:
		return true;
	}
}

void
switch_call_heard(struct switch_call *c, unsigned side, const struct isup *m)
{
	if (side == CALLING && m->row->type == ISUP_SAM)
		take_sam(c, m);
	else if (side == CALLING || take_backward(c, m))
		switch_call_pass(c, !side, m, RULE_EXCHANGE_PASS);
}
