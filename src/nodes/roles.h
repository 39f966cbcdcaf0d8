/* The rows of the table of roles, one for each file. */
#ifndef NODES_ROLES_H
#define NODES_ROLES_H

#include "nodes/node.h"

extern const struct node_role role_ua;
extern const struct node_role role_registrar;
extern const struct node_role role_proxy;
extern const struct node_role role_location;
extern const struct node_role role_redirect;
extern const struct node_role role_handset;

#endif
