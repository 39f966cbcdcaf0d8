/* The verbs that any node has: crash, restart, set, send. */
#ifndef NODE_VERBS_H
#define NODE_VERBS_H

#include "node/node.h"

extern const struct node_verb node_verbs[]; /* ended by one without a row */

/* send{…} (node/send.c). */
node_verb_fn sender_verb_send;
/* set{addr=…} (node/move.c): 0, or an error with its sentence. */
int node_move(struct node *n, const char *text, struct diag *d);
/* The same of the faces that TEXT names, "inside=10.0.0.5". */
int node_move_faces(struct node *n, const char *text, struct diag *d);

#endif
