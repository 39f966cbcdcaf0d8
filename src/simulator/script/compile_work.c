/*
 * Counts the compiler's work (lparser.c and lcode.c of Lua 5.4).  The count is
 * at least the compiler's work, for usual scripts hardly more:
 *
 *	and, or		the jumps of an expression are one list, walked to its
 *			end for each new one
 *	elseif		so are the jumps to the end of an `if`
 *	goto, break	so are those of a function that have no label yet
 *	a name		is compared with the locals and upvalues of all
 *			functions that are open
 */
#include "script/own_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "script/names.h"

#include <string.h>

/*
 * A scanner for Lua's tokens (Lua 5.4 reference manual, 3.1) that keeps only
 * names and single punctuation characters, and watches for the three places
 * where names are declared: after `local`, after `function`, after `for`.
 */

static bool
in_name(char c)
{
	return chr_is_alnum(c) || c == '_';
}

/* Past a long bracket that opens at AT, or AT where none opens. */
static size_t
compile_work_long_bracket(struct str t, size_t at)
{
	size_t level = 0, i = at + 1;

	while (i < t.n && t.p[i] == '=') {
		level++;
		i++;
	}
	if (i >= t.n || t.p[i] != '[')
		return at;
	for (i++; i < t.n; i++) {
		size_t k = 0;

		if (t.p[i] != ']')
			continue;
		while (i + 1 + k < t.n && k < level && t.p[i + 1 + k] == '=')
			k++;
		if (k == level && i + 1 + k < t.n && t.p[i + 1 + k] == ']')
			return i + k + 2;
		i += k;
	}
	return t.n;
}

static size_t
compile_work_quoted(struct str t, size_t at)
{
	char quote = t.p[at];

	for (at++; at < t.n && t.p[at] != quote && t.p[at] != '\n'; at++)
		if (t.p[at] == '\\')
			at++;
	return at < t.n ? at + 1 : t.n;
}

static size_t
comment(struct str t, size_t at)
{
	size_t i = at + 2;

	if (i < t.n && t.p[i] == '[') {
		size_t end = compile_work_long_bracket(t, i);

		if (end > i)
			return end;
	}
	while (i < t.n && t.p[i] != '\n')
		i++;
	return i;
}

bool
lua_scan_next(struct lua_scan *s)
{
	struct str t = s->text;

	*s = (struct lua_scan){ .text = t, .at = s->at };
	while (s->at < t.n) {
		size_t from = s->at;
		char c = t.p[from];

		if (c == '-' && from + 1 < t.n && t.p[from + 1] == '-') {
			s->at = comment(t, from);
			continue;
		}
		if (chr_is_space(c)) {
			s->at++;
			continue;
		}
		s->punct = '"';
		if (c == '"' || c == '\'') {
			s->at = compile_work_quoted(t, from);
		} else if (c == '[' &&
			   compile_work_long_bracket(t, from) > from) {
			s->at = compile_work_long_bracket(t, from);
		} else if (in_name(c)) {
			while (s->at < t.n && in_name(t.p[s->at]))
				s->at++;
			s->punct = 0;
			s->name = str_slice(t, from, s->at);
		} else {
			s->at++;
			s->punct = c;
		}
		s->token = str_slice(t, from, s->at);
		return true;
	}
	return false;
}

static int
add_declared(struct names *names, struct str name)
{
	if (name.n == 0 || chr_is_digit(name.p[0]) || names->n >= NAMES_MAX)
		return 0;
	for (size_t i = 0; i < names->n; i++)
		if (str_is(name, names->names[i]))
			return 0;
	if (ARRAY_RESIZE(&names->names, names->n + 1) != 0)
		return ERR_NOMEM;
	names->names[names->n] = mem_dup(name.p, name.n);
	if (names->names[names->n] == NULL)
		return ERR_NOMEM;
	names->n++;
	return 0;
}

/* NAME [<attribute>] {, NAME [<attribute>]}; the token after it is current. */
static int
name_list(struct names *names, struct lua_scan *s)
{
	while (s->name.n > 0) {
		int err = add_declared(names, s->name);

		if (err != 0)
			return err;
		if (lua_scan_next(s) && s->punct == '<') {
			lua_scan_next(s);
			lua_scan_next(s);
			lua_scan_next(s);
		}
		if (s->punct != ',')
			break;
		lua_scan_next(s);
	}
	return 0;
}

/* After `function`: a name with fields, then parameters. */
static int
function_head(struct names *names, struct lua_scan *s)
{
	int err = 0;

	if (s->name.n > 0)
		err = add_declared(names, s->name);
	while (
	    err == 0 && (s->name.n > 0 || s->punct == '.' || s->punct == ':'))
		lua_scan_next(s);
	if (err == 0 && s->punct == '(') {
		lua_scan_next(s);
		err = name_list(names, s);
	}
	return err;
}

int
names_scan(struct names *names, struct str text)
{
	struct lua_scan s = { .text = text };
	bool more = lua_scan_next(&s);
	int err = 0;

	while (more && err == 0) {
		bool local = str_is(s.name, "local");
		bool loop = str_is(s.name, "for");
		bool function = str_is(s.name, "function");

		if (!local && !loop && !function) {
			more = lua_scan_next(&s);
			continue;
		}
		lua_scan_next(&s);
		if (function)
			err = function_head(names, &s);
		else if (!str_is(s.name, "function"))
			err = name_list(names, &s);
		more = s.name.n > 0 || s.punct != 0;
	}
	return err;
}

void
names_free(struct names *names)
{
	for (size_t i = 0; i < names->n; i++)
		mem_free(names->names[i]);
	mem_free(names->names);
	*names = (struct names){ NULL, 0 };
}

/* Lua's own limits. */
#define LOCALS_MAX   200
#define UPVALUES_MAX 255
#define DEPTH_MAX    200 /* a deeper one is refused */
/* A step along a list of jumps, which lie far from each other, costs so many
 * along a list of names. */
#define LIST_STEP 3

/* A function, an `if` or another block that is open. */
struct open {
	bool function;
	uint64_t jumps;  /* of a function: goto and break; else: elseif */
	uint64_t chain;  /* of a function: and, or since a statement began */
	uint64_t locals; /* of a function: declared */
	uint64_t names;  /* of a function: seen */
	size_t brackets; /* of a function: open */
};

struct counting {
	struct lua_scan scan;
	struct open open[DEPTH_MAX]; /* the first is the file itself */
	size_t depth;
	bool declares; /* names that come are locals */
	uint64_t work;
	const char *reason;
};

/* ---- words ---- */

enum word {
	WORD_NAME,
	WORD_OPENS, /* an `end` closes it */
	WORD_FUNCTION,
	WORD_END,
	WORD_ELSEIF,
	WORD_JUMP,
	WORD_CHAIN,
	WORD_DECLARES,
	WORD_STATEMENT, /* stands in no expression */
	WORD_OTHER,
};

static const struct {
	const char *text;
	enum word word;
} words[] = {
	{ "and", WORD_CHAIN },
	{ "break", WORD_JUMP },
	{ "do", WORD_OPENS },
	{ "else", WORD_STATEMENT },
	{ "elseif", WORD_ELSEIF },
	{ "end", WORD_END },
	{ "false", WORD_OTHER },
	{ "for", WORD_DECLARES },
	{ "function", WORD_FUNCTION },
	{ "goto", WORD_JUMP },
	{ "if", WORD_OPENS },
	{ "in", WORD_OTHER },
	{ "local", WORD_DECLARES },
	{ "nil", WORD_OTHER },
	{ "not", WORD_OTHER },
	{ "or", WORD_CHAIN },
	{ "repeat", WORD_STATEMENT },
	{ "return", WORD_STATEMENT },
	{ "then", WORD_STATEMENT },
	{ "true", WORD_OTHER },
	{ "until", WORD_STATEMENT },
	{ "while", WORD_STATEMENT },
};

static enum word
compile_work_find_word(struct str name)
{
	size_t low = 0, high = COUNT_OF(words);

	while (low < high) {
		size_t mid = (low + high) / 2;
		int order = str_cmp(name, str_of(words[mid].text));

		if (order == 0)
			return words[mid].word;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return WORD_NAME;
}

/* ---- counting ---- */

static struct open *
compile_work_function_of(struct counting *c)
{
	size_t i = c->depth;

	while (i > 0 && !c->open[i].function)
		i--;
	return &c->open[i];
}

static void
add_work(struct counting *c, uint64_t work, const char *reason)
{
	c->work += work;
	if (c->work > COMPILE_WORK_MAX && c->reason == NULL)
		c->reason = reason;
}

static void
open_block(struct counting *c, bool function)
{
	if (c->depth + 1 < DEPTH_MAX)
		c->open[++c->depth] = (struct open){ .function = function };
}

static uint64_t
least_work(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* What a name is compared with in all open functions. */
static uint64_t
count_visible(const struct counting *c)
{
	uint64_t visible = 0, outer = 1; /* _ENV */

	for (size_t i = 0; i <= c->depth; i++) {
		const struct open *o = &c->open[i];

		if (!o->function)
			continue;
		visible +=
		    o->locals + 1 +
		    least_work(least_work(o->names, outer), UPVALUES_MAX);
		outer += o->locals;
	}
	return visible;
}

static void
count_name(struct counting *c)
{
	struct open *f = compile_work_function_of(c);

	f->names++;
	if (c->declares) {
		f->locals = least_work(f->locals + 1, LOCALS_MAX);
		return;
	}
	add_work(
	    c, count_visible(c), N_("too many names in too many functions"));
}

static void
begin_statement(struct counting *c)
{
	compile_work_function_of(c)->chain = 0;
	c->declares = false;
}

static void
count_word(struct counting *c, enum word word)
{
	switch (word) {
	case WORD_NAME:
		count_name(c);
		return;
	case WORD_CHAIN:
		add_work(c, LIST_STEP * ++compile_work_function_of(c)->chain,
		    N_("too many “and” and “or” in one expression"));
		break;
	case WORD_FUNCTION:
		open_block(c, true);
		/* Its name, which is no local, costs too little to matter. */
		c->declares = true;
		return;
	case WORD_END:
		if (!c->open[c->depth].function)
			begin_statement(c);
		if (c->depth > 0)
			c->depth--;
		break;
	case WORD_ELSEIF:
		begin_statement(c);
		add_work(c, LIST_STEP * ++c->open[c->depth].jumps,
		    N_("too many “elseif” in one “if”"));
		break;
	case WORD_JUMP:
		begin_statement(c);
		add_work(c, ++compile_work_function_of(c)->jumps,
		    N_("too many “goto” and “break” in one function"));
		break;
	case WORD_OPENS:
	case WORD_DECLARES:
	case WORD_STATEMENT:
		begin_statement(c);
		if (word == WORD_OPENS)
			open_block(c, false);
		c->declares = word == WORD_DECLARES;
		return;
	case WORD_OTHER:
		break;
	}
	c->declares = false;
}

/* An assignment, which stands in no expression but in a table's. */
static bool
assigns(struct counting *c)
{
	struct str t = c->scan.text;
	size_t at = c->scan.at; /* behind the sign */
	char before = at > 1 ? t.p[at - 2] : ' ';

	return compile_work_function_of(c)->brackets == 0 && before != '=' &&
	       before != '<' && before != '>' && before != '~' &&
	       (at == t.n || t.p[at] != '=');
}

static void
count_sign(struct counting *c, char sign)
{
	struct open *f = compile_work_function_of(c);

	switch (sign) {
	case '(':
	case '[':
	case '{':
		f->brackets++;
		break;
	case ')':
	case ']':
	case '}':
		f->brackets -= f->brackets > 0;
		break;
	case '=':
		if (assigns(c))
			f->chain = 0;
		break;
	}
	/* The signs between the names of `local`, `for` and `function`. */
	if (strchr(",(<.:", sign) == NULL)
		c->declares = false;
}

int
compile_work_check(struct str text, const char *file, struct diag *d)
{
	struct counting c = { .scan = { .text = text },
		.open = { { .function = true } } };
	struct lua_scan *s = &c.scan;

	while (c.reason == NULL && lua_scan_next(s)) {
		if (s->name.n > 0 && !chr_is_digit(s->name.p[0]))
			count_word(&c, compile_work_find_word(s->name));
		else if (s->name.n == 0)
			count_sign(&c, s->punct);
	}
	if (c.reason == NULL)
		return 0;
	return diag_set(d, ERR_LIMIT, file,
	    (unsigned)str_count(str_slice(text, 0, s->at), '\n') + 1,
	    _("too much for the compiler: %s"), i18n_text(c.reason));
}
