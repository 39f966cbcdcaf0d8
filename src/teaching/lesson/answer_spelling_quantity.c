/* Numbers and times as people write them. */
#include "base/param.h"
#include "lesson/answer_spelling.h"

#include <string.h>

/* More digits than any answer has. */
#define DIGITS_MAX 64

/* What may stand before a quantity, and between two. */
static const char *const leads[] = { "about", "approximately", "exactly",
	"approx.", "approx", "ca.", "ca", "circa", "roughly", "around", "it is",
	"it's", "is", "after", "at", "t =", "t=", "~", "=", "#", "no.",
	"number", "records", "record", "约", "大约", "大概", "共", "一共", "在",
	"是", "为", "第", "记录", "编号" };
static const char *const joiners[] = { "or", "and", "to", "-", "/", "~", "或",
	"或者", "和", "到", "至", "," };

static struct str
drop_quantity_leads(struct str text)
{
	for (;;) {
		size_t n;

		text = spelling_trim(text);
		n = spelling_lead(text, leads, COUNT_OF(leads));
		if (n == 0)
			return text;
		text = str_slice(text, n, text.n);
		/* "record: 142" */
		if (str_starts(text, ":"))
			text = str_slice(text, 1, text.n);
	}
}

/* TEXT without the plus sign of its number: "+0.5 s". */
static struct str
drop_plus(struct str text)
{
	struct str rest;

	if (!str_starts(text, "+"))
		return text;
	rest = str_trim(str_slice(text, 1, text.n));
	return rest.n > 0 && chr_is_digit(rest.p[0]) ? rest : text;
}

/* Digits with points and commas between them that TEXT begins with. */
static size_t
number_length(struct str text)
{
	size_t n = 0;

	while (n < text.n &&
	       (chr_is_digit(text.p[n]) ||
		   (strchr(".,", text.p[n]) != NULL && n + 1 < text.n &&
		       chr_is_digit(text.p[n + 1]))))
		n++;
	return n;
}

/* A second number is next to the one before REST. */
static bool
has_second_number(struct str rest)
{
	size_t n;

	rest = str_trim(rest);
	while ((n = spelling_lead(rest, joiners, COUNT_OF(joiners))) > 0)
		rest = str_trim(str_slice(rest, n, rest.n));
	return rest.n > 0 && chr_is_digit(rest.p[0]);
}

/* The comma at I stands between thousands, as rung writes them: "266,437". */
static bool
is_group(struct str text, size_t i)
{
	size_t before = i, after = i + 1;

	while (before > 0 && chr_is_digit(text.p[before - 1]))
		before--;
	while (after < text.n && chr_is_digit(text.p[after]))
		after++;
	return i - before >= 1 && i - before <= 3 && after == i + 4 &&
	       (text.p[before] != '0' ||
		   (before > 0 && text.p[before - 1] == ','));
}

static bool
has_groups(struct str number)
{
	for (size_t i = 0; i < number.n; i++)
		if (number.p[i] == ',' && !is_group(number, i))
			return false;
	return true;
}

/* NUMBER with a point for its decimal comma, and nothing between thousands,
 * into OUT; false: it can be read in two ways, or in none. */
static bool
quantity_write_number(
    struct str number, bool decimal_comma, char out[DIGITS_MAX])
{
	size_t commas = str_count(number, ','), n = 0;
	bool point = str_chr(number, '.') >= 0, groups = has_groups(number);
	bool decimal = commas == 1 && !point && !groups;

	if (number.n == 0 || number.n >= DIGITS_MAX ||
	    (decimal ? !decimal_comma : !groups) ||
	    (decimal_comma && commas == 1 && !point && groups))
		return false;
	if (str_chr(number, '.') >= 0 && commas > 0 &&
	    str_chr(number, '.') < str_rchr(number, ','))
		return false;
	for (size_t i = 0; i < number.n; i++)
		if (number.p[i] != ',')
			out[n++] = number.p[i];
		else if (decimal)
			out[n++] = '.';
	out[n] = '\0';
	return true;
}

bool
spelling_number(struct str text, double *value)
{
	char plain[DIGITS_MAX];
	struct str name, field, rest;
	bool negative;
	size_t n;

	if (spelling_header(text, &name, &field))
		text = field;
	text = drop_plus(drop_quantity_leads(text));
	negative = str_starts(text, "-");
	text = str_slice(text, negative, text.n);
	n = number_length(text);
	rest = str_slice(text, n, text.n);
	while (rest.n > 0 && strchr("\"'`*", rest.p[0]) != NULL)
		rest = str_slice(rest, 1, rest.n);
	if (rest.n > 0 && !chr_is_space(rest.p[0]) && rest.p[0] != '%' &&
	    (unsigned char)rest.p[0] < 0x80)
		return false;
	if (!quantity_write_number(str_slice(text, 0, n), false, plain) ||
	    has_second_number(rest) || param_decimal(str_of(plain), value) != 0)
		return false;
	if (negative)
		*value = -*value;
	return true;
}

/* How people write the units of times; what another begins with comes after
 * it. */
static const struct {
	const char *written, *unit;
} units[] = {
	{ "milliseconds", "ms" },
	{ "millisecond", "ms" },
	{ "msecs", "ms" },
	{ "msec", "ms" },
	{ "ms", "ms" },
	{ "毫秒", "ms" },
	{ "microseconds", "us" },
	{ "microsecond", "us" },
	{ "usecs", "us" },
	{ "usec", "us" },
	{ "us", "us" },
	{ "微秒", "us" },
	{ "nanoseconds", "ns" },
	{ "ns", "ns" },
	{ "纳秒", "ns" },
	{ "seconds", "s" },
	{ "second", "s" },
	{ "secs", "s" },
	{ "sec", "s" },
	{ "s", "s" },
	{ "秒钟", "s" },
	{ "秒", "s" },
	{ "minutes", "min" },
	{ "minute", "min" },
	{ "mins", "min" },
	{ "min", "min" },
	{ "分钟", "min" },
	{ "分", "min" },
	{ "hours", "h" },
	{ "hour", "h" },
	{ "h", "h" },
	{ "小时", "h" },
};

/* The unit that TEXT begins with, its length there in *N; NULL. */
static const char *
find_unit(struct str text, size_t *n)
{
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		*n = strlen(units[i].written);
		if (str_istarts(text, units[i].written) &&
		    (*n == text.n || !chr_is_alnum(text.p[*n])))
			return units[i].unit;
	}
	return NULL;
}

/* A time with its unit stands somewhere in TEXT. */
static bool
quantity_has_time(struct str text)
{
	for (size_t i = 0, n; i<text.n; i += n> 0 ? n : 1) {
		struct str rest = str_slice(text, i, text.n);
		size_t unit;

		n = number_length(rest);
		if (n > 0 && (i == 0 || !chr_is_alpha(text.p[i - 1])) &&
		    find_unit(str_trim(str_slice(rest, n, rest.n)), &unit) !=
			NULL)
			return true;
	}
	return false;
}

bool
spelling_time(struct str text, double *seconds)
{
	char number[DIGITS_MAX], plain[DIGITS_MAX + 4];
	const char *unit;
	struct str rest;
	int64_t ns = 0;
	size_t n, used = 0;

	text = drop_plus(drop_quantity_leads(text));
	n = number_length(text);
	if (!quantity_write_number(str_slice(text, 0, n), true, number))
		return false;
	rest = str_trim(str_slice(text, n, text.n));
	unit = find_unit(rest, &used);
	if (unit == NULL && rest.n > 0)
		return false;
	rest = str_slice(rest, unit != NULL ? used : 0, rest.n);
	if (has_second_number(rest) || quantity_has_time(rest))
		return false;
	memcpy(plain, number, strlen(number) + 1);
	memcpy(plain + strlen(number), unit != NULL ? unit : "s",
	    strlen(unit != NULL ? unit : "s") + 1);
	if (param_time(str_of(plain), &ns) != 0)
		return false;
	*seconds = (double)ns / 1e9;
	return true;
}
