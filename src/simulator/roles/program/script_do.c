/*
 * What the program of a node has it do: answers (RFC 3261 8.2.6), requests
 * (8.1), requests that go on as a proxy passes them on (16.6), CANCEL (9.1).
 */
#include "roles/program/script_in.h"

#include "agent/mortal_dialog.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/script_request.h"
#include "node/timer.h"
#include "node/uri.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

/* ---- The 2xx until its ACK: RFC 3261 13.3.1.4 ---- */

static void script_do_fire_again(void *arg);
static const struct node_timer again = { "2xx", RULE_INVITE_2XX_AGAIN,
	script_do_fire_again, NULL };

static void
script_do_plan_again(struct script_request *r)
{
	struct node *n = r->thing.script->agent.node;
	int64_t due = sim_now(node_sim(n)) + r->ok.interval;

	node_timer_set(n, &r->ok.again, &again, n->name, due, r);
}

void
script_2xx_unacked(struct script_request *r)
{
	struct script *s = r->thing.script;
	struct sip_bytes *ok = r->ok.bytes;
	struct script_news news = { .event = SCRIPT_ON_UNACKED };

	if (ok == NULL)
		return;
	sip_bytes_ref(ok);
	node_timer_stop(
	    s->agent.node, &r->ok.again, &again, s->agent.node->name);
	script_2xx_stop(r);
	news.m = world_read(s->agent.node->world, ok);
	script_tell(s, &news);
	sip_bytes_unref(ok);
}

static void
script_do_fire_again(void *arg)
{
	struct script_request *r = arg;
	struct node *n = r->thing.script->agent.node;
	struct sip_origin why = { RULE_INVITE_2XX_AGAIN, 0 };

	node_timer_fired(n, &r->ok.again, &again, n->name);
	if (sim_now(node_sim(n)) >= r->ok.deadline) {
		script_2xx_unacked(r);
		return;
	}
	r->ok.interval *= 2;
	if (r->ok.interval > SIP_T2_NS)
		r->ok.interval = SIP_T2_NS;
	script_do_plan_again(r);
	/* R may be over after this. */
	sip_server_respond(r->tr, r->ok.bytes, &why);
}

/* R, an INVITE, was answered with OK, which goes out until its ACK comes.  No
 * transaction does that, and no program should have to. */
static void
start_2xx(struct script_request *r, struct sip_bytes *ok)
{
	r->ok.bytes = sip_bytes_ref(ok);
	list_append(&r->thing.script->unacked, &r->ok.link);
	r->ok.interval = SIP_T1_NS;
	r->ok.deadline =
	    sim_now(node_sim(r->thing.script->agent.node)) + SIP_64T1_NS;
	script_do_plan_again(r);
}

void
script_2xx_stop(struct script_request *r)
{
	struct node *n = r->thing.script->agent.node;

	list_remove(&r->ok.link);
	sim_cancel(node_sim(n), r->ok.again);
	r->ok.again = 0;
	sip_bytes_unref(r->ok.bytes);
	r->ok.bytes = NULL;
}

/* ACK is for the 2xx OK: of the same dialog, with its number (13.2.2.4). */
static bool
is_acked(const struct msg *ack, const struct msg *ok)
{
	struct msg_cseq one, other;

	return msg_cseq_read(msg_value(ack, MSG_H_CSEQ), &one) == 0 &&
	       msg_cseq_read(msg_value(ok, MSG_H_CSEQ), &other) == 0 &&
	       one.number == other.number &&
	       str_eq(msg_value(ack, MSG_H_CALL_ID),
		   msg_value(ok, MSG_H_CALL_ID)) &&
	       str_eq(msg_tag_of(ack, MSG_H_TO), msg_tag_of(ok, MSG_H_TO));
}

void
script_2xx_acked(struct script *s, const struct msg *ack)
{
	struct node *n = s->agent.node;

	list_each (struct script_request, r, &s->unacked, ok.link) {
		if (!is_acked(ack, world_read(n->world, r->ok.bytes)))
			continue;
		node_timer_stop(n, &r->ok.again, &again, n->name);
		script_2xx_stop(r);
	}
}

/* ---- answers ---- */

static struct script_request *
script_do_find_request(struct script *s, unsigned number, struct diag *d)
{
	struct script_thing *thing = script_find(s, SCRIPT_REQUEST, number);

	if (thing != NULL)
		return LIST_ENTRY(thing, struct script_request, thing);
	diag_set(d, ERR_STATE, NULL, 0, "%s",
	    number == 0 ? _("only a request that has arrived can be answered "
			    "or forwarded, and an ACK has no response")
			: _("the transaction of that request has ended"));
	return NULL;
}

/* R may still have an answer, and be sent on for one.  0 or ERR_STATE. */
static int
check_open(const struct script_request *r, struct diag *d)
{
	if (r->answered)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("that request already has its final response"));
	return 0;
}

/* 8.2.6.2: R's responses have one tag, GIVEN by the program or drawn.  0 or
 * ERR_NOMEM. */
static int
give_tag(struct script_request *r, struct str given)
{
	if (r->tag == NULL && given.n > 0)
		r->tag = mem_dup(given.p, given.n);
	else if (r->tag == NULL)
		r->tag = sip_stack_new_token(
		    r->thing.script->agent.node->stack, SIP_STREAM_TAG, 8);
	return r->tag != NULL ? 0 : ERR_NOMEM;
}

/* 13.3.1.4: a 2xx to an INVITE is kept, as long as there is no ACK. */
static void
script_do_accept_invite(struct script_request *r, const struct sip_in *in,
    const struct sip_response_spec *spec, enum rule_id rule)
{
	struct node *n = r->thing.script->agent.node;
	struct sip_origin why = { rule, 0 };
	struct sip_bytes *b = NULL;
	int err = sip_build_response(n->stack, in->m, spec, &b);

	if (err == 0) {
		start_2xx(r, b);
		err = sip_server_respond(r->tr, b, &why);
		/* It has not gone out, and R is not over. */
		if (err != 0)
			script_2xx_stop(r);
	}
	sip_bytes_unref(b);
	if (err == ERR_NOMEM)
		node_fail_memory(n);
	else if (err != 0)
		node_answer(n, in, 500, rule);
}

int
script_refuse_answer(int err, struct diag *d)
{
	return err == ERR_NOMEM
		   ? err
		   : diag_set(d, err, NULL, 0,
			 _("the response can't contain these values"));
}

static int
reply(void *role, const struct script_place *place, unsigned request,
    struct sip_response_spec *spec, unsigned *number, struct diag *d)
{
	struct script *s = role;
	struct agent *agent = &s->agent;
	struct script_request *r = script_do_find_request(s, request, d);
	struct sip_bytes *b = NULL;
	struct sip_in in;
	uint64_t old;
	int err;

	*number = 0;
	if (r == NULL || check_open(r, d) != 0)
		return ERR_STATE;
	in = script_request_of(r);
	if (spec->status > 100 && msg_tag_of(in.m, MSG_H_TO).n == 0) {
		if (give_tag(r, spec->to_tag) != 0)
			return ERR_NOMEM;
		if (spec->to_tag.n == 0)
			spec->to_tag = str_of(r->tag);
	}
	if (spec->status > 100 && spec->status < 300) {
		spec->record_route = true;
		if (spec->contact.n == 0 &&
		    msg_method_is(in.m->method, MSG_CONTACT))
			spec->contact = str_of(
			    agent_contact(agent, agent_face_of(agent, &in)));
	}
	/* Whether it can be said is found out before anything is. */
	err = sip_build_response(agent->node->stack, in.m, spec, &b);
	sip_bytes_unref(b);
	if (err != 0)
		return script_refuse_answer(err, d);
	r->said = true;
	r->answered = spec->status >= 200;
	old = script_record(s, place, TRACE_PROGRAM_REPLY, RULE_SCRIPT_REPLY,
	    spec->status, STR_NULL);
	if (r->answered)
		script_take_back(r, NULL);
	script_dialog_answer(r, in.m, spec->status, spec->to_tag);
	if (in.m->method == MSG_INVITE && spec->status / 100 == 2)
		script_do_accept_invite(
		    r, &in, spec, script_rule(place, RULE_SCRIPT_REPLY));
	else
		node_reply(agent->node, &in, spec,
		    script_rule(place, RULE_SCRIPT_REPLY));
	sim_set_cause(node_sim(agent->node), old);
	return 0;
}

/* ---- requests ---- */

int
script_refuse_unsent(int err, struct str uri, struct diag *d)
{
	return diag_set(d, err, NULL, 0,
	    err == ERR_NOTFOUND ? _("there is no route to %.*s")
				: _("this request can't be sent to %.*s"),
	    (int)(uri.n < 100 ? uri.n : 100), uri.p);
}

/* R goes out by WHY; OF: the request forwarded by it, or NULL; BYE: it is one
 * of the program's own.  0 with its number, or why it can't. */
static int
script_do_start_client(struct script *s, const struct agent_request *r,
    enum rule_id why, struct script_request *of, bool bye, unsigned *number)
{
	struct script_client *c = mem_zalloc(1, sizeof(*c));
	int err;

	if (c == NULL)
		return ERR_NOMEM;
	list_init(&c->branch);
	list_init(&c->dialogs);
	err = script_number(s, SCRIPT_CLIENT, &c->thing);
	c->sent = sip_bytes_ref(r->bytes);
	c->on = of != NULL;
	c->of = of;
	if (of != NULL)
		list_append(&of->branches, &c->branch);
	*number = c->thing.number;
	if (err == 0 && bye)
		c->bye = script_dialog_send(
		    s, world_read(s->agent.node->world, r->bytes));
	if (err == 0)
		err = agent_client_start(
		    &s->agent, r, why, &script_client_ops, c, &c->q);
	if (err != 0) {
		agent_mortal_release(c->bye);
		script_free_client(c);
	} else if (c->on)
		/* 16.7: responses are for the client. */
		agent_client_pass_on(c->q);
	return err;
}

/* An ACK has no transaction (17.1.1.3). */
static int
script_do_send_ack(
    struct script *s, struct sip_bytes *bytes, enum rule_id why, uint64_t fwd)
{
	struct node *n = s->agent.node;
	struct node_request letter = { .bytes = bytes,
		.liked = node_transport(n),
		.why = why,
		.fwd = fwd,
		.ack = true };

	letter.uri = node_next_uri(world_read(n->world, bytes)->uri,
	    agent_first_route(&s->agent, bytes, false));
	return node_request_send(n, &letter);
}

/* A `to` with a tag makes it a request within a dialog, which goes its own way
 * (12.2.1.1). */
int
script_build(
    struct script *s, struct sip_request_spec *spec, struct agent_request *r)
{
	LOCAL_BUF from = BUF_INIT, tag = BUF_INIT;
	struct str given = msg_tag(spec->from);
	int err;

	if (given.n > 0)
		buf_str(&tag, given);
	else
		sip_stack_token(s->agent.node->stack, SIP_STREAM_TAG, 8, &tag);
	msg_write_untagged(spec->from, &from);
	err = spec->from.n > 0 && from.n == 0 ? ERR_SYNTAX : 0;
	spec->from = buf_view(&from);
	spec->direct = spec->direct || msg_tag(spec->to).n > 0;
	if (from.err != 0 || tag.err != 0)
		err = ERR_NOMEM;
	if (err == 0)
		err = agent_request_build(&s->agent, *spec, buf_view(&tag), r);
	return err;
}

static int
send_program_request(void *role, const struct script_place *place,
    struct sip_request_spec *spec, unsigned *number, struct diag *d)
{
	struct script *s = role;
	struct sim *sim = node_sim(s->agent.node);
	struct agent_request r = { 0 };
	uint64_t old;
	int err = script_build(s, spec, &r);

	if (err == ERR_NOMEM)
		return err;
	if (err != 0)
		return script_refuse_unsent(err, spec->uri, d);
	old = script_record(
	    s, place, TRACE_PROGRAM_SEND, RULE_SCRIPT_SEND, 0, spec->uri);
	if (str_is(spec->method, "ACK")) {
		err = script_do_send_ack(
		    s, r.bytes, script_rule(place, RULE_SCRIPT_SEND), 0);
		if (err == 0) {
			sim_set_cause(sim, trace_last(sim_trace(sim)));
			script_dialog_send(
			    s, world_read(s->agent.node->world, r.bytes));
		}
	} else {
		err = script_do_start_client(s, &r,
		    script_rule(place, RULE_SCRIPT_SEND), NULL,
		    str_is(spec->method, "BYE"), number);
	}
	sim_set_cause(sim, old);
	sip_bytes_unref(r.bytes);
	return err == 0 || err == ERR_NOMEM
		   ? err
		   : script_refuse_unsent(err, spec->uri, d);
}

/* ---- forwarding ---- */

/* 16.4: the Routes that have led here. */
static unsigned
count_own_routes(const struct script *s, const struct msg *m)
{
	struct msg_values it = { 0 };
	struct str route;
	unsigned n = 0;

	while (msg_next_value(m, MSG_H_ROUTE, &it, &route) &&
	       node_is_own(s->agent.node, msg_addr_uri(route)))
		n++;
	return n;
}

int
script_build_copy(struct script *s, const struct msg *m,
    const struct script_way *way, struct sip_bytes **out)
{
	struct node *n = s->agent.node;
	struct str uri = way->uri.n > 0 ? way->uri : m->uri;
	LOCAL_BUF via = BUF_INIT, record = BUF_INIT;
	struct sip_forward f = { .uri = way->uri,
		.drop_routes = count_own_routes(s, m),
		.change = &way->change };
	int err;

	*out = NULL;
	sip_stack_begin_via(n->stack, &via);
	buf_puts(&via, ";branch=");
	if (way->branch.n > 0)
		buf_str(&via, way->branch);
	else
		sip_stack_branch(n->stack, &via);
	f.via = buf_view(&via);
	if (way->stays)
		node_write_address(
		    agent_face_toward(&s->agent, uri, false), ";lr", &record);
	f.record_route = buf_view(&record);
	err = via.err != 0 ? via.err : record.err;
	if (err == 0)
		err = sip_forward_request(node_sim(n), m, &f, out);
	return err;
}

/* OF may be sent on, once more or at all.  0 or ERR_STATE. */
static int
check_wanted(const struct script_request *of, struct diag *d)
{
	/* 16.10: the client has cancelled the request. */
	if (of->cancelled)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("that request was cancelled by a CANCEL"));
	return check_open(of, d);
}

/* B, a copy of OF (NULL: of an ACK), goes out as WAY says. */
static int
send_copy(struct script *s, const struct script_place *place,
    struct script_request *of, struct sip_bytes *b,
    const struct script_way *way, unsigned *number)
{
	struct agent_request r = { .bytes = b, .fwd = way->recv };
	uint64_t old = script_record(s, place, TRACE_PROGRAM_FORWARD,
	    RULE_PROXY_FORWARD, 0, world_read(s->agent.node->world, b)->uri);
	int err = of == NULL
		      ? script_do_send_ack(s, b, RULE_PROXY_ACK, way->recv)
		      : script_do_start_client(
			    s, &r, RULE_PROXY_FORWARD, of, false, number);

	sim_set_cause(node_sim(s->agent.node), old);
	return err;
}

static int
script_do_forward(void *role, const struct script_place *place,
    unsigned request, const struct msg *m, const struct script_way *way,
    unsigned *number, struct diag *d)
{
	struct script *s = role;
	struct script_request *of = NULL;
	struct sip_bytes *b = NULL;
	int err;

	*number = 0;
	if (m->method != MSG_ACK) {
		of = script_do_find_request(s, request, d);
		if (of == NULL)
			return ERR_STATE;
	}
	err = script_build_copy(s, m, way, &b);
	/* 16.3: it has no hop left, wherever it is sent. */
	if (err == ERR_RANGE && of != NULL) {
		if (!of->answered)
			script_refuse(of, 483, RULE_PROXY_MAX_FORWARDS);
		return 0;
	}
	if (err == 0 && of != NULL)
		err = check_wanted(of, d);
	if (err == 0)
		err = send_copy(s, place, of, b, way, number);
	sip_bytes_unref(b);
	if (err == 0 || err == ERR_NOMEM || d->err != 0)
		return err;
	return script_refuse_unsent(err, way->uri.n > 0 ? way->uri : m->uri, d);
}

/* ---- CANCEL ---- */

void
script_send_cancel(struct script_client *c)
{
	static const struct sip_transaction_ops nobody = { 0 };
	struct agent *agent = &c->thing.script->agent;
	struct sip_bytes *invite = agent_client_request(c->q), *b = NULL;
	struct sip_transaction *tr;
	struct sip_origin origin = {
		c->on ? RULE_PROXY_CANCEL : RULE_CANCEL_SEND, 0
	};
	struct addr dst;
	int err;

	if (invite == NULL)
		return;
	dst = *sip_transaction_peer(c->q->tr);
	err = sip_build_cancel(agent->node->stack,
	    world_read(agent->node->world, invite), STR_NULL, &b);
	agent_fail_nomem(agent, err);
	if (err == 0)
		agent_send(agent, b, &dst, &origin, &nobody, NULL, &tr);
	sip_bytes_unref(b);
	c->cancelling = true;
	script_wait_cancelled(c);
}

bool
script_cancel(struct script_client *c)
{
	const struct script *s = c->thing.script;

	if (c->q == NULL || c->final ||
	    world_read(s->agent.node->world, c->sent)->method != MSG_INVITE)
		return false;
	c->cancelled = true;
	agent_client_give_up(c->q);
	if (c->q->answered && !c->cancelling)
		script_send_cancel(c);
	return true;
}

static int
cancel(void *role, const struct script_place *place, unsigned number,
    struct diag *d)
{
	struct script *s = role;
	struct script_thing *thing = script_find(s, SCRIPT_CLIENT, number);
	struct script_client *c;
	const struct msg *m;
	uint64_t old;

	if (thing == NULL)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("the transaction of that request has ended"));
	c = LIST_ENTRY(thing, struct script_client, thing);
	m = world_read(s->agent.node->world, c->sent);
	if (m->method != MSG_INVITE)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("only an INVITE can be cancelled (RFC 3261 9.1)"));
	old = script_record(
	    s, place, TRACE_PROGRAM_CANCEL, RULE_CANCEL_SEND, 0, m->uri);
	script_cancel(c);
	sim_set_cause(node_sim(s->agent.node), old);
	return 0;
}

const struct script_host script_host = {
	.reply = reply,
	.send = send_program_request,
	.message = script_message_send,
	.forward = script_do_forward,
	.cancel = cancel,
	.after = script_set_timer,
	.stop = script_stop_timer,
	.stream = script_stream,
	.state = script_state,
	.turn = script_turn,
};
