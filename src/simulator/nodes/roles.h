/* What plays the roles of role/role.h, a file each. */
#ifndef NODES_ROLES_H
#define NODES_ROLES_H

#include "node/node.h"

/* The table, ended by NULL. */
extern const struct node_role *const node_roles[];

/* Each of those that this version has is defined in its file. */
#define X(word, ...) extern const struct node_role role_##word;
ROLE_ROWS(X)
#undef X

/* Where the other side of N's call named CALL wants its requests (RFC 3261 12):
 * a URI; of a focus that of the conference.  NULL: there is no such call, or it
 * has no dialog.  Borrowed. */
const char *role_call_target(const struct node *n, const char *call);

#endif
