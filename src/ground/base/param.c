/* Values as people write them. */
#include "base/param.h"

#include "base/diag.h"
#include "base/err.h"
#include "base/i18n.h"

#include <string.h>

#define NS_MAX INT64_MAX

__extension__ typedef unsigned __int128 u128;

struct unit {
	const char *name;
	uint64_t factor;
};

/* clang-format off */
static const struct unit times[] = {
	{ "ns", 1 }, { "us", 1000 }, { "ms", 1000000 }, { "s", 1000000000 },
	{ "", 1000000000 }, { "min", 60000000000 }, { "h", 3600000000000 },
};

static const struct unit rates[] = {
	{ "bit", 1 }, { "kbit", 1000 }, { "mbit", 1000000 },
	{ "gbit", 1000000000 },
};

static const struct unit frequencies[] = {
	{ "Hz", 1 }, { "kHz", 1000 }, { "MHz", 1000000 }, { "GHz", 1000000000 },
};

static const struct unit sizes[] = {
	{ "", 1 }, { "KB", 1 << 10 }, { "MB", 1 << 20 }, { "GB", 1 << 30 },
};
/* clang-format on */

/* Units as others write them. */
static const struct {
	const char *unit, *why;
} wrong_times[] = {
	{ "m", N_("minutes are 5min, milliseconds 5ms") },
	{ "mins", N_("minutes are written 5min") },
	{ "minute", N_("minutes are written 5min") },
	{ "minutes", N_("minutes are written 5min") },
	{ "min", N_("minutes are written 5min") },
	{ "sec", N_("seconds are written 5s") },
	{ "secs", N_("seconds are written 5s") },
	{ "second", N_("seconds are written 5s") },
	{ "seconds", N_("seconds are written 5s") },
	{ "s", N_("seconds are written 5s") },
	{ "msec", N_("milliseconds are written 5ms") },
	{ "msecs", N_("milliseconds are written 5ms") },
	{ "ms", N_("milliseconds are written 5ms") },
	{ "µs", N_("microseconds are written 5us") },
	{ "hour", N_("hours are written 1h") },
	{ "hours", N_("hours are written 1h") },
	{ "hrs", N_("hours are written 1h") },
	{ "h", N_("hours are written 1h") },
	{ "d", N_("the unit day does not exist; a day is 24h") },
	{ "day", N_("the unit day does not exist; a day is 24h") },
	{ "days", N_("the unit day does not exist; a day is 24h") },
};

/* DIGITS[.DIGITS]UNIT in whole multiples of the smallest unit. */
static int
scaled(struct str s, const struct unit *units, size_t n, uint64_t *value)
{
	const struct unit *u = NULL;
	u128 v = 0;
	uint64_t divisor = 1;
	size_t i = 0;
	bool dot = false, digits = false;

	for (; i < s.n && (chr_is_digit(s.p[i]) || s.p[i] == '.'); i++) {
		if (s.p[i] == '.') {
			if (dot)
				return ERR_SYNTAX;
			dot = true;
			continue;
		}
		digits = true;
		if (v > UINT64_MAX || divisor >= 1000000000000000)
			return ERR_RANGE;
		v = v * 10 + (unsigned)(s.p[i] - '0');
		if (dot)
			divisor *= 10;
	}
	for (size_t k = 0; k < n; k++)
		if (str_is(str_slice(s, i, s.n), units[k].name))
			u = &units[k];
	if (!digits || u == NULL)
		return ERR_SYNTAX;
	v = v * u->factor / divisor;
	if (v > NS_MAX)
		return ERR_RANGE;
	*value = (uint64_t)v;
	return 0;
}

int
param_time(struct str s, int64_t *ns)
{
	uint64_t v;
	int err = scaled(s, times, COUNT_OF(times), &v);

	if (err == 0)
		*ns = (int64_t)v;
	return err;
}

const char *
param_time_why(struct str s, const char *otherwise)
{
	size_t digits = 0;
	struct str unit;
	int64_t ns;

	if (param_time(s, &ns) == ERR_RANGE)
		return _("a time is at most 292 years");
	while (
	    digits < s.n && (chr_is_digit(s.p[digits]) || s.p[digits] == '.'))
		digits++;
	unit = str_trim(str_slice(s, digits, s.n));
	for (size_t i = 0; digits > 0 && i < COUNT_OF(wrong_times); i++)
		if (str_iis(unit, wrong_times[i].unit))
			return _(wrong_times[i].why);
	return otherwise;
}

bool
param_warn_time(
    struct diag *d, const char *before, struct str s, unsigned least)
{
	uint64_t seconds;

	if (str_u64(s, &seconds) != 0 || seconds < least)
		return false;
	diag_set(d, ERR_RANGE, NULL, 0,
	    _("%s%.*s is %.*s seconds; write milliseconds as \"%.*sms\""),
	    before, STR_ARG(s), STR_ARG(s), STR_ARG(s));
	return true;
}

int
param_rate(struct str s, uint64_t *bps)
{
	int err = scaled(s, rates, COUNT_OF(rates), bps);

	return err == 0 && *bps == 0 ? ERR_RANGE : err;
}

int
param_frequency(struct str s, uint64_t *hz)
{
	int err = scaled(s, frequencies, COUNT_OF(frequencies), hz);

	return err == 0 && *hz == 0 ? ERR_RANGE : err;
}

int
param_size(struct str s, uint64_t *bytes)
{
	return scaled(s, sizes, COUNT_OF(sizes), bytes);
}

int
param_milli(struct str s, uint64_t *thousandths)
{
	static const struct unit milli[] = { { "", 1000 } };

	return scaled(s, milli, 1, thousandths);
}

int
param_decimal(struct str s, double *value)
{
	static const struct unit nano[] = { { "", 1000000000 } };
	bool negative = s.n > 0 && s.p[0] == '-';
	uint64_t v;
	int err = scaled(str_slice(s, negative, s.n), nano, 1, &v);

	if (err == 0)
		*value = (negative ? -1.0 : 1.0) * (double)v / 1e9;
	return err;
}

int
param_share(struct str s, double *share)
{
	bool percent = s.n > 0 && s.p[s.n - 1] == '%';
	double v;
	int err = param_decimal(str_slice(s, 0, s.n - percent), &v);

	if (err != 0)
		return err;
	if (percent)
		v /= 100;
	if (v < 0 || v > 1)
		return ERR_RANGE;
	*share = v;
	return 0;
}

int
param_bool(struct str s, bool *value)
{
	static const char *const words[] = { "false", "true", "no", "yes",
		"off", "on", "0", "1" };

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (str_is(s, words[i])) {
			*value = i % 2 == 1;
			return 0;
		}
	}
	return ERR_SYNTAX;
}

#define WORD_MAX 32

/* Characters to put, take away or replace, or neighbours to exchange; both at
 * most WORD_MAX long. */
static size_t
param_distance(struct str a, struct str b)
{
	size_t rows[3][WORD_MAX + 1];

	for (size_t j = 0; j <= b.n; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		const size_t *above = rows[(i - 1) % 3];
		const size_t *before = rows[(i + 1) % 3];
		size_t *row = rows[i % 3];

		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			char c = chr_lower(a.p[i - 1]),
			     e = chr_lower(b.p[j - 1]);
			size_t best = above[j - 1] + (c != e);

			if (above[j] + 1 < best)
				best = above[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			if (i > 1 && j > 1 && c == chr_lower(b.p[j - 2]) &&
			    e == chr_lower(a.p[i - 2]) &&
			    before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			row[j] = best;
		}
	}
	return rows[a.n % 3][b.n];
}

bool
param_is_slip(struct str word, struct str name)
{
	size_t others = 0;

	if (word.n == 0 || name.n == 0 || word.p[0] != name.p[0] ||
	    word.n > WORD_MAX || name.n > WORD_MAX ||
	    param_distance(word, name) != 1)
		return false;
	for (size_t i = 0; word.n == name.n && i < word.n; i++)
		others += word.p[i] != name.p[i];
	return others != 1 || word.n > 4;
}

/* "seed" of "--seed". */
static struct str
without_dashes(struct str s)
{
	while (str_starts(s, "-"))
		s = str_slice(s, 1, s.n);
	return s;
}

static char
fold_letter(char c)
{
	return c == '-' ? '_' : chr_lower(c);
}

bool
param_is_near(struct str word, struct str name)
{
	size_t i = 0;

	word = without_dashes(str_trim(word));
	name = without_dashes(name);
	while (i < word.n && i < name.n &&
	       fold_letter(word.p[i]) == fold_letter(name.p[i]))
		i++;
	return (i == word.n && i == name.n) || param_is_slip(word, name);
}

static const char *
word_at(const char *const *first, size_t stride, size_t i)
{
	return *(const char *const *)(const void *)((const char *)first +
						    i * stride);
}

/* D signs of WORD are others than W's: of a short word two, or one of two, only
 * behind the same first. */
static bool
is_slip(struct str word, const char *w, size_t d)
{
	return chr_lower(word.p[0]) == chr_lower(w[0]) ||
	       (d < 2 ? word.n > 2 : word.n > 5);
}

const char *
param_nearest(
    struct str word, const char *const *first, size_t count, size_t stride)
{
	const char *best = NULL;
	/* One more than may be wrong: a third, of short words half. */
	size_t nearest = (word.n < 6 ? word.n / 2 : word.n / 3) + 1;

	if (word.n == 0 || word.n > WORD_MAX)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const char *w = word_at(first, stride, i);
		size_t d;

		if (w == NULL || strlen(w) > WORD_MAX)
			continue;
		d = param_distance(word, str_of(w));
		if (d < nearest && is_slip(word, w, d)) {
			nearest = d;
			best = w;
		}
	}
	return best;
}

/* The index of NAME among the words, or COUNT. */
static size_t
param_find_word(
    const char *name, const char *const *first, size_t count, size_t stride)
{
	size_t i = 0;

	while (i < count && (word_at(first, stride, i) == NULL ||
				strcmp(word_at(first, stride, i), name) != 0))
		i++;
	return i;
}

const char *
param_called(const struct param_synonym *synonyms, struct str word,
    const char *const *first, size_t count, size_t stride)
{
	for (; synonyms->said != NULL; synonyms++)
		if (str_iis(word, synonyms->said) &&
		    param_find_word(synonyms->meant, first, count, stride) <
			count)
			return synonyms->meant;
	return NULL;
}

const char *
param_meant(const struct param_synonym *synonyms, struct str word,
    const char *const *first, size_t count, size_t stride)
{
	const struct param_synonym *said = synonyms;
	const char *near;

	for (size_t i = 0; i < count; i++) {
		near = word_at(first, stride, i);
		if (near != NULL && str_iis(word, near))
			return near;
	}
	near = param_called(synonyms, word, first, count, stride);
	if (near != NULL)
		return near;
	while (said->said != NULL)
		said++;
	near = param_nearest(word, first, count, stride);
	while (near == NULL && said-- > synonyms)
		if (param_find_word(said->meant, first, count, stride) <
			count &&
		    param_nearest(word, &said->said, 1, 0) != NULL)
			near = said->meant;
	return near;
}
