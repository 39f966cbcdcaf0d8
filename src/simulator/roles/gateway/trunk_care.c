/*
 * What keeps circuits in order: REL and RSC until their RLC comes (T1, T5, T16,
 * T17), BLO and UBL until theirs (T12 to T15), CGB, CGU and GRS until theirs
 * (T18 to T23), the check of a circuit before a call (T8), and what people tell
 * a circuit.
 */
#include "roles/gateway/trunk.h"

#include "base/err.h"
#include "msg/constants.h"
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
	{ ISUP_CGB, { "T18", RULE_TRUNK_GROUP_BLOCK, fire_care, "circuit" },
	    { "T18", RULE_TRUNK_GROUP_BLOCK, fire_care, "circuit" } },
	{ ISUP_CGU, { "T20", RULE_TRUNK_GROUP_BLOCK, fire_care, "circuit" },
	    { "T20", RULE_TRUNK_GROUP_BLOCK, fire_care, "circuit" } },
	{ ISUP_GRS, { "T22", RULE_TRUNK_GROUP_RESET, fire_care, "circuit" },
	    { "T22", RULE_TRUNK_GROUP_RESET, fire_care, "circuit" } },
};
static const struct node_timer t8 = { "T8", RULE_TRUNK_CHECK, fire_check,
	"circuit" };

static const struct repeat_row *
trunk_care_row_of(const struct trunk_repeat *r)
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
trunk_care_timer_of(const struct trunk_repeat *r)
{
	const struct repeat_row *row = trunk_care_row_of(r);

	return now_at(r->circuit) - r->since + FIRST >= LONG ? &row->late
							     : &row->soon;
}

static void
trunk_care_set_timer(struct trunk_repeat *r)
{
	int64_t now = now_at(r->circuit), left = r->since + LONG - now;

	node_timer_set(trunk_node(r->circuit), &r->again,
	    trunk_care_timer_of(r), r->id,
	    now + (left > FIRST  ? FIRST
		      : left > 0 ? left
				 : LONG),
	    r);
}

static void
send_again(struct trunk_repeat *r, enum rule_id why)
{
	struct trunk_circuit *c = r->circuit;
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
	trunk_care_set_timer(r);
}

void
trunk_repeat_start(
    struct trunk_repeat *r, const struct isup *m, enum rule_id why)
{
	trunk_repeat_stop(r);
	r->type = m->row->type;
	r->since = now_at(r->circuit);
	r->first = 0;
	buf_clear(&r->bytes);
	isup_write(m, &r->bytes);
	send_again(r, why);
}

void
trunk_repeat_say(struct trunk_repeat *r, enum isup_type type,
    enum isup_code code, struct str value, enum rule_id why)
{
	struct isup *m = &r->circuit->trunk->trunks->out;

	isup_begin(m, type);
	if (value.n > 0)
		isup_add(m, code, value);
	trunk_repeat_start(r, m, why);
}

void
trunk_repeat_stop(struct trunk_repeat *r)
{
	if (r->type != 0)
		node_timer_stop(trunk_node(r->circuit), &r->again,
		    trunk_care_timer_of(r), r->id);
	r->type = 0;
}

static void
fire_release(void *arg)
{
	struct trunk_repeat *r = arg;
	struct trunk_circuit *c = r->circuit;
	bool gives_up = r->type == ISUP_REL && now_at(c) - r->since >= LONG;
	const struct repeat_row *row = trunk_care_row_of(r);

	node_timer_fired(trunk_node(c), &r->again,
	    gives_up ? &row->late : &row->soon, r->id);
	if (gives_up) {
		trunk_step(c, EVENT_TIMER_T5, RULE_TRUNK_T5);
		trunk_repeat_say(r, ISUP_RSC, 0, STR_NULL, RULE_TRUNK_T5);
		return;
	}
	trunk_step(c, r->type == ISUP_REL ? EVENT_TIMER_T1 : EVENT_TIMER_T16,
	    row->soon.why);
	send_again(r, row->soon.why);
}

static void
fire_care(void *arg)
{
	struct trunk_repeat *r = arg;
	const struct node_timer *t = trunk_care_timer_of(r);

	node_timer_fired(trunk_node(r->circuit), &r->again, t, r->id);
	send_again(r, t->why);
}

/* ---- blocking ---- */

void
trunk_block_step(struct trunk_circuit *c, enum trunk_cause cause,
    enum event_id event, enum rule_id why)
{
	struct machine_run *m = &c->blocking[cause];

	if (machine_run_next(m, event) != NULL)
		node_machine_step(trunk_node(c), m,
		    cause == TRUNK_HARDWARE ? c->hardware_id : c->id, event,
		    why);
}

void
trunk_remind(struct trunk_circuit *c)
{
	const struct trunk_range one = { c->trunk, c->cic, 1 };

	if (trunk_is_blocked(c, TRUNK_MAINTENANCE, true))
		trunk_repeat_say(
		    &c->care, ISUP_BLO, 0, STR_NULL, RULE_TRUNK_BLOCK);
	if (trunk_is_blocked(c, TRUNK_HARDWARE, true))
		trunk_range_block(&one, TRUNK_HARDWARE, true);
}

/* ---- reset ---- */

void
trunk_lose(struct trunk_circuit *c, enum event_id event, enum rule_id why)
{
	bool fresh = machine_run_is(&c->machine, STATE_OUTGOING) && !c->heard;

	if (machine_run_next(&c->machine, event) == NULL)
		return;
	if (c->user != NULL)
		c->loss = fresh ? TRUNK_TAKEN : TRUNK_ENDED;
	trunk_check_stop(c);
	if (c->release.type == ISUP_REL)
		trunk_repeat_stop(&c->release);
	trunk_step(c, event, why);
}

void
trunk_tell_loss(struct trunk_circuit *c)
{
	const struct q850_indicators cause = { .location = 4, .cause = 41 };
	const struct trunk_ops *ops = c->trunk->trunks->ops;
	enum trunk_loss loss = c->loss;
	void *user = c->user;

	if (loss == TRUNK_KEPT)
		return;
	c->loss = TRUNK_KEPT;
	c->user = NULL;
	if (loss == TRUNK_TAKEN)
		ops->taken(c, user);
	else
		ops->released(c, user, &cause, NULL);
}

void
trunk_reset(struct trunk_circuit *c, enum rule_id why)
{
	const struct trunk_range one = { c->trunk, c->cic, 1 };

	trunk_range_reset(&one, why);
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
		c->faulty = true;
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
	LOCAL_BUF cause = BUF_INIT;

	node_timer_fired(trunk_node(c), &c->check, check_of(c), c->id);
	if (!theirs) {
		end_check(c);
		return;
	}
	q850_write(&failed, &cause);
	trunk_step(c, EVENT_TIMER_T8, RULE_TRUNK_CHECK);
	trunk_repeat_say(&c->release, ISUP_REL, ISUP_PARAM_CAUSE,
	    buf_view(&cause), RULE_TRUNK_CHECK);
}

/* ---- verbs ---- */

/* The circuits that A names, "switch1:5" or "switch1:1-8", MOST of them at
 * most; false with a sentence. */
static bool
trunk_care_read_range(const struct node_act *a, struct trunks *t, unsigned most,
    struct trunk_range *r)
{
	const char *id = node_arg(a->args, "circuit");
	struct str last, first;
	struct trunk_circuit *c;
	uint32_t from = 0, to = 0;

	first = str_cut(str_of(id != NULL ? id : ""), '-', &last);
	c = trunk_find(t, first);
	if (c != NULL)
		from = to = c->cic;
	if (c != NULL && last.n > 0 &&
	    (str_u32(last, &to) != 0 || to < from || to - from >= most))
		c = NULL;
	for (uint32_t cic = from; c != NULL && cic <= to; cic++)
		if (trunk_circuit_at(c->trunk, cic) == NULL)
			c = NULL;
	if (c != NULL)
		*r = (struct trunk_range){ c->trunk, from, to - from + 1 };
	else
		diag_set(a->d, ERR_NOTFOUND, NULL, 0,
		    _("there is no circuit “%s”; expected something like "
		      "“switch1:5”, or “switch1:1-8” for %u at most"),
		    id != NULL ? id : "", most);
	return c != NULL;
}

int
trunk_block(struct trunks *t, const struct node_act *a, bool on)
{
	const char *because = node_arg(a->args, "because");
	bool hardware = because != NULL && strcmp(because, "hardware") == 0;
	struct trunk_range r;
	struct trunk_circuit *c;

	if (because != NULL && !hardware && strcmp(because, "maintenance") != 0)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not a reason to block a circuit: use "
		      "maintenance or hardware"),
		    because);
	if (!trunk_care_read_range(a, t, TRUNK_RESET_MOST, &r))
		return ERR_NOTFOUND;
	if (r.n > 1 || hardware) {
		trunk_range_block(
		    &r, hardware ? TRUNK_HARDWARE : TRUNK_MAINTENANCE, on);
		return 0;
	}
	c = trunk_circuit_at(r.trunk, r.cic);
	trunk_block_step(c, TRUNK_MAINTENANCE,
	    on ? EVENT_BLO_SENT : EVENT_UBL_SENT, RULE_TRUNK_BLOCK);
	trunk_repeat_say(
	    &c->care, on ? ISUP_BLO : ISUP_UBL, 0, STR_NULL, RULE_TRUNK_BLOCK);
	return 0;
}

int
trunk_reset_named(struct trunks *t, const struct node_act *a)
{
	struct trunk_range r;

	if (!trunk_care_read_range(a, t, TRUNK_RESET_MOST, &r))
		return ERR_NOTFOUND;
	trunk_range_reset(&r, RULE_TRUNK_RESET);
	return 0;
}
