/*
 * The surroundings of a question: the messages before and after it, which of
 * those after it wait for another one, for a timer or for somebody to act, and
 * who is who in the call.  All of it bounded, whatever the trace is like.
 */
#include "quiz/quiz_in.h"

#include "base/addr.h"
#include "base/err.h"
#include "base/mem.h"

#include <string.h>

/* Records looked at, before and after. */
#define RECORDS_BEFORE 8192
#define RECORDS_AFTER  4096

struct quiz_block {
	struct quiz_block *next;
	struct str text; /* the bytes stand behind */
};

int
quiz_keep(struct quiz *q, struct str text, struct str *kept)
{
	struct quiz_block *b = q->kept;
	char *bytes;

	*kept = STR_NULL;
	if (text.n == 0)
		return 0;
	while (b != NULL && !str_eq(b->text, text))
		b = b->next;
	if (b == NULL) {
		b = mem_alloc(sizeof(*b) + text.n);
		if (b == NULL)
			return ERR_NOMEM;
		bytes = (char *)(b + 1);
		memcpy(bytes, text.p, text.n);
		*b = (struct quiz_block){ q->kept, { bytes, text.n } };
		q->kept = b;
	}
	*kept = b->text;
	return 0;
}

void
quiz_free(struct quiz *q)
{
	while (q->kept != NULL) {
		struct quiz_block *next = q->kept->next;

		mem_free(q->kept);
		q->kept = next;
	}
	mem_free(q->nodes);
	mem_free(q->messages);
	*q = (struct quiz){ .trace = NULL };
}

bool
quiz_is_asked(const struct trace *t, uint64_t seq)
{
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	struct str proto;
	bool media;

	if (trace_kind_of(t, seq) != TRACE_SEND)
		return false;
	trace_get(t, seq, &rec);
	proto = trace_str(&rec, "proto", &scratch);
	media = trace_class_of(proto) == TRACE_CLASS_MEDIA;
	buf_free(&scratch);
	return !media;
}

/* What stands for NAME, that of a node, where the trace has none: OTHER, or
 * "?". */
static struct str
name_or(struct str name, struct str other)
{
	if (name.n == 0)
		name = other;
	return name.n > 0 ? name : STR("?");
}

/* One message more, at index I; 0 or ERR_NOMEM. */
static int
read_message(struct scene *s, uint64_t seq, size_t i)
{
	struct scene_message *m = &s->messages[i];
	const struct trace_send *send = &s->read.send;
	bool request;
	int err = story_read(&s->read, s->t, seq);

	if (err != 0)
		return err;
	request = send->status == 0;
	*m = (struct scene_message){ .t = s->read.sent.t,
		.fwd = send->fwd,
		.retx = send->retx,
		.sip = s->read.sip,
		.stream = addr_word_is_stream(send->transport),
		.event = { .seq = seq,
		    .again = send->retx != 0,
		    .status = send->status } };
	return quiz_keep(
		   s->q, name_or(send->src, s->read.sent.node), &m->event.src) |
	       quiz_keep(
		   s->q, name_or(send->dst, send->dst_addr), &m->event.dst) |
	       quiz_keep(s->q,
		   request ? name_or(send->method, send->proto) : STR_NULL,
		   &m->event.method) |
	       quiz_keep(s->q, send->call_id, &m->call_id) |
	       quiz_keep(s->q, m->sip ? story_method(send) : send->cseq_method,
		   &m->cseq_method);
}

/* The messages before NEXT, the oldest first, then NEXT itself. */
static int
read_before(struct scene *s, uint64_t next)
{
	uint64_t seqs[SCENE_BEFORE], seq = next;
	size_t n = 0, looked = 0;
	int err = 0;

	while (seq > 1 && n < SCENE_BEFORE && looked++ < RECORDS_BEFORE)
		if (quiz_is_asked(s->t, --seq))
			seqs[n++] = seq;
	s->last = n > 0 ? seqs[0] : 0;
	s->n = 0;
	while (err == 0 && n > 0)
		err = read_message(s, seqs[--n], s->n++);
	s->now = s->n;
	return err != 0 ? err : read_message(s, next, s->n++);
}

/* What record SEQ hands on to its effects, given what it has of its cause. */
static unsigned
passes_on(const struct trace *t, uint64_t seq, unsigned flags)
{
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;

	switch (trace_kind_of(t, seq)) {
	case TRACE_SEND:
		return flags | SCENE_AFTER_SEND;
	case TRACE_ACT:
		return flags | SCENE_ACTED;
	case TRACE_TIMER:
		trace_get(t, seq, &rec);
		if (str_is(trace_str(&rec, "op", &scratch), "fire"))
			flags |= SCENE_TIMED;
		buf_free(&scratch);
		return flags;
	default:
		return flags;
	}
}

/* From the message before NEXT on: what each record waits for; the messages
 * behind NEXT with that. */
static int
read_after(struct scene *s, uint64_t next)
{
	const uint64_t count = trace_count(s->t);
	uint64_t base =
	    next - s->last > RECORDS_BEFORE ? next - RECORDS_BEFORE : s->last;
	uint64_t end =
	    count - next > RECORDS_AFTER ? next + RECORDS_AFTER : count;
	size_t most = s->n + SCENE_AFTER;
	uint8_t *flags = mem_zalloc((size_t)(end - base + 1), 1);
	int err = flags != NULL ? 0 : ERR_NOMEM;

	for (uint64_t seq = base + 1; err == 0 && seq <= end; seq++) {
		uint64_t cause = trace_cause_of(s->t, seq);
		unsigned has =
		    cause > base && cause < seq ? flags[cause - base] : 0;

		/* What has no cause nobody can foresee. */
		if (cause == 0)
			has |= SCENE_ACTED;
		flags[seq - base] = (uint8_t)passes_on(s->t, seq, has);
		if (seq < next && (flags[seq - base] & SCENE_TIMED) != 0)
			s->timer_fires = true;
		if (seq == next) {
			s->messages[s->now].flags = has;
		} else if (seq > next && s->n < most &&
			   quiz_is_asked(s->t, seq)) {
			err = read_message(s, seq, s->n);
			/* What comes again was sent before. */
			if (s->messages[s->n].retx >= next)
				has |= SCENE_AFTER_SEND;
			s->messages[s->n++].flags = has;
		}
	}
	mem_free(flags);
	return err;
}

bool
scene_is(const struct scene *s, struct str node, const char *role)
{
	const struct trace_node *n = trace_find_node(s->t, node);

	return n != NULL && role_plays(n->role, role);
}

bool
scene_has(const struct scene *s, struct str node, enum role_trait trait)
{
	const struct trace_node *n = trace_find_node(s->t, node);

	return n != NULL && (role_traits(n->role) & trait) != 0;
}

/* Who is who in the call of `now`. */
static void
read_call(struct scene *s)
{
	struct str call = scene_now(s)->call_id, answers = STR_NULL;

	for (size_t i = 0; i < s->n && call.n > 0; i++) {
		const struct scene_message *m = &s->messages[i];

		if (!str_eq(m->call_id, call) ||
		    !str_is(m->cseq_method, "INVITE"))
			continue;
		if (m->event.status == 0 && m->fwd == 0 && s->caller.n == 0) {
			s->caller = m->event.src;
			s->first_hop = m->event.dst;
		}
		/* The phone's answers come later than a proxy's refusals. */
		if (m->event.status > 100 && m->fwd == 0 &&
		    m->event.status < 300)
			answers = m->event.src;
		if (m->event.status == 0 && m->retx == 0 &&
		    scene_has(s, m->event.dst, TRAIT_AGENT) &&
		    (answers.n == 0 || str_eq(answers, m->event.dst))) {
			s->callee = m->event.dst;
			s->last_hop = m->event.src;
		}
	}
	if (answers.n > 0 && !str_eq(answers, s->callee)) {
		s->callee = answers;
		s->last_hop = STR_NULL;
	}
	if (str_eq(s->caller, s->callee))
		s->callee = s->last_hop = STR_NULL;
}

int
scene_read(struct scene *s, struct quiz *q, uint64_t next)
{
	int err;

	*s = (struct scene){ .q = q, .t = q->trace };
	err = read_before(s, next);
	if (err == 0)
		err = read_after(s, next);
	if (err == 0)
		read_call(s);
	story_free(&s->read);
	return err;
}
