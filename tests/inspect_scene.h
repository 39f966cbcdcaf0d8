/*
 * Small scenes as traces, for the tests of inspection.  A scene is a line for
 * each thing that happens:
 *
 *	TIME a>b INVITE in cs=2 sdp=1 | Contact: <sip:x@y> | -Max-Forwards
 *	TIME b>a 200/INVITE
 *	TIME a>b again INVITE
 *	TIME a>b other dns query | 12340100…  (bytes in hex)
 *	TIME a media op=flow ssrc=1 …  (a record of media; numbers are numbers)
 *	TIME b unmasked   (a frame of WebSocket has come so)
 *	TIME a crash
 *	TIME a joined     (its last message's call and another one are two
 *	                  sides of one)
 *	TIME fault        (strikes the message before)
 *	TIME end
 *
 * A message has what it should have; the words behind it change that: `in`
 * (within the dialog), cs=N (CSeq), br=X (branch), sdp=N (m= lines), v=N (its
 * version), pt=N,N (payload types), dir=X (direction), port=N, at=X (its
 *address), ptime=N, c=X (Call-ID),
 * lost, fwd (as received, one hop on), made (because that was received), tcp,
 *rule=KEY; uri=X; and behind bars fields to set, to add ("+Name: v") or to take
 *out
 * ("-Name"), or all of it ("=raw").  Times are in ms.
 */
#ifndef INSPECT_SCENE_H
#define INSPECT_SCENE_H

#include "base/buf.h"
#include "text/json.h"
#include "trace/reader.h"

#include <stdio.h>
#include <string.h>

#define SCENE_MESSAGES 64

struct scene_message {
	char src, dst;
	struct str what; /* "INVITE", "200/INVITE" */
	struct buf text;
	uint64_t send, recv;
	char branch[32], call[8], cseq[16];
};

struct scene {
	struct buf out;
	uint64_t seq;
	struct scene_message m[SCENE_MESSAGES];
	size_t n;
	bool whole;
};

static const char *const scene_roles[] = { "a:ua", "b:ua", "c:ua", "p:proxy",
	"r:registrar", "d:redirect", "x:b2bua" };

static int
scene_host(char node)
{
	return node == 'a'   ? 1
	       : node == 'b' ? 2
	       : node == 'p' ? 3
	       : node == 'r' ? 4
	       : node == 'c' ? 5
	       : node == 'x' ? 7
			     : 6;
}

static void
scene_head(struct scene *s)
{
	buf_puts(&s->out, "{\"kind\":\"trace\",\"version\":1,\"rung\":\"0\","
			  "\"title\":\"scene\",\"nodes\":[");
	for (size_t i = 0; i < sizeof(scene_roles) / sizeof(*scene_roles); i++)
		buf_printf(&s->out,
		    "%s{\"name\":\"%c\",\"role\":\"%s\",\"addr\":\"192.0.2.%"
		    "d\"}",
		    i > 0 ? "," : "", scene_roles[i][0], scene_roles[i] + 2,
		    scene_host(scene_roles[i][0]));
	buf_puts(&s->out, s->whole
			      ? "],\"links\":[],\"inputs\":{}}\n"
			      : "],\"links\":[],\"capture\":{\"start\":0}}\n");
}

static void
scene_begin(struct scene *s, const char *t, char node, const char *kind)
{
	buf_printf(&s->out, "{\"seq\":%llu,\"t\":%lld,",
	    (unsigned long long)++s->seq, atoll(t) * 1000000);
	if (node != 0)
		buf_printf(&s->out, "\"node\":\"%c\",", node);
	buf_printf(&s->out, "\"kind\":\"%s\"", kind);
}

/* ---- texts ---- */

/* The words of a line. */
struct scene_words {
	bool in, lost, fwd, made, tcp, again;
	int cseq, sdp, version, port, ptime, source;
	char at[32], branch[32], call[8], uri[80], rule[32], types[16],
	    direction[16], setup[16];
	struct str fields; /* behind the first bar */
};

static void
scene_word(struct scene_words *w, struct str word)
{
	char text[96];

	snprintf(text, sizeof(text), "%.*s", STR_ARG(word));
	w->in |= strcmp(text, "in") == 0;
	w->lost |= strcmp(text, "lost") == 0;
	w->fwd |= strcmp(text, "fwd") == 0;
	w->made |= strcmp(text, "made") == 0;
	w->tcp |= strcmp(text, "tcp") == 0;
	sscanf(text, "cs=%d", &w->cseq);
	sscanf(text, "sdp=%d", &w->sdp);
	sscanf(text, "v=%d", &w->version);
	sscanf(text, "y=%d", &w->source);
	sscanf(text, "port=%d", &w->port);
	sscanf(text, "pt=%15s", w->types);
	sscanf(text, "at=%31s", w->at);
	sscanf(text, "ptime=%d", &w->ptime);
	sscanf(text, "dir=%15s", w->direction);
	sscanf(text, "setup=%15s", w->setup);
	sscanf(text, "br=%31s", w->branch);
	sscanf(text, "c=%7s", w->call);
	sscanf(text, "uri=%79s", w->uri);
	sscanf(text, "rule=%31s", w->rule);
}

/* Sets or takes out the field NAME of the head in B. */
static void
scene_set(struct buf *b, struct str field)
{
	bool add = field.p[0] == '+', out = field.p[0] == '-';
	struct str body, rest = buf_view(b), line;
	struct str name = str_slice(field, add || out ? 1 : 0, field.n), value;
	struct buf n = BUF_INIT;
	bool done = false;

	name = str_cut(name, ':', &value);
	while (rest.n > 0) {
		line = str_cut(rest, '\n', &body);
		rest = body;
		if (line.n <= 1)
			break;
		if (!add && str_istarts(line, "") && line.n > name.n &&
		    line.p[name.n] == ':' &&
		    str_ieq(str_slice(line, 0, name.n), name)) {
			if (!out && !done)
				buf_printf(&n, "%.*s\r\n", STR_ARG(field));
			done = true;
			continue;
		}
		buf_printf(&n, "%.*s\n", STR_ARG(line));
	}
	if (!out && !done)
		buf_printf(&n, "%.*s\r\n",
		    STR_ARG(str_slice(field, add ? 1 : 0, field.n)));
	buf_puts(&n, "\r\n");
	buf_str(&n, rest);
	buf_free(b);
	*b = n;
}

static void
scene_sdp(
    const struct scene_message *m, const struct scene_words *w, struct buf *b)
{
	buf_printf(b, "v=0\r\no=%c 1 %d IN IP4 192.0.2.%d\r\ns=-\r\n", m->src,
	    w->version, scene_host(m->src));
	if (w->at[0] != '\0')
		buf_printf(b, "c=IN IP4 %s\r\nt=0 0\r\n", w->at);
	else
		buf_printf(
		    b, "c=IN IP4 192.0.2.%d\r\nt=0 0\r\n", scene_host(m->src));
	for (int i = 0; i < w->sdp; i++) {
		buf_printf(b, "m=audio %d RTP/AVP ",
		    w->port != 0 ? w->port + 2 * i : 0);
		for (const char *c = w->types; *c != '\0'; c++)
			buf_putc(b, *c == ',' ? ' ' : *c);
		buf_puts(b, "\r\n");
		if (w->direction[0] != '\0')
			buf_printf(b, "a=%s\r\n", w->direction);
		if (w->setup[0] != '\0')
			buf_printf(b, "a=setup:%s\r\n", w->setup);
		if (w->ptime != 0)
			buf_printf(b, "a=ptime:%d\r\n", w->ptime);
	}
	if (w->source != 0)
		buf_printf(b, "y=%010d\r\n", w->source);
}

static void
scene_body(struct scene_message *m, const struct scene_words *w)
{
	struct buf body = BUF_INIT;

	if (w->sdp > 0) {
		scene_sdp(m, w, &body);
		buf_puts(&m->text, "Content-Type: application/sdp\r\n");
	}
	buf_printf(&m->text, "Content-Length: %zu\r\n\r\n", body.n);
	buf_str(&m->text, buf_view(&body));
	buf_free(&body);
}

static void
scene_request(struct scene_message *m, const struct scene_words *w, size_t n)
{
	bool contact = str_is(m->what, "INVITE") ||
		       str_is(m->what, "SUBSCRIBE") ||
		       str_is(m->what, "REFER") || str_is(m->what, "UPDATE") ||
		       str_is(m->what, "NOTIFY") || str_is(m->what, "REGISTER");
	bool reg = str_is(m->what, "REGISTER");
	struct buf *b = &m->text;

	if (w->branch[0] != '\0')
		snprintf(m->branch, sizeof(m->branch), "%s", w->branch);
	else
		snprintf(m->branch, sizeof(m->branch), "z9hG4bK%zu", n);
	snprintf(m->cseq, sizeof(m->cseq), "%d", w->cseq);
	if (w->uri[0] != '\0')
		buf_printf(b, "%.*s %s SIP/2.0\r\n", STR_ARG(m->what), w->uri);
	else if (reg)
		buf_puts(b, "REGISTER sip:r.example SIP/2.0\r\n");
	else if (w->in)
		buf_printf(b, "%.*s sip:%c@192.0.2.%d SIP/2.0\r\n",
		    STR_ARG(m->what), m->dst, scene_host(m->dst));
	else
		buf_printf(
		    b, "%.*s sip:b@b.example SIP/2.0\r\n", STR_ARG(m->what));
	buf_printf(b, "Via: SIP/2.0/%s 192.0.2.%d;branch=%s\r\n",
	    w->tcp ? "TCP" : "UDP", scene_host(m->src), m->branch);
	buf_printf(b,
	    "Max-Forwards: 70\r\nFrom: <sip:%c@b.example>;tag=t%c\r\n", m->src,
	    m->src);
	buf_printf(b, "To: <sip:%c@b.example>", reg ? m->src : m->dst);
	if (w->in)
		buf_printf(b, ";tag=t%c", m->dst);
	buf_printf(b, "\r\nCall-ID: %s\r\nCSeq: %s %.*s\r\n", m->call, m->cseq,
	    STR_ARG(m->what));
	if (contact)
		buf_printf(b, "Contact: <sip:%c@192.0.2.%d>\r\n", m->src,
		    scene_host(m->src));
	if (reg)
		buf_puts(b, "Expires: 60\r\n");
	if (str_is(m->what, "SUBSCRIBE"))
		buf_puts(b, "Event: presence\r\nExpires: 60\r\n");
	if (str_is(m->what, "NOTIFY"))
		buf_puts(
		    b, "Event: presence\r\nSubscription-State: active\r\n");
	if (str_is(m->what, "REFER"))
		buf_puts(b, "Refer-To: <sip:c@b.example>\r\n");
	if (str_is(m->what, "PUBLISH"))
		buf_puts(b, "Event: presence\r\nExpires: 60\r\n");
	if (str_is(m->what, "PRACK"))
		buf_puts(b, "RAck: 1 1 INVITE\r\n");
	scene_body(m, w);
}

/* The last request METHOD from DST to SRC. */
static struct scene_message *
scene_answered(struct scene *s, char src, char dst, struct str method)
{
	for (size_t i = s->n; i-- > 0;)
		if (s->m[i].src == dst && s->m[i].dst == src &&
		    str_eq(s->m[i].what, method))
			return &s->m[i];
	return NULL;
}

/* The lines of FROM that begin with NAME. */
static void
scene_copy(
    struct buf *b, const struct buf *from, const char *name, const char *after)
{
	struct str rest = buf_view(from), line;

	while (rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		if (line.n <= 1)
			return;
		if (str_istarts(line, name))
			buf_printf(b, "%.*s%s\r\n", (int)line.n - 1, line.p,
			    str_find(line, ";tag=") < 0 ? after : "");
	}
}

static void
scene_response(
    struct scene *s, struct scene_message *m, const struct scene_words *w)
{
	struct str method, status = str_cut(m->what, '/', &method);
	struct scene_message *r = scene_answered(s, m->src, m->dst, method);
	char tag[16];
	bool ok = status.p[0] == '2';

	snprintf(tag, sizeof(tag), ";tag=t%c", m->src);
	buf_printf(&m->text, "SIP/2.0 %.*s Reason\r\n", STR_ARG(status));
	if (r == NULL) {
		buf_printf(&m->text,
		    "Via: SIP/2.0/UDP 192.0.2.%d;branch=z9hG4bKnone\r\n"
		    "From: <sip:x@b.example>;tag=tx\r\n"
		    "To: <sip:y@b.example>%s\r\nCall-ID: %s\r\n"
		    "CSeq: 1 %.*s\r\n",
		    scene_host(m->dst), tag, m->call, STR_ARG(method));
	} else {
		snprintf(m->branch, sizeof(m->branch), "%s", r->branch);
		snprintf(m->cseq, sizeof(m->cseq), "%s", r->cseq);
		scene_copy(&m->text, &r->text, "Via:", "");
		scene_copy(&m->text, &r->text, "From:", "");
		scene_copy(&m->text, &r->text,
		    "To:", str_is(status, "100") ? "" : tag);
		scene_copy(&m->text, &r->text, "Call-ID:", "");
		scene_copy(&m->text, &r->text, "CSeq:", "");
		if (ok || status.p[0] == '1')
			scene_copy(&m->text, &r->text, "Record-Route:", "");
	}
	if ((ok || status.p[0] == '1') && !str_is(method, "REGISTER") &&
	    !str_is(method, "BYE") && !str_is(method, "MESSAGE"))
		buf_printf(&m->text, "Contact: <sip:%c@192.0.2.%d>\r\n", m->src,
		    scene_host(m->src));
	if (ok && str_is(method, "REGISTER"))
		buf_printf(&m->text,
		    "Contact: <sip:%c@192.0.2.%d>;expires=60\r\n", m->dst,
		    scene_host(m->dst));
	if (ok && str_is(method, "SUBSCRIBE"))
		buf_puts(&m->text, "Expires: 60\r\n");
	if (ok && str_is(method, "PUBLISH"))
		buf_puts(&m->text, "Expires: 60\r\nSIP-ETag: e1\r\n");
	if (ok && str_is(method, "OPTIONS"))
		buf_puts(&m->text, "Allow: INVITE, ACK\r\n");
	scene_body(m, w);
}

/* What the node got last of that kind, one hop on: a Via more or less. */
static uint64_t
scene_forward(struct scene *s, struct scene_message *m, size_t n)
{
	bool request = str_chr(m->what, '/') < 0;
	struct str rest, line, first;
	size_t i = s->n;

	while (i-- > 0)
		if (s->m[i].dst == m->src && str_eq(s->m[i].what, m->what))
			break;
	if (i >= s->n)
		return 0;
	snprintf(m->branch, sizeof(m->branch), "z9hG4bK%zu", n);
	snprintf(m->cseq, sizeof(m->cseq), "%s", s->m[i].cseq);
	snprintf(m->call, sizeof(m->call), "%s", s->m[i].call);
	rest = buf_view(&s->m[i].text);
	first = str_cut(rest, '\n', &rest);
	buf_printf(&m->text, "%.*s\n", STR_ARG(first));
	if (request)
		buf_printf(&m->text,
		    "Via: SIP/2.0/UDP 192.0.2.%d;branch=%s\r\n",
		    scene_host(m->src), m->branch);
	for (bool via = false; rest.n > 0;) {
		line = str_cut(rest, '\n', &rest);
		if (!request && !via && str_istarts(line, "Via:")) {
			via = true;
			continue;
		}
		if (request && str_istarts(line, "Max-Forwards: 70"))
			buf_puts(&m->text, "Max-Forwards: 69\r\n");
		else
			buf_printf(&m->text, "%.*s\n", STR_ARG(line));
	}
	return s->m[i].recv;
}

/* ---- lines ---- */

static void
scene_fields(struct scene_message *m, struct str fields)
{
	while (fields.n > 0) {
		struct str one = str_trim(str_cut(fields, '|', &fields));

		if (one.n > 0 && one.p[0] == '=') {
			buf_clear(&m->text);
			for (size_t i = 1; i < one.n; i++) {
				if (one.p[i] == '^')
					buf_puts(&m->text, "\r\n");
				else
					buf_putc(&m->text, one.p[i]);
			}
		} else if (one.n > 0) {
			scene_set(&m->text, one);
		}
	}
}

/* Where the sender of M got the last message of that kind. */
static uint64_t
scene_received(const struct scene *s, const struct scene_message *m)
{
	for (size_t i = s->n; i-- > 0;)
		if (s->m[i].dst == m->src && str_eq(s->m[i].what, m->what))
			return s->m[i].recv;
	return 0;
}

static void
scene_records(struct scene *s, struct scene_message *m, const char *t,
    const struct scene_words *w, uint64_t fwd, uint64_t retx)
{
	struct str method, status = str_cut(m->what, '/', &method);
	bool request = method.p == NULL || method.n == 0;
	uint64_t send;

	scene_begin(s, t, m->src, "send");
	send = s->seq;
	if (w->rule[0] != '\0')
		buf_printf(
		    &s->out, ",\"why\":\"rfc3261-1\",\"rule\":\"%s\"", w->rule);
	buf_printf(&s->out,
	    ",\"src\":\"%c\",\"dst\":\"%c\",\"src_addr\":\"192.0.2.%d:5060\","
	    "\"dst_addr\":\"192.0.2.%d:5060\",\"transport\":\"%s\","
	    "\"proto\":\"sip\",\"start\":",
	    m->src, m->dst, scene_host(m->src), scene_host(m->dst),
	    w->tcp ? "tcp" : "udp");
	if (request)
		buf_printf(&s->out, "\"%.*s\"", STR_ARG(status));
	else
		buf_printf(&s->out, "%.*s", STR_ARG(status));
	buf_printf(&s->out,
	    ",\"cseq\":\"%s %.*s\",\"call_id\":\"%s\",\"branch\":\"%s\"",
	    m->cseq, STR_ARG(request ? status : method), m->call, m->branch);
	if (w->made)
		json_put_int(&s->out, "cause", (int64_t)scene_received(s, m));
	if (fwd != 0)
		json_put_int(&s->out, "fwd", (int64_t)fwd);
	if (retx != 0)
		json_put_int(&s->out, "retx", (int64_t)retx);
	json_put_int(&s->out, "size", (int64_t)m->text.n);
	json_put_field(&s->out, "text", buf_view(&m->text));
	buf_puts(&s->out, "}\n");
	m->send = send;
	if (w->lost)
		return;
	scene_begin(s, t, m->dst, "recv");
	buf_printf(&s->out, ",\"cause\":%llu,\"of\":%llu}\n",
	    (unsigned long long)send, (unsigned long long)send);
	m->recv = s->seq;
}

static void
scene_send(struct scene *s, const char *t, struct str who, struct str rest)
{
	struct scene_words w = { .cseq = 1,
		.version = 1,
		.call = "c1",
		.port = 40000,
		.types = "0" };
	struct scene_message *m = &s->m[s->n], *old = NULL;
	struct str words = str_cut(rest, '|', &w.fields);
	struct str what = str_cut(words, ' ', &words);
	uint64_t fwd = 0;

	w.again = str_is(what, "again");
	if (w.again)
		what = str_cut(words, ' ', &words);
	while (words.n > 0)
		scene_word(&w, str_cut(words, ' ', &words));
	*m = (struct scene_message){
		.src = who.p[0], .dst = who.p[2], .what = what, .text = BUF_INIT
	};
	snprintf(m->call, sizeof(m->call), "%s", w.call);
	for (size_t i = s->n; w.again && i-- > 0;)
		if (s->m[i].src == m->src && str_eq(s->m[i].what, what)) {
			old = &s->m[i];
			break;
		}
	if (old != NULL) {
		snprintf(m->branch, sizeof(m->branch), "%s", old->branch);
		snprintf(m->cseq, sizeof(m->cseq), "%s", old->cseq);
		snprintf(m->call, sizeof(m->call), "%s", old->call);
		buf_str(&m->text, buf_view(&old->text));
	} else if (w.fwd) {
		fwd = scene_forward(s, m, s->n);
	} else if (str_chr(what, '/') >= 0) {
		scene_response(s, m, &w);
	} else {
		scene_request(m, &w, s->n);
	}
	scene_fields(m, w.fields);
	scene_records(s, m, t, &w, fwd, old != NULL ? old->send : 0);
	s->n++;
}

/* A message of another protocol: REST is "dns query | 1234", in hex. */
static void
scene_other(struct scene *s, const char *t, struct str who, struct str rest)
{
	struct buf bytes = BUF_INIT, coded = BUF_INIT;
	struct str hex, name = str_cut(rest, '|', &hex);
	struct str proto = str_cut(name, ' ', &name);
	char src = who.p[0], dst = who.p[2];
	int port = str_is(proto, "dns")         ? 53
		   : str_is(proto, "tls")       ? 5061
		   : str_is(proto, "websocket") ? 80
						: 3478;
	bool asks =
	    str_find(name, "answer") < 0 && str_find(name, "response") < 0;
	unsigned byte;

	hex = str_trim(hex);
	for (size_t i = 0; i + 1 < hex.n; i += 2)
		if (sscanf(hex.p + i, "%2x", &byte) == 1)
			buf_putc(&bytes, (char)byte);
	json_put_base64(&coded, buf_view(&bytes));
	scene_begin(s, t, src, "send");
	buf_printf(&s->out,
	    ",\"src\":\"%c\",\"dst\":\"%c\",\"src_addr\":\"192.0.2.%d:%d\","
	    "\"dst_addr\":\"192.0.2.%d:%d\",\"transport\":\"%s\",",
	    src, dst, scene_host(src), asks ? 5060 : port, scene_host(dst),
	    asks ? port : 5060,
	    port == 5061 ? "tls"
	    : port == 80 ? "ws"
			 : "udp");
	buf_printf(&s->out,
	    "\"proto\":\"%.*s\",\"start\":\"%.*s\",\"size\":%zu,"
	    "\"base64\":\"%s\"}\n",
	    STR_ARG(proto), STR_ARG(str_trim(name)), bytes.n, buf_cstr(&coded));
	if (!str_starts(name, "lost ")) {
		scene_begin(s, t, dst, "recv");
		buf_printf(&s->out, ",\"cause\":%llu,\"of\":%llu}\n",
		    (unsigned long long)s->seq - 1,
		    (unsigned long long)s->seq - 1);
	}
	buf_free(&bytes);
	buf_free(&coded);
}

/* A record of media at NODE, because of the last message. */
static void
scene_media(struct scene *s, const char *t, char node, struct str words)
{
	scene_begin(s, t, node, "media");
	buf_printf(&s->out, ",\"cause\":%llu,\"call\":\"%c/1\"",
	    (unsigned long long)s->m[s->n - 1].send, node);
	while (words.n > 0) {
		struct str value;
		struct str key =
		    str_cut(str_cut(words, ' ', &words), '=', &value);
		bool number = value.n > 0;

		for (size_t i = 0; i < value.n; i++)
			number =
			    number && value.p[i] >= '0' && value.p[i] <= '9';
		buf_printf(&s->out,
		    number ? ",\"%.*s\":%.*s" : ",\"%.*s\":\"%.*s\"",
		    STR_ARG(key), STR_ARG(value));
	}
	buf_puts(&s->out, "}\n");
}

static void
scene_line(struct scene *s, struct str line)
{
	char t[24];
	struct str rest, who;

	line = str_trim(line);
	if (line.n == 0)
		return;
	snprintf(t, sizeof(t), "%.*s", STR_ARG(str_cut(line, ' ', &rest)));
	who = str_cut(rest, ' ', &rest);
	if (str_is(who, "end")) {
		scene_begin(s, t, 0, "end");
		buf_puts(&s->out, ",\"cause\":1,\"reason\":\"idle\"}\n");
	} else if (str_is(who, "fault")) {
		scene_begin(s, t, 0, "fault");
		buf_printf(&s->out,
		    ",\"cause\":%llu,\"of\":%llu,\"fault\":1,"
		    "\"effect\":\"edit\"}\n",
		    (unsigned long long)s->m[s->n - 1].send,
		    (unsigned long long)s->m[s->n - 1].send);
	} else if (str_is(rest, "crash")) {
		scene_begin(s, t, who.p[0], "act");
		buf_printf(&s->out,
		    ",\"by\":\"script\",\"verb\":\"crash\",\"on\":\"%c\"}\n",
		    who.p[0]);
	} else if (str_is(rest, "joined")) {
		scene_begin(s, t, who.p[0], "note");
		buf_printf(&s->out,
		    ",\"cause\":%llu,\"text\":\"joined\",\"by\":\"sdp\"}\n",
		    (unsigned long long)s->m[s->n - 1].send);
	} else if (str_is(rest, "unmasked")) {
		scene_begin(s, t, who.p[0], "note");
		buf_puts(
		    &s->out, ",\"text\":\"x\",\"missing\":\"unmasked\"}\n");
	} else if (str_starts(rest, "media ")) {
		scene_media(s, t, who.p[0], str_slice(rest, 6, rest.n));
	} else if (str_starts(rest, "other ")) {
		scene_other(s, t, who, str_slice(rest, 6, rest.n));
	} else if (s->n < SCENE_MESSAGES) {
		scene_send(s, t, who, rest);
	}
}

/* The trace of the scene TEXT, of a run or of a capture, into OUT. */
static void
scene_write(const char *text, bool whole, struct buf *out)
{
	static struct scene s;
	struct str rest = str_of(text);

	s = (struct scene){ .out = BUF_INIT, .whole = whole };
	scene_head(&s);
	while (rest.n > 0)
		scene_line(&s, str_cut(rest, '\n', &rest));
	for (size_t i = 0; i < s.n; i++)
		buf_free(&s.m[i].text);
	*out = s.out;
}

#endif
