/* The forms of header fields' values that msg_judge leaves to users of the
 * field, and the messages in which a field has a place: RFC 3261 20, 25.1. */
#ifndef INSPECT_FORMS_H
#define INSPECT_FORMS_H

#include "msg/message.h"

/* The first field of M whose value has not its form; NULL: there is none.  VIA
 * is the topmost. */
const struct msg_field *
forms_find_malformed(const struct msg *m, const struct msg_via *via);
/* The first one that does not belong into such a message; NULL: there is none.
 */
const struct msg_field *forms_find_misplaced(const struct msg *m);

#endif
