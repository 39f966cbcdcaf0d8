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
#include "script/sandbox_in.h"

#include "base/err.h"
#include "base/num.h"
#include "base/rows.h"
#include "script/lua_names.h"

#include <string.h>

/* Lua's own limits. */
#define LOCALS_MAX   200
#define UPVALUES_MAX 255
#define DEPTH_MAX    200 /* a deeper one is rejected */
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

/* The text is scanned for Lua's tokens (Lua 5.4 reference manual, 3.1).  Only
 * names and single punctuation characters are kept; names are declared in three
 * places: after `local`, after `function`, after `for`. */
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
	WORD_STATEMENT, /* is in no expression */
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
	size_t i = ROWS_FIND(name, words);

	return i < COUNT_OF(words) ? words[i].word : WORD_NAME;
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
		    num_smaller(num_smaller(o->names, outer), UPVALUES_MAX);
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
		f->locals = num_smaller(f->locals + 1, LOCALS_MAX);
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

/* An assignment, which is in no expression but in a table's. */
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
	    _("the script is too large for the compiler: %s"),
	    i18n_text(c.reason));
}
