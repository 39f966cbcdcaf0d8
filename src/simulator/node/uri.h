/* URIs as targets of requests: RFC 3261 19.1.5, 16.4, 26.2.2. */
#ifndef NODE_URI_H
#define NODE_URI_H

#include "base/buf.h"
#include "msg/parts.h"

struct node;

/* U is a sips URI, which wants TLS on every hop (RFC 3261 26.2.2, RFC 5630). */
bool node_uri_is_sips(const struct msg_uri *u);
/* The same of a URI as text. */
bool node_is_sips(struct str uri);
/* U's host is of the top-level domain "invalid", which is never looked up (RFC
 * 6761 6.4, RFC 7118 B.1). */
bool node_is_nowhere(const struct msg_uri *u);
/* N has TLS for sips URIs: it is told to be reached by it, or which versions it
 * speaks. */
bool node_has_tls(const struct node *n);
/* A scheme that N can serve: sip, and sips where it has TLS; NULL: sip. */
bool node_speaks(const struct node *n, const struct msg_uri *u);
/* U says whom, and no place: tel (RFC 3966), urn (RFC 8141).  It is led on by a
 * Route, or looked up. */
bool node_is_led(const struct msg_uri *u);
/* URI is not a number of tel that lacks whose it is (RFC 3966 5.1.4, 5.1.5). */
bool node_is_whole(struct str uri);
/* USER of a URI as N compares it: a local number of N's own country without its
 * phone-context (RFC 3966 5.1.5). */
struct str node_own_number(const struct node *n, struct str user);
/* The same of the user of AOR, a canonical address-of-record. */
void node_own_aor(const struct node *n, struct buf *aor);
/* What N's `routes`, "212:switch1 314:switch2", have behind the longest
 * beginning of NUMBER, and which of them that is, from 1 on (*WHICH, which may
 * be NULL); empty and 0: none. */
struct str
node_route_of(const struct node *n, struct str number, unsigned *which);
/* The URI that OUT has from AT on, of scheme sip, becomes one of sips: RFC 5630
 * 5.1.1 has no transport=tls there. */
void node_make_sips(struct buf *out, size_t at);
/* The other way round; a port that it names stays. */
void node_make_sip(struct buf *out, size_t at);
/* ROUTE, a whole value, as it is in a request for a sips URI, appended. */
void node_write_sips_route(struct str route, struct buf *out);
/* What a request is sent to: the URI of its first ROUTE (a whole value; empty:
 * it has none), else URI, its own (8.1.2, 16.6 step 7). */
struct str node_next_uri(struct str uri, struct str route);

/* WORD as a canonical address-of-record: "bob" and "bob@b.example" are SIP
 * URIs, the first one's domain is DOMAIN.  Appended to OUT.  0, ERR_SYNTAX,
 * ERR_NOMEM. */
int node_write_aor(struct str word, const char *domain, struct buf *out);
/* The attribute ATTR of N, such words with spaces between, has AOR, a canonical
 * address-of-record. */
bool node_lists_aor(const struct node *n, const char *attr, struct str aor);

/* URI as a Request-URI: without `method` and headers (19.1.1), appended to OUT;
 * a URI that is no SIP URI is appended unchanged. */
void node_write_target(struct str uri, struct buf *out);
/* The same; the caller frees.  NULL when out of memory. */
char *node_target_uri(struct str uri);

#endif
