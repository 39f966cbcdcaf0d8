/* The table of what plays the roles of role/rows.h, a file each. */
#ifndef ROLES_ROLES_H
#define ROLES_ROLES_H

#include "node/node.h"

/* The table, ended by NULL. */
extern const struct node_role *const node_roles[];

/* Where the other side of N's call named CALL wants its requests (RFC 3261 12):
 * a URI; of a focus that of the conference.  NULL: there is no such call, or it
 * has no dialog.  Borrowed. */
const char *role_call_target(const struct node *n, const char *call);

#endif
