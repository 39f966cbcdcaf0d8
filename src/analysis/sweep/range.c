/* Ranges and lists of values.  Steps are counted in whole millionths, so that
 * 0.1 three times is 0.3. */
#include "sweep/range.h"

#include "base/array.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/param.h"

#include <stdio.h>

#define MILLIONTHS 1000000
#define DIGITS_MAX 12 /* before the point */

/* A number as people write it: 0.5% */
struct number {
	int64_t millionths;
	struct str unit;
};

/* 0 or ERR_SYNTAX. */
static int
range_read_number(struct str s, struct number *out)
{
	bool negative = s.n > 0 && s.p[0] == '-';
	int64_t v = 0, place = MILLIONTHS;
	size_t i = negative, digits = 0;

	for (; i < s.n && chr_is_digit(s.p[i]); i++) {
		if (++digits > DIGITS_MAX)
			return ERR_SYNTAX;
		v = v * 10 + (s.p[i] - '0') * (int64_t)MILLIONTHS;
	}
	if (digits > 0 && i < s.n && s.p[i] == '.')
		for (i++; i < s.n && chr_is_digit(s.p[i]); i++, digits++) {
			place /= 10;
			if (place == 0)
				return ERR_SYNTAX;
			v += (s.p[i] - '0') * place;
		}
	out->millionths = negative ? -v : v;
	out->unit = str_slice(s, i, s.n);
	for (size_t k = 0; k < out->unit.n; k++)
		if (!chr_is_alpha(out->unit.p[k]) && out->unit.p[k] != '%')
			return ERR_SYNTAX;
	return digits == 0 ? ERR_SYNTAX : 0;
}

static void
put_millionths(struct buf *b, int64_t millionths, struct str unit)
{
	uint64_t v =
	    millionths < 0 ? (uint64_t)-millionths : (uint64_t)millionths;

	if (millionths < 0)
		buf_putc(b, '-');
	buf_u64(b, v / MILLIONTHS);
	v %= MILLIONTHS;
	if (v > 0) {
		buf_printf(b, ".%06u", (unsigned)v);
		while (b->n > 0 && b->p[b->n - 1] == '0')
			buf_truncate(b, b->n - 1);
	}
	buf_str(b, unit);
}

/* The unit of A and B, of which either may leave it out. */
static bool
same_unit(struct str *a, struct str b)
{
	if (a->n == 0)
		*a = b;
	return b.n == 0 || str_eq(*a, b);
}

static int
range_add_value(struct sweep_param *p, struct str value, struct diag *d)
{
	if (p->n == SWEEP_VALUES_MAX)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("--set %s: more than %d values"), p->text,
		    SWEEP_VALUES_MAX);
	if (ARRAY_RESIZE(&p->values, p->n + 1) != 0)
		return diag_fail(d, ERR_NOMEM);
	p->values[p->n] = mem_dup(value.p != NULL ? value.p : "", value.n);
	if (p->values[p->n] == NULL)
		return diag_fail(d, ERR_NOMEM);
	p->n++;
	return 0;
}

/* The Kth of the parts of S, with MARK between; the last has all the rest. */
static struct str
range_part_of(struct str s, char mark, size_t k)
{
	struct str part = str_cut(s, mark, &s);

	while (k-- > 0)
		part = str_cut(s, mark, &s);
	return part;
}

static size_t
range_count_parts(struct str s, char mark)
{
	size_t n = 1;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == mark;
	return n;
}

bool
sweep_param_get(const struct sweep_param *p, size_t i, size_t k,
    struct str *name, struct str *value)
{
	*name = range_part_of(str_of(p->name), '+', k);
	*value = str_of(p->values[i]);
	if (p->nnames > 1)
		*value = range_part_of(*value, '/', k);
	return k < p->nnames;
}

bool
sweep_param_put(const struct sweep_param *p, size_t i, size_t k, struct buf *b)
{
	struct str name, value;

	buf_clear(b);
	if (!sweep_param_get(p, i, k, &name, &value))
		return false;
	buf_str(b, name);
	buf_putc(b, '=');
	buf_str(b, value);
	return true;
}

/* One value of each of the names. */
static int
add_together(struct sweep_param *p, struct str value, struct diag *d)
{
	size_t n = range_count_parts(value, '/');

	if (str_find(value, "..") >= 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--set %s: “%.*s” is a range; list values that vary "
		      "together one by one"),
		    p->text, STR_ARG(value));
	return n == p->nnames ? range_add_value(p, value, d)
			      : diag_set(d, ERR_SYNTAX, NULL, 0,
				    _("--set %s: “%.*s” has values for %zu of "
				      "%zu names; give one for each, with / "
				      "between them"),
				    p->text, STR_ARG(value), n, p->nnames);
}

static int
bad_range(const struct sweep_param *p, struct str s, struct diag *d)
{
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--set %s: “%.*s” is not a range; use FROM..TO:STEP in one unit, "
	      "such as 0..30%%:5%% or 10ms..100ms:10ms"),
	    p->text, STR_ARG(s));
}

/* S is FROM..TO:STEP, DOTS the place of its "..". */
static int
add_range(struct sweep_param *p, struct str s, size_t dots, struct diag *d)
{
	struct str step, to = str_cut(str_slice(s, dots + 2, s.n), ':', &step);
	struct number a, b, by;
	struct str unit;
	int err = 0;

	if (range_read_number(str_slice(s, 0, dots), &a) != 0 ||
	    range_read_number(to, &b) != 0 || range_read_number(step, &by) != 0)
		return bad_range(p, s, d);
	unit = by.unit;
	if (!same_unit(&unit, b.unit) || !same_unit(&unit, a.unit) ||
	    by.millionths <= 0)
		return bad_range(p, s, d);
	if (a.millionths > b.millionths)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--set %s: “%.*s” begins above its end"), p->text,
		    STR_ARG(s));
	for (int64_t v = a.millionths; err == 0 && v <= b.millionths;
	     v += by.millionths) {
		LOCAL_BUF text = BUF_INIT;

		put_millionths(&text, v, unit);
		err = text.err != 0 ? diag_fail(d, text.err)
				    : range_add_value(p, buf_view(&text), d);
	}
	return err;
}

/* Numbers to draw the values at, where all are of one unit. */
static int
find_numbers(struct sweep_param *p, struct diag *d)
{
	struct str unit = STR_NULL;
	struct number v;
	char before[80];

	for (size_t i = 0; i < p->n; i++)
		if (range_read_number(str_of(p->values[i]), &v) != 0 ||
		    !same_unit(&unit, v.unit) || v.unit.n >= sizeof(p->unit))
			return 0;
	snprintf(before, sizeof(before), "--set %s=", p->name);
	p->numbers = mem_zalloc(p->n, sizeof(*p->numbers));
	if (p->numbers == NULL)
		return diag_fail(d, ERR_NOMEM);
	for (size_t i = 0; i < p->n; i++) {
		range_read_number(str_of(p->values[i]), &v);
		p->numbers[i] = (double)v.millionths / MILLIONTHS;
		if (v.unit.n == unit.n || v.millionths == 0)
			continue;
		/* Only 0 is the same in every unit. */
		if (str_is(str_slice(unit, unit.n - 1, unit.n), "s") &&
		    param_warn_time(d, before, str_of(p->values[i]), 1))
			return d->err;
		mem_free(p->numbers);
		p->numbers = NULL;
		return 0;
	}
	if (unit.n > 0)
		memcpy(p->unit, unit.p, unit.n);
	p->unit[unit.n] = '\0';
	return 0;
}

/* Notes VALUE in SEEN; a value that is there already is rejected: two runs
 * of one setting would count one thing twice. */
static int
check_new(
    const struct sweep_param *p, char *value, struct map *seen, struct diag *d)
{
	if (map_get(seen, str_of(value)) != NULL)
		return diag_set(d, ERR_EXISTS, NULL, 0,
		    _("--set %s: “%s” appears twice"), p->text, value);
	return map_put(seen, str_of(value), value) != 0
		   ? diag_fail(d, ERR_NOMEM)
		   : 0;
}

static int
range_check_unique(const struct sweep_param *p, struct diag *d)
{
	struct map *seen = NULL;
	int err =
	    map_create_borrowing(&seen) != 0 ? diag_fail(d, ERR_NOMEM) : 0;

	for (size_t i = 0; err == 0 && i < p->n; i++)
		err = check_new(p, p->values[i], seen, d);
	map_destroy(seen);
	return err;
}

/* The names before the "=", each of which is there once. */
static int
range_read_names(struct sweep_param *p, struct diag *d)
{
	struct str names = str_of(p->name), name, other;

	p->nnames = range_count_parts(names, '+');
	if (p->nnames > SWEEP_NAMES_MAX)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("--set %s: more than %d names"), p->text,
		    SWEEP_NAMES_MAX);
	for (size_t i = 0; p->nnames > 1 && i < p->nnames; i++) {
		name = range_part_of(names, '+', i);
		if (name.n == 0)
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("--set %s: a name is empty"), p->text);
		for (size_t k = 0; k < i; k++) {
			other = range_part_of(names, '+', k);
			if (str_eq(name, other))
				return diag_set(d, ERR_EXISTS, NULL, 0,
				    _("--set %s: %.*s is already varied"),
				    p->text, STR_ARG(name));
		}
	}
	return 0;
}

int
sweep_param_read(struct sweep_param *p, const char *text, struct diag *d)
{
	struct str rest, name = str_trim(str_cut(str_of(text), '=', &rest));
	int err = 0;

	memset(p, 0, sizeof(*p));
	p->text = mem_strdup(text);
	p->name = mem_dup(name.p, name.n);
	if (p->text == NULL || p->name == NULL)
		return diag_fail(d, ERR_NOMEM);
	if (name.n == 0 || rest.n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--set %s: use NAME=VALUES, such as loss=0..30%%:5%% or "
		      "bob.busy=true,false"),
		    text);
	if (range_read_names(p, d) != 0)
		return d->err;
	do {
		struct str value = str_trim(str_cut(rest, ',', &rest));
		ptrdiff_t dots = str_find(value, "..");
		struct str to, from = str_cut(value, '-', &to);
		struct number n;

		if (p->nnames == 1 && dots < 0 && str_chr(from, ':') < 0 &&
		    str_chr(to, ':') > 0 && range_read_number(from, &n) == 0)
			return bad_range(p, value, d);
		if (value.n == 0)
			err = diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("--set %s: a value is empty"), text);
		else if (p->nnames > 1)
			err = add_together(p, value, d);
		else
			err = dots < 0 ? range_add_value(p, value, d)
				       : add_range(p, value, (size_t)dots, d);
	} while (err == 0 && rest.p != NULL && rest.n > 0);
	if (err == 0)
		err = range_check_unique(p, d);
	if (err == 0)
		err = find_numbers(p, d);
	return err;
}

void
sweep_param_free(struct sweep_param *p)
{
	for (size_t i = 0; i < p->n; i++)
		mem_free(p->values[i]);
	mem_free(p->values);
	mem_free(p->numbers);
	mem_free(p->text);
	mem_free(p->name);
	memset(p, 0, sizeof(*p));
}

int
sweep_seeds_read(const char *text, uint64_t *from, uint64_t *to, struct diag *d)
{
	struct str s = str_of(text);
	ptrdiff_t dots = str_find(s, "..");
	struct str first = dots < 0 ? s : str_slice(s, 0, (size_t)dots);
	struct str last = dots < 0 ? s : str_slice(s, (size_t)dots + 2, s.n);

	if (str_u64(first, from) == 0 && str_u64(last, to) == 0 &&
	    *to <= INT64_MAX)
		return *from <= *to
			   ? 0
			   : diag_set(d, ERR_RANGE, NULL, 0,
				 _("--seed: “%s” begins above its end"), text);
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--seed: “%s” is not a range of whole numbers; use 1..1000, for "
	      "example"),
	    text);
}
