/*
 * Questions about what a message means: a row for each, and one for each of
 * its answers.  The right one is computed, the others are what people believe.
 */
#include "quiz/quiz_fact.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "rules/rule_names.h"
#include "rules/rules.h"
#include "role/role.h"
#include "words/caption.h"

#include <string.h>

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
#define FACTS (sizeof(facts) / sizeof(facts[0]))

static const struct quiz_answer_row answers[] = { { 0, RULE_NONE, NULL, NULL,
						      "" },
#define ANSWER_ROW(id, answer, rule, text, why) \
	{ FACT_##id, RULE_##rule, text, why, #answer },
	QUIZ_FACTS(FACT_SKIP, ANSWER_ROW) };
#define ANSWERS (sizeof(answers) / sizeof(answers[0]))

const char *
quiz_fact_word(const struct quiz_fact *fact)
{
	return fact != NULL ? fact->word : "";
}

const struct rule *
quiz_fact_rule(struct str word)
{
	for (size_t i = 1; i < ANSWERS; i++)
		if (str_is(word, facts[answers[i].fact].word) &&
		    answers[i].rule != RULE_NONE)
			return rule_at(answers[i].rule);
	return NULL;
}

const struct quiz_answer_row *
quiz_answer_row(unsigned answer)
{
	return &answers[answer < ANSWERS ? answer : 0];
}

/* ---- texts ---- */

/* What stands for the name NAME of a text. */
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
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (str_is(name, numbers[i]))
			buf_u64(out, f->numbers[i]);
}

/* TEXT with its fields filled in, kept as long as Q. */
static int
keep_fact_text(const struct fact_scene *f, struct quiz *q, const char *text,
    struct str *kept)
{
	struct buf out = BUF_INIT;
	struct str rest = str_of(i18n_text(text)), name;
	int err;

	while (rest.n > 0) {
		buf_str(&out, str_cut(rest, '{', &rest));
		if (rest.n == 0)
			break;
		name = str_cut(rest, '}', &rest);
		put_fact_field(f, name, &out);
	}
	err = out.err != 0 ? out.err : quiz_keep(q, buf_view(&out), kept);
	buf_free(&out);
	return err;
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

	for (unsigned i = 1; i < ANSWERS && err == 0; i++)
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
is_place(const struct fact_scene *f, const struct quiz_fact *fact)
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

	for (size_t i = 0; i < FACTS; i++) {
		f->without = QUIZ_ANSWER_NONE;
		f->sender = fresh.sender;
		f->receiver = fresh.receiver;
		*fact = &facts[i];
		*right =
		    is_place(f, *fact) ? facts[i].right(f) : QUIZ_ANSWER_NONE;
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
	struct fact_scene *f = mem_alloc(sizeof(*f));
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
	mem_free(f);
	return err;
}
