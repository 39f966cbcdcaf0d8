/*
 * The certificate authority of a live run.  It issues a certificate for each
 * node that speaks TLS (RFC 5922 7.1: for its addresses, its name and its
 * domain).  Its folder has what programs need: ca.pem, to be trusted, and
 * NAME.pem, certificate and key, for each node that is a real program.
 */
#ifndef LIVE_CERTIFICATE_AUTHORITY_H
#define LIVE_CERTIFICATE_AUTHORITY_H

#include "topology/topology.h"

struct certificate_authority;
struct gnutls_certificate_credentials_st;

/* Nothing is made yet.  FOLDER has the authority's key (ca-key.pem) afterwards,
 * and is there for the next run as well; NULL: one that is removed at the end.
 * T and FOLDER are borrowed.  0 or ERR_NOMEM. */
int certificate_authority_create(struct certificate_authority **k,
    const struct topology *t, const char *folder);
void certificate_authority_destroy(
    struct certificate_authority *k); /* NULL is fine */

/* Makes the authority, and writes the folder, where that is not done.  0 or
 * D's error. */
int certificate_authority_open(struct certificate_authority *k, struct diag *d);
/* Where they are; NULL while nothing is made. */
const char *certificate_authority_folder(const struct certificate_authority *k);

/* What node NODE shows, and whom it trusts.  K's; NULL: D's error. */
struct gnutls_certificate_credentials_st *certificate_authority_credentials(
    struct certificate_authority *k, const char *node, struct diag *d);

/* A program's certificate was looked at, which is GOOD by that authority. */
void certificate_authority_note(struct certificate_authority *k, bool good);
/* How many were not. */
uint64_t certificate_authority_strange(const struct certificate_authority *k);

#endif
