/*
 * Rows put into words: which of them counts, and its text with the fields of
 * the record.
 */
#include "words/record_text_in.h"

#include <string.h>

#define KEY 24 /* more than the longest name of a field */

/* ---- terms of every kind ---- */

static const char *
owner(struct telling *w)
{
	return w->rec->node.n > 0 ? tell_node(w) : "";
}

static const char *
time(struct telling *w)
{
	return tell_time(w, w->rec->t);
}

static const char *
kind_text(struct telling *w)
{
	return trace_kind_text(w->rec->kind);
}

/* The state before; there need not have been one. */
static const char *
was(struct telling *w)
{
	return tell_has_member(w, "from") ? tell_field(w, "from") : "·";
}

static const char *
stays(struct telling *w)
{
	const char *to = tell_has_member(w, "to") ? "to" : "state";

	return strcmp(tell_field(w, "from"), tell_field(w, to)) == 0 ? "=" : "";
}

static const char *
own_summary(struct telling *w)
{
	struct buf b = BUF_INIT;

	record_summary(w->trace, w->rec, &b);
	return tell_buf(w, &b);
}

static const char *
src(struct telling *w)
{
	return w->passage.src;
}

static const char *
dst(struct telling *w)
{
	return w->passage.dst;
}

static const char *
what(struct telling *w)
{
	return w->passage.what;
}

static const char *
known(struct telling *w)
{
	return w->passage.known ? "=" : "";
}

static const struct tell_term common[] = {
	{ "node", tell_node, NULL, NULL },
	TERM(owner),
	TERM(time),
	TERM(kind_text),
	{ "fields", tell_fields, NULL, NULL },
	TERM(was),
	TERM(stays),
	{ "summary", own_summary, NULL, NULL },
	KEYED(NULL, NULL, NULL),
};
/* Where there is a message. */
static const struct tell_term of_message[] = { TERM(src), TERM(dst), TERM(what),
	TERM(known), KEYED(NULL, NULL, NULL) };

void
tell_prepare_passage(struct telling *w)
{
	w->passage = tell_passage(w, w->rec);
}

/* ---- fields ---- */

static const struct tell_term *
saying_find_in(const struct tell_term *terms, struct str name)
{
	for (; terms != NULL && terms->name != NULL; terms++)
		if (str_is(name, terms->name))
			return terms;
	return NULL;
}

/* NULL: NAME is a field's. */
static const struct tell_term *
find_term(const struct telling *w, struct str name)
{
	const struct tell_term *term = saying_find_in(w->kind->terms, name);

	if (term == NULL)
		term = saying_find_in(common, name);
	if (term == NULL && w->passage.what != NULL)
		term = saying_find_in(of_message, name);
	return term;
}

static const char *
say_term(struct telling *w, const struct tell_term *term)
{
	return term->fn != NULL ? term->fn(w) : term->by_key(w, term->key);
}

static const char *
key_into(char key[KEY], struct str name)
{
	name = str_slice(name, 0, KEY - 1);
	memcpy(key, name.p, name.n);
	key[name.n] = '\0';
	return key;
}

/* "" where the record has none. */
static const char *
find_value_text(struct telling *w, struct str name)
{
	const struct tell_term *term = find_term(w, name);
	struct json_value v;
	char key[KEY];

	if (term != NULL)
		return say_term(w, term);
	v = trace_member(w->rec, key_into(key, name));
	if (v.type == JSON_NUMBER || v.type == JSON_BOOL)
		return tell_text(w, v.raw);
	if (v.type != JSON_STRING || v.raw.n <= 2)
		return "";
	return tell_text(w, trace_str(w->rec, key, &w->scratch));
}

static bool
has_value(struct telling *w, struct str name)
{
	const struct tell_term *term = find_term(w, name);
	unsigned before = w->nwords;
	char key[KEY];
	bool has;

	if (term == NULL)
		return tell_has_member(w, key_into(key, name));
	has = say_term(w, term)[0] != '\0';
	w->nwords = before;
	return has;
}

/* ---- which row ---- */

static bool
is_value_of(struct telling *w, struct str key, struct str values)
{
	struct str text;
	char name[KEY];

	text = trace_str(w->rec, key_into(name, key), &w->scratch);
	do {
		if (str_eq(str_cut(values, ',', &values), text))
			return true;
	} while (values.p != NULL);
	return false;
}

static bool
saying_counts(struct telling *w, const char *when)
{
	struct str rest = str_of(when);

	while (rest.n > 0) {
		struct str values, term = str_cut(rest, ';', &rest);
		bool not = term.p[0] == '!';

		term = str_slice(term, not, term.n);
		if (str_chr(term, '=') < 0) {
			if (has_value(w, term) == not )
				return false;
			continue;
		}
		term = str_cut(term, '=', &values);
		if (!is_value_of(w, term, values))
			return false;
	}
	return true;
}

const struct tell_row *
tell_row_of(struct telling *w, const struct tell_row *rows)
{
	while (!saying_counts(w, rows->when))
		rows++;
	return rows;
}

void
tell_rows(struct telling *w, const struct tell_row *rows, struct buf *out)
{
	const char *text = tell_row_of(w, rows)->text;

	if (text[0] != '\0')
		tell_say(w, i18n_text(text), out);
}

/* ---- its text ---- */

/* All its fields have values. */
static bool
saying_say_text(struct telling *w, struct str text, struct buf *out)
{
	bool whole = true;

	while (text.n > 0) {
		unsigned words = w->nwords;
		size_t n = 0, before;
		struct str part;
		const char *value;

		while (n < text.n && text.p[n] != '{' && text.p[n] != '[')
			n++;
		buf_str(out, str_slice(text, 0, n));
		if (n == text.n)
			break;
		part = str_slice(text, n + 1, text.n);
		before = out->n;
		if (text.p[n] == '[') {
			if (!saying_say_text(w, str_cut(part, ']', &text), out))
				buf_truncate(out, before);
			continue;
		}
		value = find_value_text(w, str_cut(part, '}', &text));
		whole = whole && value[0] != '\0';
		buf_puts(out, value[0] != '\0' ? value : "?");
		w->nwords = words;
	}
	return whole;
}

void
tell_say(struct telling *w, const char *text, struct buf *out)
{
	saying_say_text(w, str_of(text), out);
}
