/*
 * The surroundings of a question: the messages before and after it, which of
 * those after it wait for another one, for a timer or for a person's act, and
 * the parties of the call. All of it bounded, whatever the trace is like. And
 * what keys do to the question.
 */
#include <string.h>

#include "base/addr.h"
#include "base/err.h"
#include "base/mem.h"
#include "quiz/quiz_in.h"

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
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	struct str proto;
	bool media;

	if (trace_kind_of(t, seq) != TRACE_SEND)
		return false;
	trace_get(t, seq, &rec);
	proto = trace_str(&rec, "proto", &scratch);
	media = trace_class_of(proto) == TRACE_CLASS_MEDIA;
	return !media;
}

/* The substitute of NAME, a node's, where the trace has none: OTHER, or "?". */
static struct str
scene_name_or(struct str name, struct str other)
{
	if (name.n == 0)
		name = other;
	return name.n > 0 ? name : STR("?");
}

/* One message more, at index I; 0 or ERR_NOMEM. */
static int
scene_read_message(struct scene *s, uint64_t seq, size_t i)
{
	struct scene_message *m = &s->messages[i];
	const struct trace_send *send = &s->read.send;
	bool request;
	int err = sent_message_read(&s->read, s->t, seq);

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
	return quiz_keep(s->q, scene_name_or(send->src, s->read.sent.node),
		   &m->event.src) |
	       quiz_keep(s->q, scene_name_or(send->dst, send->dst_addr),
		   &m->event.dst) |
	       quiz_keep(s->q,
		   request ? scene_name_or(send->method, send->proto)
			   : STR_NULL,
		   &m->event.method) |
	       quiz_keep(s->q, send->call_id, &m->call_id) |
	       quiz_keep(s->q,
		   m->sip ? sent_message_method(send) : send->cseq_method,
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
		err = scene_read_message(s, seqs[--n], s->n++);
	s->now = s->n;
	return err != 0 ? err : scene_read_message(s, next, s->n++);
}

/* What record SEQ hands on to its effects, given what it has of its cause. */
static unsigned
scene_passes_on(const struct trace *t, uint64_t seq, unsigned flags)
{
	LOCAL_BUF scratch = BUF_INIT;
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
	LOCAL_MEM uint8_t *flags = mem_zalloc((size_t)(end - base + 1), 1);
	int err = flags != NULL ? 0 : ERR_NOMEM;

	for (uint64_t seq = base + 1; err == 0 && seq <= end; seq++) {
		uint64_t cause = trace_cause_of(s->t, seq);
		unsigned has =
		    cause > base && cause < seq ? flags[cause - base] : 0;

		/* A message without a cause can't be foreseen. */
		if (cause == 0)
			has |= SCENE_ACTED;
		flags[seq - base] = (uint8_t)scene_passes_on(s->t, seq, has);
		if (seq < next && (flags[seq - base] & SCENE_TIMED) != 0)
			s->timer_fires = true;
		if (seq == next) {
			s->messages[s->now].flags = has;
		} else if (seq > next && s->n < most &&
			   quiz_is_asked(s->t, seq)) {
			err = scene_read_message(s, seq, s->n);
			/* A repetition was sent before. */
			if (s->messages[s->n].retx >= next)
				has |= SCENE_AFTER_SEND;
			s->messages[s->n++].flags = has;
		}
	}
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

/* The parties in the call of `now`. */
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
		/* The phone's answers come later than a proxy's rejections. */
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
	sent_message_free(&s->read);
	return err;
}

/* ---- keys: a row for each phase ---- */

#define TRIES_MOST 2

void
quiz_start(struct quiz_state *s, bool hidden)
{
	*s = (struct quiz_state){ .phase = hidden ? QUIZ_HIDDEN : QUIZ_ASKING,
		.free = s->free };
}

unsigned
quiz_tries(const struct quiz *q)
{
	return q->noptions < 3 ? 1 : TRIES_MOST;
}

/* The end of it: for the score, in words of at most its size. */
static enum quiz_result
scene_finish_question(
    const struct quiz *q, struct quiz_state *s, struct quiz_score *score)
{
	struct quiz_given g = {
		.seq = q->next, .tries = s->tries, .shown = s->shown
	};
	LOCAL_BUF b = BUF_INIT;
	struct quiz_event e;
	struct str text;
	int err = 0;

	strncpy(g.fact, quiz_fact_word(q->fact), sizeof(g.fact) - 1);
	s->phase = QUIZ_DONE;
	s->top = 0;
	if (score == NULL)
		return QUIZ_STAY;
	if (s->tries > 0 && quiz_picked(q, &s->pick, &e)) {
		g.right = quiz_check(q, &s->pick) != QUIZ_WRONG;
		if (q->fact != NULL)
			quiz_put_option(&b, q, s->pick.option);
		else
			quiz_put_event(&b, &e);
		text = utf8_clip(buf_view(&b), sizeof(g.chosen) / 2);
		if (text.n < sizeof(g.chosen) && text.n > 0)
			memcpy(g.chosen, text.p, text.n);
		buf_clear(&b);
		quiz_put_said(&b, q, &s->first);
		g.record = str_hash(trace_line(q->trace, q->next));
		if (b.n < sizeof(g.first))
			memcpy(g.first, buf_cstr(&b), b.n);
		err = b.err;
	}
	if (err == 0)
		err = quiz_score_add(score, &g);
	return err == 0 ? QUIZ_STAY : QUIZ_NOMEM;
}

static enum quiz_result
give_answer(
    const struct quiz *q, struct quiz_state *s, struct quiz_score *score)
{
	bool last;

	s->pick =
	    (struct quiz_pick){ quiz_is_free(q, s) ? QUIZ_FREE : s->cursor,
		    s->chosen[0], s->chosen[1], s->chosen[2] };
	if (s->tries++ == 0)
		s->first = s->pick;
	last = s->tries >= quiz_tries(q);
	if (last || quiz_check(q, &s->pick) != QUIZ_WRONG)
		return scene_finish_question(q, s, score);
	s->phase = QUIZ_AGAIN;
	if (quiz_is_free(q, s)) {
		s->part = 0;
	} else {
		s->tried |= 1u << s->cursor;
		s->cursor = (s->cursor + 1) % q->noptions;
	}
	return QUIZ_STAY;
}

/* To the next one, round at the end; what was tried is passed over. */
static void
move_cursor(const struct quiz *q, struct quiz_state *s, bool down)
{
	size_t *at = quiz_is_free(q, s) ? &s->chosen[s->part] : &s->cursor;
	size_t n =
	    quiz_is_free(q, s) ? quiz_list_size(q, s->part) : q->noptions;

	for (size_t i = 0; i < n; i++) {
		*at = (*at + (down ? 1 : n - 1)) % n;
		if (quiz_is_free(q, s) || (s->tried & 1u << *at) == 0)
			return;
	}
}

static enum quiz_result
press_asking(const struct quiz *q, struct quiz_state *s, unsigned key,
    struct quiz_score *score)
{
	switch (key) {
	case QUIZ_UP:
	case QUIZ_DOWN:
		move_cursor(q, s, key == QUIZ_DOWN);
		return QUIZ_STAY;
	case QUIZ_ENTER:
		if (quiz_is_free(q, s) && s->part < 2) {
			s->part++;
			return QUIZ_STAY;
		}
		return give_answer(q, s, score);
	case QUIZ_BACK:
		if (!quiz_is_free(q, s) || s->part == 0)
			return QUIZ_IGNORED;
		s->part--;
		return QUIZ_STAY;
	case QUIZ_MODE:
		if (q->fact != NULL)
			return QUIZ_IGNORED;
		s->free = !s->free;
		s->part = 0;
		return QUIZ_STAY;
	case QUIZ_SHOW:
		s->shown = true;
		return scene_finish_question(q, s, score);
	default:
		key -= QUIZ_DIGIT;
		if (quiz_is_free(q, s) || key == 0 || key > q->noptions ||
		    (s->tried & 1u << (key - 1)) != 0)
			return QUIZ_IGNORED;
		s->cursor = key - 1;
		return give_answer(q, s, score);
	}
}

static enum quiz_result
press_hidden(const struct quiz *q, struct quiz_state *s, unsigned key,
    struct quiz_score *score)
{
	if (key == QUIZ_SHOW)
		return press_asking(q, s, key, score);
	if (key != QUIZ_ENTER)
		return QUIZ_IGNORED;
	s->phase = QUIZ_ASKING;
	return QUIZ_STAY;
}

static enum quiz_result
press_done(struct quiz_state *s, unsigned key)
{
	if (key == QUIZ_ENTER)
		return QUIZ_STEP;
	if (key == QUIZ_UP)
		s->top -= s->top > 0;
	else if (key == QUIZ_DOWN)
		s->top++;
	else
		return QUIZ_IGNORED;
	return QUIZ_STAY;
}

void
quiz_put_in_bounds(const struct quiz *q, struct quiz_state *s)
{
	if (s->cursor >= q->noptions)
		s->cursor = 0;
	if (s->part > 2)
		s->part = 0;
	for (unsigned i = 0; i < 3; i++)
		if (s->chosen[i] >= quiz_list_size(q, i))
			s->chosen[i] = 0;
}

/*
 * A wrong answer may be mended once; then, or when the solution is asked for,
 * the question is done and its outcome goes into the score.
 */
enum quiz_result
quiz_press(const struct quiz *q, struct quiz_state *s, unsigned key,
    struct quiz_score *score)
{
	struct quiz_state before = *s;
	enum quiz_result result;

	if (s->phase == QUIZ_DONE)
		return press_done(s, key);
	quiz_put_in_bounds(q, s);
	result = s->phase == QUIZ_HIDDEN ? press_hidden(q, s, key, score)
					 : press_asking(q, s, key, score);
	if (result == QUIZ_NOMEM)
		*s = before;
	return result;
}
