/*
 * The names of addresses in a capture, which a user gives: its nodes have them.
 * Several addresses may have one name, and are one node then.
 */
#ifndef PACKETS_ADDRESS_NAMES_H
#define PACKETS_ADDRESS_NAMES_H

#include "base/addr.h"
#include "base/diag.h"

struct address_names;

int address_names_create(struct address_names **n); /* 0 or ERR_NOMEM */
void address_names_destroy(struct address_names *n);

/*
 * "ADDR=NAME", where ADDR is an address ("192.0.2.1", "2001:db8::1"), one with
 * its port ("192.0.2.1:5062", "[2001:db8::1]:5062") or a network
 * ("192.0.2.0/24").  0, or D's error.
 */
int
address_names_add(struct address_names *n, const char *text, struct diag *d);
/* PATH, which must outlive N, has a line "ADDR NAME" (or "ADDR=NAME") for each;
 * '#' begins a remark. 0 or D's error, with file and line. */
int
address_names_read(struct address_names *n, const char *path, struct diag *d);

/* The name of A: with its port, else without, else of the smallest network it
 * is in; NULL where it has none.  N may be NULL. */
const char *
address_names_find(const struct address_names *n, const struct addr *a);
/* The addresses of FILE (NULL: of none) that none was looked for which they
 * fit; of a file only where it is so of all of them. */
void address_names_put_unused(
    const struct address_names *n, const char *file, struct buf *out);
/* A name was given to A's address with a port. */
bool address_names_by_port(const struct address_names *n, const struct addr *a);

#endif
