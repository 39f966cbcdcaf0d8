/* What items of H.248 mean, for people; and digit maps. */
#include "megaco/rows.h"

#include "megaco/megaco.h"

#include <string.h>

static const struct {
	const char *name, *words;
} items[] = {
#define X(name, words) { name, words },
	MEGACO_ITEMS(X)
#undef X
};

static const struct {
	unsigned code;
	const char *words;
} errors[] = {
#define X(code, words) { code, words },
	MEGACO_ERRORS(X)
#undef X
}, reasons[] = {
#define X(code, words) { code, words },
	MEGACO_REASONS(X)
#undef X
};

const char *
megaco_name(enum megaco_id id)
{
	return megaco_rows[id].name;
}

const char *
megaco_words(const struct megaco_item *it, const char **section)
{
	*section = "";
	if (it->id < MEGACO_ITEM) {
		*section = megaco_rows[it->id].section;
		return i18n_text(megaco_rows[it->id].words);
	}
	for (size_t i = 0; i < COUNT_OF(items); i++)
		if (it->id == MEGACO_ITEM && str_iis(it->name, items[i].name)) {
			*section = "E";
			return i18n_text(items[i].words);
		}
	return NULL;
}

const char *
megaco_error_words(unsigned code)
{
	for (size_t i = 0; i < COUNT_OF(errors); i++)
		if (errors[i].code == code)
			return i18n_text(errors[i].words);
	return NULL;
}

static const char *
say_reason(struct str value)
{
	struct str rest, number = str_cut(value, ' ', &rest);
	uint32_t code;

	if (str_u32(number, &code) == 0)
		for (size_t i = 0; i < COUNT_OF(reasons); i++)
			if (reasons[i].code == code)
				return i18n_text(reasons[i].words);
	return NULL;
}

const char *
megaco_value_words(const struct megaco_item *it)
{
	enum megaco_value word = megaco_word(it);

	if (word != MEGACO_VALUE_COUNT)
		return i18n_text(megaco_values[word].words);
	if (it->id == MEGACO_CONTEXT)
		return str_is(it->value, "-") ? _("none: the null context, "
						  "with all free terminations")
		       : str_is(it->value, "$")
			   ? _("a new context: the reply contains its number")
		       : str_is(it->value, "*") ? _("all")
						: NULL;
	if (it->value.p != NULL && str_is(it->value, "$"))
		return _(
		    "the gateway chooses one: the reply contains its name");
	return it->id == MEGACO_ERROR    ? megaco_error_words(megaco_number(it))
	       : it->id == MEGACO_REASON ? say_reason(it->value)
					 : NULL;
}

struct megaco_item
megaco_first(const struct megaco *m, enum megaco_id *kind, uint32_t *number)
{
	struct megaco_item it = { .id = MEGACO_COUNT }, in;
	size_t at = 0;

	*kind = MEGACO_COUNT;
	*number = 0;
	if (!megaco_next(m->body, MEGACO_IN_MESSAGE, &at, &it))
		return (struct megaco_item){ .id = MEGACO_COUNT };
	*kind = it.id;
	*number = megaco_number(&it);
	in = it;
	if (megaco_find(&in, MEGACO_CONTEXT, &it)) {
		in = it;
		at = 0;
		while (megaco_next(in.inner, in.group, &at, &it))
			if (megaco_is_command(it.id) || it.id == MEGACO_ERROR)
				return it;
		return in;
	}
	return megaco_find(&in, MEGACO_ERROR, &it) ? it : in;
}

void
megaco_write_name(struct str bytes, struct buf *out)
{
	enum megaco_id kind;
	struct megaco_item it;
	struct megaco m;
	uint32_t number;

	megaco_read(bytes, &m);
	if (m.body.p == NULL)
		return;
	it = megaco_first(&m, &kind, &number);
	if (kind == MEGACO_ACK)
		buf_puts(out, "Ack");
	else if (kind == MEGACO_REPLY)
		buf_printf(out, "Reply%s%s", it.id != kind ? " " : "",
		    it.id != kind && it.id < MEGACO_ITEM ? megaco_name(it.id)
							 : "");
	else if (it.id < MEGACO_ITEM)
		buf_puts(out, megaco_name(it.id));
}

/* ---- digit maps, RFC 3525 7.1.14: patterns with | between them ---- */

#define PLACES 63 /* of one alternative */

struct place {
	struct str what; /* a digit, x, S, L, Z, or the contents of [ ] */
	bool range;
	bool repeats; /* "." after it: any number of times */
};

static bool
is_timer(const struct place *p)
{
	char c = chr_lower(p->what.p[0]);

	return !p->range && (c == 's' || c == 'l' || c == 't');
}

static bool
megaco_words_fits(const struct place *p, char digit)
{
	char c = digit == '*' ? 'e' : digit == '#' ? 'f' : chr_lower(digit);

	for (size_t i = 0; i < p->what.n; i++) {
		char a = chr_lower(p->what.p[i]);

		if (a == c || (a == 'x' && chr_is_digit(c)))
			return true;
		if (p->range && i > 0 && i + 1 < p->what.n && a == '-' &&
		    p->what.p[i - 1] <= c && c <= p->what.p[i + 1])
			return true;
	}
	return false;
}

/* The places of ONE, an alternative; PLACES + 1: too many, or none that can be
 * read. */
static size_t
read_places(struct str one, struct place *places)
{
	size_t n = 0;

	for (size_t i = 0; i < one.n && n <= PLACES; i++) {
		char c = one.p[i];
		size_t end = i;

		if (chr_is_space(c))
			continue;
		if (c == '.') {
			if (n == 0)
				return PLACES + 1;
			places[n - 1].repeats = true;
			continue;
		}
		if (c == '[') {
			while (end < one.n && one.p[end] != ']')
				end++;
			if (end == one.n || end == i + 1)
				return PLACES + 1;
			places[n++] =
			    (struct place){ str_slice(one, i + 1, end), true,
				    false };
			i = end;
		} else if (chr_lower(c) != 'z') { /* how long a key is held */
			places[n++] = (struct place){ str_slice(one, i, i + 1),
				false, false };
		}
	}
	return n;
}

/* With SET also the places behind optional ones. */
static uint64_t
pass_repeated(const struct place *places, size_t n, uint64_t set)
{
	for (size_t i = 0; i < n; i++)
		if ((set >> i & 1) != 0 && places[i].repeats)
			set |= UINT64_C(1) << (i + 1);
	return set;
}

/*
 * Digits are taken one by one; an alternative is the set of places in its
 * pattern at which it may stand.
 */
static enum megaco_digits
match_one(struct str one, struct str digits)
{
	struct place places[PLACES + 2];
	size_t n = read_places(one, places);
	uint64_t set = 1, next;
	bool full, more = false, timed = false;

	if (n == 0 || n > PLACES)
		return MEGACO_DIGITS_NONE;
	set = pass_repeated(places, n, set);
	for (size_t d = 0; d < digits.n; d++, set = next) {
		next = 0;
		for (size_t i = 0; i < n; i++)
			if ((set >> i & 1) != 0 && !is_timer(&places[i]) &&
			    megaco_words_fits(&places[i], digits.p[d]))
				next |= UINT64_C(1)
					<< (places[i].repeats ? i : i + 1);
		next = pass_repeated(places, n, next);
	}
	full = (set >> n & 1) != 0;
	for (size_t i = 0; i < n; i++)
		if ((set >> i & 1) != 0) {
			timed |= is_timer(&places[i]) && i + 1 == n;
			more |= !is_timer(&places[i]);
		}
	return timed || (full && more) ? MEGACO_DIGITS_MAYBE
	       : full                  ? MEGACO_DIGITS_FULL
	       : more                  ? MEGACO_DIGITS_MORE
				       : MEGACO_DIGITS_NONE;
}

/* The patterns of MAP, behind its timers "T:16,S:4,". */
static struct str
patterns_of(struct str map)
{
	ptrdiff_t open;

	map = str_trim(map);
	open = str_chr(map, '(');
	if (open < 0)
		return map;
	map = str_slice(map, (size_t)open + 1, map.n);
	open = str_rchr(map, ')');
	return open < 0 ? map : str_slice(map, 0, (size_t)open);
}

enum megaco_digits
megaco_match(struct str map, struct str digits)
{
	struct str rest = patterns_of(map);
	bool full = false, maybe = false, more = false;

	while (rest.n > 0) {
		struct str one = str_cut(rest, '|', &rest);

		switch (match_one(one, digits)) {
		case MEGACO_DIGITS_FULL:
			full = true;
			break;
		case MEGACO_DIGITS_MAYBE:
			maybe = true;
			break;
		case MEGACO_DIGITS_MORE:
			more = true;
			break;
		case MEGACO_DIGITS_NONE:
			break;
		}
	}
	return maybe || (full && more) ? MEGACO_DIGITS_MAYBE
	       : full                  ? MEGACO_DIGITS_FULL
	       : more                  ? MEGACO_DIGITS_MORE
				       : MEGACO_DIGITS_NONE;
}

/* A range has digits and lines between them, another place a digit, x or a
 * timer. */
static bool
megaco_words_is_place(const struct place *p)
{
	const char *known =
	    p->range ? "0123456789abcdefx-*#" : "0123456789abcdefxslt*#";

	for (size_t i = 0; i < p->what.n; i++)
		if (strchr(known, chr_lower(p->what.p[i])) == NULL)
			return false;
	return true;
}

bool
megaco_is_map(struct str map)
{
	struct str rest = patterns_of(map);

	if (rest.n == 0)
		return false;
	while (rest.n > 0) {
		struct place places[PLACES + 2];
		size_t n = read_places(str_cut(rest, '|', &rest), places);

		if (n == 0 || n > PLACES)
			return false;
		for (size_t i = 0; i < n; i++)
			if (!megaco_words_is_place(&places[i]))
				return false;
	}
	return true;
}
