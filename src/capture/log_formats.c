/*
 * Each row finds its words anywhere in the line, since loggers put times,
 * levels and names before what they were given.
 */
#include "capture/log_formats.h"

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
	h->peer =
	    (struct addr){ .transport =
			       str_starts(line, "UDP") ? ADDR_UDP : ADDR_TCP };
	return true;
}

/* sngrep's text, and what most people have their proxies write: "2026/01/31
 * 12:34:56.789012 192.0.2.1:5060 -> 192.0.2.2:5060" */
static bool
read_arrow(struct str line, struct log_head *h)
{
	struct addr before[8], after[1];
	ptrdiff_t at = str_find(line, "->");
	size_t n;

	if (at < 0)
		at = str_find(line, "=>");
	if (at < 0)
		return false;
	n = log_addrs(str_slice(line, 0, (size_t)at), before, 8);
	if (n == 0 ||
	    log_addrs(str_slice(line, (size_t)at + 2, line.n), after, 1) == 0)
		return false;
	h->way = LOG_BETWEEN;
	h->src = before[n - 1];
	h->dst = after[0];
	return true;
}

/* "received from 192.0.2.1:5060 on 192.0.2.2:5060", "src=udp:192.0.2.1:5060
 * dst=udp:192.0.2.2:5060", as scripts of Kamailio and OpenSIPS write */
static bool
read_words(struct str line, struct log_head *h)
{
	struct addr a[2];
	size_t n = log_addrs(line, a, 2);

	if (n == 0)
		return false;
	h->peer = h->src = a[0];
	h->dst = a[1];
	if (n == 2)
		h->way = LOG_BETWEEN;
	else if (has_words(line, " to ") || has_words(line, "sent") ||
		 has_words(line, "send"))
		h->way = LOG_OUT;
	else
		h->way = LOG_IN;
	return true;
}

typedef bool read_fn(struct str line, struct log_head *h);

/* The sure ones first. */
static read_fn *const formats[] = { read_asterisk, read_chan_sip, read_sofia,
	read_sipp, read_arrow, read_words };

bool
log_head_read(struct str line, struct log_head *h)
{
	line = str_trim(str_slice(line, 0, 512));
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
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
