/*
 * A certificate for a server that has none: made anew each time, signed by
 * itself.  A browser warns of it; its fingerprint is what tells it from
 * another.
 */
#ifndef CLASSROOM_CERT_H
#define CLASSROOM_CERT_H

#include "base/buf.h"
#include "base/diag.h"

struct cert {
	struct buf cert, key;  /* PEM */
	char fingerprint[100]; /* SHA-256: "AB:CD:…"; "": not known */
};

#define CERT_INIT \
	((struct cert){ .cert = BUF_INIT, .key = BUF_INIT, .fingerprint = "" })

/* For HOST ("" or NULL: localhost alone), from NOW_S on (seconds since 1970)
 * for a week.  0 or D's error; free it in any case. */
int cert_make(struct cert *c, const char *host, int64_t now_s, struct diag *d);
/* Certificates and key, one behind the other in the PEM file at PATH.  The
 * same. */
int cert_read(struct cert *c, const char *path, struct diag *d);
void cert_free(struct cert *c);

#endif
