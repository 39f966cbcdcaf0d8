/*
 * Questions about what a message means: a row for each, and one for each of its
 * answers. The right one is computed, the others are what people believe.
 */
#include "quiz/quiz_fact.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "msg/usages.h"
#include "role/role.h"
#include "rules/rule_names.h"
#include "rules/rules.h"
#include "text/utf8.h"
#include "words/caption.h"

/* ---- reading, all of it bounded, whatever the trace is like ---- */

/* Records looked at, in each direction. */
#define RECORDS_MOST 8192

/* The message that record SEQ sends for the first time, into M.  0,
 * ERR_NOTFOUND or ERR_NOMEM. */
static int
read_send(const struct trace *t, uint64_t seq, struct sent_message *m)
{
	int err = trace_kind_of(t, seq) == TRACE_SEND
		      ? sent_message_read(m, t, seq)
		      : ERR_NOTFOUND;

	return err == 0 && (!m->sip || m->send.retx != 0) ? ERR_NOTFOUND : err;
}

/* The same of its bytes. */
static int
fact_read_text(struct sent_message *m)
{
	int err = sent_message_read_text(m);

	return err == ERR_SYNTAX ? ERR_NOTFOUND : err;
}

bool
fact_next(struct fact_scene *f, struct str call_id, int step)
{
	struct sent_message *m = &f->other;
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
		if (err == 0 && (err = fact_read_text(m)) == 0)
			return true;
		if (err == ERR_NOMEM)
			f->err = err;
	}
	return false;
}

bool
fact_same_dialog(const struct fact_scene *f)
{
	const struct sent_message *a = &f->now, *b = &f->other;

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
fact_is_last(const struct sent_message *m)
{
	struct str params, state;

	state = msg_value(&m->msg, MSG_H_SUBSCRIPTION_STATE);
	return str_is(str_trim(msg_cut_params(state, &params)), "terminated");
}

/* The request as it was sent first. */
static void
fact_find_request(struct fact_scene *f)
{
	for (fact_begin(f); fact_earlier(f);)
		if (is_pair(f)) {
			f->request = f->other;
			f->other = SENT_MESSAGE_INIT;
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
	    (err = fact_read_text(&f->now)) != 0)
		return err;
	if (!f->now.msg.request)
		fact_find_request(f);
	f->sender = f->now.send.src;
	f->receiver = f->now.send.dst;
	return f->err;
}

void
fact_free(struct fact_scene *f)
{
	sent_message_free(&f->now);
	sent_message_free(&f->request);
	sent_message_free(&f->other);
}

/* ---- the questions ---- */

enum fact_id {
#define FACT_ID(id, ...) FACT_##id,
#define FACT_SKIP(...)
	QUIZ_FACTS(FACT_ID, FACT_SKIP)
};

enum fact_when { BEFORE, AFTER, ARRIVES };

struct quiz_fact {
	const char *word; /* in a saved session */
	enum quiz_answer (*right)(struct fact_scene *f);
	enum fact_when when;
	const char *question; /* untranslated */
};

static const struct quiz_fact facts[] = {
#define FACT_ROW(id, fn, when, question) \
	{ #fn, quiz_fact_##fn, when, question },
	QUIZ_FACTS(FACT_ROW, FACT_SKIP)
};

static const struct quiz_answer_row answers[] = { { 0, RULE_NONE, NULL, NULL,
						      "" },
#define ANSWER_ROW(id, answer, rule, text, why) \
	{ FACT_##id, RULE_##rule, text, why, #answer },
	QUIZ_FACTS(FACT_SKIP, ANSWER_ROW) };

const char *
quiz_fact_word(const struct quiz_fact *fact)
{
	return fact != NULL ? fact->word : "";
}

const struct rule *
quiz_fact_rule(struct str word)
{
	for (size_t i = 1; i < COUNT_OF(answers); i++)
		if (str_is(word, facts[answers[i].fact].word) &&
		    answers[i].rule != RULE_NONE)
			return rule_at(answers[i].rule);
	return NULL;
}

const struct quiz_answer_row *
quiz_answer_row(unsigned answer)
{
	return &answers[answer < COUNT_OF(answers) ? answer : 0];
}

/* ---- texts ---- */

/* The substitute of the name NAME in a text. */
static void
put_fact_field(const struct fact_scene *f, struct str name, struct buf *out)
{
	static const char *const numbers[] = { "first", "second", "third",
		"fourth" };

	if (str_is(name, "sender"))
		utf8_add_safe(out, utf8_clip(f->sender, 16));
	else if (str_is(name, "receiver"))
		utf8_add_safe(out, utf8_clip(f->receiver, 16));
	else if (str_is(name, "message"))
		caption_put_message(
		    out, f->now.send.method, f->now.send.status);
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		if (str_is(name, numbers[i]))
			buf_u64(out, f->numbers[i]);
}

/* TEXT with its fields filled in, kept as long as Q. */
static int
keep_fact_text(const struct fact_scene *f, struct quiz *q, const char *text,
    struct str *kept)
{
	LOCAL_BUF out = BUF_INIT;
	struct str rest = str_of(i18n_text(text)), name;

	while (rest.n > 0) {
		buf_str(&out, str_cut(rest, '{', &rest));
		if (rest.n == 0)
			break;
		name = str_cut(rest, '}', &rest);
		put_fact_field(f, name, &out);
	}
	return out.err != 0 ? out.err : quiz_keep(q, buf_view(&out), kept);
}

/* ---- the options ---- */

static int
add_option(
    const struct fact_scene *f, struct quiz *q, unsigned answer, bool right)
{
	struct quiz_option o = { .answer = answer,
		.wrong = right ? 0 : answer };
	int err = keep_fact_text(f, q, answers[answer].text, &o.text);

	/* Two answers may say the same, each for a reason of its own. */
	for (size_t i = 0; i < q->noptions && err == 0; i++)
		if (str_eq(q->options[i].text, o.text))
			return 0;
	if (err == 0 && q->noptions < QUIZ_OPTIONS)
		q->options[q->noptions++] = o;
	return err;
}

/* The right one first, then the others of the same question; then turned by
 * what the line of the send says, so that a trace has the same order again. */
static int
list_options(const struct fact_scene *f, struct quiz *q, enum quiz_answer right)
{
	unsigned fact = answers[right].fact;
	struct quiz_option turned[QUIZ_OPTIONS];
	size_t by = str_hash(trace_line(q->trace, q->next)) + fact;
	int err = add_option(f, q, right, true);

	for (unsigned i = 1; i < COUNT_OF(answers) && err == 0; i++)
		if (answers[i].fact == fact && i != (unsigned)right &&
		    i != (unsigned)f->without)
			err = add_option(f, q, i, false);
	memcpy(turned, q->options, sizeof(turned));
	for (size_t i = 0; i < q->noptions; i++)
		q->options[i] = turned[(i + by) % q->noptions];
	return err;
}

/* FACT is asked at such a send at all. */
static bool
fact_is_place(const struct fact_scene *f, const struct quiz_fact *fact)
{
	const struct trace_node *to = trace_find_node(f->t, f->now.send.dst);

	if (fact->when != ARRIVES)
		return f->now.send.fwd == 0;
	return to != NULL && (role_traits(to->role) & TRAIT_AGENT) != 0;
}

/* The NTH of the facts that are asked of F's message. */
static int
find_fact(struct fact_scene *f, size_t nth, const struct quiz_fact **fact,
    enum quiz_answer *right)
{
	const struct fact_scene fresh = *f;

	for (size_t i = 0; i < COUNT_OF(facts); i++) {
		f->without = QUIZ_ANSWER_NONE;
		f->sender = fresh.sender;
		f->receiver = fresh.receiver;
		*fact = &facts[i];
		*right = fact_is_place(f, *fact) ? facts[i].right(f)
						 : QUIZ_ANSWER_NONE;
		if (f->err != 0)
			return f->err;
		if (*right != QUIZ_ANSWER_NONE && nth-- == 0)
			return 0;
	}
	return ERR_NOTFOUND;
}

int
quiz_make_fact(const struct trace *t, uint64_t seq, size_t nth, struct quiz *q)
{
	LOCAL_MEM struct fact_scene *f = mem_alloc(sizeof(*f));
	enum quiz_answer right;
	int err;

	*q = (struct quiz){ .trace = t, .next = seq, .last = seq, .at = seq };
	if (f == NULL)
		return ERR_NOMEM;
	err = fact_read(f, t, seq);
	if (err == 0)
		err = find_fact(f, nth, &q->fact, &right);
	if (err == 0) {
		if (q->fact->when == BEFORE)
			q->at = q->last = seq - 1;
		err = keep_fact_text(f, q, q->fact->question, &q->question);
	}
	if (err == 0)
		err = list_options(f, q, right);
	fact_free(f);
	return err;
}

/* ---- questions about subscriptions, and what a failure ends ---- */

/* RFC 6665 4.1.2.4; RFC 4488: a REFER may ask for no subscription. */
enum quiz_answer
quiz_fact_due(struct fact_scene *f)
{
	struct str none = msg_value(&f->now.msg, MSG_H_REFER_SUB);

	if (fact_is(&f->now, MSG_SUBSCRIBE) ||
	    (fact_is(&f->now, MSG_REFER) && !str_istarts(none, "false")))
		return QUIZ_DUE_NOTIFY;
	if (fact_is(&f->now, MSG_REFER) || fact_is(&f->now, MSG_PUBLISH) ||
	    fact_is(&f->now, MSG_MESSAGE))
		return QUIZ_DUE_FINAL;
	return QUIZ_ANSWER_NONE;
}

/* A NOTIFY of what the request asks for came from there before; of a REFER
 * that is one since the REFER. */
static bool
was_notified(struct fact_scene *f)
{
	bool refer = f->now.msg.method == MSG_REFER;
	struct str event = msg_value(&f->request.msg, MSG_H_EVENT);

	for (fact_begin(f); fact_earlier(f);) {
		if (refer && f->other.seq <= f->request.seq)
			return false;
		if (fact_is(&f->other, MSG_NOTIFY) &&
		    str_eq(f->other.send.src, f->now.send.src) &&
		    (refer ||
			str_eq(msg_value(&f->other.msg, MSG_H_EVENT), event)))
			return true;
	}
	return false;
}

enum quiz_answer
quiz_fact_makes(struct fact_scene *f)
{
	if ((!fact_answers(&f->now, MSG_SUBSCRIBE, 2) &&
		!fact_answers(&f->now, MSG_REFER, 2)) ||
	    f->request.seq == 0 ||
	    str_istarts(msg_value(&f->request.msg, MSG_H_REFER_SUB), "false"))
		return QUIZ_ANSWER_NONE;
	return was_notified(f) ? QUIZ_MAKES_STANDS : QUIZ_MAKES_NOTIFY;
}

/* RFC 6665 4.1.3 */
enum quiz_answer
quiz_fact_answers(struct fact_scene *f)
{
	unsigned status;

	if (!fact_is(&f->now, MSG_NOTIFY))
		return QUIZ_ANSWER_NONE;
	status = fact_final_status(f);
	return status / 100 == 2 ? QUIZ_ANSWERS_OK
	       : status == 481   ? QUIZ_ANSWERS_LOST
				 : QUIZ_ANSWER_NONE;
}

/* A rejection within a dialog, except for credentials. */
static bool
fact_is_refusal(const struct fact_scene *f)
{
	return !f->now.msg.request && f->now.msg.status >= 300 &&
	       f->now.msg.status != 401 && f->now.msg.status != 407 &&
	       f->request.seq != 0 && fact_is_within(&f->request);
}

/* RFC 5057 5.1 */
enum quiz_answer
quiz_fact_ends(struct fact_scene *f)
{
	enum msg_method m = f->now.msg.method;

	if (!fact_is_refusal(f) ||
	    (m != MSG_NOTIFY && m != MSG_SUBSCRIBE && m != MSG_INFO))
		return QUIZ_ANSWER_NONE;
	/* The last NOTIFY has ended its subscription by itself. */
	if (m == MSG_NOTIFY && fact_is_last(&f->request))
		return QUIZ_ANSWER_NONE;
	switch (msg_method_effect(m, f->now.msg.status)) {
	case MSG_ENDS_USAGE:
		return QUIZ_ENDS_USAGE;
	case MSG_ENDS_DIALOG:
		return QUIZ_ENDS_DIALOG;
	case MSG_ENDS_NOTHING:
	default:
		return QUIZ_ENDS_TRANSACTION;
	}
}

/* RFC 3261 14.1, RFC 3311 5.3 */
enum quiz_answer
quiz_fact_refused(struct fact_scene *f)
{
	enum msg_method m = f->now.msg.method;

	if (!fact_is_refusal(f) || (m != MSG_INVITE && m != MSG_UPDATE))
		return QUIZ_ANSWER_NONE;
	return msg_method_effect(m, f->now.msg.status) == MSG_ENDS_NOTHING
		   ? QUIZ_REFUSED_STAYS
		   : QUIZ_REFUSED_LOST;
}
