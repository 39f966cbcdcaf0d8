/* Diameter messages of the Cx interface, complete as the norm has them, for
 * tests. */
#ifndef DIAMETER_MADE_H
#define DIAMETER_MADE_H

#include "diameter/diameter.h"

static inline void
made_text(struct buf *b, enum diameter_id id, const char *text)
{
	diameter_put(b, id, str_of(text));
}

/* What each message begins with. */
static inline void
made_diameter_begin(struct buf *b, enum diameter_command c, bool request)
{
	diameter_begin(b, c,
	    request ? DIAMETER_REQUEST | DIAMETER_PROXIABLE
		    : DIAMETER_PROXIABLE,
	    0x01020304, 0x05060708);
	made_text(b, DIAMETER_AVP_SESSION_ID, "icscf.home.example;1;2");
	diameter_put_application(b);
	made_text(b, DIAMETER_AVP_ORIGIN_HOST, "icscf.home.example");
	made_text(b, DIAMETER_AVP_ORIGIN_REALM, "home.example");
}

static inline void
made_question(struct buf *b, enum diameter_command c)
{
	size_t at;

	made_diameter_begin(b, c, true);
	made_text(b, DIAMETER_AVP_DESTINATION_REALM, "home.example");
	if (c == DIAMETER_RT || c == DIAMETER_PP)
		made_text(b, DIAMETER_AVP_DESTINATION_HOST, "scscf");
	if (c != DIAMETER_LI)
		made_text(b, DIAMETER_AVP_USER_NAME, "alice@home.example");
	if (c != DIAMETER_PP)
		made_text(
		    b, DIAMETER_AVP_PUBLIC_IDENTITY, "sip:alice@home.example");
	if (c == DIAMETER_UA) {
		made_text(b, DIAMETER_AVP_VISITED_NETWORK, "visited.example");
		diameter_put_value(b, DIAMETER_VALUE_AUTHORIZE);
	}
	if (c == DIAMETER_SA || c == DIAMETER_MA)
		made_text(
		    b, DIAMETER_AVP_SERVER_NAME, "sip:scscf.home.example");
	if (c == DIAMETER_SA) {
		diameter_put_value(b, DIAMETER_VALUE_ASSIGN);
		diameter_put_value(b, DIAMETER_VALUE_DATA_THERE_NOT);
	}
	if (c == DIAMETER_MA) {
		at = diameter_open(b, DIAMETER_AVP_AUTH_ITEM);
		made_text(b, DIAMETER_AVP_AUTH_SCHEME, "Digest-AKAv1-MD5");
		diameter_close(b, at);
		diameter_put_u32(b, DIAMETER_AVP_NUMBER_AUTH_ITEMS, 1);
	}
	if (c == DIAMETER_RT) {
		at = diameter_open(b, DIAMETER_AVP_DEREGISTRATION_REASON);
		diameter_put_value(b, DIAMETER_VALUE_REASON_PERMANENT);
		diameter_close(b, at);
	}
	diameter_end(b);
}

static inline void
made_answer(struct buf *b, enum diameter_command c)
{
	size_t at;

	made_diameter_begin(b, c, false);
	diameter_put_value(b,
	    c == DIAMETER_UA ? DIAMETER_VALUE_FIRST : DIAMETER_VALUE_SUCCESS);
	if (c == DIAMETER_LI)
		made_text(
		    b, DIAMETER_AVP_SERVER_NAME, "sip:scscf.home.example");
	if (c == DIAMETER_MA) {
		at = diameter_open(b, DIAMETER_AVP_AUTH_ITEM);
		made_text(b, DIAMETER_AVP_AUTH_SCHEME, "Digest-AKAv1-MD5");
		made_text(b, DIAMETER_AVP_AUTHENTICATE,
		    "0123456789abcdef0123456789abcdef");
		made_text(b, DIAMETER_AVP_AUTHORIZATION, "01234567");
		made_text(
		    b, DIAMETER_AVP_CONFIDENTIALITY_KEY, "0123456789abcdef");
		made_text(b, DIAMETER_AVP_INTEGRITY_KEY, "0123456789abcdef");
		diameter_close(b, at);
	}
	if (c == DIAMETER_SA)
		made_text(b, DIAMETER_AVP_USER_DATA, "<IMSSubscription/>");
	diameter_end(b);
}

#endif
