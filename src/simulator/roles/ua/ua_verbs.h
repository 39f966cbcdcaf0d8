/* The verbs of a phone: of its calls (ua_verbs.c, with the table of all), and
 * the others (ua_verbs.c). */
#ifndef ROLES_UA_UA_VERBS_H
#define ROLES_UA_UA_VERBS_H

#include "roles/ua/ua.h"
#include "role/verbs_table.h"

/* What does a verb of the node: OWNER_verb_NAME (role/verbs_table.h). */
#define X(owner, name, ...) node_verb_fn owner##_verb_##name;
UA_VERBS(X)
#undef X

/* A URI that can stand between < and > (ua_verbs.c). */
bool ua_is_uri(struct str text);

/* ua_subscribe.c: what refresh and unsubscribe do where they are said of a
 * subscription. */
node_verb_fn ua_resubscribe;
node_verb_fn call_verb_unsubscribe;
/* ua_subscribe.c */
node_verb_fn call_verb_confer;

#endif
