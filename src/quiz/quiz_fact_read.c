/*
 * Reading what a question about a message looks at.  All of it bounded,
 * whatever the trace is like.
 */
#include "quiz/quiz_fact.h"

#include "base/err.h"

/* Records looked at, in each direction. */
#define RECORDS_MOST 8192

static void
free_message(struct fact_message *m)
{
	buf_free(&m->scratch);
	buf_free(&m->bytes);
}

/* Reads what the send already in M says; 0, ERR_NOTFOUND or ERR_NOMEM. */
static int
read_text(struct fact_message *m, const struct trace_rec *rec)
{
	struct msg_cseq cseq;
	struct str bytes = trace_bytes(rec, &m->bytes);

	if (m->bytes.err != 0)
		return ERR_NOMEM;
	if (bytes.n == 0 || msg_read(&m->msg, bytes, NULL) != MSG_FAULT_NONE ||
	    msg_cseq_read(msg_value(&m->msg, MSG_H_CSEQ), &cseq) != 0)
		return ERR_NOTFOUND;
	m->cseq = cseq.number;
	m->sdp = m->msg.body.n > 0 &&
		 str_istarts(
		     msg_value(&m->msg, MSG_H_CONTENT_TYPE), "application/sdp");
	return 0;
}

static int
read_send(const struct trace *t, uint64_t seq, struct fact_message *m,
    struct trace_rec *rec)
{
	int err;

	trace_get(t, seq, rec);
	m->seq = seq;
	err = trace_get_send(rec, &m->send, &m->scratch);
	if (err != 0)
		return err == ERR_NOMEM ? err : ERR_NOTFOUND;
	if (trace_class_of(m->send.proto) != TRACE_CLASS_SIP)
		return ERR_NOTFOUND;
	return m->send.retx != 0 ? ERR_NOTFOUND : 0;
}

bool
fact_next(struct fact_scene *f, struct str call_id, int step)
{
	struct fact_message *m = &f->other;
	struct trace_rec rec;

	for (int i = 0; i < RECORDS_MOST && f->err == 0; i++) {
		uint64_t seq = step > 0 ? m->seq + 1 : m->seq - 1;
		int err;

		if (seq == 0 || seq > trace_count(f->t))
			return false;
		m->seq = seq;
		if (trace_kind_of(f->t, seq) != TRACE_SEND)
			continue;
		err = read_send(f->t, seq, m, &rec);
		if (err == 0 &&
		    (m->send.fwd != 0 || !str_eq(m->send.call_id, call_id)))
			continue;
		if (err == 0)
			err = read_text(m, &rec);
		if (err == 0)
			return true;
		if (err == ERR_NOMEM)
			f->err = err;
	}
	return false;
}

static struct str
tag_of(const struct fact_message *m, enum msg_header id)
{
	return msg_tag(msg_value(&m->msg, id));
}

bool
fact_same_dialog(const struct fact_scene *f)
{
	struct str from = tag_of(&f->now, MSG_H_FROM);
	struct str to = tag_of(&f->now, MSG_H_TO);
	struct str a = tag_of(&f->other, MSG_H_FROM);
	struct str b = tag_of(&f->other, MSG_H_TO);

	return (str_eq(from, a) && str_eq(to, b)) ||
	       (str_eq(from, b) && str_eq(to, a));
}

/* F's other message and `now` are request and response. */
static bool
is_pair(const struct fact_scene *f)
{
	return f->other.msg.request != f->now.msg.request &&
	       f->other.msg.method == f->now.msg.method &&
	       f->other.cseq == f->now.cseq &&
	       str_eq(
		   tag_of(&f->other, MSG_H_FROM), tag_of(&f->now, MSG_H_FROM));
}

unsigned
fact_final_status(struct fact_scene *f)
{
	for (fact_begin(f); fact_later(f);)
		if (is_pair(f) && f->other.msg.status >= 200)
			return f->other.msg.status;
	return 0;
}

bool
fact_is_last(const struct fact_message *m)
{
	struct str params, state;

	state = msg_value(&m->msg, MSG_H_SUBSCRIPTION_STATE);
	return str_is(str_trim(msg_cut_params(state, &params)), "terminated");
}

/* The request as it was sent first. */
static void
find_request(struct fact_scene *f)
{
	for (fact_begin(f); fact_earlier(f);)
		if (is_pair(f)) {
			f->request = f->other;
			f->other = (struct fact_message){ .seq = 0 };
			return;
		}
}

int
fact_read(struct fact_scene *f, const struct trace *t, uint64_t seq)
{
	struct trace_rec rec;
	int err;

	*f = (struct fact_scene){ .t = t };
	if (seq == 0 || seq > trace_count(t) ||
	    trace_kind_of(t, seq) != TRACE_SEND)
		return ERR_NOTFOUND;
	if ((err = read_send(t, seq, &f->now, &rec)) != 0 ||
	    (err = read_text(&f->now, &rec)) != 0)
		return err;
	if (!f->now.msg.request)
		find_request(f);
	f->sender = f->now.send.src;
	f->receiver = f->now.send.dst;
	return f->err;
}

void
fact_free(struct fact_scene *f)
{
	free_message(&f->now);
	free_message(&f->request);
	free_message(&f->other);
}
