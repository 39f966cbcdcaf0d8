/*
 * Other requests go on through a box: in the other call of the pair, or by
 * themselves.  Their contents are not interpreted; the answer that comes back
 * becomes the answer to the request.
 */
#include "pair/pair_in.h"

#include "agent/refer.h"
#include "base/err.h"
#include "base/mem.h"
#include "machine/passing.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "msg/usages.h"
#include "node/world.h"
#include "rules/rule_names.h"

/* A request that has gone on, until either side has done with it. */
struct passed {
	struct list link; /* in pairs->passed */
	struct pairs *pairs;
	struct pair_track *track;
	struct sip_transaction *tr; /* of who has asked; NULL: it is over */
	struct agent_client *client;
	char *call; /* in whose dialog it goes on; NULL: in none */
};

static void
free_passed(struct passed *x)
{
	list_remove(&x->link);
	if (x->tr != NULL)
		agent_request_leave(&x->pairs->agent, x->tr);
	mem_free(x->call);
	mem_free(x);
}

void
pair_passed_end(struct pairs *pairs)
{
	list_each (struct passed, x, &pairs->passed, link) {
		agent_client_drop(x->client);
		free_passed(x);
	}
}

void
pair_passed_leave(struct pairs *pairs, const struct pair_track *track)
{
	list_each (struct passed, x, &pairs->passed, link)
		if (x->track == track)
			x->track = NULL;
}

/* ---- the answer ---- */

/* The Contact of the answer M: that of the box, unless it tells of Contacts. */
static int
pair_pass_write_contact(struct passed *x, const struct sip_in *in,
    const struct msg *m, struct buf *out)
{
	struct agent *agent = &x->pairs->agent;

	if (in->m->method == MSG_REGISTER)
		return pair_bound_contacts(x->pairs, m, out);
	if (m->status < 300 && in->m->method != MSG_MESSAGE &&
	    in->m->method != MSG_PUBLISH)
		buf_puts(out, agent_contact(agent, agent_face_of(agent, in)));
	return out->err;
}

/* RFC 5057 5.1: M, the answer in the other dialog, says that this one is gone;
 * the asker's is not, and must not end by it. */
static bool
ends_other_dialog(
    const struct passed *x, const struct sip_in *asked, const struct msg *m)
{
	if (msg_tag_of(asked->m, MSG_H_TO).n == 0)
		return false;
	/* 12.2.1.2: whatever was asked there. */
	return (x->call != NULL && m->status == 481) ||
	       (x->track == NULL && msg_method_effect(asked->m->method,
					m->status) != MSG_ENDS_NOTHING);
}

static void
answer_fault(struct passed *x, const struct sip_in *in, enum pass_fault fault)
{
	node_answer(x->pairs->agent.node, in, pass_faults[fault].status,
	    pass_faults[fault].rule);
}

/* The call of PAIRS whose dialog D is, or NULL. */
static struct agent_call *
find_call_of_dialog(struct pairs *pairs, const struct agent_dialog *d)
{
	list_each (struct pair, p, &pairs->pairs, link)
		for (int side = 0; side < 2; side++)
			if (p->legs[side] != NULL &&
			    p->legs[side]->call.dialog == d)
				return &p->legs[side]->call;
	return NULL;
}

/* RFC 5057 5.1, 12.2.1.2: the half in which X's request was answered with
 * STATUS, or not at all, is over; what that makes of the pair ends the other.
 */
static void
lose_other(struct passed *x, unsigned status)
{
	struct agent_call *c =
	    x->call != NULL ? agent_call_find(&x->pairs->agent, x->call) : NULL;

	if (c != NULL && c->machine.state == STATE_CONFIRMED)
		agent_call_ends_by(c, EVENT_300_699, status);
}

static void
answer_asker(struct passed *x, const struct msg *m)
{
	struct agent *agent = &x->pairs->agent;
	LOCAL(node_fields_free) struct node_fields fields = { 0 };
	struct sip_in in = node_request_of(agent->node, x->tr);
	struct sip_response_spec spec = {
		.status = m->status,
		.reason = m->reason,
		.body = m->body,
	};
	LOCAL_BUF contact = BUF_INIT;

	if (ends_other_dialog(x, &in, m)) {
		if (x->track != NULL)
			pair_track_refused(x->track, &in, m->status);
		answer_fault(x, &in, PASS_FAULT_GONE);
		lose_other(x, m->status);
		return;
	}
	if (m->status == 408) {
		answer_fault(x, &in, PASS_FAULT_UNANSWERED);
		return;
	}
	if (pair_fields_carry(
		x->pairs, m, true, agent_face_of(agent, &in), &fields) != 0 ||
	    pair_pass_write_contact(x, &in, m, &contact) != 0) {
		agent_fail_memory(agent);
	} else {
		spec.contact = buf_view(&contact);
		spec.content_type =
		    node_fields_take(&fields, MSG_H_CONTENT_TYPE);
		spec.headers = fields.list;
		spec.nheaders = fields.n;
		if (x->track != NULL)
			pair_track_answer(x->track, &in, m, &spec);
		node_reply(agent->node, &in, &spec, RULE_PAIR_PASS);
	}
}

static void
passed_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct passed *x = arg;

	(void)q;
	if (in->m->status >= 200 && x->tr != NULL)
		answer_asker(x, in->m);
}

static void
pair_pass_passed_failed(struct agent_client *q, unsigned status, void *arg)
{
	struct passed *x = arg;
	struct node *n = x->pairs->agent.node;
	bool tracked = x->track != NULL;
	struct sip_in in;

	(void)q;
	if (x->tr == NULL)
		return;
	in = node_request_of(n, x->tr);
	if (tracked)
		pair_track_refused(x->track, &in, status);
	if (!tracked && msg_tag_of(in.m, MSG_H_TO).n > 0) {
		answer_fault(x, &in, PASS_FAULT_GONE);
		lose_other(x, status);
	} else if (status == 408) {
		answer_fault(x, &in, PASS_FAULT_UNANSWERED);
	} else
		node_answer(n, &in, status, RULE_PAIR_NOT_SENT);
}

static void
pair_pass_passed_ended(struct agent_client *q, void *arg)
{
	(void)q;
	free_passed(arg);
}

static const struct agent_client_ops client_ops = {
	.response = passed_response,
	.failed = pair_pass_passed_failed,
	.ended = pair_pass_passed_ended,
};

static void
asker_ended(struct sip_transaction *tr, void *arg)
{
	struct passed *x = arg;

	agent_request_forget(&x->pairs->agent, tr);
	x->tr = NULL;
}

static const struct sip_transaction_ops server_ops = { .ended = asker_ended };

/* ---- the request ---- */

int
pair_send_on(struct pairs *pairs, const struct sip_in *in,
    struct agent_request *r, struct pair_track *track,
    const struct agent_call *call)
{
	struct passed *x = mem_zalloc(1, sizeof(*x));
	int err;

	if (x == NULL)
		return ERR_NOMEM;
	if (call != NULL)
		x->call = mem_strdup(call->name);
	if (call != NULL && x->call == NULL) {
		mem_free(x);
		return ERR_NOMEM;
	}
	list_init(&x->link);
	x->pairs = pairs;
	x->track = track;
	err = agent_client_start(
	    &pairs->agent, r, RULE_PAIR_PASS, &client_ops, x, &x->client);
	if (err != 0) {
		mem_free(x->call);
		mem_free(x);
		return err;
	}
	x->tr = in->tr;
	sip_transaction_set_user(in->tr, &server_ops, x);
	list_append(&pairs->passed, &x->link);
	return 0;
}

/* What IN says, except for where it goes.  0 or ERR_NOMEM; FIELDS are freed by
 * the caller. */
static int
pair_pass_copy_request(struct pairs *pairs, const struct msg *m,
    const struct node_face *face, struct node_fields *fields,
    struct sip_request_spec *spec)
{
	int err = pair_fields_carry(pairs, m, true, face, fields);

	if (err != 0)
		return err;
	spec->method = m->method_name;
	spec->content_type = node_fields_take(fields, MSG_H_CONTENT_TYPE);
	spec->body = m->body;
	spec->headers = fields->list;
	spec->nheaders = fields->n;
	return 0;
}

unsigned
pair_status_of(int err)
{
	switch (err) {
	case ERR_NOTFOUND:
		return 480;
	case ERR_SYNTAX:
		return 400;
	case ERR_LIMIT:
	case ERR_UNSUPPORTED:
		return 488;
	default:
		return 500;
	}
}

void
pair_refuse_passing(struct pairs *pairs, const struct sip_in *in, int err)
{
	if (err == ERR_NOMEM)
		agent_fail_memory(&pairs->agent);
	else
		node_answer(pairs->agent.node, in, pair_status_of(err),
		    RULE_PAIR_NOT_SENT);
}

bool
pair_may_go_on(struct pairs *pairs, const struct sip_in *in)
{
	uint32_t hops;

	if (pair_next_hops(in->m, &hops))
		return true;
	node_answer(pairs->agent.node, in, 483, RULE_PAIR_HOPS);
	return false;
}

/* M would come back to the box as it is: it names the box itself.  (One that
 * takes the place of a call goes on to that call's other party.)  The address
 * of one that hides its network is in the Contacts that it has given
 * (pair_bind.c): only the box knows whose they were. */
static bool
pair_pass_leads_back(const struct pairs *pairs, const struct msg *m,
    const struct pair_target *to)
{
	const struct node *n = pairs->agent.node;
	struct addr dst;
	struct msg_uri u;
	/* A proxy that is asked first may know who a name is, but would send
	 * what names the box's address back. */
	bool address =
	    msg_uri_read(m->uri, &u) == 0 && addr_parse(u.host, &dst) == 0;

	return pairs->kind->route == NULL && !to->direct &&
	       (agent_outbound(&pairs->agent, 0) == NULL || address ||
		   (pair_hides(pairs) && node_is_uri(n, m->uri))) &&
	       str_eq(buf_view(&to->uri), m->uri) &&
	       msg_field(m, MSG_H_REPLACES, 0) == NULL &&
	       msg_field(m, MSG_H_JOIN, 0) == NULL &&
	       world_locate_for(n->world, n, m->uri, &dst) == 0 &&
	       node_face_at(n, &dst) != NULL;
}

bool
pair_aim(struct pairs *pairs, const struct sip_in *in, struct pair_target *to)
{
	if (!pair_may_go_on(pairs, in))
		return false;
	pair_find_target(pairs, in, to);
	if (to->uri.err == 0 && to->status == 0 &&
	    pair_pass_leads_back(pairs, in->m, to)) {
		to->status = 404;
		to->why = RULE_UAS_URI;
	}
	if (to->uri.err != 0)
		agent_fail_memory(&pairs->agent);
	else if (to->status != 0)
		node_answer(pairs->agent.node, in, to->status, to->why);
	return to->uri.err == 0 && to->status == 0;
}

/* ---- within a dialog ---- */

int
pair_send_within(struct pairs *pairs, const struct sip_in *in,
    struct agent_dialog *d, struct pair_track *track)
{
	LOCAL(node_fields_free) struct node_fields fields = { 0 };
	/* RFC 3428 4: a MESSAGE has none. */
	struct sip_request_spec spec = {
		.contact = in->m->method == MSG_MESSAGE
			       ? STR_NULL
			       : agent_dialog_contact(d),
	};
	struct agent_request r = { 0 };
	int err = pair_pass_copy_request(
	    pairs, in->m, agent_dialog_face(d), &fields, &spec);

	if (err == 0)
		err = agent_dialog_request(d, &spec, &r);
	if (err == 0)
		err = pair_send_on(
		    pairs, in, &r, track, find_call_of_dialog(pairs, d));
	sip_bytes_unref(r.bytes);
	return err;
}

void
pair_pass_within(struct agent_call *c, const struct sip_in *in)
{
	struct pairs *pairs = pairs_of(c->agent);
	struct pair_leg *h = pair_leg_of(c), *other = pair_partner(h);
	bool refers = in->m->method == MSG_REFER;
	struct pair_track *track = NULL;
	int err;

	if (refers && pair_carries_out(c, in->m)) {
		agent_referred(c->agent, in);
		return;
	}
	/* What a REFER has begun has its own two ends. */
	if (in->m->method == MSG_NOTIFY &&
	    pair_in_track(c->agent, agent_dialog_of(c->agent, in->m), in))
		return;
	if (other == NULL || other->call.dialog == NULL ||
	    other->call.machine.state >= STATE_TERMINATING ||
	    !agent_call_can_ask(&other->call)) {
		node_answer(c->agent->node, in, 500, RULE_PAIR_NOT_SENT);
		return;
	}
	if (!pair_may_go_on(pairs, in))
		return;
	if (refers)
		track = pair_track_within(h, other, in);
	err = refers && track == NULL
		  ? ERR_NOMEM
		  : pair_send_within(pairs, in, other->call.dialog, track);
	if (err != 0 && track != NULL)
		pair_track_drop(track);
	if (err != 0)
		pair_refuse_passing(pairs, in, err);
}

/* ---- outside of dialogs ---- */

int
pair_build_outside(struct pairs *pairs, const struct sip_in *in,
    const struct pair_target *to, struct str tag, struct str contact,
    struct agent_request *r)
{
	LOCAL_BUF from = BUF_INIT, whom = BUF_INIT, call_id = BUF_INIT;
	LOCAL(node_fields_free) struct node_fields fields = { 0 };
	struct sip_request_spec spec = { .direct = to->direct,
		.contact = contact };
	const struct node_face *face =
	    agent_face_toward(&pairs->agent, buf_view(&to->uri), to->direct);
	int err = pair_pass_copy_request(pairs, in->m, face, &fields, &spec);

	spec.uri = buf_view(&to->uri);
	pair_write_party(in->m, MSG_H_FROM, &from);
	pair_hide_party(pairs, face, &from);
	pair_write_called(pairs, in->m, face, &whom);
	spec.from = buf_view(&from);
	spec.to = buf_view(&whom);
	if (err == 0 && in->m->method == MSG_REGISTER)
		err = pair_name_register(pairs, in->m, &call_id, &spec.cseq);
	spec.call_id = buf_view(&call_id);
	if (from.err != 0 || whom.err != 0)
		err = ERR_NOMEM;
	if (err == 0)
		err = agent_request_build(&pairs->agent, spec, tag, r);
	return err;
}

void
pair_pass_on(struct agent *agent, const struct sip_in *in)
{
	struct pairs *pairs = pairs_of(agent);
	struct pair_target to = PAIR_TARGET_INIT;
	struct agent_request r = { .contact = AGENT_CONTACT_WAY };
	LOCAL_BUF tag = BUF_INIT, contact = BUF_INIT;
	int err = 0;

	if (!pair_aim(pairs, in, &to)) {
		pair_target_free(&to);
		return;
	}
	sip_stack_token(agent->node->stack, SIP_STREAM_TAG, 8, &tag);
	if (in->m->method == MSG_REGISTER)
		err =
		    pair_bind_contacts(pairs, in, buf_view(&to.uri), &contact);
	if (tag.err != 0)
		err = ERR_NOMEM;
	/* 10.2.3: a REGISTER without one asks for the bindings. */
	if (contact.n > 0)
		r.contact = AGENT_CONTACT_GIVEN;
	else if (in->m->method == MSG_REGISTER)
		r.contact = AGENT_CONTACT_NONE;
	if (err == 0)
		err = pair_build_outside(
		    pairs, in, &to, buf_view(&tag), buf_view(&contact), &r);
	if (err == 0)
		err = pair_send_on(pairs, in, &r, NULL, NULL);
	if (err != 0)
		pair_refuse_passing(pairs, in, err);
	sip_bytes_unref(r.bytes);
	pair_target_free(&to);
}
