/*
 * A node gets another address in the middle of a run, as a phone does that goes
 * to another network.  Packets under way to the old one are lost; its
 * connections break; registrars and peers have to be told of the new one.
 */
#ifndef NODE_ADDRESS_CHANGE_H
#define NODE_ADDRESS_CHANGE_H

#include "node/node.h"

/* set{addr=…}: 0, or an error with its sentence. */
int node_address_change(struct node *n, const char *text, struct diag *d);
/* The same of the faces that TEXT names, "inside=10.0.0.5". */
int node_address_change_faces(struct node *n, const char *text, struct diag *d);

#endif
