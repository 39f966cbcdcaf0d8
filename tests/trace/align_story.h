/*
 * Traces written as lists of messages, for the tests of what compares traces.
 */
#ifndef ALIGN_STORY_H
#define ALIGN_STORY_H

#include "base/buf.h"
#include "trace/align.h"

#include <stdio.h>
#include <string.h>

struct say {
	int t; /* ms */
	const char *src, *dst;
	const char *start, *method; /* "INVITE" or "180"; of CSeq */
	const char *call, *branch;
	int cause, retx; /* numbers of messages from 1; 0: none */
	bool lost;
	const char *more; /* header fields, each with its CRLF; may be NULL */
};

struct story {
	const struct say *list;
	size_t n;
	const char *tag; /* in Call-IDs, tags and branches: the run's own */
	int net; /* nodes are 192.0.NET.1, .2 … in the order of NODES */
	const char *nodes;
};

/* Where NAME stands among "alice atl bob", from 1. */
__attribute__((unused)) static int
story_node(const struct story *s, const char *name)
{
	const char *at = strstr(s->nodes, name);
	int n = 1;

	for (const char *p = s->nodes; p < at; p++)
		n += *p == ' ';
	return n;
}

__attribute__((unused)) static void
sent_message(const struct story *s, const struct say *m, struct buf *b)
{
	bool response = m->start[0] >= '1' && m->start[0] <= '9';
	int src = story_node(s, m->src), dst = story_node(s, m->dst);

	if (response)
		buf_printf(b, "SIP/2.0 %s Words\r\n", m->start);
	else
		buf_printf(b, "%s sip:u@192.0.%d.%d SIP/2.0\r\n", m->start,
		    s->net, dst);
	buf_printf(b,
	    "Via: SIP/2.0/UDP 192.0.%d.%d:5060;branch=z9hG4bK%s%s\r\n"
	    "From: <sip:a@example.com>;tag=f%s%s\r\n"
	    "To: <sip:b@example.com>%s%s%s\r\nCall-ID: %s%s\r\n"
	    "CSeq: 1 %s\r\n%sContent-Length: 0\r\n\r\n",
	    s->net, response ? dst : src, s->tag, m->branch, s->tag, m->call,
	    response ? ";tag=t" : "", response ? s->tag : "",
	    response ? m->call : "", s->tag, m->call, m->method,
	    m->more != NULL ? m->more : "");
}

__attribute__((unused)) static void
story_head(const struct story *s, struct buf *b)
{
	char names[200], *save = NULL;
	int n = 0;

	snprintf(names, sizeof(names), "%s", s->nodes);
	buf_puts(b, "{\"kind\":\"trace\",\"version\":1,\"seed\":1,"
		    "\"title\":\"Story\",\"nodes\":[");
	for (char *w = strtok_r(names, " ", &save); w != NULL;
	     w = strtok_r(NULL, " ", &save), n++)
		buf_printf(b, "%s{\"name\":\"%s\",\"addr\":\"192.0.%d.%d\"}",
		    n > 0 ? "," : "", w, s->net, n + 1);
	buf_puts(b, "]}\n");
}

/* Each message is two records: its send and its arrival (or loss). */
__attribute__((unused)) static void
story_text(const struct story *s, struct buf *b)
{
	struct buf text = BUF_INIT;

	story_head(s, b);
	for (size_t i = 0; i < s->n; i++) {
		const struct say *m = &s->list[i];
		bool response = m->start[0] >= '1' && m->start[0] <= '9';

		buf_clear(&text);
		sent_message(s, m, &text);
		buf_printf(b,
		    "{\"seq\":%zu,\"t\":%lld,\"node\":\"%s\","
		    "\"kind\":\"send\"",
		    2 * i + 1, m->t * 1000000LL, m->src);
		if (m->cause != 0)
			buf_printf(b, ",\"cause\":%d", 2 * m->cause);
		if (m->retx != 0)
			buf_printf(b, ",\"retx\":%d", 2 * m->retx - 1);
		buf_printf(b,
		    ",\"src\":\"%s\",\"dst\":\"%s\",\"proto\":\"sip\","
		    "\"src_addr\":\"192.0.%d.%d:5060\","
		    "\"dst_addr\":\"192.0.%d.%d:5060\","
		    "\"start\":%s%s%s,\"cseq\":\"1 %s\",\"call_id\":\"%s%s\","
		    "\"branch\":\"z9hG4bK%s%s\",\"text\":",
		    m->src, m->dst, s->net, story_node(s, m->src), s->net,
		    story_node(s, m->dst), response ? "" : "\"", m->start,
		    response ? "" : "\"", m->method, s->tag, m->call, s->tag,
		    m->branch);
		json_put_str(b, buf_view(&text));
		buf_printf(b,
		    "}\n{\"seq\":%zu,\"t\":%lld,\"kind\":\"%s\","
		    "\"cause\":%zu,\"of\":%zu}\n",
		    2 * i + 2, m->t * 1000000LL, m->lost ? "drop" : "recv",
		    2 * i + 1, 2 * i + 1);
	}
	buf_free(&text);
}

__attribute__((unused)) static struct trace *
story_trace(const struct story *s)
{
	struct buf b = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	story_text(s, &b);
	if (trace_load_buf(&t, &b, "story", &d) != 0)
		printf("  story:%u: %s\n", d.line, d.text);
	return t;
}

/* "==~-+v^": the rows; "!" where that failed. */
__attribute__((unused)) static const char *
story_rows(const struct align *al)
{
	static char rows[512];
	size_t n = 0;

	for (size_t i = 0; al != NULL && i < al->nrows && n < 500; i++) {
		const struct align_row *r = &al->rows[i];

		rows[n++] = "=~%-+"[r->verdict];
		if (r->verdict == ALIGN_MOVED)
			rows[n - 1] = r->place == ALIGN_IN_A ? 'a' : 'b';
	}
	rows[n] = '\0';
	return al != NULL ? rows : "!";
}

#endif
