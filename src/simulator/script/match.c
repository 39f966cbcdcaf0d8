/*
 * Lua's patterns (reference manual 6.4.1).  A pattern is first compiled into
 * items, so mistakes in it are told whatever the subject; then the items are
 * matched with backtracking.  Backtracking may take exponential time: every
 * character tried is a step, and steps are charged to the script, which is
 * stopped when they are used up.  Classes are ASCII's, in every locale.
 */
#include "script/match_in.h"

#include "base/i18n.h"

#include <string.h>

#define SETTLE_STEPS 512

void
match_settle(struct match *m)
{
	uint64_t steps = m->steps;

	m->steps = 0;
	sandbox_charge(m->L, steps);
}

static void
match_step(struct match *m)
{
	if (++m->steps >= SETTLE_STEPS)
		match_settle(m);
}

/* ---- Compiling ---- */

struct compile {
	lua_State *L;
	struct str p;
	size_t at;
	struct match_item *items;
	size_t n;
	unsigned ncaptures;
	unsigned char open[MATCH_CAPTURES_MAX]; /* a stack of captures */
	unsigned nopen;
	bool closed[MATCH_CAPTURES_MAX];
};

/* Past the character or class at AT. */
static size_t
class_end(const struct compile *c, size_t at)
{
	struct str p = c->p;

	if (p.p[at] == '%') {
		if (at + 1 == p.n)
			sandbox_error(
			    c->L, _("malformed pattern (ends with '%%')"));
		return at + 2;
	}
	if (p.p[at] != '[')
		return at + 1;
	at++;
	if (at < p.n && p.p[at] == '^')
		at++;
	/* A ']' that comes first stands for itself. */
	do {
		if (at >= p.n)
			break;
		at += p.p[at] == '%' ? 2 : 1;
	} while (at < p.n && p.p[at] != ']');
	if (at >= p.n)
		sandbox_error(c->L, _("malformed pattern (missing ']')"));
	return at + 1;
}

static struct match_item *
add_match_item(struct compile *c, enum match_kind kind, size_t from, size_t to)
{
	struct match_item *item = &c->items[c->n++];

	*item = (struct match_item){ .kind = (unsigned char)kind,
		.from = (uint16_t)from,
		.to = (uint16_t)to };
	c->at = to;
	return item;
}

static void
compile_open(struct compile *c)
{
	bool position = c->at + 1 < c->p.n && c->p.p[c->at + 1] == ')';
	struct match_item *item;

	if (c->ncaptures == MATCH_CAPTURES_MAX)
		sandbox_error(c->L,
		    _("too many captures in a pattern; at most %d"),
		    MATCH_CAPTURES_MAX);
	item = add_match_item(c, position ? MATCH_POSITION : MATCH_OPEN, c->at,
	    c->at + 1 + position);
	item->arg = (unsigned char)c->ncaptures++;
	if (position)
		c->closed[item->arg] = true;
	else
		c->open[c->nopen++] = item->arg;
}

static void
compile_close(struct compile *c)
{
	struct match_item *item;

	if (c->nopen == 0)
		sandbox_error(c->L, _("a ')' in a pattern without its '('"));
	item = add_match_item(c, MATCH_CLOSE, c->at, c->at + 1);
	item->arg = c->open[--c->nopen];
	c->closed[item->arg] = true;
}

/* %b, %f and %1; false for another character after the '%'. */
static bool
compile_special(struct compile *c)
{
	size_t at = c->at;
	char kind = at + 1 < c->p.n ? c->p.p[at + 1] : '\0';

	if (kind == 'b') {
		if (at + 4 > c->p.n)
			sandbox_error(
			    c->L, _("malformed pattern (missing arguments to "
				    "'%%b')"));
		add_match_item(c, MATCH_BALANCE, at + 2, at + 4);
		return true;
	}
	if (kind == 'f') {
		if (at + 2 >= c->p.n || c->p.p[at + 2] != '[')
			sandbox_error(
			    c->L, _("missing '[' after '%%f' in a pattern"));
		add_match_item(c, MATCH_FRONTIER, at + 2, class_end(c, at + 2));
		return true;
	}
	if (chr_is_digit(kind)) {
		unsigned i = (unsigned)(kind - '1');

		if (kind == '0' || i >= c->ncaptures || !c->closed[i])
			sandbox_error(
			    c->L, _("invalid capture %%%c in a pattern"), kind);
		add_match_item(c, MATCH_BACK, at, at + 2)->arg =
		    (unsigned char)i;
		return true;
	}
	return false;
}

static void
compile_set(struct compile *c)
{
	struct match_item *item =
	    add_match_item(c, MATCH_SET, c->at, class_end(c, c->at));

	if (c->at < c->p.n && c->p.p[c->at] != '\0' &&
	    strchr("*+-?", c->p.p[c->at]) != NULL)
		item->repeat = c->p.p[c->at++];
}

void
match_compile(lua_State *L, struct match *m, struct str pattern, bool anchor)
{
	struct compile c = { .L = L, .p = pattern };

	if (pattern.n > MATCH_PATTERN_MAX)
		sandbox_error(L,
		    _("a pattern of %zu bytes is too long; "
		      "at most %d"),
		    pattern.n, MATCH_PATTERN_MAX);
	if (pattern.n <= MATCH_INLINE) {
		c.items = m->inlined;
		lua_pushnil(L);
	} else {
		c.items = lua_newuserdatauv(L, pattern.n * sizeof(*c.items), 0);
	}
	sandbox_charge(L, pattern.n);
	m->anchored = anchor && pattern.n > 0 && pattern.p[0] == '^';
	c.at = m->anchored;
	while (c.at < pattern.n) {
		char ch = pattern.p[c.at];

		if (ch == '(')
			compile_open(&c);
		else if (ch == ')')
			compile_close(&c);
		else if (ch == '$' && c.at + 1 == pattern.n)
			add_match_item(&c, MATCH_TAIL, c.at, c.at + 1);
		else if (ch != '%' || !compile_special(&c))
			compile_set(&c);
	}
	if (c.nopen > 0)
		sandbox_error(L, _("a '(' in a pattern without its ')'"));
	m->L = L;
	m->pattern = pattern;
	m->items = c.items;
	m->nitems = c.n;
	m->ncaptures = c.ncaptures;
	m->steps = 0;
	m->depth = 0;
}

/* ---- Matching ---- */

static bool
in_class(unsigned char c, char class)
{
	bool lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z';
	bool digit = c >= '0' && c <= '9', graph = c > 32 && c < 127;

	switch (class) {
	case 'a':
		return lower || upper;
	case 'c':
		return c < 32 || c == 127;
	case 'd':
		return digit;
	case 'g':
		return graph;
	case 'l':
		return lower;
	case 'p':
		return graph && !lower && !upper && !digit;
	case 's':
		return c == ' ' || (c >= 9 && c <= 13);
	case 'u':
		return upper;
	case 'w':
		return lower || upper || digit;
	case 'x':
		return digit || (c >= 'a' && c <= 'f') ||
		       (c >= 'A' && c <= 'F');
	case 'z': /* not in the manual any more, but still in Lua */
		return c == 0;
	default:
		return false;
	}
}

/* %a, %A or an escaped character. */
static bool
in_escape(unsigned char c, char class)
{
	char small = chr_lower(class);

	if (strchr("acdglpsuwxz", small) == NULL || small == '\0')
		return c == (unsigned char)class;
	return in_class(c, small) == (class == small);
}

/* [set]: P from '[' to past ']'. */
static bool
in_set(struct match *m, unsigned char c, struct str p)
{
	size_t i = 1, end = p.n - 1;
	bool negated = p.p[i] == '^';

	m->steps += p.n / 8;
	for (i += negated; i < end; i++) {
		unsigned char low = (unsigned char)p.p[i];

		if (low == '%') {
			if (in_escape(c, p.p[++i]))
				return !negated;
		} else if (i + 2 < end && p.p[i + 1] == '-') {
			i += 2;
			if (low <= c && c <= (unsigned char)p.p[i])
				return !negated;
		} else if (low == c) {
			return !negated;
		}
	}
	return negated;
}

static bool
set_has(struct match *m, const struct match_item *item, unsigned char c)
{
	const char *p = m->pattern.p + item->from;

	switch (*p) {
	case '.':
		return true;
	case '%':
		return in_escape(c, p[1]);
	case '[':
		return in_set(
		    m, c, (struct str){ p, (size_t)(item->to - item->from) });
	default:
		return c == (unsigned char)*p;
	}
}

static bool
one(struct match *m, const struct match_item *item, size_t s)
{
	match_step(m);
	return s < m->subject.n &&
	       set_has(m, item, (unsigned char)m->subject.p[s]);
}

/* Past the balanced text at S, or 0. */
static size_t
balance(struct match *m, const struct match_item *item, size_t s)
{
	char open = m->pattern.p[item->from];
	char close = m->pattern.p[item->from + 1];
	size_t level = 1;

	if (s >= m->subject.n || m->subject.p[s] != open)
		return 0;
	for (s++; s < m->subject.n; s++) {
		match_step(m);
		/* Where both are the same the first one seen closes. */
		if (m->subject.p[s] == close) {
			if (--level == 0)
				return s + 1;
		} else if (m->subject.p[s] == open) {
			level++;
		}
	}
	return 0;
}

static bool
frontier(struct match *m, const struct match_item *item, size_t s)
{
	struct str subject = m->subject;
	unsigned char before = s > 0 ? (unsigned char)subject.p[s - 1] : 0;
	unsigned char here = s < subject.n ? (unsigned char)subject.p[s] : 0;

	match_step(m);
	return !set_has(m, item, before) && set_has(m, item, here);
}

/* What %1 stands for is at S: past it, or SIZE_MAX. */
static size_t
back(struct match *m, const struct match_item *item, size_t s)
{
	const struct match_capture *c = &m->captures[item->arg];
	size_t n = c->position ? 0 : c->to - c->from;

	/* A position has no text to find again: nothing matches. */
	if (c->position)
		return SIZE_MAX;
	m->steps += n / 8;
	match_step(m);
	if (n > m->subject.n - s ||
	    (n > 0 && memcmp(m->subject.p + c->from, m->subject.p + s, n) != 0))
		return SIZE_MAX;
	return s + n;
}

static bool from_item(struct match *m, size_t i, size_t s, size_t *end);

/* '*' and '+': as many as there are, then fewer. */
static bool
greedy(struct match *m, size_t i, size_t s, size_t least, size_t *end)
{
	const struct match_item *item = &m->items[i];
	size_t n = 0;

	while (one(m, item, s + n))
		n++;
	for (; n + 1 > least; n--) {
		if (from_item(m, i + 1, s + n, end))
			return true;
		if (n == 0)
			break;
	}
	return false;
}

/* '-': as few as will do. */
static bool
lazy(struct match *m, size_t i, size_t s, size_t *end)
{
	for (;; s++) {
		if (from_item(m, i + 1, s, end))
			return true;
		if (!one(m, &m->items[i], s))
			return false;
	}
}

/* The rest behind a '(' or ')' whose capture is put back on failure. */
static bool
with_capture(struct match *m, size_t i, size_t s, size_t *end)
{
	const struct match_item *item = &m->items[i];
	struct match_capture *c = &m->captures[item->arg];
	struct match_capture old = *c;

	if (item->kind == MATCH_CLOSE)
		c->to = s;
	else
		*c = (struct match_capture){ s, s,
			item->kind == MATCH_POSITION };
	if (from_item(m, i + 1, s, end))
		return true;
	*c = old;
	return false;
}

/* Items that need no choice, in a loop; the others recurse. */
static bool
items(struct match *m, size_t i, size_t s, size_t *end)
{
	for (; i < m->nitems; i++) {
		const struct match_item *item = &m->items[i];

		switch (item->kind) {
		case MATCH_TAIL:
			if (s != m->subject.n)
				return false;
			break;
		case MATCH_BALANCE:
			match_step(m);
			s = balance(m, item, s);
			if (s == 0)
				return false;
			break;
		case MATCH_FRONTIER:
			if (!frontier(m, item, s))
				return false;
			break;
		case MATCH_BACK:
			s = back(m, item, s);
			if (s == SIZE_MAX)
				return false;
			break;
		case MATCH_SET:
			if (item->repeat == '*' || item->repeat == '+')
				return greedy(
				    m, i, s, item->repeat == '+', end);
			if (item->repeat == '-')
				return lazy(m, i, s, end);
			if (!one(m, item, s)) {
				if (item->repeat != '?')
					return false;
				break;
			}
			if (item->repeat == '?') {
				if (from_item(m, i + 1, s + 1, end))
					return true;
				break;
			}
			s++;
			break;
		default:
			return with_capture(m, i, s, end);
		}
	}
	*end = s;
	return true;
}

static bool
from_item(struct match *m, size_t i, size_t s, size_t *end)
{
	bool found;

	match_step(m);
	if (++m->depth > MATCH_DEPTH_MAX)
		sandbox_error(m->L, _("pattern too complex"));
	found = items(m, i, s, end);
	m->depth--;
	return found;
}

bool
match_at(struct match *m, size_t from, size_t *end)
{
	m->depth = 0;
	return from_item(m, 0, from, end);
}

void
match_push_one(const struct match *m, unsigned i, size_t from, size_t end)
{
	const struct match_capture *c = &m->captures[i];

	if (i == 0 && m->ncaptures == 0)
		lua_pushlstring(m->L, m->subject.p + from, end - from);
	else if (c->position)
		lua_pushinteger(m->L, (lua_Integer)c->from + 1);
	else
		lua_pushlstring(m->L, m->subject.p + c->from, c->to - c->from);
}

int
match_push(const struct match *m, size_t from, size_t end, bool whole)
{
	unsigned n = m->ncaptures == 0 && whole ? 1 : m->ncaptures;

	luaL_checkstack(m->L, (int)n + 4, NULL);
	for (unsigned i = 0; i < n; i++)
		match_push_one(m, i, from, end);
	return (int)n;
}
