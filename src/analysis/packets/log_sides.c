/*
 * Between whom a message of a log went: as the log says, and as the message
 * itself says where the log says less. Times and addresses are found in a line
 * by their form, wherever they are.
 */
#include "packets/log_sides.h"

#include "base/dates.h"
#include "base/err.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "packets/keys.h"
#include "packets/log_in.h"

#define SECOND    INT64_C(1000000000)
#define YEAR_MOST 2200 /* so that times fit in 64 bits */
#define DAY       (86400 * SECOND)

/* N digits at AT; -1: there are others. */
static int
log_side_read_digits(struct str s, size_t at, size_t n)
{
	int v = 0;

	if (at > s.n || n > s.n - at)
		return -1;
	for (size_t i = at; i < at + n; i++) {
		if (!chr_is_digit(s.p[i]))
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

/* "2026-01-31" or "2026/01/31" in front of AT; -1: none. */
static int64_t
date_before(struct str s, size_t at)
{
	int y, m, d;

	if (at < 11)
		return -1;
	at -= 11;
	y = log_side_read_digits(s, at, 4);
	m = log_side_read_digits(s, at + 5, 2);
	d = log_side_read_digits(s, at + 8, 2);
	if (y < 1970 || y > YEAR_MOST || m < 1 || m > 12 || d < 1 || d > 31 ||
	    (s.p[at + 4] != '-' && s.p[at + 4] != '/') ||
	    s.p[at + 7] != s.p[at + 4])
		return -1;
	return date_days(y, m, d);
}

/* "Jan 31 " or "Jan  1 ", as syslog has it: of no year. */
static int64_t
day_before(struct str s, size_t at)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	int day;

	if (at < 7)
		return -1;
	at -= 7;
	day = log_side_read_digits(
	    s, at + (s.p[at + 4] == ' ' ? 5 : 4), s.p[at + 4] == ' ' ? 1 : 2);
	if (day < 1 || day > 31 || s.p[at + 3] != ' ')
		return -1;
	for (int m = 0; m < 12; m++)
		if (str_ieq(str_slice(s, at, at + 3),
			(struct str){ names + (size_t)m * 3, 3 }))
			return date_days(1970, m + 1, day);
	return -1;
}

/* ":123" at AT, as Linphone has it, and no more of an address of hardware. */
static bool
is_colon_fraction(struct str s, size_t at)
{
	return s.p[at] == ':' && log_side_read_digits(s, at + 1, 3) >= 0 &&
	       (at + 4 == s.n || chr_is_space(s.p[at + 4]));
}

/* ".123456" at AT, as ns. */
static int64_t
read_fraction(struct str s, size_t at)
{
	int64_t v = 0, unit = SECOND;

	if (at >= s.n ||
	    (s.p[at] != '.' && s.p[at] != ',' && !is_colon_fraction(s, at)))
		return 0;
	for (at++; at < s.n && chr_is_digit(s.p[at]) && unit > 1; at++) {
		unit /= 10;
		v += (s.p[at] - '0') * unit;
	}
	return v;
}

/* Where "12:34:56" stands; s.n: nowhere. */
static size_t
find_time(struct str s)
{
	for (size_t i = 0; i + 8 <= s.n; i++) {
		if (s.p[i + 2] != ':' || s.p[i + 5] != ':')
			continue;
		/* Not within a number or an address of the hardware. */
		if (i > 0 && (chr_is_alnum(s.p[i - 1]) || s.p[i - 1] == ':') &&
		    s.p[i - 1] != 'T')
			continue;
		if (log_side_read_digits(s, i, 2) >= 0 &&
		    log_side_read_digits(s, i, 2) < 24 &&
		    log_side_read_digits(s, i + 3, 2) >= 0 &&
		    log_side_read_digits(s, i + 3, 2) < 60 &&
		    log_side_read_digits(s, i + 6, 2) >= 0 &&
		    log_side_read_digits(s, i + 6, 2) <= 60 &&
		    (i + 8 == s.n || !chr_is_digit(s.p[i + 8])))
			return i;
	}
	return s.n;
}

void
log_time(struct log_clock *c, struct str line)
{
	size_t at;
	int64_t t, day;

	line = str_slice(line, 0, 512);
	at = find_time(line);
	if (at == line.n)
		return;
	t = (log_side_read_digits(line, at, 2) * INT64_C(3600) +
		log_side_read_digits(line, at + 3, 2) * INT64_C(60) +
		log_side_read_digits(line, at + 6, 2)) *
		SECOND +
	    read_fraction(line, at + 8);
	day = date_before(line, at);
	if (day < 0)
		day = day_before(line, at);
	if (day >= 0) {
		c->day = day * DAY;
	} else if (c->known && t < c->last && c->last - t > DAY / 2 &&
		   c->day < INT64_MAX - 2 * DAY) {
		/* Midnight has passed. */
		c->day += DAY;
	}
	c->last = t;
	c->known = true;
	c->t = c->day + t;
}

/* A host, in brackets or not, and its port. */
static bool
host_port(struct str host, struct str port, struct addr *a)
{
	uint32_t n = 0;

	if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
		host = str_slice(host, 1, host.n - 1);
	if (addr_parse(host, a) != 0 || a->port != 0)
		return false;
	if (port.n > 0 && (str_u32(port, &n) != 0 || n > 65535))
		return false;
	a->port = (uint16_t)n;
	return true;
}

uint8_t
log_transport(struct str name)
{
	return addr_word_is_udp(name) ? ADDR_UDP : ADDR_TCP;
}

/* "UDP:", "tcp/", "WSS:". */
static struct str
cut_transport(struct str word, uint8_t *transport)
{
	size_t n = 0;
	struct str name;

	*transport = ADDR_UDP;
	while (n < word.n && n < 5 && chr_is_alpha(word.p[n]))
		n++;
	if (n == 0 || n == word.n || (word.p[n] != ':' && word.p[n] != '/'))
		return word;
	name = str_slice(word, 0, n);
	if (addr_transport_known(name) == NULL)
		return word;
	*transport = log_transport(name);
	return str_slice(word, n + 1, word.n);
}

bool
log_addr(struct str word, struct addr *a)
{
	uint8_t transport;
	ptrdiff_t colon;
	bool good;

	word = cut_transport(word, &transport);
	colon = str_rchr(word, ':');
	good = colon >= 0 &&
	       host_port(str_slice(word, 0, (size_t)colon),
		   str_slice(word, (size_t)colon + 1, word.n), a) &&
	       (str_chr(word, '[') >= 0 || a->port != 0);
	if (!good)
		good = host_port(word, STR_NULL, a);
	a->transport = transport;
	return good;
}

static bool
is_between(char c)
{
	return chr_is_space(c) ||
	       (c != '\0' && strchr("=,;()<>\"'|", c) != NULL);
}

size_t
log_addrs(struct str line, struct addr *a, size_t n)
{
	size_t found = 0, at = 0, end;
	struct str word;

	line = str_slice(line, 0, 512);
	while (found < n && at < line.n) {
		for (end = at; end < line.n && !is_between(line.p[end]);)
			end++;
		word = str_slice(line, at, end);
		at = end + 1;
		while (word.n > 0 &&
		       (word.p[word.n - 1] == ':' || word.p[word.n - 1] == '.'))
			word.n--;
		if (word.n >= 7 && log_addr(word, &a[found]) &&
		    a[found].port != 0)
			found++;
	}
	return found;
}

/* ---- the sides ---- */

#define BRANCHES_MOST 65536 /* of requests under way that are kept */

static bool
read_host(struct str host, unsigned port, struct str transport, struct addr *a)
{
	struct addr got = { .len = 0 };

	if (host.n == 0 || addr_parse(host, &got) != 0)
		return false;
	*a = got;
	a->port = port != 0 ? (uint16_t)port : addr_word_port(transport);
	return true;
}

/* The sender of the top Via: as its receiver saw it (RFC 3261 18.2.1, RFC
 * 3581), else as it says. */
static bool
read_via(const struct msg *m, struct addr *a)
{
	struct msg_via via;
	uint32_t rport = 0;

	if (msg_via_read(msg_value(m, MSG_H_VIA), &via) != 0)
		return false;
	if (str_u32(via.rport, &rport) != 0 || rport > 65535)
		rport = 0;
	return read_host(via.received, rport != 0 ? rport : via.port,
		   via.transport, a) ||
	       read_host(via.host, via.port, via.transport, a);
}

static bool
read_uri_place(struct str text, struct addr *a)
{
	struct msg_uri uri;
	struct str by;

	if (msg_uri_read(text, &uri) != 0)
		return false;
	msg_param(uri.params, "transport", &by);
	return read_host(uri.host, uri.port, by, a);
}

/* Where a request goes: as its Route says, else its Request-URI. */
static bool
log_side_read_target(const struct msg *m, struct addr *a)
{
	struct str route = msg_value(m, MSG_H_ROUTE);
	struct msg_addr first;

	return read_uri_place(
	    route.n > 0 && msg_addr_read(msg_cut_value(&route), &first) == 0
		? first.uri
		: m->uri,
	    a);
}

/* Keeps where the request with that branch went, for its responses. */
static int
keep_target(struct log *l, struct str branch, const struct addr *to)
{
	struct addr *kept;

	if (branch.n == 0)
		return 0;
	if (l->targets != NULL && map_count(l->targets) >= BRANCHES_MOST) {
		map_destroy_all(l->targets);
		l->targets = NULL;
	}
	if (l->targets == NULL && map_create(&l->targets) != 0)
		return ERR_NOMEM;
	kept = key_value(l->targets, branch, sizeof(*kept));
	if (kept == NULL)
		return ERR_NOMEM;
	*kept = *to;
	return 0;
}

/* What the message itself tells of its two sides; no address: nothing. */
static int
tell_sides(struct log *l, struct addr *from, struct addr *to)
{
	const struct addr *kept = NULL;
	struct msg_via via;
	struct str branch = STR_NULL;

	*from = *to = (struct addr){ .len = 0 };
	if (msg_via_read(msg_value(&l->msg, MSG_H_VIA), &via) == 0)
		branch = via.branch;
	if (l->msg.request) {
		read_via(&l->msg, from);
		log_side_read_target(&l->msg, to);
		return keep_target(l, branch, to);
	}
	read_via(&l->msg, to);
	if (l->targets != NULL && branch.n > 0)
		kept = map_get(l->targets, branch);
	if (kept != NULL)
		*from = *kept;
	return 0;
}

/* The address of the side that wrote the log, or of its only peer. */
static void
learn_side(struct log *l, struct addr *a, bool known, const struct addr *said)
{
	if (a->len != 0 || !known)
		return;
	*a = *said;
	l->learnt = true;
}

/* Requests have the Via of who sent them, responses of who gets them; a
 * request's URI may name the other. */
static void
learn_sides(struct log *l)
{
	bool out = l->head.way == LOG_OUT, known;
	struct addr said = { .len = 0 };
	struct msg_via via;

	if (l->head.way != LOG_IN && !out)
		return;
	known = msg_via_read(msg_value(&l->msg, MSG_H_VIA), &via) == 0 &&
		read_host(via.host, via.port, via.transport, &said);
	if (out == l->msg.request)
		learn_side(l, &l->own, known, &said);
	else if (l->head.single)
		learn_side(l, &l->other, known, &said);
	if (!l->msg.request || (out && !l->head.single))
		return;
	known = log_side_read_target(&l->msg, &said);
	learn_side(l, out ? &l->other : &l->own, known, &said);
}

static void
log_side_put(struct index_flow *f, int side, const struct addr *a)
{
	memcpy(f->ip[side], a->ip, a->len);
	f->len[side] = a->len;
	f->port[side] = a->port;
	if (a->len != 0)
		f->transport = a->transport;
}

/* The Via says by what it went, where the log does not. */
static bool
went_by_stream(const struct log *l)
{
	struct msg_via via;

	return msg_via_read(msg_value(&l->msg, MSG_H_VIA), &via) == 0 &&
	       via.transport.n > 0 && log_transport(via.transport) != ADDR_UDP;
}

/* What the head says of the sides; of one that nothing names 0.0.0.0 is put
 * down, of the writer nothing. */
static struct index_flow
flow_of_head(
    const struct log_head *h, const struct addr *from, const struct addr *to)
{
	static const struct addr nobody = { .len = 4 };
	struct index_flow f;
	struct addr peer = h->peer;

	memset(&f, 0, sizeof(f));
	if (h->way == LOG_BETWEEN) {
		log_side_put(&f, 1, &h->dst);
		log_side_put(&f, 0, &h->src);
		return f;
	}
	if (h->way == LOG_UNKNOWN) {
		log_side_put(&f, 1, to->len != 0 ? to : &nobody);
		log_side_put(&f, 0, from);
		return f;
	}
	if (peer.len == 0 && !h->single) {
		peer = h->way == LOG_IN ? *from : *to;
		peer.transport = h->peer.transport;
	}
	if (peer.len == 0) {
		peer = nobody;
		peer.transport = h->peer.transport;
	}
	log_side_put(&f, h->way == LOG_OUT ? 1 : 0, &peer);
	return f;
}

static bool
log_side_is_host(const struct addr *a, const struct addr *b)
{
	return a->len != 0 && a->len == b->len &&
	       memcmp(a->ip, b->ip, a->len) == 0;
}

/* The head has the address of one side: whose it is the message says.  A
 * request comes from whom its Via names, a response goes there. */
static void
tell_way(struct log *l, const struct addr *from, const struct addr *to)
{
	const struct addr *peer = &l->head.peer;
	bool is_source = log_side_is_host(from, peer);

	if (l->head.way != LOG_ONE_SIDE)
		return;
	if (!is_source && !log_side_is_host(to, peer))
		is_source =
		    log_side_is_host(to, &l->own) ||
		    (!log_side_is_host(from, &l->own) && !l->msg.request);
	l->head.way = is_source ? LOG_IN : LOG_OUT;
	remarks_add(&l->c->remarks,
	    &(struct capture_remark){
		.t = l->t, .packet = l->begin, .kind = CAPTURE_WAY });
}

int
log_flow(struct log *l, struct index_flow *f)
{
	struct addr from, to;
	int err = tell_sides(l, &from, &to);

	if (err != 0)
		return err;
	tell_way(l, &from, &to);
	learn_sides(l);
	*f = flow_of_head(&l->head, &from, &to);
	if (went_by_stream(l))
		f->transport = ADDR_TCP;
	return 0;
}

void
log_name_flow(const struct log *l, struct index_flow *f)
{
	for (int side = 0; side < 2; side++) {
		bool own = f->len[side] == 0;
		struct addr a = own ? l->own : l->other;

		a.transport = f->transport;
		if (own && f->len[!side] == 0)
			continue;
		if ((own || (f->len[side] == 4 &&
				memcmp(f->ip[side], "\0\0\0\0", 4) == 0)) &&
		    a.len != 0)
			log_side_put(f, side, &a);
	}
}

void
log_name_sides(struct log *l)
{
	struct index *x = &l->c->index;

	for (uint32_t i = 0; i < x->nflows; i++)
		log_name_flow(l, &x->flows[i]);
}
