/*
 * What a user agent answers when it is asked who it is: RFC 3261 22.1 to 22.3,
 * RFC 7616, RFC 8760.  A user agent remembers the last challenge of each realm,
 * and puts credentials for it into later requests that go the same way.
 */
#ifndef AGENT_AGENT_AUTH_H
#define AGENT_AGENT_AUTH_H

#include "base/buf.h"
#include "msg/message.h"
#include "sip/aka.h"
#include "sip/digest.h"

struct agent;
struct agent_client;

/* Realms that a user agent knows, at most; a set of them is a word of bits. */
#define AGENT_REALMS 32

enum agent_auth_kind {
	AGENT_AUTH_SERVER, /* WWW-Authenticate, answered by Authorization */
	AGENT_AUTH_PROXY,  /* Proxy-Authenticate, by Proxy-Authorization */
	AGENT_AUTH_EITHER, /* learnt before the run: as the request needs it */
};

/* The last challenge of a realm. */
struct agent_realm {
	enum agent_auth_kind kind;
	char *realm, *nonce, *opaque; /* as quoted */
	char *to;     /* whom the request was for that was challenged */
	char *cnonce; /* one for all uses of the nonce (RFC 7616 3.4.2) */
	enum digest_algorithm algorithm;
	bool has_algorithm;
	enum digest_qop qop;
	uint32_t nc; /* how often the nonce was used */
	/* Of AKA (RFC 3310): what the SIM has made of it. */
	enum aka_verdict verdict;
	unsigned useless; /* challenges in a row that were not good */
	char res[MILENAGE_MAC];
	char auts[(AKA_AUTS + 2) / 3 * 4 + 1]; /* in base64 */
};

struct agent_keyring {
	struct agent_realm *list;
	size_t n;
};

void agent_auth_stop(struct agent *agent);

/* Takes one challenge that came before the run begins.  Whether a proxy or a
 * server sent it is not known: a REGISTER answers it as a server's, other
 * requests as a proxy's.  0, ERR_NOMEM, or as digest_challenge_read. */
int agent_auth_learn(struct agent *agent, struct str challenge);

/* Of a 401 or 407 to Q's request: takes its challenges, and says whether some
 * of them can be answered now; every outcome is an `auth` record. */
bool agent_auth_take(struct agent_client *q, const struct msg *response);

/* The realms for which Q's request to URI is to have credentials, a bit for
 * each of the keyring. */
uint32_t agent_auth_wanted(
    const struct agent_client *q, const struct msg *request, struct str uri);
/* Appends whole lines with credentials for those of the realms WHICH that there
 * is a password for; *WRITTEN says for which. 0 or ERR_NOMEM. */
int agent_auth_write(struct agent_client *q, uint32_t which,
    const struct msg *request, struct str uri, struct buf *out,
    uint32_t *written);

#endif
