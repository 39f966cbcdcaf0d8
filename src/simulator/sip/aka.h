/*
 * Authentication and key agreement (TS 33.102 6.3) as digest authentication has
 * it (RFC 3310): the home network's challenge RAND and AUTN, which proves that
 * it knows the key and has counted on; what the SIM makes of it; AUTS, by which
 * it says how far it has counted.  Pure functions.
 */
#ifndef SIP_AKA_H
#define SIP_AKA_H

#include "base/str.h"

#include <stdint.h>

/* ---- Milenage: TS 35.205, TS 35.206 ---- */

#define MILENAGE_KEY 16 /* octets of K, OPc, RAND, CK, IK */
#define MILENAGE_MAC 8  /* of MAC-A, MAC-S, RES */
#define MILENAGE_SQN 6  /* of SQN, AK */
#define MILENAGE_AMF 2

/* The functions f1 to f5* by which a SIM and its home network know each other:
 * AES-128 (nettle's) under the subscriber's key K, with OPc, which an operator
 * derives for each of his.  Pure functions. */
struct milenage {
	uint8_t k[MILENAGE_KEY], opc[MILENAGE_KEY];
};

/* OPc of OP, which is one operator's, and K (TS 35.206 4.1). */
void milenage_opc(const uint8_t k[MILENAGE_KEY], const uint8_t op[MILENAGE_KEY],
    uint8_t opc[MILENAGE_KEY]);

/* f1 and f1*: what proves that SQN and AMF are the network's, or the SIM's. */
void milenage_macs(const struct milenage *m, const uint8_t rand[MILENAGE_KEY],
    const uint8_t sqn[MILENAGE_SQN], const uint8_t amf[MILENAGE_AMF],
    uint8_t mac_a[MILENAGE_MAC], uint8_t mac_s[MILENAGE_MAC]);

/* f2 to f5 and f5*. */
struct milenage_answer {
	uint8_t res[MILENAGE_MAC];
	uint8_t ck[MILENAGE_KEY], ik[MILENAGE_KEY];
	uint8_t ak[MILENAGE_SQN], ak_star[MILENAGE_SQN];
};
void milenage_answer(const struct milenage *m, const uint8_t rand[MILENAGE_KEY],
    struct milenage_answer *a);

#define AKA_NONCE (2 * MILENAGE_KEY)            /* RAND, AUTN */
#define AKA_AUTS  (MILENAGE_SQN + MILENAGE_MAC) /* 14 */
#define AKA_SYNC  (MILENAGE_KEY + AKA_AUTS)     /* RAND, AUTS */
#define AKA_STEP  32 /* between two challenges (TS 33.102 annex C) */

/* A subscription: the data on a SIM and in the home subscriber server. */
struct aka_sim {
	struct str impi; /* the private identity; empty: not said */
	struct milenage keys;
	uint64_t sqn; /* the last one used */
};

/* Reads "impi=alice@a.example k=465b… opc=cd63… sqn=000000000020", of which k
 * and opc must be there.  0 or ERR_SYNTAX. */
int aka_sim_read(struct str text, struct aka_sim *s);

struct aka_vector {
	char nonce[AKA_NONCE]; /* RAND, AUTN */
	struct milenage_answer expected;
};
/* The challenge with S's SQN, and what answers it. */
void aka_challenge(const struct aka_sim *s, const uint8_t rand[MILENAGE_KEY],
    struct aka_vector *v);

/* What a SIM finds out about a challenge. */
enum aka_verdict {
	AKA_GOOD,
	AKA_WRONG_MAC, /* it is not from who knows the key */
	AKA_OLD,       /* its SQN was used already: AUTS has the expected one */
};
/* NONCE is AKA_NONCE octets, at least.  S counts on where it is good. */
enum aka_verdict aka_answer(struct aka_sim *s, const char *nonce,
    struct milenage_answer *answer, char auts[AKA_AUTS]);

/* SYNC, AKA_SYNC octets, is the SIM's: S counts on from there.  False: it is
 * from another. */
bool aka_resync(struct aka_sim *s, const char *sync);

#endif
