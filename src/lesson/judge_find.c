/* What is at fault: node, rule and record. */
#include "base/err.h"
#include "lesson/lesson_in.h"
#include "trace/select.h"

#include <string.h>

/* X(ID, word of the answer and of the key, in words) */
#define PARTS(X)                        \
	X(NODE, "node", N_("the node")) \
	X(RULE, "rule", N_("the rule")) \
	X(RECORD, "record", N_("the record"))

enum part {
#define X(id, word, text) PART_##id,
	PARTS(X)
#undef X
	    PART_COUNT
};

static const struct {
	const char *word, *text;
} parts[] = {
#define X(id, word, text) { word, text },
	PARTS(X)
#undef X
};

/* Where in TEXT its section begins, "RFC 3261, 13.3.1.4" as people and rung
 * itself write a rule; 0 where it is none. */
static size_t
rfc_length(struct str text)
{
	size_t n = str_istarts(text, "rfc") ? 3 : 0, number;

	while (n > 0 && n < text.n && text.p[n] == ' ')
		n++;
	for (number = n; n < text.n && chr_is_digit(text.p[n]);)
		n++;
	if (n == number)
		return 0;
	for (number = n; n < text.n && (text.p[n] == ' ' || text.p[n] == ',');)
		n++;
	return n > number && n < text.n && chr_is_digit(text.p[n]) ? n : 0;
}

/* The value at the beginning of TEXT: words stand apart by spaces, commas or
 * line ends. */
static struct str
value_at(struct str text)
{
	size_t n = rfc_length(text);

	while (n < text.n && !chr_is_space(text.p[n]) && text.p[n] != ',' &&
	       text.p[n] != ';')
		n++;
	return str_slice(text, 0, n);
}

/* The next value of *REST; WORD is what stands before its "=", or empty.
 * False: there is no more. */
static bool
next_value(struct str *rest, struct str *word, struct str *value)
{
	size_t n = 0;

	while (n < rest->n &&
	       (chr_is_space(rest->p[n]) || strchr(",;", rest->p[n]) != NULL))
		n++;
	*rest = str_slice(*rest, n, rest->n);
	if (rest->n == 0)
		return false;
	for (n = 0; n < rest->n && chr_is_alnum(rest->p[n]);)
		n++;
	*word = STR_NULL;
	if (n < rest->n && rest->p[n] == '=') {
		*word = str_slice(*rest, 0, n);
		*rest = str_slice(*rest, n + 1, rest->n);
	}
	*value = value_at(*rest);
	/* "node=node=bob": the value begins behind the last of them. */
	for (n = 0; n < value->n && chr_is_alnum(value->p[n]);)
		n++;
	if (word->p != NULL && n < value->n && value->p[n] == '=')
		*value = STR_NULL;
	*rest = str_slice(*rest, value->n, rest->n);
	return true;
}

/* The value behind the last "WORD=" in TEXT that has one: what is typed behind
 * the form that the screen offers, "node= rule= record=", counts as well. */
static struct str
find_word(struct str text, const char *word)
{
	struct str found = STR_NULL, name, value;

	while (next_value(&text, &name, &value))
		if (value.n > 0 && str_ieq(name, str_of(word)))
			found = value;
	return found;
}

/* The same number and section: A has any spaces, commas and hyphens, B none but
 * one hyphen. */
static bool
is_same_section(struct str a, struct str b)
{
	size_t i = 0, k = 0, number;

	while (i < a.n && k < b.n && chr_is_digit(a.p[i]) && a.p[i] == b.p[k])
		i++, k++;
	if (i == 0 || k == b.n || b.p[k] != '-')
		return false;
	number = i;
	while (i < a.n && strchr(" ,-", a.p[i]) != NULL)
		i++;
	k++;
	return i > number && str_eq(str_slice(a, i, a.n), str_slice(b, k, b.n));
}

/* "ict-timer-a", "rfc3261-17.1.1.2", "3261-17.1.1.2", "RFC 3261, 17.1.1.2"; of
 * RFC 3261 the section is enough. */
static bool
is_rule(struct str given, const char *wanted)
{
	const struct rule *r = rule_find(str_of(wanted), str_of(wanted));
	struct str section = given;

	if (r == NULL)
		return false;
	if (str_iis(given, r->key) || str_iis(given, r->why) ||
	    (r->rfc == 3261 && str_is(given, r->section)))
		return true;
	if (str_istarts(section, "rfc"))
		section = str_trim(str_slice(section, 3, section.n));
	return is_same_section(section, str_of(r->why + 3));
}

/* The record of the lab's run that GIVEN names; 0: none. */
static uint64_t
find_record(const struct judging *j, struct str given)
{
	const struct trace *lab = j->lesson->traces[JUDGE_LAB];
	uint64_t seq = 0;

	if (str_starts(given, "#"))
		given = str_slice(given, 1, given.n);
	return trace_select(lab, given, &seq, NULL) == 0 ? seq : 0;
}

/* What a student names as one part. */
struct named_part {
	const struct judging *j;
	enum part part;
	struct str given;
};

/* The value at INDEX, a key, is what was named. */
static bool
is_named(lua_State *L, int index, void *arg)
{
	const struct named_part *n = arg;
	struct str text;
	uint64_t wanted;
	size_t trace;

	if (n->part == PART_RECORD)
		return lesson_get_record(L, index, &trace, &wanted) &&
		       find_record(n->j, n->given) == wanted;
	text.p = lua_tolstring(L, index, &text.n);
	if (text.p == NULL)
		return false;
	return n->part == PART_RULE ? is_rule(n->given, text.p)
				    : str_ieq(n->given, text);
}

/* ---- values without their words: "alice 40" ---- */

static bool
is_asked(const struct lesson_task *t, enum part p)
{
	return p == PART_NODE   ? t->asks_node
	       : p == PART_RULE ? t->asks_rule
				: t->asks_record;
}

/* VALUE could be part P: a node's name, a record's number, a rule. */
static bool
may_be(const struct judging *j, enum part p, struct str value)
{
	size_t n = 0;

	if (p == PART_NODE)
		return trace_find_node(j->lesson->traces[JUDGE_LAB], value) !=
		       NULL;
	if (p == PART_RECORD)
		return find_record(j, value) != 0;
	while (n < value.n && chr_is_digit(value.p[n]))
		n++;
	return rule_find(value, value) != NULL || rfc_length(value) > 0 ||
	       (n > 0 && n < value.n && strchr(".-", value.p[n]) != NULL);
}

/* The part alone of those asked for that VALUE could be; PART_COUNT. */
static enum part
part_of_value(const struct judging *j, struct str value)
{
	enum part found = PART_COUNT;

	for (enum part p = 0; p < PART_COUNT; p++) {
		if (!is_asked(j->task, p) || !may_be(j, p, value))
			continue;
		if (found != PART_COUNT)
			return PART_COUNT;
		found = p;
	}
	return found;
}

/* The answer's value for part P: behind its word, else the one value that
 * stands alone and can be no other part, where no other words stand there. */
static struct str
find_part(const struct judging *j, enum part p)
{
	struct str text = j->answer->text, word, value, found = STR_NULL;

	value = find_word(text, parts[p].word);
	if (value.n > 0)
		return value;
	while (next_value(&text, &word, &value)) {
		enum part of =
		    word.p == NULL ? part_of_value(j, value) : PART_COUNT;

		if (word.p == NULL &&
		    (of == PART_COUNT || (of == p && found.n > 0)))
			return STR_NULL;
		if (of != p)
			continue;
		found = value;
	}
	return found;
}

/* What is answered by nothing that can be read. */
static void
say_form(struct judging *j)
{
	struct buf b = BUF_INIT;

	for (enum part p = 0; p < PART_COUNT; p++)
		if (is_asked(j->task, p))
			buf_printf(
			    &b, "%s%s=…", b.n > 0 ? " " : "", parts[p].word);
	judge_say(j, _("write it as %s"), buf_cstr(&b));
	buf_end(&b, &j->result->why.err);
}

void
lesson_find_tidy(const struct lesson_task *t, struct str text, struct buf *out)
{
	struct buf b = BUF_INIT;
	bool whole = t->kind == LESSON_FIND;

	for (enum part p = 0; p < PART_COUNT; p++) {
		struct str value = find_word(text, parts[p].word);

		if (!is_asked(t, p))
			continue;
		whole = whole && value.n > 0;
		buf_printf(&b, "%s%s=%.*s", b.n > 0 ? " " : "", parts[p].word,
		    STR_ARG(value));
	}
	buf_str(out, whole ? buf_view(&b) : text);
	buf_end(&b, &out->err);
}

static void
put_part(lua_State *L, struct judging *j, enum part p)
{
	size_t trace;
	uint64_t seq;

	if (lua_istable(L, -1))
		lua_rawgeti(L, -1, 1);
	buf_printf(j->key, "%s%s=", j->key->n > 0 ? " " : "", parts[p].word);
	if (lesson_get_record(L, -1, &trace, &seq))
		buf_u64(j->key, seq);
	else if (lua_type(L, -1) == LUA_TSTRING)
		buf_puts(j->key, lua_tostring(L, -1));
}

static void
say_part(struct judging *j, enum part p, struct str given, bool right)
{
	if (given.n == 0)
		judge_say(j, "✗ %s", i18n_text(parts[p].text));
	else
		judge_say(j, _("%s %s: %.*s"), right ? "✓" : "✗",
		    i18n_text(parts[p].text), STR_ARG(given));
	/* What was named may be looked at again, what is right is not shown. */
	if (p == PART_RECORD && !right)
		judge_show(j, JUDGE_LAB, find_record(j, given));
	if (p == PART_RULE && !right)
		j->result->rule = RULE_NONE;
}

void
judge_find(lua_State *L, struct judging *j)
{
	unsigned right = 0, of = 0, said = 0;

	lua_getfield(L, 1, "find");
	if (!lua_istable(L, -1))
		sandbox_error(L, _("%s needs a list in braces"), "find");
	for (unsigned p = 0; p < PART_COUNT; p++) {
		struct str given = j->key != NULL ? STR_NULL : find_part(j, p);
		struct named_part named = { j, p, given };
		bool ok;

		lua_settop(L, 2);
		lua_getfield(L, 2, parts[p].word);
		judge_push_value(L, -1);
		if (lua_isnil(L, -1))
			continue;
		of++;
		if (j->key != NULL) {
			put_part(L, j, p);
			continue;
		}
		ok = given.n > 0 && judge_has(L, is_named, &named);
		say_part(j, p, given, ok);
		said += given.n > 0;
		right += ok;
	}
	if (of == 0)
		sandbox_error(L, _("find needs node, rule or record"));
	if (j->key != NULL)
		return;
	buf_str(&j->result->believed, str_trim(j->answer->text));
	judge_share(j, right, of);
	if (said == 0) {
		judge_unread(j);
		say_form(j);
	}
	judge_explain(L, j, NULL, NULL);
}
