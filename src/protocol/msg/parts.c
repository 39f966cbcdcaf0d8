/*
 * Reading the values of the fields that SIP itself needs: parameters, Via,
 * name-addr, CSeq (RFC 3261 20 and 25.1).  White space and folds are accepted
 * wherever the grammar's SWS and LWS stand, as RFC 4475 3.1.1.1 wants.  Every
 * reader is one pass from left to right.
 */
#include "msg/parts.h"

#include "base/dates.h"
#include "base/err.h"
#include "msg/chars.h"

#include <string.h>

/* A parameter's value: quoted, or all up to white space or a separator. */
static size_t
skip_param_value(struct str s, size_t at)
{
	if (at < s.n && s.p[at] == '"')
		return chars_skip_quoted(s, at);
	return chars_skip(s, at, CHARS_VALUE);
}

bool
msg_next_param(struct str *rest, struct str *name, struct str *value)
{
	struct str s = *rest;
	size_t at = chars_skip_space(s, 0), begin;

	*name = *value = STR_NULL;
	if (at == s.n) {
		rest->n = 0;
		return false;
	}
	if (s.p[at] != ';')
		return false;
	begin = at = chars_skip_space(s, at + 1);
	at = chars_skip(s, at, CHARS_NAME);
	if (at == begin)
		return false;
	*name = str_slice(s, begin, at);
	/* 25.1: EQUAL is SWS "=" SWS */
	at = chars_skip_space(s, at);
	if (at < s.n && s.p[at] == '=') {
		begin = chars_skip_space(s, at + 1);
		at = skip_param_value(s, begin);
		if (at <= begin)
			return false;
		*value = str_slice(s, begin, at);
		at = chars_skip_space(s, at);
	}
	if (at < s.n && s.p[at] != ';')
		return false;
	*rest = str_slice(s, at, s.n);
	return true;
}

struct str
msg_cut_params(struct str value, struct str *params)
{
	ptrdiff_t at = str_chr(value, ';');
	size_t n = at >= 0 ? (size_t)at : value.n;

	*params = str_slice(value, n, value.n);
	return str_trim(str_slice(value, 0, n));
}

bool
msg_param(struct str params, const char *name, struct str *value)
{
	struct str want = str_of(name), n, v;

	while (msg_next_param(&params, &n, &v))
		if (str_ieq(n, want)) {
			*value = v;
			return true;
		}
	*value = STR_NULL;
	return false;
}

/* All of ADDR->params is parameters. */
static bool
parts_read_params(struct msg_addr *addr)
{
	struct str s = addr->params, name, value;
	bool tagged = false;

	while (msg_next_param(&s, &name, &value))
		if (!tagged && str_iis(name, "tag")) {
			tagged = true;
			addr->tag = value;
		}
	return s.n == 0;
}

/* 25.1: sent-protocol = "SIP" SLASH "2.0" SLASH transport; where it ends. */
static size_t
read_sent_protocol(struct str s, struct str *transport)
{
	struct str part[3];
	size_t at = 0, begin;

	for (int i = 0; i < 3; i++) {
		begin = at = chars_skip_space(s, at);
		at = chars_skip_token(s, at);
		if (at == begin)
			return 0;
		part[i] = str_slice(s, begin, at);
		if (i == 2)
			break;
		at = chars_skip_space(s, at);
		if (at == s.n || s.p[at++] != '/')
			return 0;
	}
	*transport = part[2];
	return str_iis(part[0], "SIP") && str_is(part[1], "2.0") ? at : 0;
}

int
msg_via_read(struct str value, struct msg_via *via)
{
	struct str rest, name, v;
	size_t at, begin;

	memset(via, 0, sizeof(*via));
	value = str_trim(value);
	at = read_sent_protocol(value, &via->transport);
	begin = chars_skip_space(value, at);
	if (at == 0 || begin == at)
		return ERR_SYNTAX;
	at = host_read(value, begin, true, &via->host, &via->port);
	if (at == 0)
		return ERR_SYNTAX;
	via->sent_by = str_slice(value, begin, at);
	at = chars_skip_space(value, at);
	via->params = rest = str_slice(value, at, value.n);
	while (msg_next_param(&rest, &name, &v)) {
		if (via->branch.p == NULL && str_iis(name, "branch")) {
			via->branch = v;
		} else if (via->received.p == NULL &&
			   str_iis(name, "received")) {
			via->received = v;
		} else if (!via->has_rport && str_iis(name, "rport")) {
			via->has_rport = true;
			via->rport = v;
		} else if (!via->has_maddr && str_iis(name, "maddr")) {
			via->has_maddr = true;
			via->maddr = v;
		}
	}
	return rest.n == 0 ? 0 : ERR_SYNTAX;
}

uint16_t
msg_via_port(const struct msg_via *via)
{
	return via->port != 0 ? via->port : addr_word_port(via->transport);
}

/* A URI is some scheme, a colon and more; of what may be in one. */
static bool
parts_is_uri(struct str s)
{
	size_t colon = 0;

	if (s.n == 0 || !chr_is_alpha(s.p[0]))
		return false;
	while (colon < s.n && (chr_is_alnum(s.p[colon]) || s.p[colon] == '+' ||
				  s.p[colon] == '-' || s.p[colon] == '.'))
		colon++;
	if (colon + 1 >= s.n || s.p[colon] != ':')
		return false;
	return chars_skip(s, colon + 1, CHARS_URI) == s.n;
}

/* AT is at '<'; what follows '>' are the header's parameters. */
static int
read_bracketed(struct str s, size_t at, struct msg_addr *addr)
{
	const char *end = memchr(s.p + at, '>', s.n - at);

	if (end == NULL)
		return ERR_SYNTAX;
	addr->uri = str_slice(s, at + 1, (size_t)(end - s.p));
	at = chars_skip_space(s, (size_t)(end - s.p) + 1);
	addr->params = str_slice(s, at, s.n);
	return parts_is_uri(addr->uri) && parts_read_params(addr) ? 0
								  : ERR_SYNTAX;
}

/* Without <>: a ';' begins the header's parameters, and 20.10 forbids ',' and
 * '?' in such a URI. */
static int
read_bare(struct str s, struct msg_addr *addr)
{
	size_t at = 0;

	while (at < s.n && s.p[at] != ';' && !chr_is_space(s.p[at]))
		at++;
	addr->uri = str_slice(s, 0, at);
	at = chars_skip_space(s, at);
	addr->params = str_slice(s, at, s.n);
	if (!parts_is_uri(addr->uri) || str_chr(addr->uri, ',') >= 0 ||
	    str_chr(addr->uri, '?') >= 0)
		return ERR_SYNTAX;
	return parts_read_params(addr) ? 0 : ERR_SYNTAX;
}

int
msg_addr_read(struct str value, struct msg_addr *addr)
{
	struct str s = str_trim(value);
	size_t at = 0;

	memset(addr, 0, sizeof(*addr));
	if (str_is(s, "*")) {
		addr->star = true;
		return 0;
	}
	if (s.n > 0 && s.p[0] == '"') {
		at = chars_skip_quoted(s, 0);
		if (at == 0)
			return ERR_SYNTAX;
		addr->display = str_slice(s, 1, at - 1);
		at = chars_skip_space(s, at);
		return at < s.n && s.p[at] == '<' ? read_bracketed(s, at, addr)
						  : ERR_SYNTAX;
	}
	/* An unquoted display name is words of tokens; what no word and no URI
	 * of its own has at its start decides which of the two this is. */
	while (at < s.n && s.p[at] != '<' && s.p[at] != ':' && s.p[at] != ';' &&
	       s.p[at] != ',' && s.p[at] != '"' && s.p[at] != '@' &&
	       s.p[at] != '>' && s.p[at] != '\0')
		at++;
	if (at == s.n || (s.p[at] != '<' && s.p[at] != ':'))
		return ERR_SYNTAX;
	if (s.p[at] == ':')
		return read_bare(s, addr);
	addr->display = str_trim(str_slice(s, 0, at));
	return read_bracketed(s, at, addr);
}

struct str
msg_addr_uri(struct str value)
{
	struct msg_addr addr;
	struct str rest;

	if (msg_addr_read(value, &addr) == 0)
		return addr.uri;
	str_cut(value, '<', &rest);
	if (rest.n > 0)
		return str_cut(rest, '>', &rest);
	return str_cut(value, ';', &rest);
}

struct str
msg_tag(struct str value)
{
	struct msg_addr addr;

	return msg_addr_read(value, &addr) == 0 ? addr.tag : STR_NULL;
}

void
msg_write_untagged(struct str value, struct buf *out)
{
	struct str name, param, params;
	struct msg_addr addr;

	if (msg_addr_read(value, &addr) != 0)
		return;
	params = addr.params;
	buf_str(out, params.n == 0 ? value
				   : str_trim(str_slice(value, 0,
					 (size_t)(params.p - value.p))));
	while (msg_next_param(&params, &name, &param)) {
		if (str_iis(name, "tag"))
			continue;
		buf_printf(out, param.n > 0 ? ";%.*s=%.*s" : ";%.*s",
		    STR_ARG(name), STR_ARG(param));
	}
}

int
msg_cseq_read(struct str value, struct msg_cseq *cseq)
{
	struct str s = str_trim(value);
	uint64_t n = 0;
	size_t at = 0, begin;

	memset(cseq, 0, sizeof(*cseq));
	/* 8.1.1.5: less than 2**31 */
	for (; at < s.n && chr_is_digit(s.p[at]) && n <= INT32_MAX; at++)
		n = n * 10 + (unsigned)(s.p[at] - '0');
	if (n > INT32_MAX)
		return ERR_RANGE;
	begin = chars_skip_space(s, at);
	if (at == 0 || begin == at || begin == s.n ||
	    chars_skip_token(s, begin) != s.n)
		return ERR_SYNTAX;
	cseq->number = (uint32_t)n;
	cseq->method = str_slice(s, begin, s.n);
	return 0;
}

int
msg_rseq_read(struct str value, uint32_t *rseq)
{
	int err = str_u32(str_trim(value), rseq);

	return err == 0 && *rseq == 0 ? ERR_RANGE : err;
}

int
msg_rack_read(struct str value, struct msg_rack *rack)
{
	struct str s = str_trim(value);
	size_t n = 0;
	int err;

	*rack = (struct msg_rack){ 0 };
	while (n < s.n && chr_is_digit(s.p[n]))
		n++;
	err = msg_rseq_read(str_slice(s, 0, n), &rack->rseq);
	if (err == 0 && chars_skip_space(s, n) == n)
		err = ERR_SYNTAX;
	return err != 0 ? err
			: msg_cseq_read(str_slice(s, n, s.n), &rack->cseq);
}

unsigned
msg_sipfrag_status(struct str body, struct str *reason)
{
	struct str rest, code, line = str_trim(str_cut(body, '\n', &rest));
	uint32_t status;

	*reason = STR_NULL;
	if (!str_istarts(line, "SIP/2.0 "))
		return 0;
	code = str_cut(str_slice(line, 8, line.n), ' ', &rest);
	if (code.n != 3 || str_u32(code, &status) != 0 || status < 100 ||
	    status > 699)
		return 0;
	*reason = rest;
	return status;
}

bool
msg_q_read(struct str params, unsigned *q)
{
	unsigned n, unit = 100;
	struct str v;

	*q = 1000;
	if (!msg_param(params, "q", &v))
		return true;
	/* 25.1: qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] ) */
	if (v.n == 0 || v.n > 5 || (v.p[0] != '0' && v.p[0] != '1') ||
	    (v.n > 1 && v.p[1] != '.'))
		return false;
	n = v.p[0] == '1' ? 1000 : 0;
	for (size_t i = 2; i < v.n; i++, unit /= 10) {
		if (!chr_is_digit(v.p[i]))
			return false;
		n += unit * (unsigned)(v.p[i] - '0');
	}
	if (n > 1000)
		return false;
	*q = n;
	return true;
}

unsigned
msg_q(struct str params)
{
	unsigned q;

	msg_q_read(params, &q);
	return q;
}

/* ---- dates, RFC 3261 20.17 ---- */

#define DAY_S 86400

static const char days[] = "ThuFriSatSunMonTueWed"; /* of 1 January 1970 on */
static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

/* The month, from 1, of which NAME is the short name; or 0. */
static int
find_month(struct str name)
{
	for (int m = 12; m > 0; m--)
		if (str_eq(name, (struct str){ months + m * 3 - 3, 3 }))
			return m;
	return 0;
}

int
msg_date_read(struct str value, int64_t *seconds)
{
	static const char form[] = "aaa, 00 aaa 0000 00:00:00 GMT";
	int year, m, day, h, min, s;

	if (value.n != sizeof(form) - 1 || !date_has_form(value, form))
		return ERR_SYNTAX;
	day = date_number(value, 5, 2);
	m = find_month(str_slice(value, 8, 11));
	year = date_number(value, 12, 4);
	h = date_number(value, 17, 2);
	min = date_number(value, 20, 2);
	s = date_number(value, 23, 2);
	/* Days are counted from 1 March of the year 0. */
	if (m == 0 || (year == 0 && m < 3) || h > 23 || min > 59 || s > 60 ||
	    day < 1 || date_days(year, m, day) >= date_next_month(year, m))
		return ERR_SYNTAX;
	*seconds = date_days(year, m, day) * DAY_S + h * 3600 + min * 60 + s;
	return 0;
}

void
msg_date_write(int64_t seconds, struct buf *out)
{
	int64_t s = (seconds % DAY_S + DAY_S) % DAY_S;
	int64_t n = (seconds - s) / DAY_S;
	int year, m, day;

	date_of_days(n, &year, &m, &day);
	buf_printf(out, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
	    days + (n % 7 + 7) % 7 * 3, day, months + m * 3 - 3, year,
	    (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}
