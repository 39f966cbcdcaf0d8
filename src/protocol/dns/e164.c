/*
 * ENUM: telephone numbers as domain names, and URIs by NAPTR records (RFC
 * 6116); see dns/e164.h.
 */
#include "dns/e164.h"

#include "base/err.h"
#include "base/str.h"
#include "dns/regexp_in.h"

#define DIGITS 15 /* ITU-T E.164: at most */

/* NUMBER without what separates its digits (RFC 3966 3), "+" first, into OUT;
 * how many bytes, 0: no global number. */
static size_t
e164_take_digits(struct str number, char out[DIGITS + 1])
{
	size_t n = 0;

	if (!str_starts(number, "+"))
		return 0;
	out[n++] = '+';
	for (size_t i = 1; i < number.n; i++) {
		char c = number.p[i];

		if (str_chr(STR("-.()"), c) >= 0)
			continue;
		if (!chr_is_digit(c) || n > DIGITS)
			return 0;
		out[n++] = c;
	}
	return n > 1 ? n : 0;
}

/* RFC 6116 3.2: the digits, the last first, each a label. */
int
dns_e164_name(
    struct str number, const struct dns_name *zone, struct dns_name *name)
{
	char digits[DIGITS + 1], labels[2 * DIGITS + 1];
	size_t n = e164_take_digits(number, digits), k = 0;
	struct dns_name arpa;

	if (n == 0)
		return ERR_SYNTAX;
	while (n-- > 1) {
		labels[k++] = digits[n];
		labels[k++] = '.';
	}
	labels[k - 1] = '\0';
	if (zone == NULL && dns_name_read(STR("e164.arpa."), NULL, &arpa) != 0)
		return ERR_SYNTAX;
	return dns_name_join(labels, zone != NULL ? zone : &arpa, name);
}

/* "!ere!repl!i" (RFC 3402 3.2): its three parts, cut off at the delimiters that
 * have no backslash before them. */
static int
cut_parts(struct str text, struct str parts[3])
{
	char delimiter = text.n > 0 ? text.p[0] : '\0';
	size_t from = 1, n = 0;

	if (text.n == 0 || chr_is_digit(delimiter) || delimiter == '\\' ||
	    delimiter == 'i')
		return ERR_SYNTAX;
	for (size_t i = 1; i < text.n; i++) {
		if (text.p[i] == '\\') {
			i++;
		} else if (text.p[i] == delimiter) {
			if (n == 2)
				return ERR_SYNTAX;
			parts[n++] = str_slice(text, from, i);
			from = i + 1;
		}
	}
	parts[2] = str_slice(text, from, text.n);
	return n == 2 && (parts[2].n == 0 || str_is(parts[2], "i"))
		   ? 0
		   : ERR_SYNTAX;
}

/* REPL with what GROUPS matched in it. */
static int
e164_put_replacement(struct str repl, const struct regexp *re,
    const struct str groups[REGEXP_GROUPS], struct buf *out)
{
	for (size_t i = 0; i < repl.n; i++) {
		char c = repl.p[i];

		if (c != '\\') {
			buf_putc(out, c);
			continue;
		}
		if (++i == repl.n)
			return ERR_SYNTAX;
		c = repl.p[i];
		if (!chr_is_digit(c)) {
			buf_putc(out, c);
			continue;
		}
		if (c == '0' || (unsigned)(c - '0') >= re->groups)
			return ERR_SYNTAX;
		buf_str(out, groups[c - '0']);
	}
	return out->err;
}

int
dns_e164_uri(const struct dns_naptr *record, struct str number, struct buf *out)
{
	char digits[DIGITS + 1];
	size_t n = e164_take_digits(number, digits), before = out->n;
	struct str parts[3], groups[REGEXP_GROUPS];
	struct regexp re;
	int err;

	if (n == 0 || cut_parts(record->regexp, parts) != 0 ||
	    regexp_read(parts[0], parts[2].n > 0, &re) != 0)
		return ERR_SYNTAX;
	if (!regexp_match(&re, (struct str){ digits, n }, groups))
		return ERR_NOTFOUND;
	err = e164_put_replacement(parts[1], &re, groups, out);
	if (err != 0 && out->err == 0)
		buf_truncate(out, before);
	return err;
}

/* RFC 6116 3.4.3: "E2U+sip", or "E2U+voice:tel+sip:pres": types may have
 * subtypes behind a colon. */
bool
dns_e164_is_sip(const struct dns_naptr *record)
{
	struct str rest = record->service;
	struct str word = str_cut(rest, '+', &rest), type;

	if (!str_iis(record->flags, "u") || !str_iis(word, "E2U"))
		return false;
	while (rest.n > 0) {
		word = str_cut(rest, '+', &rest);
		type = str_cut(word, ':', &word);
		if (str_iis(type, "sip"))
			return true;
	}
	return false;
}
