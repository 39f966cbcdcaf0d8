/*
 * Certificates of a live run: an authority of its own, which issues one for
 * each node by which it speaks TLS (RFC 5922 7.1: for its addresses, its name
 * and its domain).  A folder has what programs need: ca.pem, to be trusted, and
 * NAME.pem, certificate and key, for each node that a program is.
 */
#ifndef LIVE_KEYS_H
#define LIVE_KEYS_H

#include "topology/topology.h"

struct keys;
struct gnutls_certificate_credentials_st;

/* Nothing is made yet.  FOLDER has the authority's key (ca-key.pem) afterwards,
 * and is there for the next run as well; NULL: one that is removed at the end.
 * T and FOLDER are borrowed.  0 or ERR_NOMEM. */
int keys_create(struct keys **k, const struct topology *t, const char *folder);
void keys_destroy(struct keys *k); /* NULL is fine */

/* Makes the authority, and writes the folder, where that is not done.  0 or
 * D's error. */
int keys_open(struct keys *k, struct diag *d);
/* Where they are; NULL while nothing is made. */
const char *keys_folder(const struct keys *k);

/* What node NODE shows, and whom it trusts.  K's; NULL: D's error. */
struct gnutls_certificate_credentials_st *
keys_credentials(struct keys *k, const char *node, struct diag *d);

/* A program's certificate was looked at, which is GOOD by that authority. */
void keys_note(struct keys *k, bool good);
/* How many were not. */
uint64_t keys_strange(const struct keys *k);

#endif
