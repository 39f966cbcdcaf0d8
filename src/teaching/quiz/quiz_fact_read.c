/*
 * Reading what a question about a message looks at.  All of it bounded,
 * whatever the trace is like.
 */
#include "quiz/quiz_fact.h"

#include "base/err.h"

/* Records looked at, in each direction. */
#define RECORDS_MOST 8192

/* The message that record SEQ sends for the first time, into M.  0,
 * ERR_NOTFOUND or ERR_NOMEM. */
static int
read_send(const struct trace *t, uint64_t seq, struct story_message *m)
{
	int err = trace_kind_of(t, seq) == TRACE_SEND ? story_read(m, t, seq)
						      : ERR_NOTFOUND;

	return err == 0 && (!m->sip || m->send.retx != 0) ? ERR_NOTFOUND : err;
}

/* The same of its bytes. */
static int
read_text(struct story_message *m)
{
	int err = story_read_text(m);

	return err == ERR_SYNTAX ? ERR_NOTFOUND : err;
}

bool
fact_next(struct fact_scene *f, struct str call_id, int step)
{
	struct story_message *m = &f->other;
	uint64_t seq = m->seq;

	for (int i = 0; i < RECORDS_MOST && f->err == 0; i++) {
		int err;

		seq = step > 0 ? seq + 1 : seq - 1;
		if (seq == 0 || seq > trace_count(f->t))
			return false;
		err = read_send(f->t, seq, m);
		if (err == 0 &&
		    (m->send.fwd != 0 || !str_eq(m->send.call_id, call_id)))
			continue;
		if (err == 0 && (err = read_text(m)) == 0)
			return true;
		if (err == ERR_NOMEM)
			f->err = err;
	}
	return false;
}

bool
fact_same_dialog(const struct fact_scene *f)
{
	const struct story_message *a = &f->now, *b = &f->other;

	return (str_eq(a->from_tag, b->from_tag) &&
		   str_eq(a->to_tag, b->to_tag)) ||
	       (str_eq(a->from_tag, b->to_tag) &&
		   str_eq(a->to_tag, b->from_tag));
}

/* F's other message and `now` are request and response. */
static bool
is_pair(const struct fact_scene *f)
{
	return f->other.msg.request != f->now.msg.request &&
	       f->other.msg.method == f->now.msg.method &&
	       f->other.cseq == f->now.cseq &&
	       str_eq(f->other.from_tag, f->now.from_tag);
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
fact_is_last(const struct story_message *m)
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
			f->other = STORY_MESSAGE_INIT;
			return;
		}
}

int
fact_read(struct fact_scene *f, const struct trace *t, uint64_t seq)
{
	int err;

	*f = (struct fact_scene){ .t = t };
	if (seq == 0 || seq > trace_count(t))
		return ERR_NOTFOUND;
	if ((err = read_send(t, seq, &f->now)) != 0 ||
	    (err = read_text(&f->now)) != 0)
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
	story_free(&f->now);
	story_free(&f->request);
	story_free(&f->other);
}
