/*
 * The calls of a capture without its trace: each summed up in one pass over the
 * messages, as the list of calls judges them (views/calls/calls_take.c).
 */
#include "capture/calls.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"

/* What a call has come to. */
struct sum {
	int64_t t_last, talk_from, talk_to;
	uint32_t retx, talk_tag;
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
add_response(struct sum *s, const struct join_message *first,
    const struct join_message *m)
{
	if (m->name != first->name || s->talk_from >= 0 ||
	    m->dst != s->nodes[0])
		return;
	/* A provisional response that was slow changes nothing any more. */
	if (m->status >= 200 || (m->status > 100 && s->heard == 0))
		s->heard = m->status;
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
add_bye(struct sum *s, const struct join_message *m)
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
add_request(struct sum *s, const struct join_message *first,
    const struct join_message *m)
{
	if (first->method == MSG_INVITE && m->method == MSG_BYE) {
		add_bye(s, m);
	} else if (s->talk_from >= 0 || m->src != s->nodes[0] ||
		   m->retx != JOIN_NONE) {
		return;
	} else if (m->method == MSG_CANCEL) {
		s->cancelled |= s->heard < 200;
	} else if (m->name == first->name) {
		/* Once more, with a password or to another place. */
		s->heard = 0;
		s->cancelled = false;
	}
}

static void
sum_message(struct join *j, struct sum *sums, const struct join_message *m)
{
	const struct join_message *first = &j->m[j->calls[m->call].first];
	struct sum *s = &sums[m->call];

	if (m == first)
		s->talk_from = s->talk_to = -1;
	/* The first node is the one that asked. */
	add_call_node(s, m->status != 0 ? m->dst : m->src);
	add_call_node(s, m->status != 0 ? m->src : m->dst);
	s->t_last = m->t;
	s->retx += m->retx != JOIN_NONE;
	if (m->status != 0)
		add_response(s, first, m);
	else
		add_request(s, first, m);
}

/* From the bytes of its first message. */
static int
name_parties(
    struct join *j, const struct join_message *m, struct capture_call *row)
{
	struct capture_message bytes;

	capture_reader_get(j->src, m->at, &bytes, &j->scratch);
	if (j->scratch.err != 0)
		return j->scratch.err;
	msg_read(&j->msg, bytes.bytes, NULL);
	row->from = msg_addr_uri(msg_value(&j->msg, MSG_H_FROM));
	row->to = msg_addr_uri(msg_value(&j->msg, MSG_H_TO));
	return 0;
}

/* The words that the last response has behind its status, into KEPT. */
static int
name_reason(struct join *j, const struct join_call *c, struct buf *kept,
    struct capture_call *row)
{
	struct capture_message bytes;

	buf_clear(kept);
	if (c->status == 0)
		return 0;
	capture_reader_get(j->src, j->m[c->response].at, &bytes, &j->scratch);
	msg_read(&j->msg, bytes.bytes, NULL);
	buf_str(kept, j->msg.reason);
	row->reason = buf_view(kept);
	return j->scratch.err != 0 ? j->scratch.err : kept->err;
}

static int
give_call(struct join *j, uint32_t call, const struct sum *s,
    capture_call_fn *fn, void *arg)
{
	const struct join_call *c = &j->calls[call];
	const struct join_message *m = &j->m[c->first];
	struct capture_call row = { .t = m->t,
		.t_last = s->t_last,
		.messages = c->messages,
		.retx = s->retx,
		.status = c->status,
		.heard = s->heard,
		.cancelled = s->cancelled,
		.ended = s->ended,
		.talk_from = s->talk_from,
		.talk_to = s->talk_to,
		.nnodes = s->nnodes,
		.more = s->more };
	int err = name_reason(j, c, &j->key, &row);

	if (err == 0)
		err = name_parties(j, m, &row);
	if (err != 0)
		return err;
	row.call_id = numbers_text(j->texts, call);
	row.of_call = numbers_text(j->texts, c->leg_of);
	row.method = numbers_text(j->texts, m->name);
	for (size_t i = 0; i < s->nnodes; i++)
		row.nodes[i] = j->nodes[s->nodes[i]].name;
	return fn(&row, arg);
}

int
capture_calls_joined(
    struct join *j, capture_call_fn *fn, void *arg, struct diag *d)
{
	struct sum *sums = mem_zalloc(j->ncalls, sizeof(*sums));
	int err = sums != NULL ? 0 : ERR_NOMEM;

	for (size_t i = 0; err == 0 && i < j->n; i++)
		if (j->m[i].call != 0)
			sum_message(j, sums, &j->m[i]);
	for (size_t i = 0; err == 0 && i < j->n; i++) {
		progress_count(N_("listing the calls"), i, j->n);
		if (j->m[i].call != 0 && j->calls[j->m[i].call].first == i)
			err = give_call(
			    j, j->m[i].call, &sums[j->m[i].call], fn, arg);
	}
	mem_free(sums);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

int
capture_calls(const struct capture_reader *s, const struct capture_names *names,
    capture_call_fn *fn, void *arg, struct diag *d)
{
	struct join *j = NULL;
	int err = join_create(&j, s, names);

	if (err != 0)
		return diag_set(d, err, NULL, 0, "%s", err_text(err));
	err = capture_calls_joined(j, fn, arg, d);
	join_destroy(j);
	return err;
}
