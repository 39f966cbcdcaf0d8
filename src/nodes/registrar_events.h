/*
 * Who wants to know how a user is registered: the event package `reg`, RFC
 * 3680.  The registrar keeps a picture of the bindings of each user that
 * somebody has subscribed to; what is new in it, and why, is what a NOTIFY
 * tells.  Of users whom nobody watches it keeps nothing.
 */
#ifndef NODES_REGISTRAR_EVENTS_H
#define NODES_REGISTRAR_EVENTS_H

#include "nodes/registrar.h"

extern const struct agent_service registrar_reg_service;

/* IN is no REGISTER: what it asks for, as far as it is about subscriptions. */
void registrar_event_request(struct registrar *r, const struct sip_in *in);
/* How strongly that is claimed. */
enum node_claim
registrar_event_claim(struct registrar *r, const struct sip_in *in);
/* REGISTER M has left its user with BINDINGS. */
void registrar_event_stored(struct registrar *r, const struct msg *m,
    const struct location_contacts *bindings);
/* An administrator has changed the bindings of AOR at N's location service. */
void registrar_event_changed(const struct node *n, struct str aor);
/* After the subscriptions have ended. */
void registrar_events_stop(struct registrar *r);

#endif
