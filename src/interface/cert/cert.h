/*
 * Certificates made here: signed by themselves, by an authority that is made
 * likewise, or read from a file.  A browser warns of a certificate whose issuer
 * it does not know; its fingerprint distinguishes it from another.
 */
#ifndef CERT_CERT_H
#define CERT_CERT_H

#include "base/buf.h"
#include "base/diag.h"

struct cert {
	struct buf cert, key;  /* PEM */
	char fingerprint[100]; /* SHA-256: "AB:CD:…"; "": not known */
};

#define CERT_INIT \
	((struct cert){ .cert = BUF_INIT, .key = BUF_INIT, .fingerprint = "" })

struct cert_spec {
	const char *name;          /* whose it is */
	const struct cert *issuer; /* NULL: itself */
	bool authority;            /* it may issue others */
	/* Addresses, names, and URIs ("sip:example.com", RFC 5922 7.1); "" is
	 * none. */
	const char *const *hosts;
	size_t nhosts;
	int64_t now_s; /* seconds since 1970; it is good from then on … */
	unsigned days; /* … for so long */
};

/* 0 or D's error; free it in any case. */
int cert_make(struct cert *c, const struct cert_spec *spec, struct diag *d);
/* Certificates and key, one behind the other in the PEM file at PATH.  The
 * same. */
int cert_read(struct cert *c, const char *path, struct diag *d);
void cert_free(struct cert *c);

#endif
