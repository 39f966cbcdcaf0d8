/* What a NAT's gateway for SIP may rewrite: the words of the attribute `alg`.
 */
#ifndef ROLES_NAT_NAT_ALG_H
#define ROLES_NAT_NAT_ALG_H

/* X(ID, word): the sent-by of Via, Contact, the Request-URI, the uri of
 * Authorization, the addresses in SDP; Content-Length, where SDP has another
 * length then. */
#define NAT_ALG_ROWS(X)       \
	X(VIA, "via")         \
	X(CONTACT, "contact") \
	X(URI, "uri")         \
	X(AUTH, "auth")       \
	X(SDP, "sdp")         \
	X(LENGTH, "length")

/* Their words with single spaces between, and one behind the last. */
#define NAT_ALG_NAME(id, word) word " "
#define NAT_ALG_WORDS          NAT_ALG_ROWS(NAT_ALG_NAME)

#endif
