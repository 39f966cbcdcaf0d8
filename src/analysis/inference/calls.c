/*
 * The calls of a capture without its trace: each summed up in one pass over the
 * messages, as the list of calls judges them (calls/calls_take.c).
 */
#include "inference/calls.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "msg/header_names.h"

/* What a call has come to. */
struct sum {
	int64_t t_last, asked, told, talk_from, talk_to;
	uint32_t retx, talk_tag;
	uint32_t hearing; /* the message of `heard` */
	uint32_t nodes[CAPTURE_CALL_NODES];
	uint16_t heard;
	uint8_t nnodes;
	bool cancelled, ended, more;
};

static void
add_call_node(struct sum *s, uint32_t node)
{
	for (size_t i = 0; i < s->nnodes; i++)
		if (s->nodes[i] == node)
			return;
	if (s->nnodes < CAPTURE_CALL_NODES)
		s->nodes[s->nnodes++] = node;
	else
		s->more = true;
}

/* To a request like the FIRST one, where that came from. */
static void
add_response(const struct correlation *co, struct sum *s,
    const struct correlation_message *first,
    const struct correlation_message *m)
{
	if (m->name != first->name || s->talk_from >= 0 ||
	    m->dst != s->nodes[0])
		return;
	s->asked = -1;
	if (m->status > 100 && s->told < 0)
		s->told = m->t_last;
	/* A provisional response that was slow changes nothing any more. */
	if (m->status >= 200 || (m->status > 100 && s->heard < 200)) {
		s->heard = m->status;
		s->hearing = (uint32_t)(m - co->m);
	}
	if (m->method != MSG_INVITE || m->status < 200 || m->status > 299)
		return;
	s->talk_from = m->t;
	s->talk_tag = m->to_tag;
	/* Its end overtook it. */
	if (s->ended)
		s->talk_to = m->t;
}

/* When a call was forked and answered twice, the other dialog's BYE does not
 * end it. */
static void
add_bye(struct sum *s, const struct correlation_message *m)
{
	bool other = s->talk_tag != 0 && m->to_tag != s->talk_tag &&
		     m->from_tag != s->talk_tag;

	if (s->ended || other || (s->talk_from < 0 && s->heard >= 200))
		return;
	s->ended = true;
	if (s->talk_from >= 0)
		s->talk_to = m->t;
}

static void
add_request(struct sum *s, const struct correlation_message *first,
    const struct correlation_message *m)
{
	if (first->method == MSG_INVITE && m->method == MSG_BYE) {
		add_bye(s, m);
	} else if (s->talk_from >= 0 || m->src != s->nodes[0] ||
		   m->retx != CORRELATION_NONE) {
		return;
	} else if (m->method == MSG_CANCEL) {
		s->cancelled |= s->heard < 200;
	} else if (m->name == first->name) {
		/* Once more, with a password or to another place. */
		if (s->heard >= 200)
			s->told = -1;
		s->asked = m->t;
		s->heard = 0;
		s->cancelled = false;
	}
}

static void
sum_message(struct correlation *co, struct sum *sums,
    const struct correlation_message *m)
{
	const struct correlation_message *first =
	    &co->m[co->calls[m->call].first];
	struct sum *s = &sums[m->call];

	if (m == first)
		s->asked = s->told = s->talk_from = s->talk_to = -1;
	/* The first node is the one that asked. */
	add_call_node(s, m->status != 0 ? m->dst : m->src);
	add_call_node(s, m->status != 0 ? m->src : m->dst);
	s->t_last = m->t;
	s->retx += m->retx != CORRELATION_NONE;
	if (m->status != 0)
		add_response(co, s, first, m);
	else
		add_request(s, first, m);
}

/* From the bytes of its first message. */
static int
name_parties(struct correlation *co, const struct correlation_message *m,
    struct capture_call *row)
{
	struct capture_message bytes;

	capture_reader_get(co->src, m->at, &bytes, &co->scratch);
	if (co->scratch.err != 0)
		return co->scratch.err;
	msg_read(&co->msg, bytes.bytes, NULL);
	row->from = msg_addr_uri(msg_value(&co->msg, MSG_H_FROM));
	row->to = msg_addr_uri(msg_value(&co->msg, MSG_H_TO));
	return 0;
}

static int
give_call(struct correlation *co, uint32_t call, const struct sum *s,
    capture_call_fn *fn, void *arg)
{
	const struct correlation_call *c = &co->calls[call];
	const struct correlation_message *m = &co->m[c->first];
	struct capture_call row = { .t = m->t,
		.t_last = s->t_last,
		.messages = c->messages,
		.retx = s->retx,
		.status = c->status,
		.number = call,
		.heard = s->heard,
		.asked = s->asked,
		.told = s->told,
		.cancelled = s->cancelled,
		.ended = s->ended,
		.talk_from = s->talk_from,
		.talk_to = s->talk_to,
		.nnodes = s->nnodes,
		.more = s->more };
	int err = name_parties(co, m, &row);

	if (err != 0)
		return err;
	if (c->status != 0)
		row.reason = numbers_text(co->texts,
		    co->m[s->heard != 0 ? s->hearing : c->response].reason);
	row.call_id = numbers_text(co->ids, call);
	row.of_call = numbers_text(co->ids, c->leg_of);
	row.method = numbers_text(co->texts, m->name);
	for (size_t i = 0; i < s->nnodes; i++)
		row.nodes[i] = co->nodes[s->nodes[i]].name;
	return fn(&row, arg);
}

int
capture_calls_correlated(
    struct correlation *co, capture_call_fn *fn, void *arg, struct diag *d)
{
	struct sum *sums = mem_zalloc(co->ncalls, sizeof(*sums));
	int err = sums != NULL ? 0 : ERR_NOMEM;

	for (size_t i = 0; err == 0 && i < co->n; i++)
		if (co->m[i].call != 0)
			sum_message(co, sums, &co->m[i]);
	for (size_t i = 0; err == 0 && i < co->n; i++) {
		progress_count(N_("listing the calls"), i, co->n);
		if (co->m[i].call != 0 && co->calls[co->m[i].call].first == i)
			err = give_call(
			    co, co->m[i].call, &sums[co->m[i].call], fn, arg);
	}
	mem_free(sums);
	return diag_fail(d, err);
}

int
capture_calls(const struct capture_reader *s, const struct address_names *names,
    capture_call_fn *fn, void *arg, struct diag *d)
{
	struct correlation *co = NULL;
	int err = correlation_create(&co, s, names);

	if (err != 0)
		return diag_fail(d, err);
	err = capture_calls_correlated(co, fn, arg, d);
	correlation_destroy(co);
	return err;
}
