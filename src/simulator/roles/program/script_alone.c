/*
 * A program without transactions below it (transactions=false): it gets every
 * message that comes, repeated ones too, and its messages go out once,
 * unchanged.  The program itself repeats, absorbs and gives up (RFC 3261 17).
 * This is the one place in which SIP is spoken without libosip2's machines, and
 * the rule of its messages says so.
 */
#include "roles/program/script_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "rules/rule_names.h"
#include "sip/bytes.h"

/* A message that has come can be answered, and one that was sent be repeated,
 * for so long: as Timer C lets an INVITE wait (16.6 step 11). */
#define KEPT_NS INT64_C(180000000000)

/* A message that has come, or was sent. */
struct letter {
	struct script_thing thing;
	int64_t at;
	struct sip_bytes *bytes;
	/* Whence it came, and the own address that it came to; where it was
	 * sent to, and from which (len 0: whichever faces that). */
	struct addr peer, own;
	struct node_question where; /* of a request: where it is to go */
	uint64_t fwd, first;        /* what it forwards; the record of its first
				       sending; 0: none */
	bool answered;              /* a request: finally, or it went on */
};

static void
free_letter(struct letter *l)
{
	node_locate_stop(&l->where);
	sip_bytes_unref(l->bytes);
	script_forget(&l->thing);
	mem_free(l);
}

void
script_alone_stop(struct script *s)
{
	list_each (struct letter, l, &s->things[SCRIPT_CAME], thing.link)
		free_letter(l);
	list_each (struct letter, l, &s->things[SCRIPT_WENT], thing.link)
		free_letter(l);
}

static void
script_alone_forget_old(struct script *s, enum script_kind kind)
{
	int64_t now = sim_now(node_sim(s->agent.node));

	list_each (struct letter, l, &s->things[kind], thing.link) {
		if (now - l->at < KEPT_NS)
			return;
		free_letter(l);
	}
}

/* BYTES, of KIND; a reference is taken.  NULL when out of memory. */
static struct letter *
keep_letter(struct script *s, enum script_kind kind, struct sip_bytes *bytes)
{
	struct letter *l = mem_zalloc(1, sizeof(*l));

	if (l == NULL)
		return NULL;
	script_alone_forget_old(s, kind);
	l->at = sim_now(node_sim(s->agent.node));
	l->bytes = sip_bytes_ref(bytes);
	if (script_number(s, kind, &l->thing) == 0)
		return l;
	free_letter(l);
	return NULL;
}

/* The message with NUMBER of KIND, or NULL and D's error. */
static struct letter *
find_letter(
    struct script *s, enum script_kind kind, unsigned number, struct diag *d)
{
	struct script_thing *thing = script_find(s, kind, number);

	if (thing != NULL)
		return LIST_ENTRY(thing, struct letter, thing);
	diag_set(d, ERR_STATE, NULL, 0,
	    _("there is no such message, or it is older than three minutes"));
	return NULL;
}

static const struct msg *
read_letter(const struct letter *l)
{
	return world_read(l->thing.script->agent.node->world, l->bytes);
}

/* ---- receiving ---- */

void
script_alone_refuse(
    const struct script *s, const struct sip_in *in, unsigned status)
{
	if (in->m->method != MSG_ACK)
		sip_stack_respond(s->agent.node->stack, in, status,
		    str_of(msg_status_phrase(status)), STR_NULL,
		    status == 501 ? RULE_SCRIPT_501
				  : RULE_PROXY_PROGRAM_FAILED);
}

bool
script_alone_waits(struct script *s, const struct script_news *news)
{
	struct script_thing *thing =
	    news->in != NULL ? script_find(s, SCRIPT_CAME, news->request)
			     : NULL;

	return thing != NULL &&
	       !LIST_ENTRY(thing, struct letter, thing)->answered;
}

bool
script_alone_take(void *role, const struct sip_in *in)
{
	struct script *s = role;
	struct script_news news = { .event = SCRIPT_ON_REQUEST,
		.m = in->m,
		.src = in->src,
		.recv = in->recv,
		.in = in };
	struct letter *l;

	if (!s->alone)
		return false;
	if (!script_listens(s, SCRIPT_ON_REQUEST)) {
		script_alone_refuse(s, in, 501);
		return true;
	}
	l = keep_letter(s, SCRIPT_CAME, in->bytes);
	if (l == NULL) {
		agent_fail_memory(&s->agent);
		return true;
	}
	l->peer = in->src;
	l->own = in->at;
	news.request = l->thing.number;
	script_tell(s, &news);
	return true;
}

bool
script_alone_hear(void *role, const struct sip_in *in)
{
	struct script *s = role;
	struct script_news news = { .event = SCRIPT_ON_RESPONSE,
		.m = in->m,
		.src = in->src,
		.recv = in->recv };

	if (!s->alone)
		return false;
	script_tell(s, &news);
	return true;
}

/* ---- sending ---- */

/* L goes to its peer, once more where it has gone before. */
static void
send_letter(struct letter *l)
{
	struct node *n = l->thing.script->agent.node;
	struct sip_origin why = { RULE_SCRIPT_ALONE, l->fwd };
	uint64_t seq = sip_stack_send_from(n->stack, sip_bytes_view(l->bytes),
	    &l->own, &l->peer, &why, l->first);

	if (l->first == 0)
		l->first = seq;
}

static void
letter_located(int err, const struct addr *dst, void *arg)
{
	struct letter *l = arg;
	struct node *n = l->thing.script->agent.node;

	node_fail_nomem(n, err);
	if (err != 0) {
		node_note_bad(n, RULE_UAC_NO_TARGET, TRACE_REFUSAL_NO_ADDRESS,
		    read_letter(l)->uri);
		return;
	}
	l->peer = *dst;
	send_letter(l);
}

/* BYTES, a request, go where they lead. */
static int
send_request_alone(
    struct script *s, struct sip_bytes *bytes, uint64_t fwd, unsigned *number)
{
	struct agent *agent = &s->agent;
	struct letter *l = keep_letter(s, SCRIPT_WENT, bytes);

	if (l == NULL)
		return ERR_NOMEM;
	l->fwd = fwd;
	*number = l->thing.number;
	node_locate(agent->node,
	    node_next_uri(
		read_letter(l)->uri, agent_first_route(agent, bytes, false)),
	    node_transport(agent->node), letter_located, l, &l->where);
	return 0;
}

/* BYTES, a response, go to PEER from the own address OWN. */
static int
send_response(struct script *s, struct sip_bytes *bytes,
    const struct addr *peer, const struct addr *own, uint64_t fwd,
    unsigned *number)
{
	struct letter *l = keep_letter(s, SCRIPT_WENT, bytes);

	if (l == NULL)
		return ERR_NOMEM;
	l->peer = *peer;
	l->own = *own;
	l->fwd = fwd;
	*number = l->thing.number;
	send_letter(l);
	return 0;
}

/* A CANCEL is answered under the tag of its INVITE (9.2). */
static uint64_t
tag_for(const struct node *n, const struct msg *m)
{
	struct msg_cseq cseq = { 0 };
	uint64_t h = str_hash_add(STR_HASH_START, str_of(n->name));
	char digits[STR_DIGITS], *end = digits + sizeof(digits), *at;

	msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq);
	at = str_decimal(end, cseq.number);
	h = str_hash_add(h, msg_value(m, MSG_H_CALL_ID));
	h = str_hash_add(h, msg_tag_of(m, MSG_H_FROM));
	h = str_hash_add(h, (struct str){ at, (size_t)(end - at) });
	return str_hash_end(h) & 0xffffffff;
}

/* What SPEC has not, an answer to L's request M: a tag that repeated requests
 * get, too (8.2.7), written into TAG, and a Contact. */
static void
complete_response(struct letter *l, const struct msg *m,
    struct sip_response_spec *spec, struct buf *tag)
{
	struct agent *agent = &l->thing.script->agent;
	struct sip_in in = { .m = m, .src = l->peer, .at = l->own };

	if (spec->status == 100)
		return;
	if (msg_tag_of(m, MSG_H_TO).n == 0 && spec->to_tag.n == 0) {
		buf_hex(tag, tag_for(agent->node, m), 8);
		spec->to_tag = buf_view(tag);
	}
	if (spec->status >= 300)
		return;
	spec->record_route = true;
	if (spec->contact.n == 0 && msg_method_is(m->method, MSG_CONTACT))
		spec->contact =
		    str_of(agent_contact(agent, agent_face_of(agent, &in)));
}

static int
alone_reply(void *role, const struct script_place *place, unsigned request,
    struct sip_response_spec *spec, unsigned *number, struct diag *d)
{
	struct script *s = role;
	struct sip_stack *stack = s->agent.node->stack;
	struct letter *l = find_letter(s, SCRIPT_CAME, request, d);
	struct sip_bytes *b = NULL;
	LOCAL_BUF tag = BUF_INIT;
	const struct msg *m;
	struct addr dst;
	uint64_t old;
	int err;

	if (l == NULL)
		return ERR_STATE;
	m = read_letter(l);
	if (m->method == MSG_ACK)
		return diag_set(
		    d, ERR_STATE, NULL, 0, _("an ACK has no response"));
	complete_response(l, m, spec, &tag);
	err = tag.err != 0 ? tag.err : sip_build_response(stack, m, spec, &b);
	if (err == 0 &&
	    sip_via_destination(stack, msg_value(m, MSG_H_VIA), &dst) != 0)
		dst = l->peer;
	if (err != 0)
		return script_refuse_answer(err, d);
	old = script_record(s, place, TRACE_PROGRAM_REPLY, RULE_SCRIPT_ALONE,
	    spec->status, STR_NULL);
	l->answered |= spec->status >= 200;
	err = send_response(s, b, &dst, &l->own, 0, number);
	sim_set_cause(node_sim(s->agent.node), old);
	sip_bytes_unref(b);
	return err;
}

static int
alone_send(void *role, const struct script_place *place,
    struct sip_request_spec *spec, unsigned *number, struct diag *d)
{
	struct script *s = role;
	struct agent_request r = { 0 };
	int err = script_build(s, spec, &r);
	uint64_t old;

	if (err == ERR_NOMEM)
		return err;
	if (err != 0)
		return script_refuse_unsent(err, spec->uri, d);
	old = script_record(
	    s, place, TRACE_PROGRAM_SEND, RULE_SCRIPT_ALONE, 0, spec->uri);
	err = send_request_alone(s, r.bytes, 0, number);
	sim_set_cause(node_sim(s->agent.node), old);
	sip_bytes_unref(r.bytes);
	return err;
}

/* 16.11: a response goes where the next Via says. */
static int
pass_back(struct script *s, const struct script_place *place,
    const struct msg *m, const struct script_way *way, unsigned *number,
    struct diag *d)
{
	struct node *n = s->agent.node;
	struct sip_bytes *b = NULL;
	struct addr dst, any = { 0 };
	struct msg_values it = { 0 };
	struct str via;
	uint64_t old;
	bool more = true;
	int err;

	for (int k = 0; k < 2 && more; k++) /* the first is this program's */
		more = msg_next_value(m, MSG_H_VIA, &it, &via);
	if (!more || sip_via_destination(n->stack, via, &dst) != 0)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("no other Via says where to forward that response"));
	err = sip_forward_response(node_sim(n), m, NULL, &b);
	if (err != 0)
		return err;
	old = script_record(s, place, TRACE_PROGRAM_FORWARD, RULE_SCRIPT_ALONE,
	    m->status, STR_NULL);
	err = send_response(s, b, &dst, &any, way->recv, number);
	sim_set_cause(node_sim(n), old);
	sip_bytes_unref(b);
	return err;
}

static int
pass_on_request(struct script *s, const struct script_place *place,
    unsigned request, const struct msg *m, const struct script_way *way,
    unsigned *number, struct diag *d)
{
	struct str uri = way->uri.n > 0 ? way->uri : m->uri;
	struct letter *l = find_letter(s, SCRIPT_CAME, request, d);
	struct sip_bytes *b = NULL;
	uint64_t old;
	int err;

	if (l == NULL)
		return ERR_STATE;
	err = script_build_copy(s, m, way, &b);
	/* 16.3: it has no hop left. */
	if (err == ERR_RANGE) {
		struct sip_in in = { .m = m,
			.bytes = l->bytes,
			.src = l->peer,
			.recv = way->recv,
			.at = l->own };

		l->answered = true;
		script_alone_refuse(s, &in, 483);
		return 0;
	}
	if (err == ERR_NOMEM)
		return err;
	if (err != 0)
		return script_refuse_unsent(err, uri, d);
	old = script_record(
	    s, place, TRACE_PROGRAM_FORWARD, RULE_SCRIPT_ALONE, 0, uri);
	l->answered = true;
	err = send_request_alone(s, b, way->recv, number);
	sim_set_cause(node_sim(s->agent.node), old);
	sip_bytes_unref(b);
	return err;
}

static int
alone_forward(void *role, const struct script_place *place, unsigned request,
    const struct msg *m, const struct script_way *way, unsigned *number,
    struct diag *d)
{
	*number = 0;
	return m->request
		   ? pass_on_request(role, place, request, m, way, number, d)
		   : pass_back(role, place, m, way, number, d);
}

static int
alone_again(void *role, const struct script_place *place, unsigned number,
    struct diag *d)
{
	struct script *s = role;
	struct letter *l = find_letter(s, SCRIPT_WENT, number, d);
	uint64_t old;

	if (l == NULL)
		return ERR_STATE;
	old = script_record(
	    s, place, TRACE_PROGRAM_AGAIN, RULE_SCRIPT_ALONE, 0, STR_NULL);
	/* Where it goes may not be known yet. */
	if (l->peer.len != 0)
		send_letter(l);
	sim_set_cause(node_sim(s->agent.node), old);
	return 0;
}

static const struct msg *
script_alone_find_sent(void *role, unsigned number)
{
	struct script_thing *thing = script_find(role, SCRIPT_WENT, number);

	return thing != NULL
		   ? read_letter(LIST_ENTRY(thing, struct letter, thing))
		   : NULL;
}

static int
alone_cancel(void *role, const struct script_place *place, unsigned number,
    struct diag *d)
{
	(void)role;
	(void)place;
	(void)number;
	return diag_set(d, ERR_STATE, NULL, 0,
	    _("without transactions, send a CANCEL like any other request: "
	      "send { method = \"CANCEL\", branch = … }"));
}

const struct script_host script_alone_host = {
	.reply = alone_reply,
	.send = alone_send,
	.message = script_message_send,
	.forward = alone_forward,
	.again = alone_again,
	.sent = script_alone_find_sent,
	.cancel = alone_cancel,
	.after = script_set_timer,
	.stop = script_stop_timer,
	.stream = script_stream,
	.state = script_state,
	.turn = script_turn,
};
