/*
 * The engine for programs that speak JSON: a page whose script has it in a
 * worker, a server, a program at a pipe.  A request is an object on a line, and
 * so is its answer; the same requests give the same answers anywhere.
 *
 *	{"id":1,"ask":"open","texts":[{"path":"labs/busy/lab.lua","text":"…"}]}
 *	{"id":1,"is":{"branches":[{"name":"main","records":0,"may_act":true}]}}
 *	{"id":2,"ask":"pane","pane":"calls","record":12}
 *	{"id":2,"wrong":"…","kind":"NOTFOUND"}
 *
 * docs/TRACE.md has the requests; it is made of the rows here.
 */
#ifndef SERVICE_SERVICE_H
#define SERVICE_SERVICE_H

#include "base/buf.h"
#include "base/field.h"

#include <stdio.h>

/* A request is at most this long. */
#define SERVICE_REQUEST_MAX (8u << 20)

struct service;

/* 0 or ERR_NOMEM. */
int service_create(struct service **s);
void service_destroy(struct service *s); /* NULL is fine */

/*
 * Appends the answer to REQUEST to OUT, a line with its end.  The fault of an
 * invalid request is its answer.  0, or ERR_NOMEM: then OUT has a part.
 */
int service_answer(struct service *s, struct str request, struct buf *out);

/* Lines of IN are requests, those of OUT their answers, until IN ends.  0,
 * ERR_IO or ERR_NOMEM. */
int service_serve(FILE *in, FILE *out);

/* What requests may have, for all of them. */
extern const struct field service_members[];

struct service_row {
	const char *name;          /* "open" */
	const char *text;          /* what it does, for the documents */
	const char *takes, *gives; /* names of members */
};
/* The Ith request; NULL behind the last. */
const struct service_row *service_row(size_t i);

#endif
