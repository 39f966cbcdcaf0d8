/* Values as people write them. */
#include "base/param.h"

#include "base/err.h"

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
	int err = scaled(s, times, sizeof(times) / sizeof(*times), &v);

	if (err == 0)
		*ns = (int64_t)v;
	return err;
}

int
param_rate(struct str s, uint64_t *bps)
{
	int err = scaled(s, rates, sizeof(rates) / sizeof(*rates), bps);

	return err == 0 && *bps == 0 ? ERR_RANGE : err;
}

int
param_frequency(struct str s, uint64_t *hz)
{
	int err = scaled(
	    s, frequencies, sizeof(frequencies) / sizeof(*frequencies), hz);

	return err == 0 && *hz == 0 ? ERR_RANGE : err;
}

int
param_size(struct str s, uint64_t *bytes)
{
	return scaled(s, sizes, sizeof(sizes) / sizeof(*sizes), bytes);
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

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (str_is(s, words[i])) {
			*value = i % 2 == 1;
			return 0;
		}
	}
	return ERR_SYNTAX;
}

#define WORD_MAX 32

/* Levenshtein's distance; both at most WORD_MAX long. */
static size_t
distance(struct str a, struct str b)
{
	size_t row[WORD_MAX + 1];

	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t same =
			    chr_lower(a.p[i - 1]) == chr_lower(b.p[j - 1]);
			size_t best = diagonal + !same;

			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			diagonal = row[j];
			row[j] = best;
		}
	}
	return row[b.n];
}

const char *
param_nearest(
    struct str word, const char *const *first, size_t count, size_t stride)
{
	const char *best = NULL;
	/* At most a third wrong, and never all of it. */
	size_t nearest = word.n / 3 + 2 < word.n ? word.n / 3 + 2 : word.n;

	if (word.n == 0 || word.n > WORD_MAX)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const char *w =
		    *(const char *const *)(const void *)((const char *)first +
							 i * stride);
		size_t d;

		if (w == NULL || strlen(w) > WORD_MAX)
			continue;
		d = distance(word, str_of(w));
		if (d < nearest) {
			nearest = d;
			best = w;
		}
	}
	return best;
}
