/*
 * Which rule of the vocabulary a step of a machine, a timer, a request or a
 * response obeys, where whoever took part did not say.  RULE_NONE where no rule
 * of ours fits.
 */
#ifndef TRACE_MACHINE_RULES_H
#define TRACE_MACHINE_RULES_H

#include "msg/methods.h"
#include "trace/machines.h"
#include "rules/rules.h"

enum rule_id
trace_edge_rule(const struct trace_machine *m, const struct trace_edge *e);
/* Of the timer NAME of M when it is set or fires. */
enum rule_id trace_timer_rule(const struct trace_machine *m, const char *name);
/* Of a request that a user agent sends, or a response that it gives. */
enum rule_id trace_request_rule(enum msg_method method);
enum rule_id trace_response_rule(enum msg_method method, unsigned status);

#endif
