/*
 * Extended regular expressions of POSIX (IEEE 1003.1, 9.4) as NAPTR records
 * have them, which are untrusted.  An expression is made into steps, and each
 * of these is taken at most once at each place of the text, so that no
 * expression takes long.  Of several ways to match, the first counts: the left
 * alternative, the longer repetition.  Classes in brackets ("[:digit:]") are
 * not known, nor are back references within an expression.
 */
#include "dns/regexp_in.h"

#include "base/err.h"

#define DEPTH   16 /* of parentheses */
#define REPEATS 64 /* as {M,N} may ask for */

enum regexp_op {
	STEP_SET,   /* takes a byte of SET */
	STEP_FORK,  /* goes on by TO[0], else by TO[1], both from here */
	STEP_GROUP, /* begins or ends a group: TO[0] is its place */
	STEP_BEGIN, /* is at the text's beginning */
	STEP_END,
	STEP_MATCH
};

struct reading {
	struct str text;
	size_t at;
	struct regexp *re;
	unsigned depth;
	int err;
};

static int read_branches(struct reading *r);

static char
peek_char(const struct reading *r)
{
	return r->at < r->text.n ? r->text.p[r->at] : '\0';
}

/* One step more; NULL: there are too many. */
static struct regexp_step *
add_step(struct reading *r, enum regexp_op op, int to)
{
	struct regexp_step *s;

	if (r->re->n >= REGEXP_STEPS) {
		r->err = ERR_SYNTAX;
		return NULL;
	}
	s = &r->re->steps[r->re->n++];
	*s = (struct regexp_step){ .op = (uint8_t)op, .to = { (int16_t)to } };
	return s;
}

/* Room for N steps at AT; the steps behind lead only among themselves. */
static int
insert_steps(struct reading *r, size_t at, size_t n)
{
	struct regexp *re = r->re;

	if (re->n + n > REGEXP_STEPS)
		return r->err = ERR_SYNTAX;
	memmove(re->steps + at + n, re->steps + at,
	    (re->n - at) * sizeof(*re->steps));
	re->n += n;
	return 0;
}

static void
fork_at(struct reading *r, size_t at, size_t first, size_t second)
{
	r->re->steps[at] = (struct regexp_step){ .op = STEP_FORK,
		.to = { (int16_t)((int)first - (int)at),
		    (int16_t)((int)second - (int)at) } };
}

static void
set_byte(uint8_t set[32], unsigned c)
{
	set[c / 8] |= (uint8_t)(1u << c % 8);
}

static void
set_char(const struct reading *r, uint8_t set[32], char c)
{
	set_byte(set, (uint8_t)c);
	if (r->re->fold && chr_is_alpha(c))
		set_byte(set, (uint8_t)c ^ 0x20u);
}

/* "[^a-z-]", behind its "[" */
static void
read_set(struct reading *r, uint8_t set[32])
{
	bool negated = peek_char(r) == '^', first = true;

	for (r->at += negated; first || peek_char(r) != ']'; first = false) {
		unsigned from = (uint8_t)peek_char(r), to = from;

		if (r->at >= r->text.n) {
			r->err = ERR_SYNTAX;
			return;
		}
		r->at++;
		if (peek_char(r) == '-' && r->at + 1 < r->text.n &&
		    r->text.p[r->at + 1] != ']') {
			to = (uint8_t)r->text.p[r->at + 1];
			r->at += 2;
		}
		if (to < from)
			r->err = ERR_SYNTAX;
		for (; from <= to; from++)
			set_char(r, set, (char)from);
	}
	r->at++;
	for (unsigned i = 0; negated && i < 32; i++)
		set[i] = (uint8_t)~set[i];
}

static void
read_group(struct reading *r)
{
	unsigned group = r->re->groups++;

	if (++r->depth > DEPTH) {
		r->err = ERR_SYNTAX;
		return;
	}
	add_step(r, STEP_GROUP, (int)(2 * group));
	read_branches(r);
	add_step(r, STEP_GROUP, (int)(2 * group + 1));
	if (r->err == 0 && peek_char(r) != ')')
		r->err = ERR_SYNTAX;
	r->at++;
	r->depth--;
}

static void
read_atom(struct reading *r)
{
	char c = r->text.p[r->at++];
	struct regexp_step *s;

	if (c == '(') {
		read_group(r);
		return;
	}
	if (c == '^' || c == '$') {
		add_step(r, c == '^' ? STEP_BEGIN : STEP_END, 0);
		return;
	}
	if (str_chr(STR("*+?{"), c) >= 0 ||
	    (c == '\\' && peek_char(r) == '\0')) {
		r->err = ERR_SYNTAX;
		return;
	}
	s = add_step(r, STEP_SET, 0);
	if (s == NULL)
		return;
	if (c == '.')
		memset(s->set, 0xff, sizeof(s->set));
	else if (c == '[')
		read_set(r, s->set);
	else
		set_char(r, s->set, c == '\\' ? r->text.p[r->at++] : c);
}

static unsigned
read_number(struct reading *r)
{
	unsigned n = 0;

	if (!chr_is_digit(peek_char(r)))
		r->err = ERR_SYNTAX;
	while (chr_is_digit(peek_char(r)) && n <= REPEATS)
		n = 10 * n + (unsigned)(r->text.p[r->at++] - '0');
	return n;
}

/* How often the atom before may stand: *MOST 0: without end.  False: nothing
 * is said. */
static bool
read_count(struct reading *r, unsigned *least, unsigned *most)
{
	char c = peek_char(r);

	if (c == '\0' || str_chr(STR("*+?{"), c) < 0)
		return false;
	r->at++;
	*least = c == '+';
	*most = c == '?';
	if (c != '{')
		return true;
	*least = *most = read_number(r);
	if (peek_char(r) == ',') {
		r->at++;
		*most = peek_char(r) != '}' ? read_number(r) : 0;
	} else if (*most == 0) {
		r->err = ERR_SYNTAX;
	}
	if (peek_char(r) != '}' || *least > REPEATS || *most > REPEATS ||
	    (*most != 0 && *most < *least))
		r->err = ERR_SYNTAX;
	r->at++;
	return true;
}

/* The steps from FROM on, one atom, again at the end. */
static void
copy_atom(struct reading *r, size_t from, size_t n)
{
	size_t at = r->re->n;

	if (insert_steps(r, at, n) == 0)
		memcpy(r->re->steps + at, r->re->steps + from,
		    n * sizeof(*r->re->steps));
}

/* The atom of N steps at FROM, LEAST to MOST times. */
static void
repeat_atom(
    struct reading *r, size_t from, size_t n, unsigned least, unsigned most)
{
	unsigned whole = least > 0 ? least : 1;
	uint8_t op = r->re->steps[from].op;

	if (op == STEP_BEGIN || op == STEP_END)
		r->err = ERR_SYNTAX;
	for (unsigned i = 1; i < whole && r->err == 0; i++)
		copy_atom(r, from, n);
	if (r->err != 0)
		return;
	if (most == 0) {
		/* The last one again and again, or, of "*", not at all. */
		size_t last = r->re->n - n;

		if (least == 0 && insert_steps(r, last++, 1) == 0)
			fork_at(r, last - 1, last, last + n + 1);
		add_step(r, STEP_FORK, 0);
		if (r->err == 0)
			fork_at(r, r->re->n - 1, last, r->re->n);
		return;
	}
	for (unsigned i = whole; i < most + (least == 0) && r->err == 0; i++) {
		size_t at = r->re->n;

		if (least == 0 && i == whole) /* the one that is there */
			at = from;
		else
			copy_atom(r, r->re->n - n, n);
		if (insert_steps(r, at, 1) == 0)
			fork_at(r, at, at + 1, at + 1 + n);
	}
}

static void
read_branch(struct reading *r)
{
	while (r->err == 0 && r->at < r->text.n && peek_char(r) != '|' &&
	       !(peek_char(r) == ')' && r->depth > 0)) {
		size_t from = r->re->n;
		unsigned least, most;

		read_atom(r);
		while (
		    r->err == 0 && read_count(r, &least, &most) && r->err == 0)
			repeat_atom(r, from, r->re->n - from, least, most);
	}
}

/* A|B: a fork before A, and behind A one way past B. */
static int
read_branches(struct reading *r)
{
	size_t from = r->re->n;

	read_branch(r);
	while (r->err == 0 && peek_char(r) == '|') {
		size_t behind;

		r->at++;
		if (insert_steps(r, from, 1) != 0 ||
		    add_step(r, STEP_FORK, 0) == NULL)
			break;
		behind = r->re->n;
		fork_at(r, from, from + 1, behind);
		read_branch(r);
		if (r->err == 0)
			fork_at(r, behind - 1, r->re->n, r->re->n);
	}
	return r->err;
}

/* 0 or ERR_SYNTAX: no expression, or more than REGEXP_STEPS steps. */
int
regexp_read(struct str text, bool fold, struct regexp *re)
{
	struct reading r = { .text = text, .re = re };

	*re = (struct regexp){ .groups = 1, .fold = fold };
	if (read_branches(&r) == 0 && r.at < text.n)
		r.err = ERR_SYNTAX;
	add_step(&r, STEP_MATCH, 0);
	return r.err;
}

struct matching {
	const struct regexp *re;
	struct str text;
	int16_t marks[2 * REGEXP_GROUPS]; /* -1: none */
	bool seen[REGEXP_STEPS][REGEXP_TEXT + 1];
};

/* From the step STEP at the byte AT on. */
static bool
can_go_on(struct matching *m, size_t step, size_t at)
{
	for (;;) {
		const struct regexp_step *s = &m->re->steps[step];
		uint8_t c = at < m->text.n ? (uint8_t)m->text.p[at] : 0;
		int16_t before;

		if (m->seen[step][at])
			return false;
		m->seen[step][at] = true;
		switch ((enum regexp_op)s->op) {
		case STEP_MATCH:
			m->marks[1] = (int16_t)at;
			return true;
		case STEP_SET:
			if (at++ >= m->text.n ||
			    (s->set[c / 8] >> c % 8 & 1) == 0)
				return false;
			break;
		case STEP_BEGIN:
		case STEP_END:
			if (at != (s->op == STEP_BEGIN ? 0 : m->text.n))
				return false;
			break;
		case STEP_FORK:
			if (can_go_on(m, step + (size_t)s->to[0], at))
				return true;
			step += (size_t)s->to[1];
			continue;
		case STEP_GROUP:
			if (s->to[0] >= 2 * REGEXP_GROUPS)
				break;
			before = m->marks[s->to[0]];
			m->marks[s->to[0]] = (int16_t)at;
			if (can_go_on(m, step + 1, at))
				return true;
			m->marks[s->to[0]] = before;
			return false;
		}
		step++;
	}
}

/* Whether RE matches in TEXT, of at most REGEXP_TEXT bytes, and what each group
 * is then; groups that took no part are STR_NULL. */
bool
regexp_match(
    const struct regexp *re, struct str text, struct str groups[REGEXP_GROUPS])
{
	struct matching m = { .re = re, .text = text };
	bool matches = false;
	size_t from = 0;

	if (text.n > REGEXP_TEXT)
		return false;
	memset(m.marks, -1, sizeof(m.marks));
	/* What has failed once at a place fails there from wherever it is
	 * reached. */
	for (; from <= text.n && !matches; from++)
		matches = can_go_on(&m, 0, from);
	m.marks[0] = (int16_t)(from - 1);
	for (size_t i = 0; i < REGEXP_GROUPS; i++)
		groups[i] = m.marks[2 * i] >= 0 && m.marks[2 * i + 1] >= 0
				? str_slice(text, (size_t)m.marks[2 * i],
				      (size_t)m.marks[2 * i + 1])
				: STR_NULL;
	return matches;
}
