/*
 * Making a question. Right is the message that comes next, and each other that
 * could have been the next: all it still needs are arrivals of messages under
 * way and their consequences, and it does come within T1. A person counts only
 * at the very instant of the next message, a timer only then or a moment behind
 * another timer. So an answer is not wrong for not knowing how fast a line is,
 * and not right for guessing a person's act in five seconds.
 *
 * One question follows the other, and answers are kept to be judged again.
 */
#include "quiz/quiz.h"

#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "quiz/quiz_in.h"

/* What two timers may lie apart. */
#define MOMENT_NS  INT64_C(100000000)
#define STEPS_MOST 64
#define NODES_MOST 256

bool
quiz_same(const struct quiz_event *a, const struct quiz_event *b)
{
	return str_eq(a->src, b->src) && str_eq(a->dst, b->dst) &&
	       str_eq(a->method, b->method) && a->status == b->status;
}

const struct quiz_event *
quiz_find_right(const struct quiz *q, const struct quiz_event *e)
{
	for (size_t i = 0; i < q->nright; i++)
		if (quiz_same(&q->right[i], e))
			return &q->right[i];
	return NULL;
}

bool
quiz_is_right(const struct quiz *q, const struct quiz_event *e)
{
	return quiz_find_right(q, e) != NULL;
}

/* ---- what could come next ---- */

static bool
could_be_next(const struct scene_message *m, const struct scene_message *now)
{
	if ((m->flags & SCENE_AFTER_SEND) != 0)
		return false;
	if (m->t == now->t)
		return true;
	/* Of two timers the one that fires a little earlier need not be
	 * known. */
	if ((m->flags & now->flags & SCENE_TIMED) != 0)
		return m->t - now->t <= MOMENT_NS;
	return (m->flags & (SCENE_TIMED | SCENE_ACTED)) == 0 &&
	       m->t - now->t <= SIP_T1_NS;
}

static void
find_all_right(struct scene *s)
{
	struct quiz *q = s->q;

	q->right[q->nright++] = scene_now(s)->event;
	for (size_t i = s->now + 1; i < s->n; i++) {
		const struct scene_message *m = &s->messages[i];

		if (could_be_next(m, scene_now(s)) &&
		    !quiz_is_right(q, &m->event) && q->nright < QUIZ_RIGHT_MOST)
			q->right[q->nright++] = m->event;
	}
}

/* A step of a machine whose connection failed. */
bool
quiz_is_transport_error(const struct trace *t, uint64_t seq)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	return rec.kind == TRACE_FSM &&
	       str_is(trace_str(&rec, "event", &scratch), "transport error");
}

/* Where to stop so that the arrival that sets the message off is seen,
 * and nothing of what follows from it. */
static uint64_t
stop_before(const struct trace *t, uint64_t next, uint64_t last)
{
	uint64_t seq = trace_cause_of(t, next);

	for (int i = 0; i < STEPS_MOST && seq > last; i++) {
		enum trace_kind kind = trace_kind_of(t, seq);

		if (kind == TRACE_RECV || quiz_is_transport_error(t, seq))
			return seq;
		/* Of timers only a firing sets things off: before that.  And
		 * who acts would tell who sends. */
		if (kind == TRACE_TIMER || kind == TRACE_ACT)
			return seq - 1;
		seq = trace_cause_of(t, seq);
	}
	return last;
}

/* ---- the lists to choose from ---- */

static int
list_node(struct quiz *q, struct str name)
{
	for (size_t i = 0; i < q->nnodes; i++)
		if (str_eq(q->nodes[i], name))
			return 0;
	if (ARRAY_ROOM(&q->nodes, &q->nodes_cap, q->nnodes + 1) != 0)
		return ERR_NOMEM;
	q->nodes[q->nnodes++] = name;
	return 0;
}

static int
list_message(struct quiz *q, struct str method, unsigned status)
{
	struct quiz_event e = { .method = method, .status = status };

	for (size_t i = 0; i < q->nmessages; i++)
		if (quiz_same(&q->messages[i], &e))
			return 0;
	if (ARRAY_ROOM(&q->messages, &q->messages_cap, q->nmessages + 1) != 0)
		return ERR_NOMEM;
	q->messages[q->nmessages++] = e;
	return 0;
}

/* The nodes that may send next, and the others in the answers. */
static int
list_nodes(struct quiz *q)
{
	const struct trace_head *head = trace_head(q->trace);
	int err = 0;

	for (size_t i = 0; i < head->nnodes && err == 0; i++)
		if (head->nodes[i].role.n > 0 && q->nnodes < NODES_MOST)
			err = list_node(q, head->nodes[i].name);
	for (size_t i = 0; i < q->nright && err == 0; i++)
		if ((err = list_node(q, q->right[i].src)) == 0)
			err = list_node(q, q->right[i].dst);
	return err;
}

/* What a student should know, and what the answers have besides. */
static int
quiz_list_messages(struct quiz *q)
{
	static const char *const methods[] = { "INVITE", "ACK", "BYE", "CANCEL",
		"REGISTER", "OPTIONS", "MESSAGE" };
	static const unsigned statuses[] = { 100, 180, 183, 200, 300, 302, 401,
		403, 404, 407, 408, 480, 481, 482, 483, 486, 487, 500, 503,
		603 };
	int err = 0;

	for (size_t i = 0; i < COUNT_OF(methods); i++)
		err |= list_message(q, str_of(methods[i]), 0);
	for (size_t i = 0; i < q->nright; i++)
		if (q->right[i].status == 0)
			err |= list_message(q, q->right[i].method, 0);
	for (size_t i = 0; i < COUNT_OF(statuses); i++)
		err |= list_message(q, STR_NULL, statuses[i]);
	for (size_t i = 0; i < q->nright; i++)
		if (q->right[i].status != 0)
			err |= list_message(q, STR_NULL, q->right[i].status);
	return err != 0 ? ERR_NOMEM : 0;
}

/* ---- the options ---- */

/* Steele, Lea, Flood: SplitMix64. */
static uint64_t
draw_number(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/*
 * The answer and some of the mistakes: the first ones, which fit best, and of
 * the others what the draw says, then all in the order of the draw.  It
 * depends on the send's own line, so that a trace that grows asks the same.
 */
static void
choose_options(struct quiz *q)
{
	struct trace_rec rec;
	uint64_t state;
	size_t n = 0, best = 3, most;
	bool taken[MISCONCEPTION_MOST] = { false };

	trace_get(q->trace, q->next, &rec);
	state = str_hash(rec.object.raw) ^ q->next;
	most = 5 + draw_number(&state) % 2;
	q->options[n++] = (struct quiz_option){ .event = q->right[0] };
	for (size_t i = 0; i < q->nmisconceptions && i < best; i++)
		q->options[n++] = q->misconceptions[i];
	while (n < most && n <= q->nmisconceptions) {
		size_t i =
		    best + draw_number(&state) % (q->nmisconceptions - best);

		while (taken[i])
			i = i + 1 < q->nmisconceptions ? i + 1 : best;
		taken[i] = true;
		q->options[n++] = q->misconceptions[i];
	}
	for (size_t i = n; i > 1; i--) {
		size_t k = draw_number(&state) % i;
		struct quiz_option o = q->options[i - 1];

		q->options[i - 1] = q->options[k];
		q->options[k] = o;
	}
	q->noptions = n;
}

int
quiz_make(const struct trace *t, uint64_t seq, struct quiz *q)
{
	const uint64_t count = trace_count(t);
	LOCAL_MEM struct scene *s = NULL;
	int err;

	*q = (struct quiz){ .trace = t };
	do
		seq++;
	while (seq <= count && !quiz_is_asked(t, seq));
	if (seq > count)
		return ERR_NOTFOUND;
	s = mem_alloc(sizeof(*s));
	if (s == NULL)
		return ERR_NOMEM;
	q->next = seq;
	err = scene_read(s, q, seq);
	if (err != 0)
		return err;
	q->last = s->last;
	q->at = stop_before(t, seq, s->last);
	find_all_right(s);
	misconception_find(s);
	choose_options(q);
	if ((err = list_nodes(q)) == 0)
		err = quiz_list_messages(q);
	return err;
}

/*
 * One question after the other: who sends a message, once it is there what it
 * means, then who sends what next.
 */
int
quiz_make_following(const struct quiz *asked, const struct quiz_score *s,
    struct quiz *q, size_t *nth)
{
	int err = asked->fact != NULL ? ERR_NOTFOUND : 0;

	*q = (struct quiz){ .trace = asked->trace };
	for (*nth = 0; err == 0; ++*nth) {
		quiz_free(q);
		err = quiz_make_fact(asked->trace, asked->next, *nth, q);
		if (err == 0 && !quiz_score_knows(s, quiz_fact_word(q->fact)))
			return 0;
	}
	quiz_free(q);
	return err == ERR_NOTFOUND ? quiz_make(asked->trace, asked->next, q)
				   : err;
}

/* ---- answers that are kept, to be judged again ---- */

/* The word of option O, an answer about a message's meaning. */
static struct str
answer_word(const struct quiz_option *o)
{
	return str_of(quiz_answer_row(o->answer)->word);
}

/* What was said, in no language, and of which record: another run of the same
 * inputs can judge it. */
void
quiz_put_said(struct buf *b, const struct quiz *q, const struct quiz_pick *pick)
{
	struct quiz_event e;

	if (!quiz_picked(q, pick, &e))
		return;
	if (q->fact != NULL) {
		json_put_str(b, answer_word(&q->options[pick->option]));
		return;
	}
	buf_puts(b, "{\"src\":");
	json_put_str(b, e.src);
	json_put_field(b, "dst", e.dst);
	if (e.status != 0)
		json_put_int(b, "status", e.status);
	else
		json_put_field(b, "method", e.method);
	buf_putc(b, '}');
}

static enum quiz_verdict
check_fact(const struct quiz *q, struct json_value said)
{
	struct str word;

	if (json_plain(said, &word) != 0)
		return QUIZ_WRONG;
	for (size_t i = 0; i < q->noptions; i++)
		if (str_eq(word, answer_word(&q->options[i])))
			return q->options[i].wrong == 0 ? QUIZ_RIGHT
							: QUIZ_WRONG;
	return QUIZ_WRONG;
}

enum quiz_verdict
quiz_check_said(const struct quiz *q, struct json_value said)
{
	enum quiz_verdict v = QUIZ_WRONG;
	struct quiz_event e = { .again = false };
	LOCAL_BUF memory = BUF_INIT;
	int64_t status = 0;

	if (q->fact != NULL)
		return check_fact(q, said);
	if (buf_reserve(&memory, said.raw.n) == 0) {
		e.src = json_text_in(json_member(said, "src"), &memory);
		e.dst = json_text_in(json_member(said, "dst"), &memory);
		if (json_int(json_member(said, "status"), &status) != 0)
			e.method =
			    json_text_in(json_member(said, "method"), &memory);
		else if (status > 0 && status < 1000)
			e.status = (unsigned)status;
		v = quiz_check_event(q, &e);
	}
	return v;
}

/* The question about record G->seq of T that G has answered; 0, or what
 * quiz_make says. */
static int
quiz_ask_again(
    const struct trace *t, const struct quiz_given *g, struct quiz *q)
{
	int err;

	if (g->fact[0] == '\0') {
		err = quiz_make(t, g->seq - 1, q);
		return err == 0 && q->next != g->seq ? ERR_NOTFOUND : err;
	}
	for (size_t nth = 0;; nth++) {
		err = quiz_make_fact(t, g->seq, nth, q);
		if (err != 0 || strcmp(quiz_fact_word(q->fact), g->fact) == 0)
			return err;
		quiz_free(q);
	}
}

/* The run that has the record G is about; else the first. */
static const struct trace *
quiz_find_run(
    const struct quiz_given *g, const struct trace *const *runs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (g->seq <= trace_count(runs[i]) &&
		    str_hash(trace_line(runs[i], g->seq)) == g->record)
			return runs[i];
	return runs[0];
}

/* Whether the first answer of G is right; 0 or ERR_NOMEM. */
static int
judge_again(const struct quiz_given *g, const struct trace *t, bool *right)
{
	struct str rest = str_of(g->first);
	struct json_value said;
	struct quiz q;
	int err;

	*right = false;
	if (g->seq > trace_count(t) || trace_kind_of(t, g->seq) != TRACE_SEND ||
	    json_read(&rest, &said) != 0)
		return 0;
	err = quiz_ask_again(t, g, &q);
	if (err == 0)
		*right = quiz_check_said(&q, said) != QUIZ_WRONG;
	quiz_free(&q);
	return err == ERR_NOMEM ? err : 0;
}

/* One of those before the Ith is of the same question. */
static bool
quiz_is_repeated(const struct quiz_score *s, size_t i)
{
	const struct quiz_given *g = &s->list[i];

	for (size_t k = 0; k < i; k++)
		if (s->list[k].seq == g->seq &&
		    s->list[k].record == g->record &&
		    strcmp(s->list[k].fact, g->fact) == 0)
			return true;
	return false;
}

int
quiz_score_again(const struct quiz_score *s, const struct trace *const *runs,
    size_t n, struct quiz_count *c)
{
	int err = 0;

	*c = (struct quiz_count){ .made = 0 };
	for (size_t i = 0; err == 0 && i < s->n; i++) {
		const struct quiz_given *g = &s->list[i];
		bool right = false;

		if (quiz_is_repeated(s, i))
			continue;
		c->made++;
		if (g->first[0] == '\0')
			c->unknown += g->tries > 0;
		else
			err = judge_again(g, quiz_find_run(g, runs, n), &right);
		c->right += right;
	}
	return err;
}

int
quiz_text_again(struct str text, const struct trace *const *runs, size_t n,
    struct quiz_count *c)
{
	LOCAL(quiz_score_free) struct quiz_score score = QUIZ_SCORE_INIT;
	int err = quiz_score_read_text(&score, text);

	*c = (struct quiz_count){ .made = 0 };
	if (err == 0)
		err = quiz_score_again(&score, runs, n, c);
	return err;
}
