/* The verbs of a phone: of its calls (ua_verbs.c, with the table of all), and
 * the others (ua_verbs_phone.c). */
#ifndef NODES_UA_VERBS_H
#define NODES_UA_VERBS_H

#include "nodes/ua.h"

/* What a row of the table does (struct node_verb). */
typedef int ua_verb_fn(const struct node_act *a);

/* ua_verbs_phone.c */
ua_verb_fn ua_verb_register;
ua_verb_fn ua_verb_unregister;
ua_verb_fn ua_verb_invite;
/* A URI that can stand between < and >. */
bool ua_is_uri(struct str text);
/* ua_subscribe.c: subscriptions */
ua_verb_fn ua_verb_subscribe;
ua_verb_fn ua_verb_resubscribe;
ua_verb_fn ua_verb_unsubscribe;

/* ua_place.c: asks `target` to call `to`, in the place of a call or into it
 * where one is named (then `to` may be missing) */
ua_verb_fn ua_verb_refer;

/* ua_redial.c */
ua_verb_fn ua_verb_redial;

/* ua_pickup.c */
ua_verb_fn ua_verb_pickup;

/* ua_presence.c */
ua_verb_fn ua_verb_publish;
ua_verb_fn ua_verb_unpublish;

/* ua_options.c, ua_message.c */
ua_verb_fn ua_verb_options;
ua_verb_fn ua_verb_message;

#endif
