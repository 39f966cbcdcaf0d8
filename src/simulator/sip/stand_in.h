/* What libosip2's machines are shown in place of our own messages. */
#ifndef SIP_STAND_IN_H
#define SIP_STAND_IN_H

#include "sip/engine_in.h"

/* For a request that starts a client transaction, over TRANSPORT.  NULL when
 * memory is out, which the run has been told. */
osip_message_t *sip_stand_in_request(
    struct sip_engine *e, struct str method, struct str transport);
/* For a response with this status. */
osip_message_t *sip_stand_in_response(struct sip_engine *e, unsigned status);

#endif
