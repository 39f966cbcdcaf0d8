/*
 * Header fields that a script gives to a message of a node: a text with a line
 * for each.
 */
#ifndef NODE_FIELDS_H
#define NODE_FIELDS_H

#include "base/err.h"
#include "msg/parts.h"
#include "sip/build.h"

#define NODE_FIELDS 64

struct node_fields {
	char *lines; /* what LIST points into */
	struct sip_header list[NODE_FIELDS];
	size_t n;
};

/* Reads "Name: value" on each line of TEXT (may be empty) into F, which the
 * caller frees in any case.  0, ERR_NOMEM, ERR_SYNTAX, ERR_LIMIT. */
int node_fields_read(struct node_fields *f, struct str text, struct diag *d);
void node_fields_free(struct node_fields *f);
/* The value of the first field that is ID, which leaves F; empty: none. */
struct str node_fields_take(struct node_fields *f, enum msg_header id);
/* The number of the CSeq, which leaves F: it is of METHOD.  *CSEQ stays as it
 * is where there is none.  0 or ERR_SYNTAX. */
int node_fields_take_cseq(
    struct node_fields *f, struct str method, uint32_t *cseq, struct diag *d);
/* ERR_SYNTAX where a field of F is one that the dialog or the transaction
 * writes (Via, From, To, Call-ID, CSeq, Content-Length), else 0. */
int node_fields_check(const struct node_fields *f, struct diag *d);
/* After a request could not be made with F: D says which field is at fault, and
 * stays as it is where none is.  ERR_SYNTAX. */
int node_fields_blame(const struct node_fields *f, struct diag *d);

#endif
