/*
 * Numbers as ISUP writes them: nature of address and plan in an octet or two,
 * then digits of four bits, the first in the lower half of its octet.  And as
 * URIs have them: RFC 3398 12, RFC 3966.
 */
#include "isup/forms_in.h"

#include "isup/q850.h"

#include <string.h>

/* Digits of four bits; the last is ST, the end of the number (Q.763 3.9). */
static const char signs[] = "0123456789ABCDEF";
#define ST 15

#define ODD  0x80
#define FLAG 0x80

/* The octets before the digits, by enum isup_form: their number and kind. */
static const struct layout {
	uint8_t octets; /* 0: no number */
	bool qualified; /* the first is a qualifier */
	bool flag, presentation, screening;
} layouts[] = {
	[FORM_CALLED] = { 2, false, true, false, false },
	[FORM_CALLING] = { 2, false, true, true, true },
	[FORM_REDIRECTING] = { 2, false, false, true, false },
	[FORM_SUBSEQUENT] = { 1, false, false, false, false },
	[FORM_GENERIC] = { 3, true, true, true, true },
	[FORM_MILLISECONDS] = { 0 },
};

/* DIGITS, two an octet; ODD_COUNT: the last half is a filler. */
static bool
isup_number_read_digits(
    struct str digits, bool odd_count, struct isup_number *n)
{
	size_t count = 2 * digits.n;

	if (odd_count && count == 0)
		return false;
	count -= odd_count;
	for (size_t i = 0; i < count; i++) {
		unsigned d = (uint8_t)digits.p[i / 2] >> 4 * (i % 2) & 15;

		if (d == ST && i + 1 == count)
			n->complete = true;
		else if (d == ST || i == ISUP_DIGITS)
			return false;
		else
			n->digits[i] = signs[d];
	}
	return true;
}

bool
isup_number_read(unsigned code, struct str value, struct isup_number *n)
{
	const struct layout *l = &layouts[isup_form(code)];
	const uint8_t *at = (const uint8_t *)value.p;

	*n = (struct isup_number){ 0 };
	if (l->octets == 0 || value.n < l->octets)
		return false;
	if (l->qualified)
		n->qualifier = *at++;
	if (l->octets > 1) {
		n->nature = at[0] & 0x7F;
		n->plan = at[1] >> 4 & 7;
		n->flag = l->flag && (at[1] & FLAG) != 0;
		n->presentation = l->presentation ? at[1] >> 2 & 3 : 0;
		n->screening = l->screening ? at[1] & 3 : 0;
	}
	return isup_number_read_digits(
	    str_slice(value, l->octets, value.n), (at[0] & ODD) != 0, n);
}

void
isup_number_write(unsigned code, const struct isup_number *n, struct buf *out)
{
	const struct layout *l = &layouts[isup_form(code)];
	size_t count = strlen(n->digits);
	size_t all = count + n->complete;
	unsigned half = 0;

	if (l->qualified)
		buf_putc(out, (char)n->qualifier);
	buf_putc(out, (char)((all % 2 != 0 ? ODD : 0) |
			     (l->octets > 1 ? n->nature & 0x7F : 0)));
	if (l->octets > 1)
		buf_putc(out,
		    (char)((l->flag && n->flag ? FLAG : 0) |
			   (n->plan & 7) << 4 |
			   (l->presentation ? (n->presentation & 3) << 2 : 0) |
			   (l->screening ? n->screening & 3 : 0)));
	for (size_t i = 0; i < all + all % 2; i++) {
		unsigned d = i < count ? (unsigned)chr_hex(n->digits[i])
			     : i < all ? ST
				       : 0;

		if (i % 2 != 0)
			buf_putc(out, (char)(half | d << 4));
		half = d;
	}
}

/* ---- diagnostics ---- */

#define CAUSE_CHANGED 22

bool
isup_number_of_cause(const struct q850_indicators *c, struct isup_number *n)
{
	struct str d = c->diagnostics;

	return c->coding == 0 && c->cause == CAUSE_CHANGED && d.n > 2 &&
	       (uint8_t)d.p[0] == ISUP_PARAM_CALLED &&
	       (uint8_t)d.p[1] <= d.n - 2 &&
	       isup_number_read(ISUP_PARAM_CALLED,
		   str_slice(d, 2, 2 + (size_t)(uint8_t)d.p[1]), n) &&
	       n->digits[0] != '\0';
}

void
isup_number_write_diagnostics(const struct isup_number *n, struct buf *out)
{
	struct buf number = BUF_INIT;

	isup_number_write(ISUP_PARAM_CALLED, n, &number);
	buf_putc(out, ISUP_PARAM_CALLED);
	buf_putc(out, (char)number.n);
	buf_str(out, buf_view(&number));
	buf_end(&number, &out->err);
}

/* ---- URIs ---- */

#define PLAN_E164 1

bool
isup_number_to_uri(const struct isup_number *n, const struct isup_trunk *trunk,
    struct buf *out)
{
	/* A global number has digits alone (RFC 3966 3). */
	bool plain = strspn(n->digits, "0123456789") == strlen(n->digits);
	bool national = n->nature == ISUP_NATIONAL;
	bool subscriber = n->nature == ISUP_SUBSCRIBER && trunk->area.n > 0;
	bool global;

	if (n->plan != PLAN_E164 || n->digits[0] == '\0' ||
	    n->presentation == 2)
		return false;
	national = plain && (national || subscriber);
	global = national || (plain && n->nature == ISUP_INTERNATIONAL);
	buf_puts(out, global ? "tel:+" : "tel:");
	if (national)
		buf_str(out, trunk->country);
	if (subscriber && national)
		buf_str(out, trunk->area);
	buf_puts(out, n->digits);
	if (!global) {
		buf_puts(out, ";phone-context=+");
		buf_str(out, trunk->country);
	}
	return true;
}

/* The digits of TEXT without visual separators (RFC 3966 5.1.1). */
static bool
isup_number_take_digits(struct str text, struct isup_number *n)
{
	size_t count = 0;

	for (size_t i = 0; i < text.n; i++) {
		if (strchr("-.()", text.p[i]) != NULL && text.p[i] != '\0')
			continue;
		if (chr_hex(text.p[i]) < 0 || chr_hex(text.p[i]) == ST ||
		    count == ISUP_DIGITS)
			return false;
		n->digits[count++] = signs[chr_hex(text.p[i])];
	}
	n->digits[count] = '\0';
	return count > 0;
}

/* The telephone number in URI: a tel: URI's, or a SIP URI's user. */
static struct str
subscriber_of(struct str uri)
{
	struct str rest, scheme = str_cut(uri, ':', &rest);

	if (str_iis(scheme, "sip") || str_iis(scheme, "sips"))
		return str_chr(rest, '@') > 0 ? str_cut(rest, '@', &rest)
					      : STR_NULL;
	return str_iis(scheme, "tel") ? rest : STR_NULL;
}

/* The value of phone-context among PARAMS, without its "+", or nothing. */
static struct str
context_of(struct str params)
{
	struct str one, name, value;

	while (params.n > 0) {
		one = str_cut(params, ';', &params);
		name = str_cut(one, '=', &value);
		if (str_iis(name, "phone-context") && str_starts(value, "+"))
			return str_slice(value, 1, value.n);
	}
	return STR_NULL;
}

bool
isup_number_of_uri(
    struct str uri, const struct isup_trunk *trunk, struct isup_number *n)
{
	struct str params, number = str_cut(subscriber_of(uri), ';', &params);
	bool global = str_starts(number, "+");

	*n = (struct isup_number){ .plan = PLAN_E164, .nature = ISUP_UNKNOWN };
	if (!isup_number_take_digits(str_slice(number, global, number.n), n))
		return false;
	if (!global) {
		/* 12.2: what it means is the trunk's dialling plan */
		if (str_eq(context_of(params), trunk->country) &&
		    trunk->country.n > 0)
			n->nature = ISUP_NATIONAL;
		return true;
	}
	n->nature = ISUP_INTERNATIONAL;
	number = str_of(n->digits);
	if (trunk->country.n == 0 || number.n <= trunk->country.n ||
	    !str_eq(str_slice(number, 0, trunk->country.n), trunk->country))
		return strspn(n->digits, "0123456789") == number.n;
	n->nature = ISUP_NATIONAL;
	memmove(n->digits, n->digits + trunk->country.n,
	    number.n - trunk->country.n + 1);
	return strspn(n->digits, "0123456789") == strlen(n->digits);
}
