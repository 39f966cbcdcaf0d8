/*
 * Which rule a message obeys where its sender does not say: of captures,
 * and of phones whose firmware says only what it did.
 */
#ifndef RULES_MESSAGES_H
#define RULES_MESSAGES_H

#include "msg/methods.h"
#include "rules/rule_id.h"

/* Of a request that a user agent sends, or a response that it gives; RULE_NONE
 * where no rule of ours fits. */
enum rule_id rule_of_request(enum msg_method method);
enum rule_id rule_of_response(enum msg_method method, unsigned status);

/* Why an INVITE goes out again after a final response with STATUS; OTHERWISE
 * where no rule of ours says more. */
enum rule_id rule_of_retry(unsigned status, enum rule_id otherwise);

#endif
