/*
 * What keeps circuits in order: REL and RSC until their RLC comes (T1, T5, T16,
 * T17), BLO and UBL until theirs (T12 to T15), the check of a circuit before a
 * call (T8), and what people tell a circuit.
 */
#include "roles/gateway/trunk.h"

#include "base/err.h"
#include "machine/times.h"
#include "rules/rule_names.h"

#include <string.h>

#define FIRST (TIME_ISUP_T1_MS * SIP_MS_NS)
#define LONG  (TIME_ISUP_T5_MS * SIP_MS_NS)

static void fire_release(void *arg);
static void fire_care(void *arg);
static void fire_check(void *arg);

/* How each is repeated: at first after the one time, after LONG in all after
 * the other. */
static const struct repeat_row {
	uint8_t type;
	struct node_timer soon, late;
} repeats[] = {
	{ ISUP_REL, { "T1", RULE_TRUNK_T1, fire_release, "circuit" },
	    { "T5", RULE_TRUNK_T5, fire_release, "circuit" } },
	{ ISUP_RSC, { "T16", RULE_TRUNK_T5, fire_release, "circuit" },
	    { "T16", RULE_TRUNK_T5, fire_release, "circuit" } },
	{ ISUP_BLO, { "T12", RULE_TRUNK_BLOCK, fire_care, "circuit" },
	    { "T12", RULE_TRUNK_BLOCK, fire_care, "circuit" } },
	{ ISUP_UBL, { "T14", RULE_TRUNK_BLOCK, fire_care, "circuit" },
	    { "T14", RULE_TRUNK_BLOCK, fire_care, "circuit" } },
};
static const struct node_timer t8 = { "T8", RULE_TRUNK_CHECK, fire_check,
	"circuit" };

static const struct repeat_row *
row_of(const struct trunk_repeat *r)
{
	const struct repeat_row *row = repeats;

	while (row->type != r->type)
		row++;
	return row;
}

static int64_t
now_at(const struct trunk_circuit *c)
{
	return sim_now(node_sim(trunk_node(c)));
}

/* The timer that runs for R. */
static const struct node_timer *
timer_of(const struct trunk_circuit *c, const struct trunk_repeat *r)
{
	const struct repeat_row *row = row_of(r);

	return now_at(c) - r->since + FIRST >= LONG ? &row->late : &row->soon;
}

static void
set_timer(struct trunk_circuit *c, struct trunk_repeat *r)
{
	int64_t left = r->since + LONG - now_at(c);

	node_timer_set(trunk_node(c), &r->again, timer_of(c, r), c->id,
	    now_at(c) + (left > FIRST  ? FIRST
			    : left > 0 ? left
				       : LONG),
	    c);
}

static void
send_again(struct trunk_circuit *c, struct trunk_repeat *r, enum rule_id why)
{
	struct isup *m = &c->trunk->trunks->out;
	uint64_t seq;

	if (r->bytes.err != 0 ||
	    isup_read(buf_view(&r->bytes), m) != ISUP_FAULT_NONE) {
		node_fail_memory(trunk_node(c));
		return;
	}
	seq = trunk_send(c, m, why, r->first);
	if (r->first == 0)
		r->first = seq;
	set_timer(c, r);
}

void
trunk_repeat_start(struct trunk_circuit *c, struct trunk_repeat *r,
    enum isup_type type, enum isup_code code, struct str value,
    enum rule_id why)
{
	struct isup *m = &c->trunk->trunks->out;

	trunk_repeat_stop(c, r);
	r->type = (uint8_t)type;
	r->since = now_at(c);
	r->first = 0;
	isup_begin(m, type);
	if (value.n > 0)
		isup_add(m, code, value);
	buf_clear(&r->bytes);
	isup_write(m, &r->bytes);
	send_again(c, r, why);
}

void
trunk_repeat_stop(struct trunk_circuit *c, struct trunk_repeat *r)
{
	if (r->type != 0)
		node_timer_stop(
		    trunk_node(c), &r->again, timer_of(c, r), c->id);
	r->type = 0;
}

static void
fire_release(void *arg)
{
	struct trunk_circuit *c = arg;
	struct trunk_repeat *r = &c->release;
	bool gives_up = r->type == ISUP_REL && now_at(c) - r->since >= LONG;
	const struct repeat_row *row = row_of(r);

	node_timer_fired(trunk_node(c), &r->again,
	    gives_up ? &row->late : &row->soon, c->id);
	if (gives_up) {
		trunk_step(c, EVENT_TIMER_T5, RULE_TRUNK_T5);
		trunk_repeat_start(c, r, ISUP_RSC, 0, STR_NULL, RULE_TRUNK_T5);
		return;
	}
	trunk_step(c, r->type == ISUP_REL ? EVENT_TIMER_T1 : EVENT_TIMER_T16,
	    row->soon.why);
	send_again(c, r, row->soon.why);
}

static void
fire_care(void *arg)
{
	struct trunk_circuit *c = arg;

	node_timer_fired(
	    trunk_node(c), &c->care.again, timer_of(c, &c->care), c->id);
	send_again(c, &c->care, RULE_TRUNK_BLOCK);
}

/* ---- reset ---- */

void
trunk_reset(struct trunk_circuit *c, enum rule_id why)
{
	const struct q850_indicators cause = { .location = 4, .cause = 41 };
	void *user = c->user;

	if (machine_run_is(&c->machine, STATE_RESETTING))
		return;
	trunk_check_stop(c);
	c->user = NULL;
	c->blocked = c->barred = false;
	trunk_repeat_stop(c, &c->care);
	trunk_repeat_stop(c, &c->release);
	trunk_step(c, EVENT_RSC_SENT, why);
	trunk_repeat_start(c, &c->release, ISUP_RSC, 0, STR_NULL, why);
	if (user != NULL)
		c->trunk->trunks->ops->released(c, user, &cause, NULL);
}

/* ---- continuity ---- */

#define TONE (500 * SIP_MS_NS) /* how long a check takes */

/* Of the check of this side's; that of the other side runs T8. */
static const struct node_timer tone = { "check", RULE_TRUNK_CHECK, fire_check,
	NULL };

static const struct node_timer *
check_of(const struct trunk_circuit *c)
{
	return machine_run_is(&c->machine, STATE_CHECKING) ? &t8 : &tone;
}

void
trunk_check_wait(struct trunk_circuit *c)
{
	node_timer_set(trunk_node(c), &c->check, &t8, c->id,
	    now_at(c) + TIME_ISUP_T8_MS * SIP_MS_NS, c);
}

void
trunk_check_begin(struct trunk_circuit *c)
{
	node_timer_set(
	    trunk_node(c), &c->check, &tone, c->id, now_at(c) + TONE, c);
}

void
trunk_check_stop(struct trunk_circuit *c)
{
	node_timer_stop(trunk_node(c), &c->check, check_of(c), c->id);
}

/* This side's check is over: the first of a node ends as its attribute says. */
static void
end_check(struct trunk_circuit *c)
{
	struct trunks *t = c->trunk->trunks;
	bool bad = !t->checked &&
		   strcmp(node_attr(t->node, "continuity", ""), "bad") == 0;
	void *user = c->user;

	t->checked = true;
	if (bad) {
		c->barred = true;
		c->user = NULL;
		trunk_step(c, EVENT_COT_FAILED, RULE_TRUNK_CHECK);
	}
	trunk_say(c, ISUP_COT, ISUP_PARAM_CONTINUITY,
	    bad ? (struct str){ "", 1 } : STR("\1"), RULE_TRUNK_CHECK);
	if (bad && user != NULL)
		t->ops->taken(c, user);
}

static void
fire_check(void *arg)
{
	struct trunk_circuit *c = arg;
	const struct q850_indicators failed = { .location = 3, .cause = 41 };
	bool theirs = machine_run_is(&c->machine, STATE_CHECKING);
	struct buf cause = BUF_INIT;

	node_timer_fired(trunk_node(c), &c->check, check_of(c), c->id);
	if (!theirs) {
		end_check(c);
		return;
	}
	q850_write(&failed, &cause);
	trunk_step(c, EVENT_TIMER_T8, RULE_TRUNK_CHECK);
	trunk_repeat_start(c, &c->release, ISUP_REL, ISUP_PARAM_CAUSE,
	    buf_view(&cause), RULE_TRUNK_CHECK);
	buf_free(&cause);
}

/* ---- verbs ---- */

/* The circuit that A names, or NULL with a sentence. */
static struct trunk_circuit *
circuit_of(const struct node_act *a, struct trunks *t)
{
	const char *id = node_arg(a->args, "circuit");
	struct trunk_circuit *c = id != NULL ? trunk_find(t, str_of(id)) : NULL;

	if (c == NULL)
		diag_set(a->d, ERR_NOTFOUND, NULL, 0,
		    _("there is no circuit “%s”; expected something like "
		      "“switch1:5”"),
		    id != NULL ? id : "");
	return c;
}

int
trunk_block(struct trunks *t, const struct node_act *a, bool on)
{
	struct trunk_circuit *c = circuit_of(a, t);

	if (c == NULL)
		return ERR_NOTFOUND;
	c->blocked = on;
	trunk_repeat_start(c, &c->care, on ? ISUP_BLO : ISUP_UBL, 0, STR_NULL,
	    RULE_TRUNK_BLOCK);
	return 0;
}

int
trunk_reset_named(struct trunks *t, const struct node_act *a)
{
	struct trunk_circuit *c = circuit_of(a, t);

	if (c == NULL)
		return ERR_NOTFOUND;
	trunk_reset(c, RULE_TRUNK_RESET);
	return 0;
}
