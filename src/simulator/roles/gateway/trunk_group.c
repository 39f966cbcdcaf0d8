/*
 * Messages for several circuits of a trunk (ITU-T Q.764 2.8.2, 2.9.3): GRS and
 * its GRA, CGB and CGU and theirs.  The circuit that a message names is the
 * first of a range (Q.763 3.43); which of them are meant is marked by bits, the
 * lowest of the first octet being the first circuit's.  What waits for an
 * answer is that first circuit's.
 */
#include "roles/gateway/trunk.h"

#include "rules/rule_names.h"

#include <string.h>

#define MARKS_MOST 32 /* octets: 256 circuits */

/* The contents of a range and status. */
struct range_value {
	unsigned n;
	size_t octets; /* of marks; 0: it has none */
	uint8_t marks[MARKS_MOST];
};

struct trunk_circuit *
trunk_circuit_at(struct trunk *t, unsigned cic)
{
	list_each (struct trunk_circuit, c, &t->circuits, link)
		if (c->cic == cic)
			return c;
	return NULL;
}

/* The circuit AT places behind the first of R; NULL: there is none. */
static struct trunk_circuit *
range_circuit(const struct trunk_range *r, unsigned at)
{
	return trunk_circuit_at(r->trunk, r->cic + at);
}

static bool
range_marked(const struct range_value *v, unsigned at)
{
	return (v->marks[at / 8] >> at % 8 & 1) != 0;
}

static void
range_mark(struct range_value *v, unsigned at)
{
	v->marks[at / 8] |= (uint8_t)(1u << at % 8);
}

/* False: M has no range of two circuits or more, or not all of their marks;
 * MARKS: it must have them. */
static bool
trunk_group_read_value(const struct isup *m, bool marks, struct range_value *v)
{
	const struct isup_param *p = isup_find(m, ISUP_PARAM_RANGE);

	*v = (struct range_value){ 0 };
	if (p == NULL || p->value.n == 0)
		return false;
	v->n = (uint8_t)p->value.p[0] + 1u;
	v->octets = marks ? (v->n + 7) / 8 : 0;
	if (v->n < 2 || p->value.n - 1 < v->octets)
		return false;
	memcpy(v->marks, p->value.p + 1, v->octets);
	return true;
}

/* M of TYPE with V; CAUSE counts for types that have one.  OCTETS is room for
 * borrowed parameters. */
static void
write_value(struct isup *m, enum isup_type type, enum trunk_cause cause,
    const struct range_value *v, char octets[2 + MARKS_MOST])
{
	octets[0] = (char)cause;
	octets[1] = (char)(v->n - 1);
	memcpy(octets + 2, v->marks, v->octets);
	isup_begin(m, type);
	if (m->row->fixed[0] == ISUP_PARAM_SUPERVISION)
		isup_add(m, ISUP_PARAM_SUPERVISION, (struct str){ octets, 1 });
	isup_add(
	    m, ISUP_PARAM_RANGE, (struct str){ octets + 1, 1 + v->octets });
}

static void
answer_range(struct trunk_circuit *c, enum isup_type type,
    enum trunk_cause cause, const struct range_value *v, enum rule_id why)
{
	struct isup *m = &c->trunk->trunks->out;
	char octets[2 + MARKS_MOST];

	write_value(m, type, cause, v, octets);
	trunk_send(c, m, why, 0);
}

static void
tell_losses(const struct trunk_range *r)
{
	struct trunk_circuit *c;

	for (unsigned i = 0; i < r->n; i++)
		if ((c = range_circuit(r, i)) != NULL)
			trunk_tell_loss(c);
}

/* ---- reset ---- */

static void
say_reset(const struct trunk_range *r, enum rule_id why)
{
	struct trunk_circuit *first = range_circuit(r, 0);
	struct isup *m = &r->trunk->trunks->out;
	struct range_value v = { .n = r->n };
	char octets[2 + MARKS_MOST];

	if (r->n == 1) {
		trunk_repeat_say(&first->release, ISUP_RSC, 0, STR_NULL, why);
		return;
	}
	write_value(m, ISUP_GRS, TRUNK_MAINTENANCE, &v, octets);
	trunk_repeat_start(&first->release, m, RULE_TRUNK_GROUP_RESET);
}

void
trunk_range_reset(const struct trunk_range *r, enum rule_id why)
{
	bool again =
	    machine_run_is(&range_circuit(r, 0)->machine, STATE_RESETTING);
	struct trunk_circuit *c;

	/* Its answer is still to come. */
	if (r->n == 1 && again)
		return;
	for (unsigned i = 0; i < r->n; i++) {
		c = range_circuit(r, i);
		trunk_lose(c, r->n == 1 ? EVENT_RSC_SENT : EVENT_GRS_SENT, why);
		c->faulty = false;
		trunk_repeat_stop(&c->care);
		for (int k = 0; k < TRUNK_CAUSES; k++) {
			trunk_repeat_stop(&c->groups[k]);
			trunk_block_step(c, (enum trunk_cause)k, EVENT_RSC_SENT,
			    RULE_TRUNK_RESET);
		}
	}
	say_reset(r, why);
	tell_losses(r);
}

/* Circuits blocked here because of hardware are reported before the GRA. */
static void
take_grs(struct trunk_circuit *first, const struct isup *m)
{
	struct trunk_range r = { first->trunk, first->cic, 0 };
	struct range_value v;
	struct trunk_circuit *c;

	if (!trunk_group_read_value(m, false, &v) || v.n > TRUNK_RESET_MOST) {
		node_note_bad(trunk_node(first), RULE_TRUNK_GROUP_RESET,
		    TRACE_REFUSAL_ISUP, STR("range"));
		return;
	}
	r.n = v.n;
	v.octets = (v.n + 7) / 8;
	for (unsigned i = 0; i < r.n; i++) {
		if ((c = range_circuit(&r, i)) == NULL)
			continue;
		trunk_lose(c, EVENT_GRS, RULE_TRUNK_GROUP_RESET);
		c->faulty = false;
		for (int k = 0; k < TRUNK_CAUSES; k++)
			trunk_block_step(c, (enum trunk_cause)k, EVENT_RSC,
			    RULE_TRUNK_GROUP_RESET);
		if (trunk_is_blocked(c, TRUNK_MAINTENANCE, true))
			range_mark(&v, i);
		if (trunk_is_blocked(c, TRUNK_HARDWARE, true))
			trunk_range_block(
			    &(struct trunk_range){ c->trunk, c->cic, 1 },
			    TRUNK_HARDWARE, true);
	}
	answer_range(
	    first, ISUP_GRA, TRUNK_MAINTENANCE, &v, RULE_TRUNK_GROUP_RESET);
	tell_losses(&r);
}

/* M does not answer the message that waits for an answer. */
static void
drop_answer(const struct trunk_circuit *c, enum rule_id why)
{
	node_note_drop(
	    trunk_node(c), c->trunk->trunks->recv, TRACE_DROP_UNMATCHED, why);
}

/* The value of what R repeats. */
static bool
read_repeated(const struct trunk_repeat *r, bool marks, struct range_value *v)
{
	struct isup *m = &r->circuit->trunk->trunks->out;

	return isup_read(buf_view(&r->bytes), m) == ISUP_FAULT_NONE &&
	       trunk_group_read_value(m, marks, v);
}

static void
take_gra(struct trunk_circuit *first, const struct isup *m)
{
	const struct trunk_range r = { first->trunk, first->cic, 0 };
	struct range_value said, v;
	struct trunk_circuit *c;

	if (first->release.type != ISUP_GRS ||
	    !read_repeated(&first->release, false, &said) ||
	    !trunk_group_read_value(m, true, &v) || v.n != said.n) {
		drop_answer(first, RULE_TRUNK_GROUP_RESET);
		return;
	}
	trunk_repeat_stop(&first->release);
	for (unsigned i = 0; i < v.n; i++) {
		if ((c = range_circuit(&r, i)) == NULL)
			continue;
		/* An RSC of its own is still out. */
		if (c->release.type == 0 &&
		    machine_run_is(&c->machine, STATE_RESETTING))
			trunk_step(c, EVENT_GRA, RULE_TRUNK_FREE);
		if (range_marked(&v, i))
			trunk_block_step(c, TRUNK_MAINTENANCE, EVENT_BLO,
			    RULE_TRUNK_GROUP_RESET);
	}
}

/* ---- blocking ---- */

static enum rule_id
block_rule(enum trunk_cause cause)
{
	return cause == TRUNK_HARDWARE ? RULE_TRUNK_HARDWARE
				       : RULE_TRUNK_GROUP_BLOCK;
}

/* The circuits of R that V marks take EVENT; what hardware blocks has no call
 * any more. */
static void
block_marked(const struct trunk_range *r, const struct range_value *v,
    enum trunk_cause cause, enum event_id event)
{
	bool blocks = event == EVENT_BLO || event == EVENT_BLO_SENT;
	struct trunk_circuit *c;

	for (unsigned i = 0; i < r->n; i++) {
		c = range_circuit(r, i);
		if (c == NULL || !range_marked(v, i))
			continue;
		trunk_block_step(c, cause, event, block_rule(cause));
		if (blocks && cause == TRUNK_HARDWARE)
			trunk_lose(c, EVENT_HARDWARE, RULE_TRUNK_HARDWARE);
	}
}

void
trunk_range_block(
    const struct trunk_range *circuits, enum trunk_cause cause, bool on)
{
	struct trunk_range r = *circuits;
	struct isup *m = &r.trunk->trunks->out;
	struct range_value v = { 0 };
	char octets[2 + MARKS_MOST];
	unsigned skip = 0;

	/* A range has two circuits at least. */
	if (r.n == 1 && range_circuit(&r, 1) == NULL && r.cic > 0)
		skip = 1;
	for (unsigned i = 0; i < r.n; i++)
		range_mark(&v, i + skip);
	r.cic -= skip;
	r.n = v.n = r.n == 1 ? 2 : r.n;
	v.octets = (v.n + 7) / 8;
	if (range_circuit(&r, 0) == NULL)
		return;
	block_marked(&r, &v, cause, on ? EVENT_BLO_SENT : EVENT_UBL_SENT);
	write_value(m, on ? ISUP_CGB : ISUP_CGU, cause, &v, octets);
	trunk_repeat_start(
	    &range_circuit(&r, 0)->groups[cause], m, block_rule(cause));
	tell_losses(&r);
}

static const struct block_row {
	uint8_t type, answer;
	enum event_id event;
} blocks[] = {
	{ ISUP_CGB, ISUP_CGBA, EVENT_BLO },
	{ ISUP_CGU, ISUP_CGUA, EVENT_UBL },
};

/* False: M has no cause that is known, or no range. */
static bool
read_block(const struct isup *m, enum trunk_cause *cause, struct range_value *v)
{
	unsigned said = isup_octet(m, ISUP_PARAM_SUPERVISION, 0) & 3;

	*cause = (enum trunk_cause)said;
	return said < TRUNK_CAUSES && trunk_group_read_value(m, true, v);
}

static void
trunk_group_take_block(struct trunk_circuit *first, const struct block_row *row,
    const struct isup *m)
{
	struct trunk_range r = { first->trunk, first->cic, 0 };
	enum trunk_cause cause;
	struct range_value v;

	if (!read_block(m, &cause, &v)) {
		node_note_bad(trunk_node(first), RULE_TRUNK_GROUP_BLOCK,
		    TRACE_REFUSAL_ISUP, STR("range"));
		return;
	}
	r.n = v.n;
	block_marked(&r, &v, cause, row->event);
	answer_range(
	    first, (enum isup_type)row->answer, cause, &v, block_rule(cause));
	tell_losses(&r);
}

/* An answer of another range, or that leaves out what was marked, is none. */
static void
take_block_answer(struct trunk_circuit *first, const struct block_row *row,
    const struct isup *m)
{
	struct range_value v, said;
	enum trunk_cause cause;
	bool answers = read_block(m, &cause, &v) &&
		       first->groups[cause].type == row->type &&
		       read_repeated(&first->groups[cause], true, &said) &&
		       v.n == said.n;

	for (unsigned i = 0; answers && i < v.n; i++)
		answers = range_marked(&v, i) || !range_marked(&said, i);
	if (answers)
		trunk_repeat_stop(&first->groups[cause]);
	else
		drop_answer(first, RULE_TRUNK_GROUP_BLOCK);
}

bool
trunk_range_heard(struct trunk_circuit *c, const struct isup *m)
{
	unsigned type = m->row->type;

	if (type == ISUP_GRS)
		take_grs(c, m);
	else if (type == ISUP_GRA)
		take_gra(c, m);
	for (size_t i = 0; i < COUNT_OF(blocks); i++)
		if (type == blocks[i].type)
			trunk_group_take_block(c, &blocks[i], m);
		else if (type == blocks[i].answer)
			take_block_answer(c, &blocks[i], m);
	return type == ISUP_GRS || type == ISUP_GRA ||
	       (type >= ISUP_CGB && type <= ISUP_CGUA);
}
