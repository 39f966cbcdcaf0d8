/*
 * The rows of inspect/relation.h, a line each:
 *
 *	R(X, rule, severity, area, roles, which messages, where, left,
 *	    relation, right, doubt, sentence)
 *
 * The sentence is what the section asks, in our words; a finding shows it with
 * both sides.  A new rule is a row here and two scenes, one that breaks it and
 * one that does not (docs/ARCHITECTURE.md).
 */
#ifndef INSPECT_RELATIONS_H
#define INSPECT_RELATIONS_H

#include "inspect/relation.h"
#include "inspect/relations_dialog.h"
#include "inspect/relations_message.h"
#include "inspect/relations_server.h"
#include "inspect/relations_session.h"

#define R(                                                                  \
    X, rule, severity, area, roles, which, at, one, how, other, may, text)  \
	X(rule, severity, area, roles, AT_RELATION, check_relation, text,   \
	    .clause.relation = true,                                        \
	    .relation = { WHICH_##which, .where = (at), .left = SIDE_##one, \
		.kind = RELATION_##how, .right = SIDE_##other,              \
		.doubt = (may) })

/* clang-format off */
#define CLAUSES_RELATION(X) \
	RELATIONS_MESSAGE(X) \
	RELATIONS_DIALOG(X) \
	RELATIONS_SESSION(X) \
	RELATIONS_SERVER(X)
/* clang-format on */

#endif
