/*
 * A class's server: HTTP by libmicrohttpd, TLS by GnuTLS.  It gives the page
 * (web/web.h) and takes requests at /ask, each an object of JSON: those of a
 * class (classroom/classroom.h) are answered by it, others by the member's own
 * engine (classroom/member_engine.h).  No path is that of a file.
 */
#ifndef CLASSROOM_SERVER_H
#define CLASSROOM_SERVER_H

#include "base/buf.h"
#include "base/diag.h"
#include "classroom/classroom.h"
#include "classroom/hosts.h"
#include "trace/reader.h"

struct server_options {
	const char *address;    /* of this machine: "127.0.0.1", "0.0.0.0" */
	unsigned port;          /* 0: one that is free */
	const char *name;       /* by which it is reached as well; NULL */
	struct str library;     /* of labs (web/web.h); borrowed */
	const char *cert, *key; /* PEM; NULL: without TLS */
	uint64_t memory; /* of all engines, bytes; 0: half the machine's */
	const struct trace *live; /* of a run that goes on; NULL; borrowed */
};

struct server;

/* How many seats a class may have: takes all the descriptors that may be had.
 */
size_t server_seats(void);
/* Listens.  C is borrowed.  0 or D's error; destroy it in any case. */
int server_create(struct server **s, const struct server_options *o,
    struct classroom *c, struct diag *d);
void server_destroy(struct server *s); /* NULL is fine */

const struct hosts *server_hosts(const struct server *s);
/* Serves until something has come, to FD, too (-1: none), or MOST_MS have
 * passed.  0, or ERR_IO. */
int server_serve(struct server *s, int fd, int most_ms);

/* ---- a text as a QR code (ISO/IEC 18004) for a terminal: libqrencode ---- */

/* Appends lines of half blocks, two modules high and one wide, with the quiet
 * zone; COLOURS: with escapes that make it black on white, else as for a dark
 * terminal.  0 or D's error. */
int qr_put(const char *text, bool colours, struct buf *out, struct diag *d);

#endif
