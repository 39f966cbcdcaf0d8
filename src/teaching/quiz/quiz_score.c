/*
 * What was answered: kept in the order of asking, written as JSON into a saved
 * session, summed up by rule at the end.  A saved session is outside bytes.
 */
#include "quiz/quiz_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "rules/rules.h"
#include "text/json_fields.h"
#include "words/caption.h"

#include <string.h>

/* The limit of answers kept. */
#define GIVEN_MOST 4096
/* Rules in the summary, and messages of each. */
#define TOPICS_MOST 64
#define SHOWN_MOST  3
/* Right answers to one kind of question after which it is not asked again. */
#define KNOWN_AFTER 2
/* Cells of what was chosen. */
#define CHOSEN_MOST 40

void
quiz_score_free(struct quiz_score *s)
{
	mem_free(s->list);
	*s = QUIZ_SCORE_INIT;
}

const struct quiz_given *
quiz_score_find(const struct quiz_score *s, uint64_t seq, const char *fact)
{
	/* The last one asked is the one most looked for. */
	for (size_t i = s->n; i > 0; i--)
		if (s->list[i - 1].seq == seq &&
		    strcmp(s->list[i - 1].fact, fact) == 0)
			return &s->list[i - 1];
	return NULL;
}

bool
quiz_score_knows(const struct quiz_score *s, const char *fact)
{
	unsigned n = 0;

	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->list[i].fact, fact) == 0)
			n = s->list[i].right && s->list[i].tries == 1 &&
				    !s->list[i].shown
				? n + 1
				: 0;
	return n >= KNOWN_AFTER;
}

static int
append_given(struct quiz_score *s, const struct quiz_given *g)
{
	if (ARRAY_ROOM(&s->list, &s->cap, s->n + 1) != 0)
		return ERR_NOMEM;
	s->list[s->n++] = *g;
	s->right += g->right;
	s->first_try += g->right && g->tries == 1 && !g->shown;
	s->shown += g->shown;
	return 0;
}

int
quiz_score_add(struct quiz_score *s, const struct quiz_given *g)
{
	if (quiz_score_find(s, g->seq, g->fact) != NULL || s->n >= GIVEN_MOST)
		return 0;
	return append_given(s, g);
}

/* ---- saved ---- */

const struct field quiz_given_fields[] = {
	FIELD(struct quiz_given, seq, NUMBER, "the `send` that was asked for",
	    .flags = FIELD_NEEDED, .least = 1),
	ANY_FIELD(struct quiz_given, fact, CHARS,
	    "what was asked about it; missing: who sends it"),
	FIELD(struct quiz_given, tries, NUMBER, "answers that were given",
	    .flags = FIELD_NEEDED, .most = QUIZ_OPTIONS),
	FIELD(struct quiz_given, right, FLAG, "the last of them was right"),
	FIELD(struct quiz_given, shown, FLAG, "the solution was asked for"),
	FIELD(struct quiz_given, chosen, CHARS, "the last of them in words"),
	ANY_FIELD(struct quiz_given, record, HASH,
	    "of the record's line, so that it is known again"),
	FIELD_BY_HAND("first",
	    "the first answer: a word, or an object with `src`, `dst` and "
	    "`method` or `status`"),
	FIELDS_END,
};

void
quiz_score_write(const struct quiz_score *s, struct buf *out)
{
	buf_putc(out, '[');
	for (size_t i = 0; i < s->n; i++) {
		const struct quiz_given *g = &s->list[i];

		json_open(out, NULL, '{');
		json_put_fields(quiz_given_fields, g, out);
		if (g->first[0] != '\0') {
			json_put_key(out, "first");
			buf_puts(out, g->first);
		}
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

/* One answer; false where it can't be used. */
static bool
quiz_score_read_given(struct json_value v, struct quiz_given *g)
{
	struct str first = json_member(v, "first").raw;

	*g = (struct quiz_given){ .seq = 0 };
	if (json_take_fields(quiz_given_fields, v, g) != 0)
		return false;
	g->right = g->right && g->tries > 0;
	/* A kind of question that there is no more counts as none. */
	if (quiz_fact_rule(str_of(g->fact)) == NULL)
		g->fact[0] = '\0';
	g->chosen[utf8_clip(str_of(g->chosen), CHOSEN_MOST).n] = '\0';
	if (g->record != 0 && first.n < sizeof(g->first))
		str_join(g->first, sizeof(g->first), 0, first);
	return true;
}

int
quiz_score_read(struct quiz_score *s, struct json_value v)
{
	struct quiz_given g;
	struct json_value one;
	size_t at = 0;
	int err = 0;

	quiz_score_free(s);
	while (err == 0 && s->n < GIVEN_MOST && json_item(v, &at, &one))
		/* Written once each: no need to look for earlier ones. */
		if (quiz_score_read_given(one, &g) &&
		    (s->n == 0 || s->list[s->n - 1].seq != g.seq ||
			strcmp(s->list[s->n - 1].fact, g.fact) != 0))
			err = append_given(s, &g);
	return err;
}

int
quiz_score_read_text(struct quiz_score *s, struct str text)
{
	struct json_value list;

	quiz_score_free(s);
	if (text.n == 0 || json_read(&text, &list) != 0)
		return 0;
	return quiz_score_read(s, list);
}

/* ---- the summary ---- */

struct topic {
	const struct rule *rule;
	size_t asked, missed;
};

static bool
is_missed(const struct quiz_given *g)
{
	return !g->right || g->tries > 1 || g->shown;
}

/* The rule that an answer is about; NULL where the trace has none. */
static const struct rule *
quiz_score_rule_of(const struct trace *t, const struct quiz_given *g)
{
	if (g->fact[0] != '\0')
		return quiz_fact_rule(str_of(g->fact));
	if (g->seq > trace_count(t) || trace_kind_of(t, g->seq) != TRACE_SEND)
		return NULL;
	return caption_rule(t, g->seq);
}

static size_t
find_topics(
    const struct trace *t, const struct quiz_score *s, struct topic *topics)
{
	size_t n = 0, k;

	for (size_t i = 0; i < s->n; i++) {
		const struct rule *rule = quiz_score_rule_of(t, &s->list[i]);

		for (k = 0; k < n && topics[k].rule != rule;)
			k++;
		if (rule == NULL || k == TOPICS_MOST)
			continue;
		if (k == n)
			topics[n++] = (struct topic){ .rule = rule };
		topics[k].asked++;
		topics[k].missed += is_missed(&s->list[i]);
	}
	/* Most missed first, else as they came. */
	for (size_t i = 1; i < n; i++)
		for (k = i; k > 0 && topics[k].missed > topics[k - 1].missed;
		     k--) {
			struct topic swap = topics[k];

			topics[k] = topics[k - 1];
			topics[k - 1] = swap;
		}
	return n;
}

/* "  record 66: atl → bil INVITE; you said: bil → atl 100 Trying" */
static void
put_missed(const struct trace *t, const struct quiz_given *g, size_t width,
    struct doc *d)
{
	struct buf b = BUF_INIT;

	caption_write(t, g->seq, 0, &b);
	doc_line(d, g->seq);
	doc_printf(d, STYLE_LINK, "  #%llu", (unsigned long long)g->seq);
	doc_puts(d, STYLE_PLAIN, " ");
	quiz_put_wrapped(d, STYLE_PLAIN, &b, 4, width);
	if (!g->right && g->chosen[0] != '\0') {
		/* TRANSLATORS: after it stands a wrong answer */
		buf_printf(&b, _("    You said: %s"), g->chosen);
		doc_line(d, g->seq);
		quiz_put_wrapped(d, STYLE_DIM, &b, 4, width);
	}
}

static void
put_topic(const struct trace *t, const struct quiz_score *s,
    const struct topic *topic, size_t width, struct doc *d)
{
	LOCAL_BUF place = BUF_INIT;
	size_t shown = 0;

	doc_line(d, 0);
	doc_line(d, 0);
	rule_put_place(topic->rule, &place);
	doc_put(d, STYLE_RULE, buf_view(&place));
	doc_puts(d, STYLE_PLAIN, "  ");
	/* TRANSLATORS: missed 2 of 3 */
	doc_printf(d, STYLE_FAILURE, _("missed %zu of %zu"), topic->missed,
	    topic->asked);
	doc_line(d, 0);
	doc_wrap(
	    d, STYLE_PLAIN, str_of(i18n_text(topic->rule->text)), 0, width);
	for (size_t i = 0; i < s->n && shown < SHOWN_MOST; i++)
		if (is_missed(&s->list[i]) &&
		    quiz_score_rule_of(t, &s->list[i]) == topic->rule) {
			put_missed(t, &s->list[i], width, d);
			shown++;
		}
}

void
quiz_score_summary(const struct trace *t, const struct quiz_score *s,
    size_t width, struct doc *d)
{
	struct topic topics[TOPICS_MOST];
	size_t n = find_topics(t, s, topics), missed = 0;
	struct buf b = BUF_INIT;

	doc_line(d, 0);
	doc_puts(d, STYLE_TITLE, _("Predict: your result"));
	doc_line(d, 0);
	buf_printf(&b,
	    _("Asked %zu, right %zu, of these at the first try %zu."), s->n,
	    s->right, s->first_try);
	doc_line(d, 0);
	quiz_put_wrapped(d, STYLE_PLAIN, &b, 0, width);
	if (s->shown > 0) {
		doc_line(d, 0);
		doc_printf(
		    d, STYLE_PLAIN, _("Solutions shown: %zu."), s->shown);
	}
	for (size_t i = 0; i < n; i++)
		missed += topics[i].missed;
	doc_line(d, 0);
	doc_wrap(d, STYLE_BOLD,
	    str_of(s->n == 0    ? _("No question was asked yet.")
		   : missed > 0 ? _("Worth reading again:")
				: _("Every rule that came up was understood.")),
	    0, width);
	for (size_t i = 0; i < n && topics[i].missed > 0; i++)
		put_topic(t, s, &topics[i], width, d);
}
