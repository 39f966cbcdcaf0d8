/*
 * The rules by name: RULE_ID of each row X(ID, …) of rules/rules_table.h, an
 * enum rule_id, and RULE_COUNT, which is above them all.
 */
#ifndef RULES_RULE_NAMES_H
#define RULES_RULE_NAMES_H

#include "rules/rule_id.h"

#include "rule_names.inc"

#endif
