/*
 * Whom each role of a node serves: the attribute `serves` tells several roles
 * of a node apart, "redirect=carol redirect=old.example.com voicemail=vm", a
 * role and a user or a domain each, with spaces between.
 */
#ifndef NODE_NODE_SERVES_H
#define NODE_NODE_SERVES_H

#include "msg/parts.h"
#include "node/node.h"

/* What a Request-URI is to a role of a node; the greater, the more it means
 * that role. */
enum node_serves {
	NODE_SERVES_OTHERS, /* it is told for whom it is: for others */
	NODE_SERVES_ALL,    /* it is not told */
	NODE_SERVES_DOMAIN, /* it is told: for this domain */
	NODE_SERVES_USER,   /* … for this user */
};

/* Cuts the next word off REST: its role and whom it is for.  False where there
 * is none; ROLE is empty where the word has no form. */
bool node_serves_next(struct str *rest, struct str *role, struct str *whom);
/* WHOM is a domain, "old.example.com", and no user, "carol", "carol@b.example"
 * or a URI. */
bool node_serves_domain(struct str whom);

/* What URI is to N's role. */
enum node_serves
node_serves(const struct node *n, const char *role, struct str uri);
/* Any of N's roles is told to serve the domain of U; the user whom URI names.
 */
bool node_serves_domain_of(const struct node *n, const struct msg_uri *u);
bool node_serves_user(const struct node *n, struct str uri);

#endif
