/* What a logger puts around lines; see packets/log_wrap.h. */
#include "packets/log_wrap.h"

#include "base/err.h"
#include "msg/message.h"

#include <string.h>

/* ---- where a message begins ---- */

static bool
ends_with(struct str s, struct str end)
{
	return s.n >= end.n && str_eq(str_slice(s, s.n - end.n, s.n), end);
}

static bool
is_token(char c)
{
	return chr_is_alnum(c) ||
	       (c != '\0' && strchr("-.!%*_+`'~", c) != NULL);
}

/* Where in LINE the method begins that ends at END: a known one may have a mark
 * before it, as in "'INVITE"; END: there is none. */
static size_t
find_method(struct str line, size_t end)
{
	size_t begin = end, most = 0;

	while (begin > 0 && is_token(line.p[begin - 1]))
		begin--;
	for (int i = 1; i < MSG_METHOD_COUNT; i++) {
		struct str name = str_of(msg_method_name((enum msg_method)i));

		if (name.n > most && end - begin > name.n &&
		    str_eq(str_slice(line, end - name.n, end), name) &&
		    !chr_is_alnum(line.p[end - name.n - 1]))
			most = name.n;
	}
	return most > 0 ? end - most : begin;
}

/* The request line whose SIP/2.0 stands at AT begins at *BEGIN. */
static bool
find_request(struct str line, size_t at, size_t *begin)
{
	size_t uri, end = at - 1;

	for (uri = end; uri > 0 && line.p[uri - 1] != ' ';)
		uri--;
	if (uri < 2 || uri == end)
		return false;
	if (str_chr(str_slice(line, uri, end), ':') < 0 &&
	    !str_is(str_slice(line, uri, end), "*"))
		return false;
	*begin = find_method(line, uri - 1);
	return *begin < uri - 1;
}

/* SIP/2.0, which ends at BEHIND, has a status behind it. */
static bool
has_status(struct str line, size_t behind)
{
	return behind + 4 <= line.n && line.p[behind] == ' ' &&
	       chr_is_digit(line.p[behind + 1]) &&
	       chr_is_digit(line.p[behind + 2]) &&
	       chr_is_digit(line.p[behind + 3]) &&
	       (behind + 4 == line.n || !chr_is_alnum(line.p[behind + 4]));
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
		if (has_status(line, behind)) {
			*begin = at;
			*end = line.n;
			return true;
		}
		if (at == 0 || line.p[at - 1] != ' ' ||
		    line.n - behind >= LOG_SUFFIX ||
		    (behind < line.n && (chr_is_alnum(line.p[behind]) ||
					    line.p[behind] == '/')))
			continue;
		*end = behind;
		if (find_request(line, at, begin))
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

/* What a status line has behind it is known when the next have come: what stood
 * behind the last request, or all that its end can be. */
static struct str
suffix_of(const struct log_wrap *w, struct str line)
{
	const struct str mark = { w->mark, w->nmark };
	size_t most = line.n < LOG_SUFFIX - 1 ? line.n : LOG_SUFFIX - 1;

	return mark.n > 0 && ends_with(line, mark)
		   ? mark
		   : str_slice(line, line.n - most, line.n);
}

int
log_wrap_begin(struct log_wrap *w, struct str line, size_t begin, size_t end)
{
	struct str suffix = str_slice(line, end, line.n);

	buf_clear(&w->prefix);
	buf_str(&w->prefix, str_slice(line, 0, begin));
	w->how = WRAP_ASKED;
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
}

void
log_wrap_head(struct log_wrap *w, struct str line)
{
	size_t n = 0;

	while (n < w->nsuffix && n < line.n &&
	       w->suffix[w->nsuffix - 1 - n] == line.p[line.n - 1 - n])
		n++;
	memmove(w->suffix, w->suffix + w->nsuffix - n, n);
	w->nsuffix = n;
}

struct str
log_without_suffix(const struct log_wrap *w, struct str line)
{
	const struct str suffix = { w->suffix, w->nsuffix };

	return suffix.n > 0 && ends_with(line, suffix)
		   ? str_slice(line, 0, line.n - suffix.n)
		   : line;
}
