/* Reading messages of H.248 in text form (RFC 3525 annex B.2). */
#include "megaco/rows.h"

const struct megaco_row megaco_rows[MEGACO_ITEM] = {
#define X(id, name, brief, form, group, section, words) \
	{ name, brief, MEGACO_FORM_##form, MEGACO_IN_##group, section, words },
	MEGACO_WORDS(X)
#undef X
};

const struct megaco_value_row megaco_values[MEGACO_VALUE_COUNT] = {
#define X(id, form, name, brief, words) \
	{ MEGACO_FORM_##form, name, brief, words },
	MEGACO_VALUES(X)
#undef X
};

/* The most that are in a group. */
#define GROUP_MOST 13

/* What does not belong into a group has CODE. */
static const struct {
	unsigned code;
	enum megaco_id ids[GROUP_MOST + 1]; /* 0 behind the last */
} groups[] = {
#define X(name, code, ...) { code, { __VA_ARGS__ } },
	MEGACO_GROUPS(X)
#undef X
};

static bool
group_has(enum megaco_group g, enum megaco_id id)
{
	for (size_t i = 0; i <= GROUP_MOST; i++)
		if (groups[g].ids[i] == id && (id != 0 || i == 0))
			return true;
	return false;
}

/* ---- characters ---- */

static bool
megaco_text_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* LWSP: blanks and comments. */
static size_t
skip_blanks(struct str s, size_t at)
{
	while (at < s.n && (megaco_text_is_blank(s.p[at]) || s.p[at] == ';')) {
		if (s.p[at] == ';')
			while (at < s.n && s.p[at] != '\r' && s.p[at] != '\n')
				at++;
		else
			at++;
	}
	return at;
}

static bool
megaco_text_is_name(char c)
{
	return c > ' ' && c < 0x7f && strchr("=#<>{},;[]\":", c) == NULL;
}

static size_t
skip_name(struct str s, size_t at)
{
	while (at < s.n && megaco_text_is_name(s.p[at]))
		at++;
	return at;
}

/* Behind the quote that ends what began at AT; S.n: none does. */
static size_t
skip_quoted(struct str s, size_t at)
{
	for (at++; at < s.n; at++)
		if (s.p[at] == '"')
			return at + 1;
	return s.n;
}

static bool
megaco_text_is_word(struct str s, enum megaco_id id)
{
	return str_iis(s, megaco_rows[id].name) ||
	       str_iis(s, megaco_rows[id].brief);
}

/* octetString: the first brace that is not escaped ends it; a backslash escapes
 * nothing else. */
static size_t
find_end_of_text(struct str s, size_t at)
{
	for (; at < s.n && s.p[at] != '}'; at++)
		if (str_starts(str_slice(s, at, s.n), "\\}"))
			at++;
	return at;
}

/* Where the brace that was opened before AT is closed; S.n: nowhere.  What
 * Local and Remote have is passed over as it is. */
static size_t
find_close(struct str s, size_t at)
{
	struct str word = STR_NULL;
	bool valued = false;
	unsigned depth = 1;

	while (at < s.n) {
		char c = s.p[at];
		size_t end = skip_name(s, at);

		if (end > at) {
			word = valued ? STR_NULL : str_slice(s, at, end);
			at = end;
		} else if (megaco_text_is_blank(c) || c == ';') {
			at = skip_blanks(s, at);
		} else if (c == '"') {
			at = skip_quoted(s, at);
		} else if (c == '{' &&
			   (megaco_text_is_word(word, MEGACO_LOCAL) ||
			       megaco_text_is_word(word, MEGACO_REMOTE))) {
			at = find_end_of_text(s, at + 1) + 1;
			word = STR_NULL;
		} else {
			depth += c == '{';
			depth -= c == '}';
			if (depth == 0)
				return at;
			valued = c == '=';
			word = STR_NULL;
			at++;
		}
	}
	return s.n;
}

/* ---- items ---- */

/* What an item of GROUP named NAME is. */
static enum megaco_id
find_id(struct str name, enum megaco_group group, bool valued)
{
	unsigned found = MEGACO_COUNT;

	for (unsigned id = 0; id < MEGACO_ITEM; id++)
		if (megaco_text_is_word(name, (enum megaco_id)id) &&
		    (group_has(group, (enum megaco_id)id) ||
			found == MEGACO_COUNT))
			found = id;
	if (found != MEGACO_COUNT && group_has(group, (enum megaco_id)found))
		return (enum megaco_id)found;
	if (str_chr(name, '/') >= 0 && group_has(group, MEGACO_ITEM))
		return MEGACO_ITEM;
	if (valued && group_has(group, MEGACO_PARAMETER))
		return MEGACO_PARAMETER;
	if (!valued && group_has(group, MEGACO_BARE))
		return MEGACO_BARE;
	return (enum megaco_id)found;
}

/* The group in the braces of an item of a package, by the group around it. */
static enum megaco_group
group_within(enum megaco_id id, enum megaco_group group)
{
	if (id < MEGACO_ITEM)
		/* Which are asked for is said by their names alone. */
		return group == MEGACO_IN_ASKED || group == MEGACO_IN_WATCH
			   ? (id == MEGACO_EMBED ? megaco_rows[id].group
						 : MEGACO_IN_NOTHING)
			   : megaco_rows[id].group;
	return group == MEGACO_IN_WATCHED  ? MEGACO_IN_WATCH
	       : group == MEGACO_IN_PLAYED ? MEGACO_IN_PLAY
	       : group == MEGACO_IN_SEEN   ? MEGACO_IN_SIGHT
					   : MEGACO_IN_NOTHING;
}

/* A value that is not braces; where it ends, or AT. */
static size_t
megaco_text_read_value(struct str s, size_t at, struct str *value)
{
	size_t from = at;

	if (at < s.n && s.p[at] == '"') {
		at = skip_quoted(s, at);
		if (at - from < 2 || s.p[at - 1] != '"')
			return from;
		*value = str_slice(s, from + 1, at - 1);
		return at;
	}
	while (at < s.n && !megaco_text_is_blank(s.p[at]) &&
	       strchr(",{};\"", s.p[at]) == NULL) {
		if (s.p[at] == '[')
			while (at + 1 < s.n && s.p[at] != ']')
				at++;
		at++;
	}
	*value = str_slice(s, from, at);
	return at;
}

/* O- and W- (one reply for all that a pattern fits) before a command. */
static size_t
read_marks(struct str s, size_t at, struct megaco_item *it)
{
	for (; at + 1 < s.n && s.p[at + 1] == '-'; at += 2) {
		char c = chr_lower(s.p[at]);

		if (c != 'o' && c != 'w')
			break;
		it->optional |= c == 'o';
	}
	return at;
}

static size_t
megaco_text_read_name(
    struct str s, enum megaco_group group, size_t at, struct megaco_item *it)
{
	size_t end = skip_name(s, at), next = skip_blanks(s, end);

	it->name = str_slice(s, at, end);
	if (group == MEGACO_IN_SEEN && next < s.n && s.p[next] == ':') {
		it->stamp = it->name;
		at = skip_blanks(s, next + 1);
		end = skip_name(s, at);
		it->name = str_slice(s, at, end);
	}
	return end;
}

bool
megaco_next(struct str text, enum megaco_group group, size_t *at,
    struct megaco_item *it)
{
	size_t p = skip_blanks(text, *at), from, end;
	bool valued = false;

	*it = (struct megaco_item){ 0 };
	if (p == text.n) {
		*at = p;
		return false;
	}
	if (*at > 0 && group != MEGACO_IN_MESSAGE) {
		if (text.p[p] != ',')
			return false;
		p = skip_blanks(text, p + 1);
	}
	from = p;
	if (group == MEGACO_IN_COMMANDS)
		p = read_marks(text, p, it);
	end = megaco_text_read_name(text, group, p, it);
	p = skip_blanks(text, end);
	if (p < text.n && text.p[p] == '"' && group == MEGACO_IN_PHRASE) {
		p = end = megaco_text_read_value(text, p, &it->value);
		valued = true;
	} else if (it->name.n == 0) {
		return false;
	} else if (p < text.n && strchr("=#<>", text.p[p]) != NULL) {
		valued = true;
		p = skip_blanks(text, p + 1);
		end = p;
		if (p == text.n || text.p[p] != '{') {
			end = megaco_text_read_value(text, p, &it->value);
			if (end == p)
				return false;
			p = skip_blanks(text, end);
		}
	}
	it->id = find_id(it->name, group, valued);
	it->head = str_slice(text, from, end);
	it->group = it->id != MEGACO_COUNT ? group_within(it->id, group)
					   : MEGACO_IN_NOTHING;
	if (p < text.n && text.p[p] == '{') {
		end =
		    it->group == MEGACO_IN_TEXT || it->group == MEGACO_IN_DIGITS
			? find_end_of_text(text, p + 1)
			: find_close(text, p + 1);
		if (end >= text.n)
			return false;
		it->inner = str_slice(text, p + 1, end);
		end++;
	}
	it->all = str_slice(text, from, end);
	*at = end;
	return true;
}

bool
megaco_find(
    const struct megaco_item *in, enum megaco_id id, struct megaco_item *it)
{
	size_t at = 0;

	while (megaco_next(in->inner, in->group, &at, it))
		if (it->id == id)
			return true;
	return false;
}

bool
megaco_find_named(
    const struct megaco_item *in, const char *name, struct megaco_item *it)
{
	size_t at = 0;

	while (megaco_next(in->inner, in->group, &at, it))
		if (it->id >= MEGACO_ITEM && str_iis(it->name, name))
			return true;
	return false;
}

uint32_t
megaco_number(const struct megaco_item *it)
{
	uint32_t n;

	return str_u32(it->value, &n) == 0 ? n : 0;
}

const char *
megaco_value_name(enum megaco_value word)
{
	return word < MEGACO_VALUE_COUNT ? megaco_values[word].name : NULL;
}

enum megaco_value
megaco_word(const struct megaco_item *it)
{
	size_t i = 0;

	if (it->id >= MEGACO_ITEM)
		return MEGACO_VALUE_COUNT;
	while (i < MEGACO_VALUE_COUNT &&
	       (megaco_values[i].form != megaco_rows[it->id].form ||
		   (!str_iis(it->value, megaco_values[i].name) &&
		       !str_iis(it->value, megaco_values[i].brief))))
		i++;
	return (enum megaco_value)i;
}

bool
megaco_is_command(enum megaco_id id)
{
	return id >= MEGACO_ADD && id <= MEGACO_SERVICE_CHANGE;
}

/* ---- faults ---- */

static bool
megaco_text_is_number(struct str s)
{
	uint32_t n;

	return str_u32(s, &n) == 0;
}

/* pathNAME is at most 64 characters. */
static bool
is_termination(struct str s)
{
	return s.n > 0 && s.n <= 64 && skip_name(s, 0) == s.n;
}

static bool
value_is_right(const struct megaco_item *it)
{
	struct str first, rest;

	if (it->id >= MEGACO_ITEM)
		return true;
	switch (megaco_rows[it->id].form) {
	case MEGACO_FORM_NONE:
		return it->value.p == NULL;
	case MEGACO_FORM_MAYBE:
		return true;
	case MEGACO_FORM_TEXT:
		return it->value.p != NULL;
	case MEGACO_FORM_NUMBER:
		return megaco_text_is_number(it->value) ||
		       str_is(it->value, "*");
	case MEGACO_FORM_ERROR:
		return megaco_text_is_number(it->value);
	case MEGACO_FORM_CONTEXT:
		return megaco_text_is_number(it->value) ||
		       str_is(it->value, "-") || str_is(it->value, "$") ||
		       str_is(it->value, "*");
	case MEGACO_FORM_TERMINATION:
		return is_termination(it->value);
	case MEGACO_FORM_REASON:
		first = str_cut(it->value, ' ', &rest);
		return megaco_text_is_number(first);
	default:
		/* An extension is a private word. */
		return megaco_word(it) != MEGACO_VALUE_COUNT ||
		       str_istarts(it->value, "x-") ||
		       str_istarts(it->value, "x+");
	}
}

/* The code of what can't be read in GROUP. */
static unsigned
syntax_of(enum megaco_group group)
{
	return group == MEGACO_IN_MESSAGE || group == MEGACO_IN_NUMBERS   ? 400
	       : group == MEGACO_IN_ACTIONS || group == MEGACO_IN_REPLIES ? 403
									  : 442;
}

static bool
megaco_text_fail(struct megaco *m, unsigned code, struct str at)
{
	m->fault = code;
	m->at = at;
	return false;
}

static bool
megaco_text_judge(
    struct megaco *m, struct str text, enum megaco_group group, unsigned depth)
{
	struct megaco_item it;
	size_t at = 0;

	if (groups[group].code == 0)
		return true;
	if (depth > MEGACO_DEPTH)
		return megaco_text_fail(m, 400, text);
	while (megaco_next(text, group, &at, &it)) {
		if (it.id == MEGACO_COUNT || !group_has(group, it.id))
			return megaco_text_fail(m, groups[group].code, it.head);
		if (group == MEGACO_IN_ASKED ? it.value.p != NULL
					     : !value_is_right(&it))
			return megaco_text_fail(m,
			    it.id < MEGACO_ITEM &&
				    megaco_rows[it.id].form >= MEGACO_FORM_MODE
				? 449
				: syntax_of(group),
			    it.head);
		if (it.inner.p != NULL &&
		    !megaco_text_judge(m, it.inner, it.group, depth + 1))
			return false;
	}
	return at == text.n || megaco_text_fail(m, syntax_of(group),
				   str_slice(text, at, text.n));
}

unsigned
megaco_read(struct str bytes, struct megaco *m)
{
	size_t at = skip_blanks(bytes, 0), end = skip_name(bytes, at), digits;
	struct str word = str_slice(bytes, at, end);
	uint32_t version;

	*m = (struct megaco){ 0 };
	megaco_text_fail(m, 400, word);
	if (str_istarts(word, "MEGACO/"))
		digits = sizeof("MEGACO/") - 1;
	else if (str_starts(word, "!/"))
		digits = sizeof("!/") - 1;
	else
		return m->fault;
	if (str_u32(str_slice(word, digits, word.n), &version) != 0)
		return m->fault;
	at = skip_blanks(bytes, end);
	end = megaco_text_read_value(bytes, at, &m->sender);
	if (end == at || m->sender.n > 80)
		return m->fault;
	m->body = str_slice(bytes, end, bytes.n);
	m->fault = 0;
	m->at = STR_NULL;
	if (version != 1)
		megaco_text_fail(m, 406, word);
	else if (str_trim(m->body).n == 0)
		megaco_text_fail(m, 400, bytes);
	else
		megaco_text_judge(m, m->body, MEGACO_IN_MESSAGE, 0);
	return m->fault;
}

/* ---- writing messages of H.248 in text form (RFC 3525 annex B.2) ---- */

#define LINES 3 /* down to so many braces each item has a line of its own */

static void
megaco_text_put_line(struct megaco_out *o)
{
	buf_puts(o->out, "\r\n");
	buf_fill(o->out, ' ', (size_t)o->depth * 2);
}

static void
begin_item(struct megaco_out *o)
{
	if (o->depth > 0 && !o->first)
		buf_putc(o->out, ',');
	if (o->depth == 0)
		buf_puts(o->out, "\r\n");
	else if (!o->brief && o->depth <= LINES)
		megaco_text_put_line(o);
	else if (!o->brief && !o->first)
		buf_putc(o->out, ' ');
	o->first = false;
}

static void
open_braces(struct megaco_out *o)
{
	buf_putc(o->out, '{');
	o->depth++;
	o->first = true;
}

static const char *
megaco_text_name_of(const struct megaco_out *o, enum megaco_id id)
{
	return o->brief ? megaco_rows[id].brief : megaco_rows[id].name;
}

void
megaco_begin(struct megaco_out *o, struct str sender)
{
	buf_puts(o->out, o->brief ? "!/1 " : "MEGACO/1 ");
	buf_str(o->out, sender);
	o->first = true;
}

void
megaco_put(struct megaco_out *o, enum megaco_id id, struct str value)
{
	bool quoted = megaco_rows[id].form == MEGACO_FORM_REASON;

	begin_item(o);
	buf_puts(o->out, megaco_text_name_of(o, id));
	if (value.p == NULL)
		return;
	buf_puts(o->out, quoted ? "=\"" : "=");
	buf_str(o->out, value);
	buf_puts(o->out, quoted ? "\"" : "");
}

void
megaco_open(struct megaco_out *o, enum megaco_id id, struct str value)
{
	megaco_put(o, id, value);
	open_braces(o);
}

struct str
megaco_decimal(char text[24], uint64_t n)
{
	char *end = &text[STR_DIGITS], *begin = str_decimal(end, n);

	return (struct str){ begin, (size_t)(end - begin) };
}

void
megaco_open_number(struct megaco_out *o, enum megaco_id id, uint32_t number)
{
	char digits[24];

	megaco_open(o, id, megaco_decimal(digits, number));
}

void
megaco_put_named(struct megaco_out *o, const char *name, struct str value)
{
	begin_item(o);
	buf_puts(o->out, name);
	if (value.p != NULL) {
		buf_putc(o->out, '=');
		buf_str(o->out, value);
	}
}

void
megaco_open_named(struct megaco_out *o, const char *name)
{
	megaco_put_named(o, name, STR_NULL);
	open_braces(o);
}

void
megaco_close(struct megaco_out *o)
{
	bool lines = !o->brief && o->depth <= LINES && !o->first;

	o->depth--;
	o->first = false;
	if (lines)
		megaco_text_put_line(o);
	buf_putc(o->out, '}');
}

void
megaco_put_value(
    struct megaco_out *o, enum megaco_id id, enum megaco_value value)
{
	megaco_put(o, id,
	    str_of(o->brief ? megaco_values[value].brief
			    : megaco_values[value].name));
}

void
megaco_put_sdp(struct megaco_out *o, enum megaco_id id, struct str sdp)
{
	megaco_open(o, id, STR_NULL);
	buf_puts(o->out, "\r\n");
	for (size_t i = 0; i < sdp.n; i++) {
		if (sdp.p[i] == '}')
			buf_putc(o->out, '\\');
		buf_putc(o->out, sdp.p[i]);
	}
	o->depth--;
	o->first = false;
	buf_putc(o->out, '}');
}

void
megaco_put_error(struct megaco_out *o, unsigned code)
{
	megaco_open_number(o, MEGACO_ERROR, code);
	megaco_close(o);
}

void
megaco_open_seen(struct megaco_out *o, uint64_t ms, const char *name)
{
	begin_item(o);
	/* yyyymmdd T hhmmssss (hundredths) */
	buf_printf(o->out, "200001%02uT%02u%02u%02u%02u:%s",
	    (unsigned)(ms / 86400000 % 31 + 1), (unsigned)(ms / 3600000 % 24),
	    (unsigned)(ms / 60000 % 60), (unsigned)(ms / 1000 % 60),
	    (unsigned)(ms / 10 % 100), name);
	open_braces(o);
}
