/*
 * What a REFER asks for: the URI of Refer-To, with the header fields that the
 * INVITE to it is to have (RFC 3261 19.1.1, RFC 5589 7), or with another method
 * (RFC 4579 5.7, 5.11). */
#ifndef AGENT_REFER_TARGET_H
#define AGENT_REFER_TARGET_H

#include "base/buf.h"
#include "msg/methods.h"

struct node;

struct agent_refer_target {
	struct buf uri;     /* of whom to call, without method and headers */
	struct buf headers; /* "Name: value", a line each */
	/* INVITE; REFER: the other side is to be told the same, to call
	 * `headers`, a URI; BYE: the call with it is to end. */
	enum msg_method method;
	struct buf at; /* who is asked: the Request-URI of the REFER */
};

#define AGENT_REFER_TARGET_INIT                                       \
	{                                                             \
		.uri = BUF_INIT, .headers = BUF_INIT, .at = BUF_INIT, \
		.method = MSG_INVITE                                  \
	}

/* Reads URI into T, whose `at` stays empty, and which is freed either way.  0,
 * ERR_NOMEM, ERR_SYNTAX (N can't call it, or it has a method or header field
 * that a REFER must not bring about). */
int agent_refer_target_read(
    const struct node *n, struct str uri, struct agent_refer_target *t);
void agent_refer_target_free(struct agent_refer_target *t);

/* S without its %-escapes, appended to OUT; false where that can't stand in a
 * header field: a line break would begin another one. */
bool agent_unescape_line(struct str s, struct buf *out);

/* "?NAME=VALUE", or "&NAME=VALUE" behind a URI that has such a thing already,
 * with VALUE escaped, is appended to OUT, which ends with a URI.  0 or
 * ERR_NOMEM. */
int agent_refer_target_add(struct buf *out, const char *name, struct str value);

#endif
