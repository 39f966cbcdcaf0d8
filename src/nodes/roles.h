/* The rows of the table of roles, one for each file. */
#ifndef NODES_ROLES_H
#define NODES_ROLES_H

#include "node/node.h"

/* The table, ended by NULL. */
extern const struct node_role *const node_roles[];

extern const struct node_role role_ua;
extern const struct node_role role_registrar;
extern const struct node_role role_proxy;
extern const struct node_role role_location;
extern const struct node_role role_redirect;
extern const struct node_role role_handset;
extern const struct node_role role_voicemail;
extern const struct node_role role_presence;
extern const struct node_role role_controller;

/* For the methods of an agent that says no more of itself than its node does:
 * an OPTIONS (RFC 3261 11) outside of dialogs, and in a call. */
struct agent;
struct agent_call;
void role_asked(struct agent *agent, const struct sip_in *in);
void role_described(struct agent_call *c, const struct sip_in *in);

#endif
