/*
 * Master files (RFC 1035 5.1): a record a line, its name left out where it is
 * that of the record before, parentheses across lines, comments behind ";",
 * $ORIGIN, $TTL (RFC 2308 4), data of any type as "\# 4 0a000001" (RFC 3597 5).
 */
#include "base/err.h"
#include "dns/data_in.h"
#include "dns/zone_in.h"

#include <stdarg.h>

#define WORDS 128 /* of an entry */
#define WORD  40  /* bytes of one that sentences have */

struct word {
	struct str text; /* with its escapes; of a quoted one between them */
	bool quoted;
};

struct reading {
	struct str text; /* the rest */
	const char *file;
	unsigned line;  /* at which TEXT begins */
	unsigned start; /* of the entry */
	struct word words[WORDS];
	size_t n, at;
	bool blank; /* the entry begins with a blank: no name of its own */
	struct dns_name origin, owner;
	bool has_origin, has_owner, has_ttl, has_default;
	uint32_t ttl, by_default; /* of the record before; of $TTL */
	struct dns_zone *zone;
	struct diag *d;
};

static int zone_file_refuse(const struct reading *r, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static int
zone_file_refuse(const struct reading *r, const char *fmt, ...)
{
	struct diag why = { .err = ERR_SYNTAX };
	va_list ap;

	va_start(ap, fmt);
	diag_say(&why, fmt, ap);
	va_end(ap);
	return diag_pass(r->d, ERR_SYNTAX, r->file, r->start, &why);
}

/* ---- words ---- */

static bool
zone_file_ends_word(char c)
{
	return chr_is_space(c) || str_chr(STR(";()\""), c) >= 0;
}

static void
zone_file_skip(struct reading *r, size_t n)
{
	r->text = str_slice(r->text, n, r->text.n);
}

/* The word at the beginning of the text, up to what ends it. */
static int
zone_file_take_word(struct reading *r)
{
	bool quoted = r->text.p[0] == '"';
	size_t i = quoted, from = i;

	while (i < r->text.n && (quoted ? r->text.p[i] != '"'
					: !zone_file_ends_word(r->text.p[i]))) {
		i += r->text.p[i] == '\\';
		if (i < r->text.n && r->text.p[i] == '\n')
			return zone_file_refuse(
			    r, _("a quoted text must end on the same line"));
		i++;
	}
	if (i > r->text.n || (quoted && i == r->text.n))
		return zone_file_refuse(
		    r, _("a quoted text has no closing quote"));
	if (r->n == WORDS)
		return zone_file_refuse(
		    r, _("an entry has at most %d words"), WORDS);
	r->words[r->n++] = (struct word){ str_slice(r->text, from, i), quoted };
	zone_file_skip(r, i + quoted);
	return 0;
}

static void
zone_file_skip_comment(struct reading *r)
{
	while (r->text.n > 0 && r->text.p[0] != '\n')
		zone_file_skip(r, 1);
}

/* The words of the next entry, none at the text's end. */
static int
take_entry(struct reading *r)
{
	unsigned depth = 0;
	int err = 0;

	r->n = r->at = 0;
	r->start = r->line;
	r->blank =
	    r->text.n > 0 && (r->text.p[0] == ' ' || r->text.p[0] == '\t');
	while (err == 0 && r->text.n > 0) {
		char c = r->text.p[0];

		if (c == '\n' && depth == 0 && r->n > 0)
			break;
		if (c == '\n') {
			r->line++;
			zone_file_skip(r, 1);
			if (depth == 0) {
				r->start = r->line;
				r->blank =
				    r->text.n > 0 && (r->text.p[0] == ' ' ||
							 r->text.p[0] == '\t');
			}
		} else if (c == ';') {
			zone_file_skip_comment(r);
		} else if (c == '(' || c == ')') {
			if (c == ')' && depth == 0)
				return zone_file_refuse(
				    r, _("“)” without “(”"));
			depth += c == '(' ? 1u : -1u;
			zone_file_skip(r, 1);
		} else if (chr_is_space(c)) {
			zone_file_skip(r, 1);
		} else {
			err = zone_file_take_word(r);
		}
	}
	if (err == 0 && depth > 0)
		err = zone_file_refuse(r, _("“(” without “)”"));
	return err;
}

static const struct word *
peek_word(const struct reading *r)
{
	return r->at < r->n ? &r->words[r->at] : NULL;
}

static struct str
zone_file_shown(struct str s)
{
	return str_slice(s, 0, WORD);
}

static int
zone_file_next(struct reading *r, const char *what, struct str *text)
{
	const struct word *w = peek_word(r);

	*text = w != NULL ? w->text : STR_NULL;
	if (w == NULL)
		return zone_file_refuse(r, _("%s is missing"), what);
	r->at++;
	return 0;
}

static int
read_zone_name(struct reading *r, struct str text, struct dns_name *name)
{
	if (!r->has_origin && !str_ends(text, "."))
		return zone_file_refuse(r,
		    _("“%.*s” does not end in a dot, and there is no $ORIGIN"),
		    STR_ARG(zone_file_shown(text)));
	if (dns_name_read(text, &r->origin, name) == 0)
		return 0;
	return zone_file_refuse(r, _("“%.*s” is not a domain name"),
	    STR_ARG(zone_file_shown(text)));
}

static int
read_ttl(struct reading *r, struct str text, uint32_t *ttl)
{
	if (str_u32(text, ttl) != 0)
		return zone_file_refuse(r,
		    _("“%.*s” is not a TTL; write a number of seconds (RFC "
		      "1035 5.1)"),
		    STR_ARG(zone_file_shown(text)));
	if (*ttl > DNS_TTL_MAX)
		return zone_file_refuse(r,
		    _("“%.*s” is too long for a TTL; the maximum is 2147483647 "
		      "(RFC 2181 8)"),
		    STR_ARG(zone_file_shown(text)));
	return 0;
}

/* ---- data ---- */

static int
zone_file_put_number(struct reading *r, unsigned bytes, struct buf *out)
{
	struct str text;
	uint32_t v = 0;
	int err = zone_file_next(r, _("a number"), &text);

	if (err != 0)
		return err;
	if (str_u32(text, &v) != 0 || (bytes == 2 && v > UINT16_MAX))
		return zone_file_refuse(r,
		    _("“%.*s” is not a number of %u bits"),
		    STR_ARG(zone_file_shown(text)), 8 * bytes);
	if (bytes == 2)
		put16(out, v);
	else
		put32(out, v);
	return 0;
}

static int
zone_file_put_ip(struct reading *r, uint8_t len, struct buf *out)
{
	struct str text;
	struct addr a;
	int err = zone_file_next(r, _("an address"), &text);

	if (err != 0)
		return err;
	if (addr_parse(text, &a) != 0 || a.len != len || a.port != 0 ||
	    str_chr(text, '[') >= 0)
		return zone_file_refuse(r, _("“%.*s” is not an IPv%d address"),
		    STR_ARG(zone_file_shown(text)), len == 4 ? 4 : 6);
	dns_put_addr(&a, out);
	return 0;
}

static int
zone_file_put_name(struct reading *r, struct buf *out)
{
	struct str text;
	struct dns_name name;
	int err = zone_file_next(r, _("a domain name"), &text);

	if (err == 0)
		err = read_zone_name(r, text, &name);
	if (err == 0)
		dns_put_target(&name, out);
	return err;
}

static int
read_character_string(struct reading *r, struct buf *out)
{
	struct str text;
	size_t at = out->n;
	int err = zone_file_next(r, _("a text"), &text);

	if (err != 0)
		return err;
	buf_putc(out, 0);
	for (size_t i = 0; i < text.n;) {
		int c = dns_unescape(text, &i);

		if (c < 0)
			return zone_file_refuse(r,
			    _("“%.*s” contains an invalid escape"),
			    STR_ARG(zone_file_shown(text)));
		buf_putc(out, (char)c);
	}
	if (out->err != 0)
		return out->err;
	if (out->n - at - 1 > 255)
		return zone_file_refuse(
		    r, _("a text is longer than 255 bytes"));
	out->p[at] = (char)(out->n - at - 1);
	return 0;
}

static int
zone_file_put_part(struct reading *r, enum dns_part p, struct buf *out)
{
	switch (p) {
	case DNS_IP4:
	case DNS_IP6:
		return zone_file_put_ip(r, p == DNS_IP4 ? 4 : 16, out);
	case DNS_16:
	case DNS_32:
		return zone_file_put_number(r, p == DNS_16 ? 2 : 4, out);
	case DNS_NAME:
	case DNS_TARGET:
		return zone_file_put_name(r, out);
	case DNS_STRING:
	case DNS_STRINGS:
		break;
	}
	return read_character_string(r, out);
}

/* RFC 3597 5: "\#", the number of bytes, and these in hexadecimal digits. */
static int
put_generic(struct reading *r, struct buf *out)
{
	struct str text = STR_NULL;
	size_t at = out->n;
	uint32_t n = 0;
	int err;

	r->at++;
	err = zone_file_next(r, _("a length"), &text);
	if (err == 0 && (str_u32(text, &n) != 0 || n > UINT16_MAX))
		err = zone_file_refuse(r, _("“%.*s” is not a length"),
		    STR_ARG(zone_file_shown(text)));
	while (err == 0 && r->at < r->n) {
		uint64_t byte;

		text = r->words[r->at++].text;
		for (size_t i = 0; i < text.n && err == 0; i += 2) {
			if (str_hex(str_slice(text, i, i + 2), 2, &byte) != 0)
				err = zone_file_refuse(r,
				    _("“%.*s” is not a series of bytes in "
				      "hexadecimal digits"),
				    STR_ARG(zone_file_shown(text)));
			else
				buf_putc(out, (char)byte);
		}
	}
	if (err == 0 && out->err == 0 && out->n - at != n)
		err = zone_file_refuse(r,
		    _("the length says %u bytes, but there are %zu"), n,
		    out->n - at);
	return err;
}

static int
put_data(struct reading *r, unsigned type, struct buf *out)
{
	const char *form = dns_form(type, DNS_CLASS_IN);
	LOCAL_BUF word = BUF_INIT;
	int err = 0;

	if (peek_word(r) != NULL && str_is(peek_word(r)->text, "\\#"))
		return put_generic(r, out);
	if (form == NULL) {
		dns_type_write(type, &word);
		err = zone_file_refuse(r,
		    _("rung does not know the data of %s; write them after "
		      "\\#"),
		    buf_cstr(&word));
		return err;
	}
	while (err == 0 && *form != '\0') {
		err = zone_file_put_part(r, (enum dns_part) * form, out);
		if (*form != DNS_STRINGS || r->at == r->n)
			form++;
	}
	if (err == 0 && r->at < r->n)
		err = zone_file_refuse(r, _("“%.*s” is one word too many"),
		    STR_ARG(zone_file_shown(peek_word(r)->text)));
	return err;
}

/* ---- entries ---- */

/* TTL and class, in either order, or neither: RFC 1035 5.1. */
static int
read_ttl_and_class(struct reading *r, bool *has_ttl, uint32_t *ttl)
{
	bool class = false;
	const struct word *w;

	while ((w = peek_word(r)) != NULL) {
		if (!class && str_iis(w->text, "IN")) {
			class = true;
		} else if (!*has_ttl && w->text.n > 0 &&
			   chr_is_digit(w->text.p[0])) {
			if (read_ttl(r, w->text, ttl) != 0)
				return ERR_SYNTAX;
			*has_ttl = true;
		} else if (str_has_word(STR("CH CS HS"), w->text)) {
			return zone_file_refuse(r,
			    _("class %.*s is not supported; only IN is"),
			    STR_ARG(w->text));
		} else {
			break;
		}
		r->at++;
	}
	return 0;
}

/* RFC 2308 4, RFC 1035 5.1: the TTL given, else $TTL, else as before; an SOA
 * alone has its minimum. */
static int
settle_ttl(
    struct reading *r, bool said, unsigned type, struct str data, uint32_t *ttl)
{
	if (!said && r->has_default) {
		*ttl = r->by_default;
	} else if (!said && r->has_ttl) {
		*ttl = r->ttl;
	} else if (!said && type == DNS_TYPE_SOA && data.n >= 4) {
		*ttl = get32(data.p + data.n - 4);
		if (*ttl > DNS_TTL_MAX)
			*ttl = 0;
	} else if (!said) {
		return zone_file_refuse(
		    r, _("there is no TTL, and no $TTL above"));
	}
	r->ttl = *ttl;
	r->has_ttl = true;
	return 0;
}

/* The record that the entry says; the zone begins with its SOA. */
static int
zone_file_add(struct reading *r, unsigned type, uint32_t ttl, struct str data)
{
	struct buf name = BUF_INIT;
	const struct dns_record *soa;
	int err = 0;

	dns_name_write(&r->owner, &name);
	if (r->zone == NULL && type != DNS_TYPE_SOA)
		err = zone_file_refuse(r, _("a zone must begin with its SOA"));
	else if (r->zone == NULL)
		err = dns_zone_create(&r->zone, &r->owner);
	else if (type == DNS_TYPE_SOA &&
		 dns_zone_get(r->zone, &r->zone->apex, type, &soa) > 0)
		err = zone_file_refuse(r, _("a zone must have only one SOA"));
	else if (!dns_name_is_below(&r->owner, &r->zone->apex))
		err = zone_file_refuse(
		    r, _("%s is not in the zone"), buf_cstr(&name));
	if (err == 0)
		err = dns_zone_add(r->zone, &r->owner, type, ttl, data);
	if (err == ERR_SYNTAX)
		err = zone_file_refuse(
		    r, _("%s has a CNAME and other data"), buf_cstr(&name));
	buf_end(&name, &err);
	return err;
}

static int
read_zone_record(struct reading *r)
{
	struct buf data = BUF_INIT;
	bool said = false;
	uint32_t ttl = 0;
	unsigned type;
	struct str text;
	int err = 0;

	if (!r->blank) {
		err = read_zone_name(r, r->words[r->at++].text, &r->owner);
		r->has_owner = true;
	} else if (!r->has_owner) {
		err = zone_file_refuse(r, _("the first record has no name"));
	}
	if (err == 0)
		err = read_ttl_and_class(r, &said, &ttl);
	if (err == 0)
		err = zone_file_next(r, _("a type"), &text);
	if (err != 0)
		return err;
	type = dns_type_find(text);
	if (type == 0 || type == DNS_TYPE_ANY || type == DNS_TYPE_OPT)
		return zone_file_refuse(r, _("“%.*s” is not a record type"),
		    STR_ARG(zone_file_shown(text)));
	err = put_data(r, type, &data);
	if (err == 0)
		err = data.err;
	if (err == 0)
		err = settle_ttl(r, said, type, buf_view(&data), &ttl);
	if (err == 0 && dns_form(type, DNS_CLASS_IN) != NULL &&
	    !dns_data_fit(dns_form(type, DNS_CLASS_IN), buf_view(&data)))
		err = zone_file_refuse(
		    r, _("the data do not have the form of that type"));
	if (err == 0)
		err = zone_file_add(r, type, ttl, buf_view(&data));
	buf_end(&data, &err);
	return err;
}

static int
read_directive(struct reading *r)
{
	struct str word = r->words[r->at++].text, text;
	int err;

	if (str_iis(word, "$INCLUDE"))
		return zone_file_refuse(r, _("$INCLUDE is not supported"));
	if (!str_iis(word, "$ORIGIN") && !str_iis(word, "$TTL"))
		return zone_file_refuse(r,
		    _("“%.*s” is not supported; only $ORIGIN and $TTL are"),
		    STR_ARG(zone_file_shown(word)));
	err = zone_file_next(
	    r, str_iis(word, "$TTL") ? _("a TTL") : _("a domain name"), &text);
	if (err == 0 && r->at < r->n)
		err = zone_file_refuse(r, _("“%.*s” is one word too many"),
		    STR_ARG(zone_file_shown(peek_word(r)->text)));
	if (err != 0)
		return err;
	if (str_iis(word, "$TTL")) {
		r->has_default = true;
		return read_ttl(r, text, &r->by_default);
	}
	err = read_zone_name(r, text, &r->origin);
	r->has_origin = true;
	return err;
}

static int
zone_file_read_entries(struct reading *r)
{
	for (;;) {
		int err = take_entry(r);

		if (err != 0 || r->n == 0)
			return err;
		err = !r->blank && !r->words[0].quoted &&
			      str_starts(r->words[0].text, "$")
			  ? read_directive(r)
			  : read_zone_record(r);
		if (err != 0)
			return err;
	}
}

int
dns_zone_read(struct dns_zone **z, struct str text, const char *file,
    const struct dns_name *apex, struct diag *d)
{
	struct reading r = { .text = text,
		.file = file,
		.line = 1,
		.has_origin = apex != NULL,
		.origin = apex != NULL ? *apex : dns_root,
		.d = d };
	int err = zone_file_read_entries(&r);

	if (err == 0 && r.zone == NULL)
		err = zone_file_refuse(&r, _("a zone must begin with its SOA"));
	if (err != 0) {
		dns_zone_destroy(r.zone);
		r.zone = NULL;
	}
	if (err == ERR_NOMEM)
		diag_fail_file(d, err, file);
	*z = r.zone;
	return err;
}
