/* The culprit: node, rule and record. */
#include "base/err.h"
#include "lesson/answer_spelling.h"
#include "lesson/find_words.h"
#include "lesson/lesson_in.h"
#include "msg/methods.h"
#include "trace/record_name.h"

#include "rules/rules.h"

static const struct {
	const char *word, *text;
} parts[] = {
#define X(id, word, text) { word, text },
	FIND_PARTS(X)
#undef X
};

/* More words of an answer are not looked at. */
#define WORDS_MAX 64

/* ---- what can be which part ---- */

static bool
culprit_is_asked(const struct lesson_task *t, enum find_part p)
{
	return p == FIND_NODE   ? t->asks_node
	       : p == FIND_RULE ? t->asks_rule
				: t->asks_record;
}

static const struct rule *
culprit_rule_of(struct str text)
{
	return rule_find(text, text);
}

/* "ict-timer-a", "rfc3261-17.1.1.2", "3261-17.1.1.2", "RFC 3261, 17.1.1.2"; of
 * RFC 3261 the section is enough. */
static bool
culprit_is_rule(struct str given, const char *wanted)
{
	const struct rule *r = culprit_rule_of(str_of(wanted));
	struct str section;
	unsigned rfc;

	if (r == NULL)
		return false;
	if (str_iis(given, r->key) || str_iis(given, r->why))
		return true;
	return find_read_section(given, &rfc, &section) && rfc == r->rfc &&
	       str_is(section, r->section);
}

/* Both are the same rule, or one is the section of the other. */
static bool
is_same_rule(struct str a, struct str b)
{
	const struct rule *x = culprit_rule_of(a), *y = culprit_rule_of(b);
	struct str s, t;
	unsigned m, n;

	if (str_ieq(a, b) || (x != NULL && culprit_is_rule(b, x->key)) ||
	    (y != NULL && culprit_is_rule(a, y->key)))
		return true;
	return find_read_section(a, &m, &s) && find_read_section(b, &n, &t) &&
	       m == n && str_eq(s, t);
}

/* The record of the lab's run that GIVEN names; 0: none. */
static uint64_t
culprit_find_record(const struct judging *j, struct str given)
{
	const struct trace *lab = j->lesson->traces[JUDGE_LAB];
	uint64_t seq = 0;

	if (str_starts(given, "#"))
		given = str_slice(given, 1, given.n);
	return trace_record_name_find(lab, given, &seq, NULL) == 0 ? seq : 0;
}

/* The name of the node that is called GIVEN, by whatever letters, or by its
 * label; empty: none. */
static struct str
find_node(const struct judging *j, struct str given)
{
	const struct trace_head *h = trace_head(j->lesson->traces[JUDGE_LAB]);

	for (size_t i = 0; given.n > 0 && i < h->nnodes; i++)
		if (str_ieq(given, h->nodes[i].name) ||
		    str_ieq(given, h->nodes[i].label))
			return h->nodes[i].name;
	return STR_NULL;
}

/* Raises: the trace has no node as at the top of the stack. */
static void
culprit_no_node(lua_State *L, const struct judging *j)
{
	const char *name = lua_tostring(L, -1);
	struct diag d = DIAG_INIT;

	trace_check_node(j->lesson->traces[JUDGE_LAB], str_of(name), &d);
	diag_set(
	    &d, ERR_NOTFOUND, NULL, 0, _("the trace has no node “%s”"), name);
	sandbox_error_of(L, &d);
}

/* What a student names as one part. */
struct named_part {
	const struct judging *j;
	enum find_part part;
	struct str given;
};

/* The value at INDEX, a key, is what was named. */
static bool
culprit_is_named(lua_State *L, int index, void *arg)
{
	const struct named_part *n = arg;
	struct str text;
	uint64_t wanted;
	size_t trace;

	if (n->part == FIND_RECORD)
		return lesson_get_record(L, index, &trace, &wanted) &&
		       culprit_find_record(n->j, n->given) == wanted;
	text.p = lua_tolstring(L, index, &text.n);
	if (text.p == NULL)
		return false;
	return n->part == FIND_RULE
		   ? culprit_is_rule(n->given, text.p)
		   : str_ieq(n->given, text) ||
			 str_ieq(find_node(n->j, n->given), text);
}

/* ---- words ---- */

/* W could be part P, where nothing says so: a node's name, a record's number or
 * name, a section or a rule's key. */
static bool
may_be(const struct judging *j, enum find_part p, const struct find_word *w)
{
	if (w->counts || w->value.n == 0)
		return false;
	if (p == FIND_NODE)
		return find_node(j, w->value).n > 0;
	if (p == FIND_RULE)
		return w->section.n > 0 ||
		       (str_chr(w->value, '-') > 0 &&
			   culprit_rule_of(w->value) != NULL);
	return w->rfc == 0 && culprit_find_record(j, w->value) != 0;
}

/* The part that W names: by the label before it, else the part alone of those
 * asked for that it can be; FIND_PART_COUNT: none. */
static enum find_part
part_of_word(const struct judging *j, const struct find_word *w)
{
	enum find_part found = FIND_PART_COUNT;

	if (w->value.n == 0)
		return FIND_PART_COUNT;
	if (w->label != FIND_PART_COUNT && (w->bound || may_be(j, w->label, w)))
		return w->label;
	for (enum find_part p = 0; p < FIND_PART_COUNT; p++) {
		if (!culprit_is_asked(j->task, p) || !may_be(j, p, w))
			continue;
		if (found != FIND_PART_COUNT)
			return FIND_PART_COUNT;
		found = p;
	}
	return found;
}

/* A and B are the same as part P. */
static bool
is_same_value(
    const struct judging *j, enum find_part p, struct str a, struct str b)
{
	if (str_ieq(a, b))
		return true;
	if (p == FIND_NODE)
		return find_node(j, a).n > 0 &&
		       str_eq(find_node(j, a), find_node(j, b));
	if (p == FIND_RULE)
		return is_same_rule(a, b);
	return culprit_find_record(j, a) != 0 &&
	       culprit_find_record(j, a) == culprit_find_record(j, b);
}

/* The answer says of one of its words that it is the record. */
static bool
says_record(const struct judging *j)
{
	struct str rest = j->plain;
	struct find_word w;

	for (size_t n = 0; n < WORDS_MAX && find_word_next(&rest, &w); n++)
		if (w.label == FIND_RECORD && may_be(j, FIND_RECORD, &w))
			return true;
	return false;
}

/* W, a part of the answer TEXT, is joined to a number before it: "143 or 144",
 * "143, 144". */
static bool
culprit_is_joined(struct str text, struct str w)
{
	static const char *const joints[] = { "or", "and", ",", ";", "/", "&",
		"或", "和", "及", "、", "到", "-", "to" };
	struct str before =
	    str_trim(str_slice(text, 0, (size_t)(w.p - text.p)));

	for (size_t i = 0; i < COUNT_OF(joints); i++)
		if (str_ends(before, joints[i]))
			return true;
	return before.n == 0 || chr_is_digit(before.p[before.n - 1]);
}

/* W is a status that the answer speaks of, beside the record that it names:
 * "bob sends the 200 again, record 143". */
static bool
is_status_beside(const struct judging *j, const struct find_word *w)
{
	uint32_t status;

	return w->label == FIND_PART_COUNT && w->value.n == 3 &&
	       str_u32(w->value, &status) == 0 && msg_status(status) != NULL &&
	       !culprit_is_joined(j->plain, w->value) && says_record(j);
}

/*
 * The answer's value for part P, into *VALUE; empty where nothing is named.  An
 * answer with two different ones has named none: *OTHER is the second then, and
 * never is that one taken which is right.
 */
static void
find_part(const struct judging *j, enum find_part p, struct str *value,
    struct str *other)
{
	struct str rest = j->plain;
	struct find_word w;

	*value = *other = STR_NULL;
	for (size_t n = 0; n < WORDS_MAX && find_word_next(&rest, &w); n++) {
		if (part_of_word(j, &w) != p ||
		    (p == FIND_RECORD && is_status_beside(j, &w)))
			continue;
		if (value->n == 0)
			*value = w.value;
		else if (!is_same_value(j, p, *value, w.value))
			*other = w.value;
	}
}

/* The reply to an answer that can't be read. */
static void
culprit_say_form(struct judging *j)
{
	struct buf b = BUF_INIT;

	for (enum find_part p = 0; p < FIND_PART_COUNT; p++)
		if (culprit_is_asked(j->task, p))
			buf_printf(
			    &b, "%s%s=…", b.n > 0 ? " " : "", parts[p].word);
	judge_say(j, _("write it as %s"), buf_cstr(&b));
	buf_end(&b, &j->result->why.err);
}

/* The one value behind "WORD=" in TEXT; empty: none, or several. */
static struct str
culprit_find_bound(struct str text, enum find_part p)
{
	struct str found = STR_NULL;
	struct find_word w;

	for (size_t n = 0; n < WORDS_MAX && find_word_next(&text, &w); n++) {
		if (w.label != p || !w.bound || w.value.n == 0)
			continue;
		if (found.n > 0 && !str_ieq(found, w.value))
			return STR_NULL;
		found = w.value;
	}
	return found;
}

void
lesson_find_tidy(const struct lesson_task *t, struct str text, struct buf *out)
{
	struct buf b = BUF_INIT, plain = BUF_INIT;
	bool whole = t->kind == LESSON_FIND;

	spelling_plain(text, &plain);
	for (enum find_part p = 0; p < FIND_PART_COUNT; p++) {
		struct str value = culprit_find_bound(buf_view(&plain), p);

		if (!culprit_is_asked(t, p))
			continue;
		whole = whole && value.n > 0;
		buf_printf(&b, "%s%s=%.*s", b.n > 0 ? " " : "", parts[p].word,
		    STR_ARG(value));
	}
	buf_str(out, whole ? buf_view(&b) : text);
	buf_end(&plain, &out->err);
	buf_end(&b, &out->err);
}

static void
culprit_put_part(lua_State *L, struct judging *j, enum find_part p)
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

/* GIVEN, a wrong value of part P, is one that the run can't have. */
static void
say_unknown_part(struct judging *j, enum find_part p, struct str given)
{
	struct str section;
	unsigned rfc;

	if (p == FIND_NODE && find_node(j, given).n == 0)
		judge_say(j, _("  the run has no node “%.*s”"), STR_ARG(given));
	else if (p == FIND_RULE && culprit_rule_of(given) == NULL &&
		 !find_read_section(given, &rfc, &section))
		judge_say(j, _("  there is no rule “%.*s”"), STR_ARG(given));
	else if (p == FIND_RECORD && culprit_find_record(j, given) == 0)
		judge_say(
		    j, _("  the run has no record “%.*s”"), STR_ARG(given));
}

static void
say_find_part(struct judging *j, enum find_part p, struct str given,
    struct str other, bool right)
{
	const char *what = i18n_text(parts[p].text);

	if (other.n > 0)
		judge_say(j, _("✗ %s: name one, not %.*s and %.*s"), what,
		    STR_ARG(given), STR_ARG(other));
	else if (given.n == 0)
		judge_say(j, "✗ %s", what);
	else
		judge_say(j, _("%s %s: %.*s"), right ? "✓" : "✗", what,
		    STR_ARG(given));
	if (given.n > 0 && other.n == 0 && !right)
		say_unknown_part(j, p, given);
	/* The named record may be looked at again, the right one is not
	 * shown. */
	if (p == FIND_RECORD && !right && other.n == 0)
		judge_show(j, JUDGE_LAB, culprit_find_record(j, given));
}

void
judge_find(lua_State *L, struct judging *j)
{
	unsigned right = 0, of = 0, said = 0;
	struct str given = STR_NULL, other = STR_NULL;

	lua_getfield(L, 1, "find");
	if (!lua_istable(L, -1))
		sandbox_error(L, _("%s needs a list in braces"), "find");
	for (unsigned p = 0; p < FIND_PART_COUNT; p++) {
		struct named_part named = { .j = j, .part = p };
		bool ok, computed;

		if (j->key == NULL)
			find_part(j, p, &given, &other);
		named.given = given;
		lua_settop(L, 2);
		lua_getfield(L, 2, parts[p].word);
		computed = lua_isfunction(L, -1);
		judge_push_value(L, -1);
		/* A key that this run does not have would let any answer pass.
		 */
		if (lua_isnil(L, -1) && computed)
			sandbox_error(L,
			    /* TRANSLATORS: "node", "rule" or "record" */
			    _("find: the function for %s returns nothing in "
			      "this run"),
			    parts[p].word);
		if (lua_isnil(L, -1))
			continue;
		of++;
		if (p == FIND_NODE && lua_type(L, -1) == LUA_TSTRING &&
		    find_node(j, str_of(lua_tostring(L, -1))).n == 0)
			culprit_no_node(L, j);
		if (j->key != NULL) {
			culprit_put_part(L, j, p);
			continue;
		}
		ok = given.n > 0 && other.n == 0 &&
		     judge_has(L, culprit_is_named, &named);
		say_find_part(j, p, given, other, ok);
		/* The sentence of a rule that was named tells nothing new. */
		if (ok && p == FIND_RULE && j->task->rule != RULE_NONE &&
		    culprit_is_rule(given, rule_at(j->task->rule)->key))
			j->result->rule = j->task->rule;
		said += given.n > 0;
		right += ok;
	}
	if (of == 0)
		sandbox_error(L, _("find needs node, rule or record"));
	if (j->key != NULL)
		return;
	buf_str(&j->result->believed, spelling_trim(j->plain));
	judge_share(j, right, of);
	if (said == 0)
		culprit_say_form(j);
	judge_explain(L, j, NULL, NULL);
}
