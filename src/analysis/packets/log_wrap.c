/* What a logger puts around lines; see packets/log_wrap.h. */
#include "packets/log_wrap.h"

#include "msg/message.h"

#include <string.h>

/* ---- where a message begins ---- */

static bool
is_method_char(char c)
{
	return chr_is_alnum(c) ||
	       (c != '\0' && strchr("-.!%*_+`'~", c) != NULL);
}

size_t
log_method_length(struct str token)
{
	size_t most = 0;

	for (int i = 1; i < MSG_METHOD_COUNT; i++) {
		const char *name = msg_method_name((enum msg_method)i);

		if (strlen(name) > most && str_ends(token, name))
			most = strlen(name);
	}
	return most;
}

/* Where in LINE the method begins that ends at END: a known one may have a mark
 * before it, as in "'INVITE"; END: there is none. */
static size_t
log_wrap_find_method(struct str line, size_t end)
{
	size_t begin = end, known;

	while (begin > 0 && is_method_char(line.p[begin - 1]))
		begin--;
	known = log_method_length(str_slice(line, begin, end));
	return known > 0 && known < end - begin &&
		       !chr_is_alnum(line.p[end - known - 1])
		   ? end - known
		   : begin;
}

/* The request line whose SIP/2.0 stands at AT begins at *BEGIN. */
static bool
log_wrap_find_request(struct str line, size_t at, size_t *begin)
{
	size_t uri, end = at - 1;

	for (uri = end; uri > 0 && line.p[uri - 1] != ' ';)
		uri--;
	if (uri < 2 || uri == end)
		return false;
	if (str_chr(str_slice(line, uri, end), ':') < 0 &&
	    !str_is(str_slice(line, uri, end), "*"))
		return false;
	*begin = log_wrap_find_method(line, uri - 1);
	return *begin < uri - 1;
}

/* SIP/2.0, which ends at BEHIND, has a status after it. */
static bool
has_status(struct str line, size_t behind)
{
	return behind + 4 <= line.n && line.p[behind] == ' ' &&
	       chr_is_digit(line.p[behind + 1]) &&
	       chr_is_digit(line.p[behind + 2]) &&
	       chr_is_digit(line.p[behind + 3]) &&
	       (behind + 4 == line.n || !chr_is_alnum(line.p[behind + 4]));
}

/* S, behind a request line, can be what a logger puts behind each line: short,
 * and no words. */
static bool
is_suffix(struct str s)
{
	size_t letters = 0;

	if (s.n >= LOG_SUFFIX ||
	    (s.n > 0 && (chr_is_alnum(s.p[0]) || s.p[0] == '/')))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		letters = chr_is_alpha(s.p[i]) ? letters + 1 : 0;
		if (letters > 2)
			return false;
	}
	return true;
}

/* SIP/2.0, at AT, has a number after it that a logger has put behind a request
 * of a known method. */
static bool
is_numbered_request(struct str line, size_t at, size_t behind)
{
	size_t begin;
	struct str rest;

	return at > 0 && line.p[at - 1] == ' ' &&
	       is_suffix(str_slice(line, behind, line.n)) &&
	       log_wrap_find_request(line, at, &begin) &&
	       msg_method_find(str_cut(
		   str_slice(line, begin, at), ' ', &rest)) != MSG_OTHER;
}

bool
log_find_start(struct str line, size_t *begin, size_t *end)
{
	static const char version[] = "SIP/2.0";
	size_t from = 0;
	ptrdiff_t found;

	while (
	    (found = str_find(str_slice(line, from, line.n), version)) >= 0) {
		size_t at = from + (size_t)found, behind = at + 7;

		from = behind;
		if (has_status(line, behind) &&
		    !is_numbered_request(line, at, behind)) {
			*begin = at;
			*end = line.n;
			return true;
		}
		if (at == 0 || line.p[at - 1] != ' ' ||
		    !is_suffix(str_slice(line, behind, line.n)))
			continue;
		*end = behind;
		if (log_wrap_find_request(line, at, begin))
			return true;
	}
	return false;
}

/* ---- before ---- */

static size_t
count_blanks(struct str s)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return n;
}

/* "12", "12.5", "10,042" */
static size_t
count_number(struct str s)
{
	size_t n = 0;

	while (n < s.n && (chr_is_digit(s.p[n]) ||
			      (n > 0 && (s.p[n] == '.' || s.p[n] == ',') &&
				  n + 1 < s.n && chr_is_digit(s.p[n + 1]))))
		n++;
	return n;
}

static size_t
count_letters(struct str s)
{
	size_t n = 0;

	while (n < s.n && chr_is_alnum(s.p[n]))
		n++;
	return n;
}

/* The blanks that S begins with go, and those of MODEL: as many as it has where
 * nothing follows there, since more are the line's own. */
static bool
pass_blanks(struct str *model, struct str *s, bool first)
{
	size_t want = count_blanks(*model), have = count_blanks(*s);
	bool last = want == model->n;

	if (last && have > want)
		have = want;
	/* Of an empty line those at its end may be gone. */
	if (have == 0 && !first && have < s->n)
		return false;
	if (last && have < want && have < s->n && !first)
		return false;
	*model = str_slice(*model, want, model->n);
	*s = str_slice(*s, have, s->n);
	return true;
}

/* LINE without MODEL, whose numbers, if LOOSE also its words, may be others. */
static bool
pass_prefix(struct str model, struct str *line, bool loose)
{
	struct str s = *line;
	bool first = true;

	for (; model.n > 0; first = false) {
		size_t want = loose ? count_letters(model) : 0;
		size_t have = loose ? count_letters(s) : 0;

		if (count_blanks(model) > 0) {
			if (!pass_blanks(&model, &s, first))
				return false;
			continue;
		}
		if (want == 0 || have == 0) {
			want = count_number(model);
			have = count_number(s);
		}
		if (want == 0 || have == 0) {
			if (s.n == 0 || model.p[0] != s.p[0])
				return false;
			want = have = 1;
		}
		model = str_slice(model, want, model.n);
		s = str_slice(s, have, s.n);
	}
	*line = s;
	return true;
}

bool
log_is_field(struct str line)
{
	size_t n = 0;

	if (line.n > 0 && (line.p[0] == ' ' || line.p[0] == '\t'))
		return true;
	while (n < line.n && (chr_is_alnum(line.p[n]) || line.p[n] == '-' ||
				 line.p[n] == '_' || line.p[n] == '.'))
		n++;
	if (n == 0)
		return false;
	while (n < line.n && line.p[n] == ' ')
		n++;
	return n < line.n && line.p[n] == ':';
}

struct str
log_without_prefix(struct log_wrap *w, struct str line)
{
	struct str model = buf_view(&w->prefix), rest = line;

	if (model.n == 0)
		return line;
	if (pass_prefix(model, &rest, false)) {
		w->how = w->how == WRAP_ASKED ? WRAP_EXACT : w->how;
		return rest;
	}
	if (w->how == WRAP_EXACT || !pass_prefix(model, &rest, true))
		return line;
	/* The line behind the first is a field with the prefix, or without. */
	if (w->how == WRAP_ASKED)
		w->how = log_is_field(rest) && !log_is_field(line) ? WRAP_LOOSE
								   : WRAP_EXACT;
	return w->how == WRAP_LOOSE ? rest : line;
}

/* ---- behind ---- */

/* How long the number is that S ends with: "12", "0.5". */
static size_t
count_last_number(struct str s)
{
	size_t n = 0;

	while (
	    n < s.n && (chr_is_digit(s.p[s.n - 1 - n]) ||
			   (n > 0 && n + 1 < s.n && s.p[s.n - 1 - n] == '.' &&
			       chr_is_digit(s.p[s.n - 2 - n]))))
		n++;
	return n;
}

/* How much of the end of MODEL that of LINE is like, except for its numbers,
 * and how much of LINE that is. */
static size_t
alike_behind(struct str model, struct str line, size_t *taken)
{
	size_t all = model.n, had = line.n;

	while (model.n > 0 && line.n > 0) {
		size_t want = count_last_number(model);
		size_t have = count_last_number(line);

		if (want == 0 || have == 0) {
			if (model.p[model.n - 1] != line.p[line.n - 1])
				break;
			want = have = 1;
		}
		model.n -= want;
		line.n -= have;
	}
	*taken = had - line.n;
	return all - model.n;
}

/* The suffix of a status line is known when the next lines have come: the last
 * request's, or all that its end can be. */
static struct str
suffix_of(const struct log_wrap *w, struct str line)
{
	const struct str mark = { w->mark, w->nmark };
	size_t most = line.n < LOG_SUFFIX - 1 ? line.n : LOG_SUFFIX - 1;

	if (mark.n > 0 && alike_behind(mark, line, &most) == mark.n)
		return mark;
	most = line.n < LOG_SUFFIX - 1 ? line.n : LOG_SUFFIX - 1;
	return str_slice(line, line.n - most, line.n);
}

int
log_wrap_begin(struct log_wrap *w, struct str line, size_t begin, size_t end)
{
	struct str suffix = str_slice(line, end, line.n);

	buf_clear(&w->prefix);
	buf_str(&w->prefix, str_slice(line, 0, begin));
	w->how = WRAP_ASKED;
	w->entities = false;
	if (str_starts(str_slice(line, begin, line.n), "SIP/2.0 ")) {
		suffix = suffix_of(w, line);
	} else {
		memcpy(w->mark, suffix.p, suffix.n);
		w->nmark = suffix.n;
	}
	memmove(w->suffix, suffix.p, suffix.n);
	w->nsuffix = suffix.n;
	return w->prefix.err;
}

void
log_wrap_clear(struct log_wrap *w)
{
	buf_clear(&w->prefix);
	w->nsuffix = 0;
	w->entities = false;
}

void
log_wrap_head(struct log_wrap *w, struct str line)
{
	const struct str suffix = { w->suffix, w->nsuffix };
	size_t taken, n = alike_behind(suffix, line, &taken);

	memmove(w->suffix, w->suffix + w->nsuffix - n, n);
	w->nsuffix = n;
}

struct str
log_without_suffix(const struct log_wrap *w, struct str line)
{
	const struct str suffix = { w->suffix, w->nsuffix };
	size_t taken;

	return suffix.n > 0 && alike_behind(suffix, line, &taken) == suffix.n
		   ? str_slice(line, 0, line.n - taken)
		   : line;
}

/* ---- entities ---- */

struct str
log_without_entities(struct log_wrap *w, struct str line, bool in_head)
{
	static const struct {
		const char *text;
		char c;
	} rows[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' },
		{ "&#39;", '\'' }, { "&apos;", '\'' }, { "&amp;", '&' } };
	const size_t n = COUNT_OF(rows);

	w->entities |= in_head && str_find(line, "&lt;sip") >= 0;
	if (!w->entities || str_chr(line, '&') < 0)
		return line;
	buf_clear(&w->plain);
	while (line.n > 0) {
		size_t i = 0;

		while (i < n && !str_starts(line, rows[i].text))
			i++;
		buf_putc(&w->plain, i < n ? rows[i].c : line.p[0]);
		line =
		    str_slice(line, i < n ? strlen(rows[i].text) : 1, line.n);
	}
	return buf_view(&w->plain);
}
