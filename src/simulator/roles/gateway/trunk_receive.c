/*
 * Messages that come over a trunk: each is of a circuit, whose machine takes a
 * step or not; messages of a call go to its user.
 */
#include "roles/gateway/trunk.h"

#include "rules/rule_names.h"

#include <string.h>

/* The call on C is over, which M says; NULL: a reset. */
static void
tell_released(struct trunk_circuit *c, const struct isup *m)
{
	const struct isup_param *p =
	    m != NULL ? isup_find(m, ISUP_PARAM_CAUSE) : NULL;
	struct q850_indicators why = { .location = 4, .cause = 41 };
	void *user = c->user;

	if (p != NULL && !q850_read(p->value, &why))
		why = (struct q850_indicators){ .location = 4, .cause = 31 };
	c->user = NULL;
	trunk_check_stop(c);
	if (user != NULL)
		c->trunk->trunks->ops->released(c, user, &why, m);
}

/* ---- setting up ---- */

#define CHECK_BITS 0x0C
#define CHECK_HERE 0x04

static bool
is_checked(const struct isup *m)
{
	return (isup_octet(m, ISUP_PARAM_NCI, 0) & CHECK_BITS) == CHECK_HERE;
}

static void
take_iam(struct trunk_circuit *c, const struct isup *m, struct str bytes)
{
	const struct trunk_ops *ops = c->trunk->trunks->ops;
	bool out = machine_run_is(&c->machine, STATE_OUTGOING);
	bool checked = is_checked(m);
	void *user = c->user;

	if (trunk_is_blocked_here(c) && !out) {
		trunk_remind(c);
		return;
	}
	/* A repetition; or a glare that this side wins. */
	if ((!trunk_is_idle(c) && !out) ||
	    (out && (c->heard || trunk_controls(c)))) {
		bool glare = out && !c->heard;

		node_note_drop(trunk_node(c), c->trunk->trunks->recv,
		    glare ? TRACE_DROP_GLARE : TRACE_DROP_UNMATCHED,
		    glare ? RULE_TRUNK_GLARE : RULE_TRUNK_IAM);
		return;
	}
	c->user = NULL;
	trunk_check_stop(c);
	if (!trunk_step(c, checked ? EVENT_IAM_CHECK : EVENT_IAM,
		out ? RULE_TRUNK_GLARE : RULE_TRUNK_IAM))
		return;
	if (checked) {
		buf_clear(&c->held);
		buf_str(&c->held, bytes);
		trunk_check_wait(c);
	}
	if (out && user != NULL)
		ops->taken(c, user);
	/* M may be another message by now. */
	if (!checked &&
	    isup_read(bytes, &c->trunk->trunks->in) == ISUP_FAULT_NONE)
		ops->seized(c, &c->trunk->trunks->in);
}

static void
take_cot(struct trunk_circuit *c, const struct isup *m)
{
	struct trunks *t = c->trunk->trunks;
	bool good = (isup_octet(m, ISUP_PARAM_CONTINUITY, 0) & 1) != 0;

	if (!machine_run_is(&c->machine, STATE_CHECKING))
		return;
	trunk_check_stop(c);
	trunk_step(c, good ? EVENT_COT : EVENT_COT_FAILED, RULE_TRUNK_CHECK);
	if (c->held.err != 0)
		node_fail_memory(t->node);
	else if (good &&
		 isup_read(buf_view(&c->held), &t->in) == ISUP_FAULT_NONE)
		t->ops->seized(c, &t->in);
}

/* ---- ending ---- */

static void
take_rel(struct trunk_circuit *c, const struct isup *m)
{
	trunk_step(c, EVENT_REL, RULE_TRUNK_RLC);
	/* RFC 3398 7.2.4: the circuit is free before anything else is. */
	trunk_say(c, ISUP_RLC, 0, STR_NULL, RULE_TRUNK_RLC);
	tell_released(c, m);
}

static void
take_rlc(struct trunk_circuit *c)
{
	if (c->release.type != ISUP_REL && c->release.type != ISUP_RSC)
		return;
	trunk_repeat_stop(&c->release);
	trunk_step(c, EVENT_RLC, RULE_TRUNK_FREE);
}

/* This side has seized C, and nothing has come of that yet (Q.764 2.8.2.3,
 * 2.9.3.1): its user, who may have another one, or NULL. */
static void *
trunk_receive_take_back(struct trunk_circuit *c)
{
	void *user = c->user;

	if (!machine_run_is(&c->machine, STATE_OUTGOING) || c->heard)
		return NULL;
	c->user = NULL;
	trunk_check_stop(c);
	return user;
}

static void
take_rsc(struct trunk_circuit *c)
{
	trunk_lose(c, EVENT_RSC, RULE_TRUNK_RSC);
	/* The sender has forgotten its blockings, and is told the ones here. */
	c->faulty = false;
	for (int i = 0; i < TRUNK_CAUSES; i++)
		trunk_block_step(
		    c, (enum trunk_cause)i, EVENT_RSC, RULE_TRUNK_RSC);
	trunk_remind(c);
	trunk_say(c, ISUP_RLC, 0, STR_NULL, RULE_TRUNK_RSC);
	trunk_tell_loss(c);
}

/* There is no such circuit at the other end. */
static void
take_ucic(struct trunk_circuit *c)
{
	void *user = c->user;

	c->faulty = true;
	c->user = NULL;
	trunk_check_stop(c);
	if (machine_run_is(&c->machine, STATE_OUTGOING))
		trunk_step(c, EVENT_COT_FAILED, RULE_TRUNK_UNEQUIPPED);
	take_rlc(c);
	if (user != NULL)
		c->trunk->trunks->ops->taken(c, user);
}

/* ---- what else there is ---- */

/* C is blocked by the other side: a call in progress stays there, one that has
 * just been begun goes elsewhere (Q.764 2.8.2.3). */
static void
take_blo(struct trunk_circuit *c)
{
	const struct q850_indicators why = { .location = 4, .cause = 31 };
	void *user = trunk_receive_take_back(c);

	trunk_block_step(c, TRUNK_MAINTENANCE, EVENT_BLO, RULE_TRUNK_BLOCK);
	trunk_say(c, ISUP_BLA, 0, STR_NULL, RULE_TRUNK_BLOCK);
	if (user == NULL)
		return;
	trunk_release(c, &why, RULE_TRUNK_BLOCK);
	c->trunk->trunks->ops->taken(c, user);
}

static void
take_care(struct trunk_circuit *c, const struct isup *m)
{
	switch (m->row->type) {
	case ISUP_BLO:
		take_blo(c);
		break;
	case ISUP_UBL:
		trunk_block_step(
		    c, TRUNK_MAINTENANCE, EVENT_UBL, RULE_TRUNK_BLOCK);
		trunk_say(c, ISUP_UBA, 0, STR_NULL, RULE_TRUNK_BLOCK);
		break;
	case ISUP_BLA:
	case ISUP_UBA:
		if (c->care.type ==
		    (m->row->type == ISUP_BLA ? ISUP_BLO : ISUP_UBL))
			trunk_repeat_stop(&c->care);
		break;
	default:
		break;
	}
}

/* Messages that are of a call in progress. */
static bool
trunk_receive_is_of_call(unsigned type)
{
	static const uint8_t types[] = { ISUP_SAM, ISUP_INR, ISUP_INF, ISUP_ACM,
		ISUP_CON, ISUP_FOT, ISUP_ANM, ISUP_SUS, ISUP_RES, ISUP_CPG,
		ISUP_USR };

	return memchr(types, (int)type, sizeof(types)) != NULL;
}

static void
take_of_call(struct trunk_circuit *c, const struct isup *m)
{
	if (c->user != NULL) {
		c->heard = true;
		c->trunk->trunks->ops->heard(c, m);
	} else if (trunk_is_blocked(c, TRUNK_HARDWARE, true)) {
		trunk_remind(c);
	} else if (trunk_is_idle(c)) {
		/* The other side has a call of which nothing is known here. */
		trunk_reset(c, RULE_TRUNK_RESET);
	}
}

static void
trunk_receive_take_message(struct trunk_circuit *c, struct str bytes)
{
	const struct isup *m = &c->trunk->trunks->in;
	unsigned type = m->row->type;

	if (type == ISUP_IAM)
		take_iam(c, m, bytes);
	else if (type == ISUP_REL)
		take_rel(c, m);
	else if (type == ISUP_RLC)
		take_rlc(c);
	else if (type == ISUP_RSC)
		take_rsc(c);
	else if (type == ISUP_COT)
		take_cot(c, m);
	else if (type == ISUP_UCIC)
		take_ucic(c);
	else if (trunk_receive_is_of_call(type))
		take_of_call(c, m);
	else if (!trunk_range_heard(c, m))
		take_care(c, m);
}

/* ---- datagrams ---- */

static struct trunk *
trunk_receive_find_neighbour(struct trunks *t, uint32_t code)
{
	list_each (struct trunk, one, &t->all, link)
		if (one->code == code)
			return one;
	return NULL;
}

static void
trunk_receive_note_bad(const struct trunks *t, const char *what)
{
	node_note_bad(
	    t->node, RULE_TRUNK_BAD, TRACE_REFUSAL_ISUP, str_of(what));
}

/* An unknown message. */
static void
say_confused(struct trunk_circuit *c, enum isup_fault fault)
{
	struct q850_indicators cause = { .location = 3, .cause = 97 };
	LOCAL_BUF value = BUF_INIT;

	trunk_receive_note_bad(c->trunk->trunks, isup_fault_text(fault));
	if (fault == ISUP_FAULT_TYPE) {
		q850_write(&cause, &value);
		trunk_say(c, ISUP_CFN, ISUP_PARAM_CAUSE, buf_view(&value),
		    RULE_TRUNK_CONFUSED);
	}
}

void
trunk_received(const struct net_datagram *d, void *arg)
{
	struct trunks *t = arg;
	struct trunk_circuit *c, none;
	struct mtp_label label;
	struct trunk *from;
	struct str isup;
	unsigned cic;
	enum isup_fault fault;

	t->recv = d->recv;
	if (!mtp3_read_isup(d->bytes, &label, &cic, &isup) ||
	    label.dpc != t->code) {
		trunk_receive_note_bad(t, "label");
		return;
	}
	from = trunk_receive_find_neighbour(t, label.opc);
	if (from == NULL) {
		trunk_receive_note_bad(t, "neighbour");
		return;
	}
	c = trunk_circuit_at(from, cic);
	fault = isup_read(isup, &t->in);
	if (c == NULL) {
		none = (struct trunk_circuit){ .trunk = from, .cic = cic };
		trunk_receive_note_bad(t, "circuit");
		if (fault != ISUP_FAULT_NONE || t->in.row->type != ISUP_UCIC)
			trunk_say(&none, ISUP_UCIC, 0, STR_NULL,
			    RULE_TRUNK_UNEQUIPPED);
	} else if (fault != ISUP_FAULT_NONE) {
		say_confused(c, fault);
	} else {
		trunk_receive_take_message(c, isup);
	}
}
