/* Asking a home subscriber server; see roles/hss/cx.h. */
#include "roles/hss/cx.h"

#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/octets.h"
#include "msg/header_names.h"
#include "text/xml.h"
#include "msg/parts.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "sim/rng.h"
#include "sip/digest.h"
#include "text/json.h"

#include <stdio.h>

struct question {
	struct list link;
	struct cx_client *client;
	enum diameter_command command;
	uint32_t hop;
	unsigned tries;
	uint64_t first; /* seq of the first send */
	struct addr to;
	struct buf datagram;
	char *about;
	sim_event timer;
	cx_fn *fn;
	void *arg;
};

struct cx_client {
	struct node *node;
	struct net_sock *sock; /* opened with the first question */
	bool lent;             /* it is not */
	cx_serve_fn *serve;
	void *serve_arg;
	struct list questions;
	uint32_t hop, end;
};

static struct cx_client *
new_client(struct node *n)
{
	struct cx_client *c = mem_zalloc(1, sizeof(*c));

	if (c == NULL)
		return NULL;
	c->node = n;
	list_init(&c->questions);
	return c;
}

int
cx_client_create(
    struct cx_client **c, struct node *n, cx_serve_fn *serve, void *arg)
{
	*c = NULL;
	if (node_attr(n, "hss", NULL) == NULL)
		return 0;
	*c = new_client(n);
	if (*c == NULL)
		return ERR_NOMEM;
	(*c)->serve = serve;
	(*c)->serve_arg = arg;
	return 0;
}

int
cx_client_create_home(
    struct cx_client **c, struct node *n, struct net_sock *sock)
{
	struct rng rng;
	char life[32];

	*c = new_client(n);
	if (*c == NULL)
		return ERR_NOMEM;
	(*c)->sock = sock;
	(*c)->lent = true;
	/* It has no stack that draws them. */
	snprintf(life, sizeof(life), "diameter/%u", n->lives);
	rng_init(&rng, sim_seed(node_sim(n)), n->name, life);
	(*c)->hop = (uint32_t)rng_below(&rng, UINT32_MAX);
	(*c)->end = (uint32_t)rng_below(&rng, UINT32_MAX);
	return 0;
}

static void
cx_question_free(struct question *q)
{
	struct sim *sim = node_sim(q->client->node);

	sim_cancel(sim, q->timer);
	list_remove(&q->link);
	buf_free(&q->datagram);
	mem_free(q->about);
	mem_free(q);
	sim_release(sim);
}

void
cx_client_destroy(struct cx_client *c)
{
	if (c == NULL)
		return;
	list_each (struct question, q, &c->questions, link)
		cx_question_free(q);
	if (c->sock != NULL && !c->lent)
		net_udp_close(c->sock);
	mem_free(c);
}

/* ---- requests ---- */

static void
cx_put_realm(const struct node *n, enum diameter_id id, struct buf *out)
{
	diameter_put(
	    out, id, str_of(n->domain[0] != '\0' ? n->domain : n->name));
}

static void
cx_put_host(const struct node *n, const char *rest, enum diameter_id id,
    struct buf *out)
{
	size_t at = diameter_open(out, id);

	buf_printf(out, "%s%s%s%s", n->name, n->domain[0] != '\0' ? "." : "",
	    n->domain, rest);
	diameter_close(out, at);
}

/* A question has a session of its own, an answer that of QUESTION. */
static void
cx_put_origin(struct node *n, const struct diameter *question, struct buf *out)
{
	char rest[32];

	if (question != NULL) {
		diameter_put(out, DIAMETER_AVP_SESSION_ID,
		    diameter_find(question->avps, DIAMETER_AVP_SESSION_ID));
	} else {
		/* RFC 6733 8.8: who asks, and two numbers of his. */
		snprintf(rest, sizeof(rest), ";%lu;%lu",
		    (unsigned long)get32(out->p + 16),
		    (unsigned long)get32(out->p + 12));
		cx_put_host(n, rest, DIAMETER_AVP_SESSION_ID, out);
	}
	diameter_put_application(out);
	cx_put_host(n, "", DIAMETER_AVP_ORIGIN_HOST, out);
	cx_put_realm(n, DIAMETER_AVP_ORIGIN_REALM, out);
}

/* Numbers of this life of the node: RFC 6733 3. */
static void
number_questions(struct cx_client *c)
{
	if (c->hop == 0) {
		c->hop = (uint32_t)sip_stack_below(
		    c->node->stack, SIP_STREAM_DIAMETER, UINT32_MAX);
		c->end = (uint32_t)sip_stack_below(
		    c->node->stack, SIP_STREAM_DIAMETER, UINT32_MAX);
	}
	c->hop++;
	c->end++;
}

void
cx_begin(struct cx_client *c, enum diameter_command command, struct str impi,
    struct str about, struct buf *out)
{
	number_questions(c);
	diameter_begin(out, command, DIAMETER_REQUEST | DIAMETER_PROXIABLE,
	    c->hop, c->end);
	if (out->err != 0)
		return;
	cx_put_origin(c->node, NULL, out);
	cx_put_realm(c->node, DIAMETER_AVP_DESTINATION_REALM, out);
	if (impi.n > 0)
		diameter_put(out, DIAMETER_AVP_USER_NAME, impi);
	if (about.n > 0)
		diameter_put(out, DIAMETER_AVP_PUBLIC_IDENTITY, about);
}

/* ---- answers ---- */

void
cx_begin_answer(struct node *n, const struct diameter *question,
    enum diameter_value v, struct buf *out)
{
	diameter_begin_answer(out, question, v);
	cx_put_origin(n, question, out);
	diameter_put_value(out, v);
	diameter_put_failed(out, question);
}

void
cx_send_answer(struct node *n, struct net_sock *sock,
    const struct net_datagram *d, enum diameter_fault fault, struct buf *out)
{
	struct trace_message sent = { .proto = TRACE_PROTO_DIAMETER };
	LOCAL_BUF name = BUF_INIT;
	struct diameter back;

	diameter_end(out);
	diameter_read(buf_view(out), &back);
	diameter_write_name(&back, &name);
	sent.method = buf_view(&name);
	if (out->err != 0 || name.err != 0)
		node_fail_memory(n);
	else
		net_udp_send(sock, &d->src, buf_view(out), &sent,
		    fault != DIAMETER_FAULT_NONE ? RULE_DIAMETER_FAULT
						 : RULE_CX_SERVE);
}

/* ---- asking ---- */

static const struct node *
hss(const struct cx_client *c)
{
	return world_find(c->node->world, node_attr(c->node, "hss", ""));
}

/* The answer to Q; causes its effects. */
static void
cx_record_answer(const struct question *q, const struct diameter *answer)
{
	struct trace_writer *w =
	    node_record(q->client->node, TRACE_LOOKUP, RULE_CX_ANSWER);
	struct diameter silent = { .command = q->command };
	enum diameter_value v =
	    answer != NULL ? diameter_result(answer) : DIAMETER_VALUE_COUNT;
	LOCAL_BUF name = BUF_INIT, list = BUF_INIT;
	struct str server = answer != NULL ? diameter_find(answer->avps,
						 DIAMETER_AVP_SERVER_NAME)
					   : STR_NULL;

	diameter_write_name(answer != NULL ? answer : &silent, &name);
	trace_put_cstr(w, "op", "subscriber");
	trace_put_cstr(w, "aor", q->about);
	trace_put_str(w, "answer", buf_view(&name));
	trace_put_cstr(w, "status",
	    answer == NULL              ? "silent"
	    : v == DIAMETER_VALUE_COUNT ? "unknown"
					: diameter_value_name(v));
	if (server.n > 0) {
		json_put_str(&list, server);
		trace_put_list(w, "targets", &list);
	}
	node_record_cause(q->client->node);
}

static void
cx_finish_question(struct question *q, const struct diameter *answer)
{
	cx_fn *fn = q->fn;
	void *arg = q->arg;

	cx_record_answer(q, answer);
	cx_question_free(q);
	if (fn != NULL)
		fn(answer, arg);
}

static void
cx_send_question(void *arg)
{
	struct question *q = arg;
	struct cx_client *c = q->client;
	const struct diameter name = { .command = q->command,
		.flags = DIAMETER_REQUEST };
	struct trace_message m = { .proto = TRACE_PROTO_DIAMETER,
		.retx = q->first };
	LOCAL_BUF method = BUF_INIT;
	uint64_t seq;

	q->timer = 0;
	if (q->tries == CX_TRIES) {
		cx_finish_question(q, NULL);
		return;
	}
	/* RFC 6733 3: T, it may have been there. */
	if (q->tries++ > 0)
		q->datagram.p[4] |= DIAMETER_AGAIN;
	diameter_write_name(&name, &method);
	m.method = buf_view(&method);
	seq = net_udp_send(c->sock, &q->to, buf_view(&q->datagram), &m,
	    q->first != 0 ? RULE_CX_AGAIN
	    : c->lent     ? RULE_CX_PUSH
			  : RULE_CX_ASK);
	if (q->first == 0)
		q->first = seq;
	q->timer = node_after(c->node, CX_RETRY_NS, cx_send_question, q);
}

static struct question *
cx_find_question(struct cx_client *c, const struct diameter *m)
{
	list_each (struct question, q, &c->questions, link)
		if (m->head && (m->flags & DIAMETER_REQUEST) == 0 &&
		    q->hop == m->hop && q->command == m->command)
			return q;
	return NULL;
}

void
cx_client_take(
    struct cx_client *c, const struct net_datagram *d, const struct diameter *m)
{
	struct question *q = cx_find_question(c, m);

	if (m->fault != DIAMETER_FAULT_NONE)
		/* The tries go on: it may have been damaged on its way. */
		node_note_bad(c->node, RULE_DIAMETER_FAULT,
		    TRACE_REFUSAL_DIAMETER,
		    str_of(diameter_fault_name(m->fault)));
	else if (q != NULL && addr_eq(&d->src, &q->to))
		cx_finish_question(q, m);
	else /* late, a second one, or another's */
		node_note_drop(
		    c->node, d->recv, TRACE_DROP_UNMATCHED, RULE_NONE);
}

static void
serve_question(
    struct cx_client *c, const struct net_datagram *d, const struct diameter *m)
{
	enum diameter_value v = diameter_fault_result(m->fault);
	LOCAL_BUF out = BUF_INIT;

	if (m->fault != DIAMETER_FAULT_NONE)
		node_note_bad(c->node, RULE_DIAMETER_FAULT,
		    TRACE_REFUSAL_DIAMETER,
		    str_of(diameter_fault_name(m->fault)));
	else
		v = c->serve != NULL ? c->serve(m, c->serve_arg)
				     : DIAMETER_VALUE_COMMAND_UNSUPPORTED;
	cx_begin_answer(c->node, m, v, &out);
	cx_send_answer(c->node, c->sock, d, m->fault, &out);
}

static void
on_cx_message(const struct net_datagram *d, void *arg)
{
	struct cx_client *c = arg;
	const struct node *n = hss(c);
	struct diameter m;

	diameter_read(d->bytes, &m);
	if (n == NULL || !node_has_addr(n, &d->src) ||
	    d->src.port != TRACE_PORT_DIAMETER)
		node_note_bad(c->node, RULE_CX_ASK, TRACE_REFUSAL_DIAMETER,
		    STR("not from the home subscriber server"));
	else if (m.head && (m.flags & DIAMETER_REQUEST) != 0)
		serve_question(c, d, &m);
	else
		cx_client_take(c, d, &m);
}

/* Takes QUESTION. */
static int
cx_begin_question(struct cx_client *c, const struct addr *to, struct str about,
    struct buf *question, cx_fn *fn, void *arg)
{
	struct question *q = mem_zalloc(1, sizeof(*q));
	struct diameter m;
	int err = question->err;

	diameter_end(question);
	if (q == NULL) {
		buf_free(question);
		return ERR_NOMEM;
	}
	diameter_read(buf_view(question), &m);
	q->client = c;
	q->to = *to;
	q->command = m.command;
	q->hop = m.hop;
	q->datagram = *question;
	q->about = mem_dup(about.p, about.n);
	q->fn = fn;
	q->arg = arg;
	*question = BUF_INIT;
	list_append(&c->questions, &q->link);
	sim_hold(node_sim(c->node));
	if (q->about == NULL)
		err = ERR_NOMEM;
	if (err == 0 && c->sock == NULL)
		err =
		    net_udp_open(c->node->host, 0, on_cx_message, c, &c->sock);
	if (err != 0)
		cx_question_free(q);
	else
		cx_send_question(q);
	return err;
}

int
cx_ask(struct cx_client *c, struct str about, struct buf *question, cx_fn *fn,
    void *arg)
{
	struct addr to = node_face_for(hss(c), c->node)->addr;

	to.port = TRACE_PORT_DIAMETER;
	return cx_begin_question(c, &to, about, question, fn, arg);
}

int
cx_ask_at(struct cx_client *c, const struct addr *to, struct str about,
    struct buf *question)
{
	return cx_begin_question(c, to, about, question, NULL, NULL);
}

/* ---- what it means for SIP ---- */

/* TS 24.229 5.3.1, 5.3.2, 5.4.1: what an I-CSCF or S-CSCF answers. */
static const struct {
	enum diameter_command command;
	enum diameter_value value;
	struct cx_outcome outcome;
} refusals[] = {
#define R(command, value, status, why)                      \
	{                                                   \
		DIAMETER_##command, DIAMETER_VALUE_##value, \
		{                                           \
			status, RULE_##why                  \
		}                                           \
	}
	R(LI, USER_UNKNOWN, 404, CX_UNKNOWN),
	R(LI, NOT_REGISTERED, 480, CX_NOT_REGISTERED),
	R(UA, USER_UNKNOWN, 403, CX_FORBIDDEN),
	R(UA, DONT_MATCH, 403, CX_FORBIDDEN),
	R(UA, NOT_REGISTERED, 403, CX_FORBIDDEN),
	R(UA, ROAMING, 403, CX_ROAMING),
	R(UA, REJECTED, 403, CX_FORBIDDEN),
	R(MA, USER_UNKNOWN, 403, CX_FORBIDDEN),
	R(MA, DONT_MATCH, 403, CX_FORBIDDEN),
	R(MA, SCHEME_UNSUPPORTED, 403, CX_FORBIDDEN),
	R(SA, DONT_MATCH, 403, CX_FORBIDDEN),
	R(SA, USER_UNKNOWN, 403, CX_FORBIDDEN),
#undef R
};

struct cx_outcome
cx_judge(enum diameter_command command, const struct diameter *answer)
{
	enum diameter_value v;

	/* TS 24.229 5.3.1.2, 5.3.2.1: 480 of an I-CSCF; 5.4.1.2: 504. */
	if (answer == NULL)
		return (struct cx_outcome){
			command == DIAMETER_UA || command == DIAMETER_LI ? 480
									 : 504,
			RULE_CX_SILENT
		};
	v = diameter_result(answer);
	if (v == DIAMETER_VALUE_SUCCESS || v == DIAMETER_VALUE_FIRST ||
	    v == DIAMETER_VALUE_SUBSEQUENT ||
	    v == DIAMETER_VALUE_UNREGISTERED_SERVICE ||
	    v == DIAMETER_VALUE_NAME_NOT_STORED)
		return (struct cx_outcome){ 0, RULE_CX_ANSWER };
	for (size_t i = 0; i < COUNT_OF(refusals); i++)
		if (refusals[i].command == command && refusals[i].value == v)
			return refusals[i].outcome;
	return (struct cx_outcome){ 500, RULE_CX_FAILED };
}

int
cx_identities(const struct msg *m, struct buf *impi, struct buf *impu)
{
	struct digest_credentials c = { .username = STR_NULL };
	struct msg_addr to;
	struct str rest;
	int err;

	if (msg_addr_read(msg_value(m, MSG_H_TO), &to) != 0)
		return ERR_SYNTAX;
	err = msg_uri_aor(to.uri, impu);
	if (err != 0 || impu->err != 0)
		return err != 0 ? err : impu->err;
	digest_credentials_read(msg_value(m, MSG_H_AUTHORIZATION), &c);
	if (c.username.n > 0) {
		digest_unescape(c.username, impi);
		/* A user without a SIM may give a part of it. */
		str_cut(buf_view(impu), '@', &rest);
		if (impi->err == 0 && str_chr(buf_view(impi), '@') < 0)
			buf_printf(impi, "@%.*s", STR_ARG(rest));
	} else {
		/* TS 23.003 13.3 the other way round */
		str_cut(buf_view(impu), ':', &rest);
		buf_str(impi, rest);
	}
	return impi->err;
}

bool
cx_ends(const struct msg *m)
{
	struct msg_values it = { 0 };
	struct str v, expires;
	struct msg_addr a;
	bool any = false, all = true;

	while (msg_next_value(m, MSG_H_CONTACT, &it, &v)) {
		any = true;
		if (msg_addr_read(v, &a) != 0 ||
		    !msg_param(a.params, "expires", &expires))
			expires = msg_value(m, MSG_H_EXPIRES);
		all &= str_is(expires, "0");
	}
	return any && all;
}

int
cx_read_profile(struct str profile, struct buf *out)
{
	const struct xml_item *item;
	bool identity = false;
	struct xml x;
	int err = xml_read(&x, profile);

	if (err != 0)
		return err;
	while ((item = xml_next(&x))->kind != XML_DONE) {
		if (item->kind == XML_OPEN)
			identity = str_is(item->name.local, "Identity");
		if (item->kind == XML_TEXT && identity) {
			buf_puts(out, out->n > 0 ? ", <" : "<");
			buf_str(out, item->text);
			buf_putc(out, '>');
			identity = false;
		}
	}
	xml_free(&x);
	return out->err;
}
