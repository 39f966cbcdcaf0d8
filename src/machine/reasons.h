/*
 * Which rule of the vocabulary a step of a machine, a timer, a request or a
 * response obeys, where whoever took part did not say.  RULE_NONE where no rule
 * of ours fits.
 */
#ifndef MACHINE_REASONS_H
#define MACHINE_REASONS_H

#include "msg/methods.h"
#include "machine/machine.h"
#include "rules/rules.h"

enum rule_id
machine_edge_rule(const struct machine *m, const struct machine_edge *e);
/* Of the timer NAME of M when it is set or fires. */
enum rule_id machine_timer_rule(const struct machine *m, const char *name);
/* Of a request that a user agent sends, or a response that it gives. */
enum rule_id rule_of_request(enum msg_method method);
enum rule_id rule_of_response(enum msg_method method, unsigned status);

#endif
