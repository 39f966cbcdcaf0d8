/*
 * A registration's flow: RFC 5626 4.  Each REGISTER over a flow names the phone
 * (+sip.instance) and the flow (reg-id); one is kept alive, and replaced when
 * it has failed.  And the URIs that lead to one phone alone: RFC 5627 4.
 */
#include "agent/registration.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"

#include <string.h>

/* ---- names ---- */

int
agent_registration_over(struct agent_registration *r, unsigned reg_id,
    struct agent_registration *first)
{
	struct buf id = BUF_INIT;

	r->reg_id = reg_id;
	buf_printf(&id, "%s;reg-id=%u", r->agent->aor, reg_id);
	r->id = buf_take(&id);
	while (first != NULL && first->next != NULL)
		first = first->next;
	if (first != NULL)
		first->next = r;
	return r->id != NULL ? 0 : ERR_NOMEM;
}

const char *
agent_registration_id(const struct agent_registration *r)
{
	return r->id != NULL ? r->id : r->agent->aor;
}

/* 4.1: a UUID that stays the same whenever the phone is started: made of its
 * name. */
static void
write_instance(const struct node *n, struct buf *out)
{
	const char *given = node_attr(n, "instance", NULL);
	uint64_t high, low;

	if (given != NULL) {
		buf_puts(out, given);
		return;
	}
	high = str_hash(str_of(n->name));
	low = str_hash_end(str_hash_add(high, STR("instance")));
	buf_puts(out, "urn:uuid:");
	buf_hex(out, high >> 32, 8);
	buf_putc(out, '-');
	buf_hex(out, high >> 16 & 0xFFFF, 4);
	buf_puts(out, "-5");
	buf_hex(out, high & 0xFFF, 3);
	buf_puts(out, "-a");
	buf_hex(out, low >> 48 & 0xFFF, 3);
	buf_putc(out, '-');
	buf_hex(out, low & 0xFFFFFFFFFFFF, 12);
}

static bool
wants_gruu(const struct node *n)
{
	return strcmp(node_attr(n, "gruu", "none"), "none") != 0;
}

void
agent_registration_params(const struct agent_registration *r, struct buf *out)
{
	const struct node *n = r->agent->node;

	/* 4.2.3: not of what is bound for others. */
	if (r->contact != NULL || r->aor != NULL ||
	    (r->reg_id == 0 && !wants_gruu(n)))
		return;
	buf_puts(out, ";+sip.instance=\"<");
	write_instance(n, out);
	buf_puts(out, ">\"");
	if (r->reg_id > 0 && !r->plain)
		buf_printf(out, ";reg-id=%u", r->reg_id);
}

const char *
agent_registration_supports(const struct agent_registration *r)
{
	bool flow = r->reg_id > 0 && !r->plain;

	if (wants_gruu(r->agent->node))
		return flow ? AGENT_SUPPORTED ", outbound, gruu"
			    : AGENT_SUPPORTED ", gruu";
	return flow ? AGENT_SUPPORTED ", outbound" : AGENT_SUPPORTED;
}

/* ---- the agent's other requests ---- */

struct agent_registration *
agent_registration_note(const struct agent_registration *r)
{
	struct agent *agent = r->agent;
	struct agent_registration *first = agent->flows;

	if (first == NULL)
		return (struct agent_registration *)(uintptr_t)r;
	/* 4.3: they go over the first flow that stands. */
	agent->proxy = 0;
	for (const struct agent_registration *f = first; f != NULL; f = f->next)
		if (machine_run_is(&f->machine, STATE_REGISTERED) ||
		    machine_run_is(&f->machine, STATE_REFRESHING)) {
			agent->proxy = f->reg_id - 1;
			break;
		}
	return first;
}

/* RFC 5627 4.2: the GRUU that M gives the own Contact. */
static struct str
find_gruu(const struct agent_registration *r, const struct msg *m)
{
	bool temporary =
	    strcmp(node_attr(r->agent->node, "gruu", ""), "temporary") == 0;
	struct buf params = BUF_INIT;
	struct msg_values it = { 0 };
	struct str v, own, said, gruu = STR_NULL;
	struct msg_addr a;

	agent_registration_params(r, &params);
	if (msg_param(buf_view(&params), "+sip.instance", &own))
		while (msg_next_value(m, MSG_H_CONTACT, &it, &v))
			if (msg_addr_read(v, &a) == 0 &&
			    msg_param(a.params, "+sip.instance", &said) &&
			    str_eq(said, own) &&
			    msg_param(a.params,
				temporary ? "temp-gruu" : "pub-gruu", &gruu))
				break;
	buf_free(&params);
	return gruu.n > 2 && gruu.p[0] == '"' ? str_slice(gruu, 1, gruu.n - 1)
					      : STR_NULL;
}

static void
take_gruu(struct agent_registration *r, const struct msg *m)
{
	struct str gruu;
	int err;

	if (!wants_gruu(r->agent->node))
		return;
	gruu = find_gruu(r, m);
	if (gruu.n == 0)
		return;
	err = agent_self_call(r->agent->self, r->agent->node, gruu);
	if (err != 0)
		agent_fail_memory(r->agent);
}

/* ---- keep-alive ---- */

/* How the phone was seen last is in its Contact, where it is by STUN. */
static void
take_mapped(struct agent *agent, const struct addr *mapped)
{
	struct addr *known = &agent->node->faces[0].mapped;

	if (known->len == 0 || mapped->len == 0 || addr_eq(known, mapped))
		return;
	*known = *mapped;
	if (agent_moved(agent) != 0)
		agent_fail_memory(agent);
}

static void
flow_failed(struct node_keepalive *k, void *arg)
{
	struct agent_registration *r = arg;

	take_mapped(r->agent, &k->mapped);
	agent_registration_again(r);
}

/* 4.2.1, 8: nothing is sent over a flow to whoever does not say, by M, that he
 * knows flows, unless the phone was told to. */
static bool
may_keep(const struct agent_registration *r, const struct msg *m)
{
	const struct node *n = r->agent->node;

	return node_keepalive_wanted(n) &&
	       (node_attr(n, "keepalive", NULL) != NULL ||
		   msg_lists(m, MSG_H_REQUIRE, "outbound"));
}

void
agent_registration_keep(
    struct agent_registration *r, const struct addr *dst, const struct msg *m)
{
	struct node_keepalive *k = &r->alive;
	uint32_t within = 0;

	take_gruu(r, m);
	if (!may_keep(r, m)) {
		node_keepalive_end(k);
		r->failures = 0;
		return;
	}
	/* 4.4: how often the server wants to hear something. */
	str_u32(msg_value(m, MSG_H_FLOW_TIMER), &within);
	if (k->on && addr_eq(&k->dst, dst) &&
	    k->dst.transport == dst->transport) {
		node_keepalive_within(k, within);
		return;
	}
	node_keepalive_end(k);
	*k = (struct node_keepalive){ .node = r->agent->node,
		.id = agent_registration_id(r),
		.dst = *dst,
		.failed = flow_failed,
		.arg = r };
	node_keepalive_begin(k, within);
}
