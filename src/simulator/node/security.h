/*
 * The TLS data of a node: its certificate, the authorities that it trusts, the
 * tickets that servers have given it, and the domain for which it connects to
 * a server (RFC 5922 7.3: the domain that was asked for, not the result of the
 * DNS).
 */
#ifndef NODE_SECURITY_H
#define NODE_SECURITY_H

#include "base/list.h"
#include "net/net.h"
#include "sim/rng.h"
#include "tls/handshake.h"

struct node;

struct node_security {
	struct node *node;
	struct buf leaf, root; /* certificates, DER */
	struct buf anchors;    /* names of trusted authorities */
	struct rng random;
	uint64_t ticket_key;
	struct list tickets; /* struct security_ticket */
	bool rsa, mutual, weakened;
	unsigned versions;
};

/* As the attribute `certificate` has it. */
bool node_is_certificate(struct str words);

/* N's, made when it is first asked for; NULL: no memory. */
struct node_security *node_security(struct node *n);
void node_security_destroy(struct node_security *s); /* NULL is fine */
/* What the random numbers of one end are made of. */
uint64_t node_security_seed(struct node_security *s);

/* N goes to DST since it was asked for HOST; called by code that resolves a
 * name.
 */
void node_seek_host(struct node *n, const struct addr *dst, struct str host);
/* Whom N seeks at DST, appended: the last that was said, else the address. */
void node_write_sought(
    const struct node *n, const struct addr *dst, struct buf *out);

/* The ticket for DST, or NULL: none that is still good. */
struct security_ticket {
	struct list link;
	struct addr dst;
	enum tls_version version;
	int64_t until_ns;
	struct buf bytes;
};
struct security_ticket *
security_ticket_find(struct node_security *s, const struct addr *dst);
/* Keeps TICKET, of a connection to DST, instead of the one that was there. */
void security_ticket_keep(struct node_security *s, const struct addr *dst,
    enum tls_version version, struct str ticket);

#endif
