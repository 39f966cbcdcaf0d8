/* Rows of single messages, and of responses beside their requests (inspect/relations.h). */
#ifndef INSPECT_RELATIONS_MESSAGE_H
#define INSPECT_RELATIONS_MESSAGE_H

/* clang-format off */
#define RELATIONS_MESSAGE(X) \
R(X, RESPONSE_FIELDS, ERROR, TRANSACTION, ALL, RESPONSE(EVERY, 101, 699), WHERE_OWN, HERE(PARTY, FROM), EQUAL, OF(REQUEST, PARTY, FROM), 0, N_("A response has the From of its request.")) \
R(X, RESPONSE_FIELDS, ERROR, TRANSACTION, ALL, RESPONSE(EVERY, 101, 699), WHERE_OWN, HERE(PARTY, TO), EQUAL, OF(REQUEST, PARTY, TO), 0, N_("A response has the To of its request, with a tag.")) \
R(X, RESPONSE_FIELDS, ERROR, TRANSACTION, ALL, RESPONSE(EVERY, 100, 699), WHERE_OWN, HERE(VIAS_BELOW, VIA), EQUAL, OF(REQUEST, VIAS_BELOW, VIA), 0, N_("A response has the Vias of its request, in their order."))
/* clang-format on */

#endif
