/* What told_words.h declares. */
#include "told_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
told_add_new_lines(struct buf *out, struct str before, struct str after)
{
	while (after.n > 0) {
		struct str line = str_cut(after, '\n', &after), rest = before;
		bool old = false;

		line = str_trim(line);
		while (!old && rest.n > 0)
			old =
			    str_eq(str_trim(str_cut(rest, '\n', &rest)), line);
		if (!old)
			buf_printf(out, "%.*s\n", STR_ARG(line));
	}
}

static bool
told_goes_on(struct str text, size_t i)
{
	if (i >= text.n)
		return false;
	if (text.p[i] == '.')
		return i + 1 < text.n && chr_is_digit(text.p[i + 1]);
	return chr_is_alnum(text.p[i]) || text.p[i] == '-';
}

bool
told_has_word(struct str text, struct str word)
{
	for (size_t i = 0; word.n > 0 && i + word.n <= text.n; i++)
		if (str_ieq(str_slice(text, i, i + word.n), word) &&
		    !told_goes_on(text, i + word.n) &&
		    (i == 0 ||
			(!chr_is_alnum(text.p[i - 1]) && text.p[i - 1] != '.')))
			return true;
	return false;
}

static size_t
told_read_number(struct str text, double *value)
{
	char digits[40];
	size_t n = 0, k = 0;
	unsigned points = 0;

	while (n < text.n && k + 1 < sizeof(digits) &&
	       (chr_is_digit(text.p[n]) ||
		   (n + 1 < text.n && strchr(".,", text.p[n]) != NULL &&
		       chr_is_digit(text.p[n + 1])))) {
		points += text.p[n] == '.';
		if (text.p[n] != ',')
			digits[k++] = text.p[n];
		n++;
	}
	digits[k] = '\0';
	*value = points > 1 ? NAN : strtod(digits, NULL);
	return n;
}

static double
told_unit_of(struct str text)
{
	static const struct {
		const char *word;
		double seconds;
	} units[] = { { "ms", 1e-3 }, { "µs", 1e-6 }, { "min", 60 },
		{ "seconds", 1 }, { "s", 1 }, { "毫秒", 1e-3 },
		{ "微秒", 1e-6 }, { "秒", 1 } };

	text = str_trim(text);
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (str_starts(text, units[i].word) &&
		    !told_goes_on(text, strlen(units[i].word)))
			return units[i].seconds;
	return 0;
}

bool
told_has_number(struct str text, double key, double tolerance, bool time)
{
	double value, unit;
	size_t n;

	for (size_t i = 0; i<text.n; i += n> 0 ? n : 1) {
		struct str rest = str_slice(text, i, text.n);
		struct str before = str_trim(str_slice(text, 0, i));

		n = chr_is_digit(rest.p[0]) ? told_read_number(rest, &value)
					    : 0;
		if (n == 0 || (i > 0 && chr_is_alpha(text.p[i - 1])) ||
		    str_ends(before, "RFC"))
			continue;
		unit = told_unit_of(str_slice(rest, n, rest.n));
		if (unit == 0 ? told_goes_on(rest, n) && rest.p[n] != '-'
			      : !time)
			continue;
		if (time && unit != 0)
			value *= unit;
		if (fabs(value - key) <= tolerance)
			return true;
	}
	return false;
}

bool
told_has_nothing(struct str text)
{
	static const char *const english[] = { "nothing", "none", "no",
		"zero" };
	static const char *const chinese[] = { "没有", "无", "零" };

	for (size_t i = 0; i < sizeof(english) / sizeof(english[0]); i++)
		if (told_has_word(text, str_of(english[i])))
			return true;
	for (size_t i = 0; i < sizeof(chinese) / sizeof(chinese[0]); i++)
		if (str_find(text, chinese[i]) >= 0)
			return true;
	return false;
}

bool
told_has_numeral(struct str text, double key)
{
	static const char *const english[] = { "three", "four", "five", "six",
		"seven", "eight", "nine", "ten" };
	static const char *const chinese[] = { "三", "四", "五", "六", "七",
		"八", "九", "十" };

	if (key == 0 && told_has_nothing(text))
		return true;
	for (size_t i = 0; i < sizeof(english) / sizeof(english[0]); i++)
		if (key == (double)i + 3 &&
		    (told_has_word(text, str_of(english[i])) ||
			str_find(text, chinese[i]) >= 0))
			return true;
	return false;
}
