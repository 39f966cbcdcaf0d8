/*
 * What goes back of a request that a program has sent on, to one place or to
 * several (RFC 3261 16.7): provisional responses and 2xx at once; of the others
 * the best, when none is to come any more.
 */
#include "roles/program/script_in.h"

#include "base/err.h"
#include "rules/rule_names.h"
#include "sip/forward.h"

/* Somebody else than C has no final answer yet. */
static bool
waits_for_others(const struct script_request *r, const struct script_client *c)
{
	list_each (struct script_client, other, &r->branches, branch)
		if (other != c && !other->final)
			return true;
	return false;
}

void
script_take_back(const struct script_request *r, const struct script_client *c)
{
	list_each (struct script_client, other, &r->branches, branch)
		if (other != c)
			script_cancel(other);
}

static void
send_up(struct script_request *r, struct sip_bytes *answer, enum rule_id why,
    uint64_t recv)
{
	struct node *n = r->thing.script->agent.node;
	const struct msg *m = world_read(n->world, answer);
	struct sip_origin origin = { why, recv };
	struct sip_bytes *b = NULL;
	int err = sip_forward_response(node_sim(n), m, NULL, &b);

	if (err == 0) {
		r->said = true;
		r->answered |= m->status >= 200;
		/* R may be over after this. */
		err = sip_server_respond(r->tr, b, &origin);
	}
	if (err == ERR_NOMEM)
		node_fail_memory(n);
	sip_bytes_unref(b);
}

/* 16.7 step 6: a 6xx, else the lowest class; of two the first. */
static bool
is_better(unsigned status, unsigned than)
{
	if (than == 0 || status >= 600)
		return than < 600;
	return than < 600 && status / 100 < than / 100;
}

/* ANSWER may be NULL: nothing came, as if STATUS had. */
static void
keep_best(struct script_request *r, struct sip_bytes *answer, unsigned status,
    uint64_t recv)
{
	if (!is_better(status, r->best.status))
		return;
	sip_bytes_unref(r->best.answer);
	r->best.answer = answer != NULL ? sip_bytes_ref(answer) : NULL;
	r->best.status = status;
	r->best.recv = recv;
}

void
script_settle(struct script_request *r, const struct script_client *c)
{
	struct sip_bytes *answer = r->best.answer;
	unsigned status = r->best.status;

	if (r->answered || status == 0 || waits_for_others(r, c))
		return;
	r->best.answer = NULL;
	r->best.status = 0;
	if (status == 408 && script_request_of(r).m->method != MSG_INVITE) {
		sip_bytes_unref(answer);
		script_abandon(r, RULE_PROXY_408_LATE);
		return;
	}
	/* 16.7 step 6: a 503 says something of one server alone. */
	if (status == 503)
		script_refuse(r, 500,
		    answer != NULL ? RULE_PROXY_503 : RULE_PROXY_UNREACHABLE);
	else if (answer != NULL)
		send_up(r, answer, RULE_PROXY_FINAL, r->best.recv);
	else
		script_refuse(r, status, RULE_PROXY_408);
	sip_bytes_unref(answer);
}

void
script_pass_up(struct script_client *c, const struct sip_in *in)
{
	struct script_request *r = c->of;
	unsigned status = in->m->status;

	/* A 100 is for this hop; of several 2xx all go on. */
	if (status == 100)
		return;
	if (status / 100 == 2) {
		script_take_back(r, c);
		send_up(r, in->bytes, RULE_PROXY_2XX, in->recv);
	} else if (status < 200 && !r->answered) {
		send_up(r, in->bytes, RULE_PROXY_1XX, in->recv);
	} else if (status >= 300 && !r->answered) {
		if (status >= 600)
			script_take_back(r, c);
		keep_best(r, in->bytes, status, in->recv);
		script_settle(r, c);
	}
}

void
script_pass_failure(struct script_client *c, unsigned status)
{
	struct script_request *r = c->of;

	if (r->answered)
		return;
	keep_best(r, NULL, status, 0);
	script_settle(r, c);
}
