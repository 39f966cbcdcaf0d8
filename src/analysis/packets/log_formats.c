/*
 * The formats of logs: words anywhere in a line, since loggers put times,
 * levels and names before what they were given; and lines of JSON.
 */
#include "packets/log_formats.h"

#include <stdlib.h>

#include "base/err.h"
#include "packets/log_in.h"
#include "packets/stream_framing.h"
#include "text/json.h"

/* The word that follows the first WHAT in LINE; empty: it is not there. */
static struct str
word_after(struct str line, const char *what)
{
	ptrdiff_t at = str_find(line, what);
	struct str rest;

	if (at < 0)
		return STR_NULL;
	return str_cut(
	    str_slice(line, (size_t)at + strlen(what), line.n), ' ', &rest);
}

static bool
has_words(struct str line, const char *what)
{
	return str_find(line, what) >= 0;
}

/* The address that follows WHAT, of a message that went WAY. */
static bool
peer_after(
    struct str line, const char *what, enum log_way way, struct log_head *h)
{
	struct str word = word_after(line, what);

	/* "to 192.0.2.1:5060:" */
	if (word.n > 0 && word.p[word.n - 1] == ':')
		word.n--;
	h->way = way;
	h->sure = true;
	return word.n > 0 && log_addr(word, &h->peer);
}

/* Asterisk's res_pjsip_logger: "<--- Received SIP request (949 bytes) from
 * UDP:192.0.2.1:5060 --->"; its chan_sip: "<--- SIP read from
 * UDP:192.0.2.1:5060
 * --->", "<--- Transmitting (NAT) to 192.0.2.1:5060 --->" */
static bool
read_asterisk(struct str line, struct log_head *h)
{
	ptrdiff_t at = str_find(line, "<--- ");

	if (at < 0)
		return false;
	line = str_slice(line, (size_t)at, line.n);
	if (has_words(line, "Received SIP ") ||
	    has_words(line, "SIP read from"))
		return peer_after(line, " from ", LOG_IN, h);
	return has_words(line, "ransmitting ") &&
	       peer_after(line, " to ", LOG_OUT, h);
}

/* chan_sip: "Reliably Transmitting (no NAT) to 192.0.2.1:5060:" */
static bool
read_chan_sip(struct str line, struct log_head *h)
{
	return line.n > 0 && line.p[line.n - 1] == ':' &&
	       (has_words(line, "Transmitting (") ||
		   has_words(line, "Transmitting #") ||
		   has_words(line, "Retransmitting ")) &&
	       peer_after(line, ") to ", LOG_OUT, h);
}

/* sofia-sip's tport, in FreeSWITCH: "recv 584 bytes from
 * udp/[192.0.2.1]:5060 at 12:30:57.916812:" */
static bool
read_sofia(struct str line, struct log_head *h)
{
	if (has_words(line, "recv ") && has_words(line, " bytes from "))
		return peer_after(line, " bytes from ", LOG_IN, h);
	return (has_words(line, "send ") || has_words(line, "sent ")) &&
	       has_words(line, " bytes to ") &&
	       peer_after(line, " bytes to ", LOG_OUT, h);
}

/* SIPp's -trace_msg: "UDP message sent (509 bytes):", "UDP message received
 * [309] bytes :" */
static bool
read_sipp(struct str line, struct log_head *h)
{
	bool in = has_words(line, " message received [") ||
		  has_words(line, " message received (");

	if (!in && !has_words(line, " message sent (") &&
	    !has_words(line, " message sent ["))
		return false;
	if (!has_words(line, "bytes"))
		return false;
	h->way = in ? LOG_IN : LOG_OUT;
	h->sure = true;
	h->single = true;
	h->peer =
	    (struct addr){ .transport =
			       str_starts(line, "UDP") ? ADDR_UDP : ADDR_TCP };
	return true;
}

/* tcpdump's word for an address: "192.0.2.1.5060", "2001:db8::1.sip". */
static bool
read_dotted(struct str word, struct addr *a)
{
	ptrdiff_t dot = str_rchr(word, '.');
	struct str port;
	uint32_t n;

	if (dot < 0 || addr_parse(str_slice(word, 0, (size_t)dot), a) != 0)
		return false;
	port = str_slice(word, (size_t)dot + 1, word.n);
	n = str_is(port, "sip")       ? ADDR_PORT_SIP
	    : str_is(port, "sip-tls") ? ADDR_PORT_SIPS
				      : 0;
	if (n == 0 && (str_u32(port, &n) != 0 || n > 65535))
		return false;
	a->port = (uint16_t)n;
	return true;
}

/* tcpdump -A: "12:34:56.789012 IP 192.0.2.1.5060 > 192.0.2.2.5060: SIP: …", a
 * line for each packet, then its bytes. */
static bool
read_tcpdump(struct str line, struct log_head *h)
{
	ptrdiff_t at = str_find(line, "IP ");
	struct str from, to, rest;

	if (at < 0)
		at = str_find(line, "IP6 ");
	if (at < 0 || (at > 0 && line.p[at - 1] != ' '))
		return false;
	str_cut(str_slice(line, (size_t)at, line.n), ' ', &rest);
	from = str_cut(rest, ' ', &rest);
	if (!str_is(str_cut(rest, ' ', &rest), ">"))
		return false;
	to = str_cut(rest, ' ', &rest);
	if (to.n == 0 || to.p[to.n - 1] != ':')
		return false;
	to.n--;
	h->sure = h->dump = true;
	/* Names of hosts are nothing to go by. */
	if (!read_dotted(from, &h->src) || !read_dotted(to, &h->dst))
		return true;
	h->way = LOG_BETWEEN;
	h->src.transport = h->dst.transport =
	    has_words(rest, "Flags [") ? ADDR_TCP : ADDR_UDP;
	return true;
}

/* Cisco's "debug ccsip messages": a line with the time, then one that is
 * "Received:" or "Sent:" and nothing more. */
static bool
read_cisco(struct str line, struct log_head *h)
{
	if (!str_is(line, "Received:") && !str_is(line, "Sent:"))
		return false;
	h->way = line.p[0] == 'R' ? LOG_IN : LOG_OUT;
	h->sure = true;
	return true;
}

/* belle-sip, in Linphone: "channel [0x55d0]: message sent to
 * [UDP://192.0.2.1:5060], size: [500] bytes", "channel [0x55d0]: received [420]
 * new bytes from [TCP://sip.example.org:5060]:" */
static bool
read_belle(struct str line, struct log_head *h)
{
	static const char in[] = " new bytes from [";
	static const char out[] = "message sent to [";
	ptrdiff_t at = str_find(line, in), way;
	struct str peer, name;

	h->way = at >= 0 ? LOG_IN : LOG_OUT;
	if (at < 0)
		at = str_find(line, out);
	if (at < 0 || (way = str_find(line, "://")) < at)
		return false;
	at += (ptrdiff_t)(h->way == LOG_IN ? sizeof(in) : sizeof(out)) - 1;
	if (way < at)
		return false;
	name = str_slice(line, (size_t)at, (size_t)way);
	peer = str_slice(line, (size_t)way + 3, line.n);
	at = str_rchr(peer, ']');
	if (at < 0)
		return false;
	peer.n =
	    (size_t)(str_find(peer, "], size") >= 0 ? str_find(peer, "], size")
						    : at);
	h->sure = true;
	/* What has a name has no address, but is one and the same. */
	h->single = !log_addr(peer, &h->peer);
	if (h->single)
		h->peer = (struct addr){ .len = 0 };
	h->peer.transport = log_transport(name);
	return true;
}

/* Cisco's call manager: "Incoming SIP TCP message from 192.0.2.1 on port 5060
 * index 12 with 1500 bytes:", "Outgoing SIP UDP message to 192.0.2.1 on port
 * 5060" */
static bool
read_call_manager(struct str line, struct log_head *h)
{
	bool in = has_words(line, "Incoming SIP ");
	struct str port = word_after(line, " on port ");
	uint32_t n;

	if ((!in && !has_words(line, "Outgoing SIP ")) ||
	    !has_words(line, " message "))
		return false;
	if (!log_addr(word_after(line, in ? " from " : " to "), &h->peer))
		return false;
	while (port.n > 0 && !chr_is_digit(port.p[port.n - 1]))
		port.n--;
	if (str_u32(port, &n) == 0 && n <= 65535)
		h->peer.port = (uint16_t)n;
	h->way = in ? LOG_IN : LOG_OUT;
	h->peer.transport = has_words(line, "SIP UDP") ? ADDR_UDP : ADDR_TCP;
	h->sure = true;
	return true;
}

/* The arrows that stand between two addresses: their tip, and whether that is
 * at the left. */
static const struct {
	const char *arrow;
	bool back;
} arrows[] = {
	{ "->", false },
	{ "=>", false },
	{ "→", false },
	{ "⇒", false },
	{ "<-", true },
	{ "<=", true },
	{ "←", true },
	{ "⇐", true },
};

/* The first arrow in LINE; -1: none.  One with two tips is none. */
static ptrdiff_t
find_arrow(struct str line, size_t *row)
{
	ptrdiff_t found = -1, at;

	for (size_t i = 0; i < COUNT_OF(arrows); i++) {
		at = str_find(line, arrows[i].arrow);
		if (at >= 0 && (found < 0 || at < found)) {
			found = at;
			*row = i;
		}
	}
	return found;
}

/* sngrep's text, and what most people have their proxies write: "2026/01/31
 * 12:34:56.789012 192.0.2.1:5060 -> 192.0.2.2:5060", or the other way round */
static bool
read_arrow(struct str line, struct log_head *h)
{
	struct addr before[8], after[1];
	size_t n, row = 0;
	ptrdiff_t at = find_arrow(line, &row);
	struct str rest;

	if (at < 0)
		return false;
	rest = str_slice(line, (size_t)at + strlen(arrows[row].arrow), line.n);
	n = log_addrs(str_slice(line, 0, (size_t)at), before, 8);
	if (n == 0 || log_addrs(rest, after, 1) == 0)
		return false;
	/* "<->" says nothing. */
	if (arrows[row].back && rest.n > 0 &&
	    (rest.p[0] == '>' || rest.p[0] == '='))
		return false;
	h->way = LOG_BETWEEN;
	h->src = arrows[row].back ? after[0] : before[n - 1];
	h->dst = arrows[row].back ? before[n - 1] : after[0];
	return true;
}

/* What says which way a message goes whose line has one address. */
static const struct {
	const char *word;
	enum log_way way;
} ways[] = {
	{ " to ", LOG_OUT },
	{ "sent", LOG_OUT },
	{ "send", LOG_OUT },
	{ "Sent", LOG_OUT },
	{ "Send", LOG_OUT },
	{ "SEND", LOG_OUT },
	{ "SENT", LOG_OUT },
	{ "发送", LOG_OUT },
	{ "发往", LOG_OUT },
	{ "from", LOG_IN },
	{ "From", LOG_IN },
	{ "FROM", LOG_IN },
	{ "recv", LOG_IN },
	{ "RECV", LOG_IN },
	{ "eceive", LOG_IN },
	{ "RECEIVE", LOG_IN },
	{ "收到", LOG_IN },
	{ "接收", LOG_IN },
	{ "来自", LOG_IN },
};

/* "received from 192.0.2.1:5060 on 192.0.2.2:5060", "src=udp:192.0.2.1:5060
 * dst=udp:192.0.2.2:5060", as scripts of Kamailio and OpenSIPS write; "发送
 * 目标--->192.0.2.1:5060", as GB/T 28181's platforms do.  Of one address and no
 * such word the message has to tell which side it is. */
static bool
log_format_read_words(struct str line, struct log_head *h)
{
	struct addr a[2];
	size_t n = log_addrs(line, a, 2);

	if (n == 0)
		return false;
	h->peer = h->src = a[0];
	h->dst = a[1];
	h->way = n == 2 ? LOG_BETWEEN : LOG_ONE_SIDE;
	for (size_t i = 0; n == 1 && i < COUNT_OF(ways); i++)
		if (has_words(line, ways[i].word)) {
			h->way = ways[i].way;
			break;
		}
	return true;
}

typedef bool read_fn(struct str line, struct log_head *h);

/* The sure ones first. */
static read_fn *const formats[] = { read_asterisk, read_chan_sip, read_sofia,
	read_sipp, read_belle, read_cisco, read_call_manager, read_tcpdump,
	read_arrow, log_format_read_words };

bool
log_head_read(struct str line, struct log_head *h)
{
	line = str_trim(str_slice(line, 0, 512));
	for (size_t i = 0; i < COUNT_OF(formats); i++) {
		memset(h, 0, sizeof(*h));
		if (formats[i](line, h))
			return true;
	}
	return false;
}

bool
log_is_rule(struct str line)
{
	line = str_trim(line);
	if (line.n > 2 && line.p[0] == '<' && line.p[line.n - 1] == '>')
		line = str_slice(line, 1, line.n - 1);
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] != '-' && line.p[i] != '=')
			return false;
	return line.n >= 3;
}

/* ---- lines of JSON ---- */

#define DEEP   4 /* objects in objects */
#define SECOND 1e9
#define LATEST 7.2e9 /* s: the year 2198 */

/*
 * A line of JSON, as collectors and loggers write it: an object in which one
 * text is a message, and others say when and between whom it went. There are no
 * common names for these; names that begin alike are taken for the same.
 */
struct line {
	struct log *l;
	struct buf name; /* of a member, in small letters alone */
	bool found;      /* l->plain is the message */
	bool timed;
	struct addr side[2];
};

enum { NO_SIDE = 2 };

/* The place of the member called NAME: the sender, the receiver, or that of the
 * object AROUND it. */
static int
log_format_side_of(struct str name, int around)
{
	static const struct {
		const char *begins;
		int side;
	} rows[] = { { "src", 0 }, { "source", 0 }, { "from", 0 }, { "dst", 1 },
		{ "dest", 1 } };

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (str_starts(name, rows[i].begins))
			return rows[i].side;
	return around;
}

/* "src_port", "sourcePort" → "srcport", "sourceport" */
static struct str
log_format_plain_name(struct line *x, struct str key)
{
	buf_clear(&x->name);
	for (size_t i = 0; i < key.n; i++)
		if (chr_is_alnum(key.p[i]))
			buf_putc(&x->name, chr_lower(key.p[i]));
	return buf_view(&x->name);
}

static void
log_format_take_port(struct line *x, int side, struct str text)
{
	uint32_t n;

	if (side != NO_SIDE && str_u32(text, &n) == 0 && n <= 65535)
		x->side[side].port = (uint16_t)n;
}

static void
take_string(struct line *x, struct json_value v, struct str name, int side)
{
	LOCAL_BUF text = BUF_INIT;
	struct addr a = { .len = 0 };
	uint16_t port;

	if (json_text(v, &text) != 0) {
		x->l->plain.err = text.err;
	} else if (!x->found &&
		   recognise_start(buf_view(&text)) == RECOGNISED_SIP) {
		buf_clear(&x->l->plain);
		buf_str(&x->l->plain, buf_view(&text));
		x->found = true;
	} else if (str_ends(name, "port")) {
		log_format_take_port(x, side, buf_view(&text));
	} else if (side != NO_SIDE && x->side[side].len == 0 &&
		   log_addr(buf_view(&text), &a)) {
		port = x->side[side].port;
		x->side[side] = a;
		if (a.port == 0)
			x->side[side].port = port;
	}
}

/* Seconds since 1970, or thousandths, millionths, milliardths of them: which
 * it is a number of our days says itself. */
static void
log_format_take_time(struct line *x, struct str raw)
{
	double v;
	char text[40];

	if (raw.n >= sizeof(text))
		return;
	memcpy(text, raw.p, raw.n);
	text[raw.n] = '\0';
	v = strtod(text, NULL);
	/* 1e8 is of 1973, 1e11 of 5138. */
	for (int i = 0; i < 3 && v >= 1e11; i++)
		v /= 1000;
	if (!(v >= 1e8) || v >= LATEST)
		return;
	x->l->clock.t = (int64_t)(v * SECOND);
	x->timed = true;
}

static bool
log_format_is_time(struct str name)
{
	return str_is(name, "ts") || str_is(name, "t") ||
	       str_starts(name, "time") || str_is(name, "date") ||
	       str_is(name, "createdate");
}

static void
walk(struct line *x, struct json_value object, int around, int deep)
{
	struct json_value v;
	struct str key, name;
	size_t at = 0;
	int side;

	while (json_next(object.raw, &at, &key, &v) == 1) {
		name = log_format_plain_name(x, key);
		side = log_format_side_of(name, around);
		if (v.type == JSON_OBJECT && deep < DEEP)
			walk(x, v, side, deep + 1);
		else if (v.type == JSON_STRING)
			take_string(x, v, name, side);
		else if (v.type == JSON_NUMBER && str_ends(name, "port"))
			log_format_take_port(x, side, v.raw);
		else if (v.type == JSON_NUMBER && !x->timed &&
			 log_format_is_time(name))
			log_format_take_time(x, v.raw);
	}
}

int
log_json_line(struct log *l, struct str line, bool *taken)
{
	struct line x = { .l = l, .name = BUF_INIT };
	struct json_value object;
	struct str text;
	size_t head;
	int err = 0;

	*taken = false;
	if (json_read(&line, &object) != 0 || object.type != JSON_OBJECT)
		return 0;
	walk(&x, object, NO_SIDE, 0);
	if (x.name.err != 0 || l->plain.err != 0)
		err = ERR_NOMEM;
	if (err == 0 && x.found) {
		memset(&l->head, 0, sizeof(l->head));
		l->head.way = x.side[0].len != 0 && x.side[1].len != 0
				  ? LOG_BETWEEN
				  : LOG_UNKNOWN;
		l->head.src = x.side[0];
		l->head.dst = x.side[1];
		l->head_line = l->line;
		text = buf_view(&l->plain);
		text.n = recognise_measure(text, &head);
		err = log_whole(l, text, head);
		*taken = true;
	}
	buf_free(&x.name);
	return err;
}

/* Members that are the line itself, in the order in which they count. */
static const char *const lines_of[] = { "log", "message", "msg", "line",
	"text" };

struct str
log_json_text(struct log *l, struct str line, bool *cr)
{
	struct str rest = line, own;
	struct json_value object, v;

	l->in_json = false;
	if (json_read(&rest, &object) != 0 || object.type != JSON_OBJECT)
		return line;
	for (size_t i = 0; i < COUNT_OF(lines_of); i++) {
		struct str key;
		size_t at = 0;

		while (json_next(object.raw, &at, &key, &v) == 1) {
			if (v.type != JSON_STRING || !str_iis(key, lines_of[i]))
				continue;
			buf_clear(&l->text_of);
			if (json_text(v, &l->text_of) != 0)
				return line;
			own = str_cut(buf_view(&l->text_of), '\n', &rest);
			if (str_trim(rest).n > 0)
				return line;
			*cr = own.n > 0 && own.p[own.n - 1] == '\r';
			l->in_json = true;
			return str_slice(own, 0, own.n - *cr);
		}
	}
	return line;
}
