/*
 * A flow of an RFC (rfc_flows.h) against its lab, in the sense of equal ladders
 * (trace/align.h): the same messages, the same order within each directed pair,
 * each after its cause; and what the flow says of each message is so.
 */
#ifndef FLOW_CHECK_H
#define FLOW_CHECK_H

#include "trace/align.h"

#include "check.h"
#include "labs.h"
#include "msg/message.h"
#include "rfc_flows.h"

#include <ctype.h>

/* What a lab did: its messages stand in `align->a`. */
struct seen {
	struct trace *trace;
	struct align *align;
};

static bool
see(const struct flow *f, struct seen *s)
{
	struct lab_options o = LAB_OPTIONS;
	char lab[64];

	snprintf(lab, sizeof(lab), "%s%s",
	    str_ends(str_of(f->name), ".lua") ? "" : "labs/", f->name);
	s->trace = lab_trace(lab, &o);
	CU_ASSERT_PTR_NOT_NULL(s->trace);
	if (s->trace == NULL)
		return false;
	CU_ASSERT_EQUAL_FATAL(
	    align_create(&s->align, s->trace, s->trace, NULL, NULL), 0);
	CU_ASSERT_TRUE(s->align->same);
	return true;
}

static void
forget(struct seen *s)
{
	align_destroy(s->align);
	trace_destroy(s->trace);
}

/* ---- what is wanted ---- */

#define ARROWS_MAX 64
#define AMONG      "among "
#define ONCE       "once\n"
#define NONE       SIZE_MAX

struct arrow {
	struct str from, to, start, method;
	struct str facts; /* "RAck: 1 * INVITE | -sdp" */
	size_t cause;     /* the arrow that it follows from, or NONE */
	size_t got;       /* the lab's message in its place, or NONE */
};

struct ladder {
	struct arrow list[ARROWS_MAX];
	size_t n;
	struct str among; /* "alice bob"; empty: everybody */
	bool once;        /* without repetitions and 100s */
};

static void
add_arrow(struct ladder *l, struct arrow a)
{
	CU_ASSERT_TRUE_FATAL(l->n < ARROWS_MAX);
	CU_ASSERT_TRUE_FATAL(a.start.n > 0);
	CU_ASSERT_TRUE_FATAL(a.cause == NONE || a.cause < l->n);
	l->list[l->n++] = a;
}

/* The lines of a flow before its messages. */
static void
read_scope(struct ladder *l, struct str *rest)
{
	l->among = STR_NULL;
	l->once = str_starts(*rest, ONCE);
	if (l->once)
		*rest = str_slice(*rest, strlen(ONCE), SIZE_MAX);
	if (str_starts(*rest, AMONG))
		l->among = str_slice(
		    str_cut(*rest, '\n', rest), strlen(AMONG), SIZE_MAX);
}

/* "bil -> bob INVITE after 3", "bob -> bil 200 INVITE | sdp" */
static void
read_flow(const struct flow *f, struct ladder *l)
{
	struct str rest = str_of(f->lines);

	l->n = 0;
	read_scope(l, &rest);
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest), word;
		struct arrow a = { .cause = NONE };
		uint64_t after;

		line = str_trim(str_cut(line, '|', &a.facts));
		a.from = str_cut(line, ' ', &line);
		CU_ASSERT_TRUE_FATAL(str_is(str_cut(line, ' ', &line), "->"));
		a.to = str_cut(line, ' ', &line);
		a.start = str_cut(line, ' ', &line);
		word = str_cut(line, ' ', &line);
		if (word.n > 0 && !str_is(word, "after")) {
			a.method = word;
			word = str_cut(line, ' ', &line);
		}
		if (word.n > 0) {
			CU_ASSERT_TRUE_FATAL(str_is(word, "after"));
			CU_ASSERT_EQUAL_FATAL(str_u64(line, &after), 0);
			a.cause = (size_t)after - 1;
		}
		add_arrow(l, a);
	}
	CU_ASSERT_TRUE_FATAL(l->n > 0);
}

/* ---- comparing ---- */

static void
put_message(struct buf *said, const struct align_message *m)
{
	buf_str(said, m->from_name);
	buf_puts(said, " -> ");
	buf_str(said, m->to_name);
	buf_putc(said, ' ');
	if (m->status != 0)
		buf_printf(said, "%u ", m->status);
	buf_str(said, m->cseq_method);
	buf_putc(said, '\n');
}

/* A method of the CSeq that is not written down is any. */
static bool
is_alike(const struct arrow *a, const struct align_message *m)
{
	uint64_t status = 0;

	return (m->status != 0
		       ? str_u64(a->start, &status) == 0 && status == m->status
		       : str_eq(a->start, m->method)) &&
	       (a->method.n == 0 || str_eq(a->method, m->cseq_method));
}

static bool
takes_part(const struct ladder *l, struct str node)
{
	struct str rest = l->among;

	while (rest.n > 0)
		if (str_eq(str_cut(rest, ' ', &rest), node))
			return true;
	return l->among.n == 0;
}

/* The flow does not speak of the message. */
static bool
is_beside(const struct ladder *l, const struct align_message *m)
{
	if (l->once && (m->retx > 0 || m->status == 100))
		return true;
	return !takes_part(l, m->from_name) || !takes_part(l, m->to_name);
}

/* Each arrow has the message in its place among those of its pair; how many
 * messages were not like their arrow, or had none, or the other way round. */
static unsigned
match(struct ladder *l, const struct align_side *s, struct buf *said)
{
	bool used[4 * ARROWS_MAX] = { false };
	unsigned wrong = 0;

	CU_ASSERT_TRUE_FATAL(s->n <= sizeof(used));
	for (size_t i = 0; i < l->n; i++) {
		struct arrow *a = &l->list[i];
		size_t k = 0;

		while (k < s->n &&
		       (used[k] || is_beside(l, &s->messages[k]) ||
			   !str_eq(s->messages[k].from_name, a->from) ||
			   !str_eq(s->messages[k].to_name, a->to)))
			k++;
		a->got = k < s->n ? k : NONE;
		if (k < s->n && is_alike(a, &s->messages[used[k] = true, k]))
			continue;
		buf_printf(said, "%s %.*s -> %.*s %.*s\n",
		    k < s->n ? "BAD    " : "MISSING", STR_ARG(a->from),
		    STR_ARG(a->to), STR_ARG(a->start));
		if (k < s->n) {
			buf_puts(said, "        in its place: ");
			put_message(said, &s->messages[k]);
		}
		wrong++;
	}
	for (size_t k = 0; k < s->n; k++) {
		if (used[k] || is_beside(l, &s->messages[k]))
			continue;
		buf_puts(said, "BAD     not expected: ");
		put_message(said, &s->messages[k]);
		wrong++;
	}
	return wrong;
}

/* The arrow of the lab's message K; l->n: it is beside the flow. */
static size_t
arrow_of(const struct ladder *l, size_t k)
{
	size_t i = 0;

	while (i < l->n && l->list[i].got != k)
		i++;
	return i;
}

/* Whatever one of both knows to follow from another comes after it in both. */
static unsigned
count_early(
    const struct ladder *l, const struct align_side *s, struct buf *said)
{
	unsigned wrong = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct arrow *a = &l->list[i];
		const struct align_message *m = &s->messages[a->got];

		size_t cause = m->cause == 0 ? l->n : arrow_of(l, m->cause - 1);

		if ((a->cause == NONE || l->list[a->cause].got < a->got) &&
		    (cause == l->n || cause < i))
			continue;
		buf_puts(said, "BAD     before its cause: ");
		put_message(said, m);
		wrong++;
	}
	return wrong;
}

/* ---- what a message has in it ---- */

#define WORD_MAX 128

/* What $a to $z stand for; empty: nothing yet. */
struct words {
	char list['z' - 'a' + 1][WORD_MAX];
};

static bool fits(struct words *w, struct str pattern, struct str text);

static bool
fits_word(struct words *w, struct str pattern, struct str text)
{
	char *word = w->list[pattern.p[1] - 'a'];
	size_t n = strlen(word);
	bool known = n > 0;

	while (!known && n < text.n && n + 1 < WORD_MAX &&
	       strchr(";,<>\" \r\n", text.p[n]) == NULL)
		n++;
	if (n == 0 || n > text.n || (known && memcmp(word, text.p, n) != 0))
		return false;
	memcpy(word, text.p, n);
	if (fits(w, str_slice(pattern, 2, SIZE_MAX),
		str_slice(text, n, SIZE_MAX)))
		return true;
	if (!known)
		memset(word, 0, WORD_MAX);
	return false;
}

static bool
fits(struct words *w, struct str pattern, struct str text)
{
	if (pattern.n == 0)
		return text.n == 0;
	if (pattern.n > 1 && pattern.p[0] == '$' && islower(pattern.p[1]))
		return fits_word(w, pattern, text);
	if (pattern.p[0] == '*') {
		for (size_t i = 0; i <= text.n; i++)
			if (fits(w, str_slice(pattern, 1, SIZE_MAX),
				str_slice(text, i, SIZE_MAX)))
				return true;
		return false;
	}
	return text.n > 0 && pattern.p[0] == text.p[0] &&
	       fits(w, str_slice(pattern, 1, SIZE_MAX),
		   str_slice(text, 1, SIZE_MAX));
}

static bool
has_sdp(const struct msg *m)
{
	return m->body.n > 0 &&
	       str_starts(msg_value(m, MSG_H_CONTENT_TYPE), "application/sdp");
}

static bool
has_field(const struct msg *m, struct str name, struct str *value)
{
	char key[WORD_MAX];
	const struct msg_field *f;

	snprintf(key, sizeof(key), "%.*s", STR_ARG(name));
	f = msg_field_named(m, key, 0);
	*value = f != NULL ? f->value : STR_NULL;
	return f != NULL;
}

/* "sdp", "-Event", "Event: reg" of M. */
static bool
holds(const struct msg *m, struct str fact, struct words *w)
{
	bool absent = fact.n > 0 && fact.p[0] == '-';
	struct str pattern,
	    name = str_cut(
		absent ? str_slice(fact, 1, SIZE_MAX) : fact, ':', &pattern);
	struct str value;

	if (str_is(name, "sdp"))
		return has_sdp(m) != absent;
	if (str_is(name, "uri"))
		value = m->uri;
	else if (str_is(name, "body"))
		value = m->body;
	else if (!has_field(m, name, &value))
		return absent;
	return !absent && fits(w, str_trim(pattern), value);
}

static unsigned
count_false(const struct arrow *a, const struct msg *m, struct words *w,
    struct buf *said)
{
	struct str rest = a->facts;
	unsigned wrong = 0;

	while (rest.n > 0) {
		struct str fact = str_trim(str_cut(rest, '|', &rest));

		if (holds(m, fact, w))
			continue;
		buf_printf(said, "BAD     %.*s -> %.*s %.*s: %.*s\n",
		    STR_ARG(a->from), STR_ARG(a->to), STR_ARG(a->start),
		    STR_ARG(fact));
		wrong++;
	}
	return wrong;
}

/* Facts that are not so, of all messages. */
static unsigned
count_wrong_facts(
    const struct ladder *l, const struct seen *s, struct buf *said)
{
	static struct msg m;
	struct words w = { 0 };
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	unsigned wrong = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (l->list[i].facts.n == 0)
			continue;
		trace_get(
		    s->trace, s->align->a.messages[l->list[i].got].seq, &rec);
		CU_ASSERT_EQUAL_FATAL(
		    msg_read(&m, trace_bytes(&rec, &scratch), NULL),
		    MSG_FAULT_NONE);
		wrong += count_false(&l->list[i], &m, &w, said);
	}
	buf_free(&scratch);
	return wrong;
}

static unsigned
compare(struct ladder *want, const struct seen *s, struct buf *said)
{
	unsigned wrong = match(want, &s->align->a, said);

	if (wrong == 0)
		wrong = count_early(want, &s->align->a, said);
	if (wrong == 0)
		wrong = count_wrong_facts(want, s, said);
	return wrong;
}

static bool
equals(const struct flow *f, struct ladder *want, const struct seen *s)
{
	struct buf said = BUF_INIT;
	unsigned wrong = compare(want, s, &said);

	if (wrong != 0)
		printf("%s:\n%s", f->name, buf_cstr(&said));
	buf_free(&said);
	return wrong == 0;
}

#endif
