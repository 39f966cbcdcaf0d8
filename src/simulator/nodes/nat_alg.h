/* What a NAT's gateway for SIP may rewrite: the words of the attribute `alg`.
 */
#ifndef NODES_NAT_ALG_H
#define NODES_NAT_ALG_H

#include "base/i18n.h"

/* X(ID, word, text) */
#define NAT_ALG_ROWS(X)                                              \
	X(VIA, "via", N_("the sent-by of Via"))                      \
	X(CONTACT, "contact", N_("the URI of Contact"))              \
	X(URI, "uri", N_("the Request-URI"))                         \
	X(AUTH, "auth", N_("the uri of Authorization"))              \
	X(SDP, "sdp", N_("the addresses in SDP, but not the ports")) \
	X(LENGTH, "length", N_("Content-Length, where SDP has another length"))

/* Their words with single spaces between, and one behind the last. */
#define NAT_ALG_NAME(id, word, text) word " "
#define NAT_ALG_WORDS                NAT_ALG_ROWS(NAT_ALG_NAME)

#endif
