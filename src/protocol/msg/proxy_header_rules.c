/*
 * Which header fields a proxy may add, change or take out; see
 * msg/proxy_header_rules.h.
 */
#include "msg/proxy_header_rules.h"

#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/methods.h"

/* In which messages: requests, responses. */
enum { R = 1, r = 2 };

#define A MSG_PROXY_ADDS
#define M MSG_PROXY_CHANGES
#define D MSG_PROXY_DROPS

static const struct {
	enum msg_header id;
	unsigned where, may;
} proxied_rows[] = {
	/* RFC 3261 tables 2 and 3 */
	{ MSG_H_ALERT_INFO, R | r, A },
	{ MSG_H_CALL_INFO, R | r, A },
	{ MSG_H_DATE, R | r, A },
	{ MSG_H_ERROR_INFO, r, A },
	{ MSG_H_ORGANIZATION, R | r, A },
	{ MSG_H_PRIORITY, R, A },
	{ MSG_H_PROXY_AUTHORIZATION, R, D },
	{ MSG_H_PROXY_REQUIRE, R, A },
	{ MSG_H_REQUIRE, R | r, A },
	/* RFC 3325 9 */
	{ MSG_H_P_ASSERTED_IDENTITY, R | r, A | D },
	{ MSG_H_P_PREFERRED_IDENTITY, R | r, A | D },
	/* RFC 3608 5 */
	{ MSG_H_SERVICE_ROUTE, r, A },
	/* RFC 3841 10 */
	{ MSG_H_ACCEPT_CONTACT, R, A },
	{ MSG_H_REJECT_CONTACT, R, A },
	{ MSG_H_REQUEST_DISPOSITION, R, A },
	/* RFC 4244 4.1 */
	{ MSG_H_HISTORY_INFO, R | r, A | M | D },
	/* RFC 3455 5.7 */
	{ MSG_H_P_CALLED_PARTY_ID, R, A | M },
	{ MSG_H_P_ACCESS_NETWORK_INFO, R | r, D },
	{ MSG_H_P_CHARGING_VECTOR, R | r, A | M | D },
	{ MSG_H_P_CHARGING_FUNCTION_ADDRESSES, R | r, A | D },
	{ MSG_H_P_VISITED_NETWORK_ID, R, A | M | D },
	/* TS 24.229 5.2.2: a P-CSCF takes CK and IK out of a challenge. */
	{ MSG_H_WWW_AUTHENTICATE, r, M },
	/* … and says whether a REGISTER came to it protected. */
	{ MSG_H_AUTHORIZATION, R, M },
	/* RFC 5009 6 */
	{ MSG_H_P_EARLY_MEDIA, R | r, A | M },
};

unsigned
msg_proxy_may(const struct msg *m, struct str name)
{
	enum msg_header id = msg_header_find(name);

	if (id == MSG_H_OTHER)
		return MSG_PROXY_ADDS;
	for (size_t i = 0; i < COUNT_OF(proxied_rows); i++)
		if (proxied_rows[i].id == id &&
		    (proxied_rows[i].where & (m->request ? R : r)) != 0)
			return proxied_rows[i].may;
	return 0;
}
