/*
 * In which order records are to be tried: SRV by priority, and among those of
 * one priority by weights and chance (RFC 2782); NAPTR by order, then
 * preference (RFC 3403 4.1).
 */
#ifndef DNS_ORDER_H
#define DNS_ORDER_H

#include "dns/dns_message.h"

/* A number from 0 to MOST, both included, each as likely. */
typedef uint64_t dns_draw_fn(uint64_t most, void *arg);

/*
 * Sorts SRV, N of them, into the order in which they are tried: by priority;
 * then those of weight 0 come first into the running sums, the others as they
 * stood; one number from 0 to the sum is drawn, the first whose running sum is
 * not less is next; and again without it.  Nothing is drawn where one is left,
 * or only such of weight 0 are.
 * Before that those of one priority are brought into an order of their own (by
 * target, then port), so that an answer's order, which servers rotate, decides
 * nothing.
 */
void dns_order_srv(struct dns_srv *srv, size_t n, dns_draw_fn *draw, void *arg);
/* Sorts NAPTR by order, then preference; alike ones by service, flags, then
 * replacement. */
void dns_order_naptr(struct dns_naptr *naptr, size_t n);

#endif
