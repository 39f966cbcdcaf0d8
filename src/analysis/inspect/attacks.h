/*
 * Attacks, by what a trace shows of them: who, since when, and how often.
 */
#ifndef INSPECT_ATTACKS_H
#define INSPECT_ATTACKS_H

#include "inspect/inspect_in.h"

enum attack_kind {
	ATTACK_SCAN,     /* of users: most do not exist */
	ATTACK_PREFIX,   /* one number dialled with many prefixes */
	ATTACK_GUESS,    /* wrong passwords, one after the other */
	ATTACK_FLOOD,    /* calls that are neither answered nor cancelled */
	ATTACK_TAKEOVER, /* another's bindings ended, without a password */
	ATTACK_BYE,      /* from a node that takes no part in the call */
};

/* The trace is over: checks for each that may be one. */
void attacks_ended(struct inspected_message *l);

#endif
