/*
 * Testers over TCP, in the world of stage.h: what a tester says it says over
 * one connection at a time, which it has made or which came to it; what comes
 * over any of them is put into its `got`, cut into messages.
 */
#ifndef TCP_TESTER_H
#define TCP_TESTER_H

#include "msg/framing.h"
#include "net/tcp.h"
#include "stage.h"

#define LINES 20

#define LINE_CONTACT     "Contact: <sip:peer@192.0.2.9>\r\n"
#define LINE_CONTACT_TCP "Contact: <sip:peer@192.0.2.9;transport=tcp>\r\n"

struct line {
	struct tcp_tester *t;
	struct net_conn *c; /* NULL once it is closed */
	struct addr remote;
	bool accepted, connected;
	struct msg_framing framing;
	char closed[16]; /* why */
};

struct tcp_tester {
	struct tester t; /* its UDP side, and what it has got */
	struct net_listener *listener;
	struct line lines[LINES];
	size_t nlines, by[TESTER_GOT]; /* by which line each message came */
};

void tcp_tester_open(struct stage *s, struct tcp_tester *t, const char *name,
    unsigned host, bool listens);
struct line *tcp_tester_connect(struct tcp_tester *t, unsigned host);
void line_send(struct line *l, struct str bytes);
void line_close(struct line *l);
void line_abort(struct line *l);

/* A request from T as tester_ask has it, with BODY; VIA are parameters. */
void line_request(const struct line *l, struct buf *out, const char *method,
    const char *uri, const char *id, const char *via, const char *extra,
    const char *body);
void line_ask(struct line *l, const char *method, const char *uri,
    const char *id, const char *via, const char *extra);

/* Answers the I-th message by the line by which it came. */
void line_answer(struct tcp_tester *t, size_t i, unsigned status,
    const char *tag, const char *extra);
void tcp_tester_close(struct tcp_tester *t);

#endif
